"""Along what courses run: ages where everyone has the same, else time since the start, in days where a run is short."""

from __future__ import annotations

from dataclasses import dataclass

from ..arrays import Floats
from ..files.spans import DAYS_PER_YEAR

DAYS_BELOW_YEARS = 2.0
"""A run shorter than this is drawn over days since its start."""

AGE, TIME = "age", "time since the start"


@dataclass(frozen=True)
class Axis:
    """Values of an axis, and what they are."""

    dimension: str
    """Its name in the file: "age_years" or "time_years"."""
    values: Floats
    """In `unit`, rising: (record)."""
    quantity: str
    """AGE or TIME."""
    unit: str = "years"
    zero: float = 0.0
    """The value at the run's start."""
    per_year: float = 1.0

    @property
    def title(self) -> str:
        """As it stands beside a picture."""
        return f"{self.quantity} ({self.unit})"

    @property
    def is_age(self) -> bool:
        """Whether values are ages."""
        return self.quantity == AGE

    def at(self, time_years: float) -> float:
        """The value so many years after the start."""
        return self.zero + self.per_year * time_years


def axis_of_times(times_years: Floats, start_age_years: float | None) -> Axis:
    """The axis of records so many years after the start, of people who begin at an age; None: at different ones."""
    if start_age_years is None:
        return Axis("time_years", times_years, TIME)
    return Axis("time_years", start_age_years + times_years, AGE, zero=start_age_years)


def drawn_axis(times_years: Floats, start_age_years: float | None) -> Axis:
    """The same as pictures show it: in days since the start where a run is short."""
    if len(times_years) < 2 or times_years[-1] - times_years[0] >= DAYS_BELOW_YEARS:
        return axis_of_times(times_years, start_age_years)
    return Axis("time_years", times_years * DAYS_PER_YEAR, TIME, "days", per_year=DAYS_PER_YEAR)
