"""Numbers with the figures that their error leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

MOST_BY_PAIRING = 1000.0
"""Times fewer people beyond which no number is told."""


class Told(NamedTuple):
    """A value and its interval as text; the interval is empty where there is none."""

    value: str
    interval: str

    def __str__(self) -> str:
        return f"{self.value} ({self.interval})" if self.interval else self.value


def short(value: float) -> str:
    """A number with four figures; empty for NaN."""
    if not np.isfinite(value):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}" if abs(value) >= 0.001 else f"{value:.2g}"


def to_its_error(value: float, lower: float, upper: float) -> Told:
    """A value and its interval with the figures that its error leaves it: two of the shorter half of the interval.

    Without an interval it has two figures.
    """
    if not np.isfinite(value):
        return Told("", "")
    if not (np.isfinite(lower) and np.isfinite(upper)) or not upper > lower:
        return Told("0" if value == 0 else f"{float(f'{value:.2g}'):,g}", "")
    halves = [half for half in (value - lower, upper - value) if half > 0.0] or [upper - lower]
    places = 1 - int(np.floor(np.log10(min(halves))))

    def told(number: float) -> str:
        rounded = round(number, places)
        return f"{rounded + 0.0:,.{max(places, 0)}f}"

    return Told(told(value), f"{told(lower)} to {told(upper)}")


def told_column(table: pd.DataFrame, value: str, lower: str = "lower", upper: str = "upper",
                factor: float = 1.0) -> list[Told]:
    """A column of a table with its interval.

    Args:
        table: with the columns.
        value: name of the column.
        lower: of the interval's lower end.
        upper: of its upper end.
        factor: in which unit: 100 for per cent of a share.
    """
    return [to_its_error(*(factor * number for number in numbers))
            for numbers in zip(*(table[name].astype(float) for name in (value, lower, upper)))]


def span(lower: float, upper: float) -> str:
    """An interval in four figures; empty where there is none."""
    return f"{short(lower)} to {short(upper)}" if np.isfinite(lower) and np.isfinite(upper) else ""


def percent(shares: Iterable[float], places: int = 0) -> list[str]:
    """Shares as per cent; empty for NaN."""
    return [f"{100 * share:.{places}f}" if np.isfinite(share) else "" for share in shares]


def fewer_by_pairing(gain: float, lower: float, upper: float) -> str:
    """How many times fewer people the pairing needs, to its error; empty where too few differ to tell."""
    if not np.isfinite([gain, lower, upper]).all():
        return ""
    return f">{MOST_BY_PAIRING:,.0f} x" if gain > MOST_BY_PAIRING else f"{float(f'{gain:.2g}'):g} x"
