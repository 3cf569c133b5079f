"""Values of the recorded people at one record, or at each one's own horizon: what effects and prevalences are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..arrays import Array, Flags, Floats, Whole
from ..errors import SarxError
from ..reading import Run
from .people import People
from .window import TOLERANCE, Span, Window


class Moment(NamedTuple):
    """When a record is; NaN where it is each one's own, or ages differ."""

    time_years: float
    age_years: float


@dataclass(frozen=True)
class When:
    """A record, or each person's own at the end of a window."""

    record: int | None
    """Its place on the axis of `/summary`; None where it is each one's own."""
    window: Window

    def moment(self, run: Run) -> Moment:
        """Time and age of the record."""
        if self.record is None:
            return Moment(np.nan, np.nan)
        age = float(run.age_axis(run.by_time).values[self.record]) if run.start_age_years is not None else np.nan
        return Moment(float(run.by_time["time_years"].values[self.record]), age)


def values_at(people: People, name: str, muscle: str, arm: str, when: When, span: Span) -> Floats:
    """A variable of each recorded person in an arm, NaN for the dead and beyond follow-up: (person).

    Args:
        people: of the run.
        name: the variable.
        muscle: of variables of a muscle; else empty.
        arm: in which arm.
        when: at which record, or each one's own.
        span: whose end is each one's own time.
    """
    courses = people.run.people_courses(name, arm, muscle)
    if when.record is not None:
        place = int(np.abs(people.run.times_years - when.moment(people.run).time_years).argmin())
        return courses[:, place].astype(float)
    found = records_near(people, span.end)
    return np.where(found.is_near, _picked(courses, found.record), np.nan)


def values_before(people: People, name: str, arm: str, end: Floats) -> Floats:
    """A variable of each recorded person at the last record at or before a time of each: (person)."""
    record = np.maximum(np.searchsorted(people.run.times_years, end + TOLERANCE, side="right") - 1, 0)
    return _picked(people.run.people_courses(name, arm), record)


def _picked(courses: Array, record: Whole) -> Floats:
    """Of each person's course the value at the person's own record."""
    values: Floats = courses[np.arange(len(courses)), record].astype(float)
    return values


class RecordsNear(NamedTuple):
    """Of each person a record, and whether it is near the time that was wanted: (person)."""

    record: Whole
    is_near: Flags


def records_near(people: People, wanted: Floats) -> RecordsNear:
    """Of each person the record in follow-up nearest to a time, and whether it is no further than half a step.

    Args:
        people: of the run.
        wanted: years after the run's start: (person).
    """
    times = people.run.times_years
    distance = np.abs(times[None, :] - wanted[:, None])
    distance[times[None, :] > people.follow_up_years[:, None] + TOLERANCE] = np.inf
    record = distance.argmin(axis=1)
    step = float(np.diff(times).max()) if len(times) > 1 else 1.0
    return RecordsNear(record, distance[np.arange(people.count), record] <= step / 2 + TOLERANCE)


def insist_on_people(run: Run, name: str) -> None:
    """Refuses a variable of which people were not recorded.

    Raises:
        SarxError: saying what to do instead.
    """
    if name not in run.root:
        raise SarxError(f"'{name}' is not recorded person by person in {run.path.name}: compare with the first arm, "
                        "or record people")
