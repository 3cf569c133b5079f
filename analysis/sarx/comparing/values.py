"""Values of the recorded people at one record, or at each one's own horizon: what effects and prevalences are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import SarxError
from ..estimating.clock import TOLERANCE, Clock
from ..estimating.people import People
from ..reading import Run


@dataclass(frozen=True)
class When:
    """A record, or each person's own at a time after the clock's zero."""

    record: int | None
    clock: Clock

    def words(self, run: Run) -> tuple[float, float]:
        """Time and age of the record; NaN where it is each one's own, or ages differ."""
        if self.record is None:
            return np.nan, np.nan
        age = float(run.age_axis(run.by_time)[1][self.record]) if run.start_age_years is not None else np.nan
        return float(run.by_time["time_years"].values[self.record]), age


def values_at(people: People, name: str, muscle: str, arm: str, when: When, zero: np.ndarray) -> np.ndarray:
    """A variable of each recorded person in an arm, NaN for the dead and beyond follow-up: (person).

    Args:
        people: of the run.
        name: the variable.
        muscle: of variables of a muscle; else empty.
        arm: in which arm.
        when: at which record, or how long after the zero.
        zero: where each one's clock begins.
    """
    courses = people.run.people_courses(name, arm, muscle)
    times = people.run.root["time_years"].values.astype(float)
    if when.record is not None:
        place = int(np.abs(times - float(people.run.by_time["time_years"].values[when.record])).argmin())
        return courses[:, place].astype(float)
    place, is_near = records_near(people, zero + when.clock.within)
    return np.where(is_near, courses[np.arange(people.count), place].astype(float), np.nan)


def records_near(people: People, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each person the record in follow-up nearest to a time, and whether it is no further than half a step: (person)."""
    times = people.run.root["time_years"].values.astype(float)
    distance = np.abs(times[None, :] - wanted[:, None])
    distance[times[None, :] > people.follow_up_years[:, None] + TOLERANCE] = np.inf
    place = distance.argmin(axis=1)
    step = float(np.diff(times).max()) if len(times) > 1 else 1.0
    return place, distance[np.arange(people.count), place] <= step / 2 + TOLERANCE


def zero_of(people: People, clock: Clock, arm: str, reference: str) -> np.ndarray:
    """Where each one's clock begins in a pair of arms."""
    return clock.span(people.of_pair(people.first_offer_years, arm, reference), people.follow_up_years)[0]


def recorded(run: Run, name: str) -> None:
    """Refuses a variable of which people were not recorded."""
    if name not in run.root:
        raise SarxError(f"'{name}' is not recorded person by person in {run.path.name}: compare with the first arm, "
                        "or record people")
