"""Readings of a simulated experiment's people, the way a study got its own: who, when, measured how."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from ..arrays import Flags, Floats, Whole
from ..errors import SarxError, known
from ..expressions import Expression
from ..reading import Run, labels
from .groups import ENTRY, MEASUREMENT, NOT, TAKES, Group, age_band, years_of
from .instruments import INSTRUMENTS, scatter
from .samples import Sample, reported

TO_EVENT = ("incidence", "median_time", "mean_time")


EVERY_AGE = -1
"""Stands for the record of the first reading where people are read at every age of a band."""


class Records(NamedTuple):
    """At which records people are read."""

    first: int
    """Of the first reading, or EVERY_AGE."""
    later: int
    """Records from the first reading to the second."""
    back: int
    """Records from what is read before to the first reading."""


class Experiment:
    """A simulated experiment: readings of its people by arm, person and time."""

    def __init__(self, source: Run | str | os.PathLike[str], errors: Mapping[str, float], seed: int = 0) -> None:
        """Opens the file of a run.

        Args:
            source: the run.
            errors: relative error of a reading, by the path of its parameter.
            seed: of the scatter of readings.

        Raises:
            SarxError: where its people have survey weights, which no statistic here counts.
        """
        self._run = Run.of(source)
        self._root = self._run.root
        self._errors = errors
        self._seed = seed
        if "weight" in self._root and np.ptp(self._root["weight"].values) > 0.0:
            raise SarxError("its people have weights, which are not counted here: leave out the column")
        self.arms = labels(self._root, "arm")
        self.times_years = self._run.times_years
        start = np.asarray(self._root["start_age_years"].values, dtype=float)
        self.ages_years = start[:, None] + self.times_years[None, :]
        self.female = np.asarray(self._root["female"].values, dtype=float)
        self._kept: dict[tuple[str, str, str], Floats] = {}

    def variable(self, name: str, arm: str, muscle: str) -> Floats:
        """Values of a recorded variable or trait, (person, time)."""
        if name == "age_years":
            return np.asarray(self.ages_years)
        data = self._root[known("variable", name, map(str, self._root.data_vars))]
        key = (name, arm, muscle if "muscle" in data.dims else "")
        if key not in self._kept:
            if "arm" in data.dims:
                data = data.isel(arm=self.arms.index(arm))
            if "muscle" in data.dims:
                muscles = self._run.muscles
                if muscle not in muscles:
                    raise SarxError(f"'{name}' is of a muscle: name one of {', '.join(muscles)}" if not muscle
                                    else f"the experiment has no muscle '{muscle}'")
                data = data.isel(muscle=muscles.index(muscle))
            values = np.asarray(data.values, dtype=float)
            self._kept[key] = values if values.ndim == 2 else np.broadcast_to(values[:, None], self.ages_years.shape)
        return self._kept[key]

    def index_at(self, text: str) -> int:
        """Index of the record nearest to a time; refuses times beyond the last."""
        wanted = years_of(text) if text else 0.0
        index = int(np.argmin(np.abs(self.times_years - wanted)))
        step = np.diff(self.times_years).min() if len(self.times_years) > 1 else 0.0
        if abs(self.times_years[index] - wanted) > 0.51 * step + 1e-9:
            raise SarxError(f"'{text}' lies beyond the experiment, which lasts {self.times_years[-1]:.3g} years")
        return index

    def number(self, group: Group, against: Group | None = None) -> float:
        """The number that the group's study would report.

        Args:
            group: who is measured, when, how.
            against: whom with, where the number compares two groups.

        Raises:
            SarxError: where the experiment lacks what the group names, or there is no such number of these people.
        """
        return reported(group, self.sample(group), self.sample(against) if against else None)

    def sample(self, group: Group) -> Sample:
        """The readings of a group.

        Raises:
            SarxError: where the experiment lacks what the group names.
        """
        arm = known("arm", group.arm or self.arms[0], self.arms)
        records = self._records(group)
        first, later, back = records

        def read(text: str, scattered: bool) -> Floats:
            return self._read(text, arm, group.muscle, scattered and group.error != "none", records)

        scattered = TAKES[group.take].scattered
        values = read(group.measure, scattered or Expression(group.measure, over_time=True).is_condition)
        chosen = self._chosen(group, records)
        if group.where:
            meets = read(group.where, True) == 1.0
            asked = group.where_at or (ENTRY if first != EVERY_AGE else MEASUREMENT)
            if asked != MEASUREMENT:
                meets = meets[:, [0 if asked == ENTRY else self.index_at(asked)]]
            chosen &= meets
        person, column = np.nonzero(chosen)
        inside = (column + later < values.shape[1]) & (column >= back)
        person, column = person[inside], column[inside]
        whole = self._met(group, read, person, column, records)
        exposure = read(group.exposure, True)[person, column] if group.exposure else None
        covariates = group.adjust if TAKES[group.take].adjusts else ()
        others = tuple(read(text, True)[person, column] for text in covariates)
        for one in (*others, *([exposure] if exposure is not None else [])):
            whole &= np.isfinite(one)
        found = Sample(person, self.ages_years[person, column], values[person, column], exposure=exposure,
                       others=others)
        if group.take in TO_EVENT or (group.take == "hazard_ratio" and group.against):
            return self._followed(found, whole, values, column, later)
        whole &= np.isfinite(found.value)
        if TAKES[group.take].twice or group.becomes:
            after = values[person, column + later]
            whole &= np.isfinite(after)
            span = np.full(len(person), self.times_years[later] - self.times_years[0])
            found = Sample(found.person, found.age, found.value, after, found.exposure, found.others, years=span,
                           happened=(after > found.value).astype(float))
        if group.becomes:
            whole &= _at_risk(found.value, whole)
        return found.of(whole)

    def _records(self, group: Group) -> Records:
        """At which records a group is read."""
        first, later, back = EVERY_AGE, 0, 0
        step = self.times_years[1] - self.times_years[0] if len(self.times_years) > 1 else np.inf
        if group.over:
            later = round(years_of(group.over) / step)
        elif group.onward:
            end = self.index_at(group.time) if group.time else len(self.times_years) - 1
            first = self.index_at(group.since)
            later = end - first
        elif group.time:
            first = self.index_at(group.time)
        if group.onward and later < 1:
            raise SarxError("the later time must come after the earlier one, by a record at least")
        if group.back:
            back = round(years_of(group.before) / step) if group.before else later
            if back < 1:
                raise SarxError("what is read before the first reading needs 'before', a record at least")
        return Records(first, later, back)

    def _chosen(self, group: Group, records: Records) -> Flags:
        """Which (person, time) are (first) readings, by sex, age and time."""
        people = np.ones(len(self.female), dtype=bool)
        if group.sex != "both":
            people = self.female > 0.5 if group.sex == "female" else self.female < 0.5
        chosen = np.broadcast_to(people[:, None], self.ages_years.shape).copy()
        if group.age:
            low, high = age_band(group.age)
            chosen &= (self.ages_years >= low) & (self.ages_years < high)
        later = records.later
        if records.first != EVERY_AGE:
            chosen[:, np.arange(chosen.shape[1]) != records.first] = False
        elif later:
            chosen[:, max(0, chosen.shape[1] - later):] = False
            if (group.becomes or group.take in TO_EVENT) and chosen.any():  # follow-ups of a person must not overlap
                begin = int(np.flatnonzero(chosen.any(axis=0))[0])
                chosen[:, (np.arange(chosen.shape[1]) - begin) % later != 0] = False
        return chosen

    def _read(self, text: str, arm: str, muscle: str, scattered: bool, records: Records) -> Floats:
        """Values of an expression of variables and instruments, (person, time), as of the first reading."""
        expression = Expression(text, over_time=True)
        named = {name: self._named(name, arm, muscle, scattered) for name in expression.names}
        later, back = records.later, records.back
        over_time: dict[str, Callable[[Floats], Floats]] = {
            "change": lambda x: _moved(x, later) - x,
            "slope": lambda x: _slopes(x, self.times_years, later),
            "past_change": lambda x: x - _moved(x, -back),
            "past_slope": lambda x: _moved(_slopes(x, self.times_years, back), -back),
        }
        return np.broadcast_to(np.asarray(expression.value(named, over_time), dtype=float), self.ages_years.shape)

    def _named(self, name: str, arm: str, muscle: str, scattered: bool) -> Floats:
        if name not in INSTRUMENTS:
            return self.variable(name, arm, muscle)
        instrument = INSTRUMENTS[name]
        expression = instrument.expression
        truth = expression.value({part: self.variable(part, arm, muscle) for part in expression.names})
        error = self._errors.get(instrument.error, 0.0) if isinstance(instrument.error, str) else instrument.error
        if scattered and error > 0.0:
            truth = truth * (1.0 + error * scatter(name, truth.shape, self._seed))
        shown: Floats = np.clip(truth, instrument.floor, instrument.ceiling)
        return shown

    def _met(self, group: Group, read: Callable[[str, bool], Floats], person: Whole, column: Whole,
             records: Records) -> Flags:
        """Who is left where a count must have risen between the readings, or before them."""
        met = np.ones(len(person), dtype=bool)
        if group.grew:
            counted = read(group.grew.removeprefix(NOT), False)
            rose = counted[person, column + records.later] > counted[person, column]
            met &= ~rose if group.grew.startswith(NOT) else rose
        if group.had:
            counted = read(group.had, False)
            met &= counted[person, column] > counted[person, column - records.back]
        return met

    def _followed(self, found: Sample, whole: Flags, values: Floats, column: Whole, later: int) -> Sample:
        """Follow-ups to the first record in which the measure has risen, else to the last that is known."""
        records = np.arange(1, later + 1)
        course = values[found.person[:, None], column[:, None] + records]
        rose = course > found.value[:, None]
        happened = rose.any(axis=1)
        end = np.where(happened, rose.argmax(axis=1) + 1, (np.isfinite(course) * records).max(axis=1))
        whole = whole & np.isfinite(found.value) & (end > 0)
        whole &= _at_risk(found.value, whole)
        years = self.times_years[column + end] - self.times_years[column]
        return Sample(found.person, found.age, found.value, years=years, happened=happened.astype(float)).of(whole)


def _at_risk(before: Floats, whole: Flags) -> Flags:
    """Who can still have a first event: of a flag those without it, of a count everybody."""
    flag = not whole.any() or before[whole].max() <= 1.0
    return before < 0.5 if flag else np.ones(len(before), dtype=bool)


def _moved(x: Floats, records: int) -> Floats:
    """Values so many records later (earlier below 0), NaN where there are none; (person, time)."""
    out = np.full(x.shape, np.nan)
    if records > 0:
        out[:, :-records] = x[:, records:]
    elif records < 0:
        out[:, -records:] = x[:, :records]
    return out


def _slopes(x: Floats, times: Floats, records: int) -> Floats:
    """Slope per year, by least squares, of each person's known readings from each record to so many later, two at
    least; NaN where there are not; (person, time)."""
    out = np.full(x.shape, np.nan)
    if not 0 < records < x.shape[1]:
        return out
    read = np.lib.stride_tricks.sliding_window_view(x, records + 1, axis=1)
    is_known = np.isfinite(read)
    count = is_known.sum(axis=-1)
    at = np.where(is_known, np.lib.stride_tricks.sliding_window_view(times, records + 1), 0.0)
    from_middle = np.where(is_known, at - (at.sum(axis=-1) / np.maximum(count, 1))[..., None], 0.0)
    steep = (from_middle * np.where(is_known, read, 0.0)).sum(axis=-1) / (from_middle**2).sum(axis=-1)
    out[:, : read.shape[1]] = np.where(count >= 2, steep, np.nan)
    return out
