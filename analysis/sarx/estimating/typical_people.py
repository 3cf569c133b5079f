"""Recorded people who stand for others: from weak to strong among their sex."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Floats
from ..reading import Run

PERCENTILES = (5, 25, 50, 75, 95)
"""Where the typical people stand among their sex."""

AGE_OF_CHOICE = 75.0
"""Age at which they are chosen, in the first arm; three quarters of the run where it does not span it."""


class Typical(NamedTuple):
    """A person near a percentile of a sex."""

    place: int
    """On the `person` axis."""
    percentile: int


def record_of_choice(run: Run) -> int:
    """The record at which they are chosen."""
    times, start = run.times_years, run.start_age_years
    at = AGE_OF_CHOICE - start if start is not None and start < AGE_OF_CHOICE <= start + times[-1] else 0.75 * times[-1]
    return int(np.abs(times - at).argmin())


def typical_people(values: Floats, female: Floats) -> list[Typical]:
    """People near the percentiles of their sex, women and men in turn.

    Args:
        values: what they are ordered by, NaN for the dead: (person).
        female: 1 for women: (person).
    """
    chosen: list[Typical] = []
    for i, percentile in enumerate(PERCENTILES):
        for sex in ((1, 0) if i % 2 == 0 else (0, 1)):
            who = np.flatnonzero((female == sex) & np.isfinite(values))
            if len(who) >= len(PERCENTILES):
                order = who[np.argsort(values[who], kind="stable")]
                chosen.append(Typical(int(order[round((len(order) - 1) * percentile / 100)]), percentile))
                break
    return chosen
