"""Who got what of a delivery, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..reading import Delivery

ADHERENT_AFTER_YEARS = 10.0
"""When those who adhere are counted after the first was reached, where the run is long enough."""


@dataclass(frozen=True)
class Reached:
    """People at each step of a delivery by the end of the run."""

    eligible: int
    offered: int
    reached: int
    dropped: int
    adherent: int
    """Ten years after the first was reached; in a shorter run when most took part."""
    is_ten_years_on: bool
    taken_share: float | None
    """Of the time treated how much was taken; None where the file does not tell or nobody was treated."""


def taken_share(delivery: Delivery) -> float | None:
    """Of the time treated how much was taken by the end; None where the file does not tell or nobody was treated."""
    if delivery.taken_years is None or delivery.treated_years is None or not (treated := float(delivery.treated_years[-1])):
        return None
    return float(delivery.taken_years[-1]) / treated


def reached(delivery: Delivery, times_years: Floats) -> Reached:
    """A delivery in numbers.

    Args:
        delivery: its counts.
        times_years: of the counts, years after the start: (time).
    """
    begun = np.flatnonzero(delivery.reached > 0)
    later = times_years[begun[0]] + ADHERENT_AFTER_YEARS if len(begun) else np.inf
    is_long_enough = bool(later <= times_years[-1])
    adherent = delivery.adherent[np.abs(times_years - later).argmin()] if is_long_enough else delivery.adherent.max()
    return Reached(int(delivery.eligible[-1]), int(delivery.offered[-1]), int(delivery.reached[-1]),
                   int(delivery.dropped[-1]), int(adherent), is_long_enough, taken_share(delivery))
