"""From a simulated experiment to one number, the way a study got its own: who, when, measured how, summarised how."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..errors import SarxError, unknown
from ..reading import Run
from . import statistics
from .expressions import Expression
from .groups import ENTRY, MEASUREMENT, NOT, TAKES, Group, age_band, years_of
from .instruments import INSTRUMENTS, scatter
from .statistics import Uncomputable

FEWEST = 5
"""Readings below which a summary is not taken."""
TO_EVENT = ("incidence", "median_time", "mean_time")


@dataclass(frozen=True)
class Sample:
    """What was read of a group. Arrays have an entry a reading, or a follow-up, of a person; all are known.

    `value` is the (first) reading, `later` the second; `happened` is 1 where the measure rose during a follow-up, which
    ended then or after `years`.
    """

    person: np.ndarray
    age: np.ndarray
    value: np.ndarray
    later: np.ndarray | None = None
    exposure: np.ndarray | None = None
    others: tuple[np.ndarray, ...] = ()
    years: np.ndarray | None = None
    happened: np.ndarray | None = None

    def of(self, kept: np.ndarray) -> Sample:
        """The readings that a mask keeps."""
        def cut(values: np.ndarray | None) -> np.ndarray | None:
            return None if values is None else values[kept]

        return Sample(self.person[kept], self.age[kept], self.value[kept], cut(self.later), cut(self.exposure),
                      tuple(other[kept] for other in self.others), cut(self.years), cut(self.happened))

    def without(self, people: np.ndarray) -> Sample:
        """The sample with some people left out."""
        return self.of(~np.isin(self.person, people))


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
        self.arms = [str(arm) for arm in self._root["arm"].values]
        self.times_years = np.asarray(self._root["time_years"].values, dtype=float)
        start = np.asarray(self._root["start_age_years"].values, dtype=float)
        self.ages_years = start[:, None] + self.times_years[None, :]
        self.female = np.asarray(self._root["female"].values, dtype=float)
        self._kept: dict[tuple[str, str, str], np.ndarray] = {}

    def variable(self, name: str, arm: str, muscle: str) -> np.ndarray:
        """Values of a recorded variable or trait, (person, time)."""
        if name == "age_years":
            return self.ages_years
        if name not in self._root:
            raise unknown("variable", name, [str(known) for known in self._root.data_vars])
        data = self._root[name]
        key = (name, arm, muscle if "muscle" in data.dims else "")
        if key not in self._kept:
            if "arm" in data.dims:
                data = data.isel(arm=self.arms.index(arm))
            if "muscle" in data.dims:
                muscles = [str(known) for known in self._root["muscle"].values]
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
        return summary(group, self.sample(group), self.sample(against) if against else None)

    def sample(self, group: Group) -> Sample:
        """The readings of a group.

        Raises:
            SarxError: where the experiment lacks what the group names.
        """
        arm = group.arm or self.arms[0]
        if arm not in self.arms:
            raise unknown("arm", arm, self.arms)
        first, later, back = self._spans(group)

        def read(text: str, scattered: bool) -> np.ndarray:
            return self._read(text, arm, group.muscle, scattered and group.error != "none", later, back)

        scattered = TAKES[group.take].scattered
        values = read(group.measure, scattered or Expression(group.measure, over_time=True).is_condition)
        chosen = self._chosen(group, first, later)
        if group.where:
            meets = read(group.where, True) == 1.0
            asked = group.where_at or (ENTRY if first >= 0 else MEASUREMENT)
            if asked != MEASUREMENT:
                meets = meets[:, [0 if asked == ENTRY else self.index_at(asked)]]
            chosen &= meets
        person, column = np.nonzero(chosen)
        inside = (column + later < values.shape[1]) & (column >= back)
        person, column = person[inside], column[inside]
        known = self._met(group, read, person, column, later, back)
        exposure = read(group.exposure, True)[person, column] if group.exposure else None
        covariates = group.adjust if TAKES[group.take].adjusts else ()
        others = tuple(read(text, True)[person, column] for text in covariates)
        for one in (*others, *([exposure] if exposure is not None else [])):
            known &= np.isfinite(one)
        found = Sample(person, self.ages_years[person, column], values[person, column], exposure=exposure,
                       others=others)
        if group.take in TO_EVENT or (group.take == "hazard_ratio" and group.against):
            return self._followed(found, known, values, column, later)
        known &= np.isfinite(found.value)
        if TAKES[group.take].twice or group.becomes:
            after = values[person, column + later]
            known &= np.isfinite(after)
            span = np.full(len(person), self.times_years[later] - self.times_years[0])
            found = Sample(found.person, found.age, found.value, after, found.exposure, found.others, years=span,
                           happened=(after > found.value).astype(float))
        if group.becomes:
            known &= _at_risk(found.value, known)
        return found.of(known)

    def _spans(self, group: Group) -> tuple[int, int, int]:
        """Record of the first reading (-1: at every age of the band), records to the second, and records back."""
        first, later, back = -1, 0, 0
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
        return first, later, back

    def _chosen(self, group: Group, first: int, later: int) -> np.ndarray:
        """Which (person, time) are (first) readings, by sex, age and time."""
        people = np.ones(len(self.female), dtype=bool)
        if group.sex != "both":
            people = self.female > 0.5 if group.sex == "female" else self.female < 0.5
        chosen = np.broadcast_to(people[:, None], self.ages_years.shape).copy()
        if group.age:
            low, high = age_band(group.age)
            chosen &= (self.ages_years >= low) & (self.ages_years < high)
        if first >= 0:
            chosen[:, np.arange(chosen.shape[1]) != first] = False
        elif later:
            chosen[:, max(0, chosen.shape[1] - later):] = False
            if (group.becomes or group.take in TO_EVENT) and chosen.any():  # follow-ups of a person must not overlap
                begin = int(np.flatnonzero(chosen.any(axis=0))[0])
                chosen[:, (np.arange(chosen.shape[1]) - begin) % later != 0] = False
        return chosen

    def _read(self, text: str, arm: str, muscle: str, scattered: bool, later: int, back: int) -> np.ndarray:
        """Values of an expression of variables and instruments, (person, time), as of the first reading."""
        expression = Expression(text, over_time=True)
        named = {name: self._named(name, arm, muscle, scattered) for name in expression.names}
        over_time: dict[str, Callable[[np.ndarray], np.ndarray]] = {
            "change": lambda x: _moved(x, later) - x,
            "slope": lambda x: _slopes(x, self.times_years, later),
            "past_change": lambda x: x - _moved(x, -back),
            "past_slope": lambda x: _moved(_slopes(x, self.times_years, back), -back),
        }
        return np.broadcast_to(np.asarray(expression.value(named, over_time), dtype=float), self.ages_years.shape)

    def _named(self, name: str, arm: str, muscle: str, scattered: bool) -> np.ndarray:
        if name not in INSTRUMENTS:
            return self.variable(name, arm, muscle)
        instrument = INSTRUMENTS[name]
        expression = instrument.expression
        truth = expression.value({part: self.variable(part, arm, muscle) for part in expression.names})
        error = self._errors.get(instrument.error, 0.0) if isinstance(instrument.error, str) else instrument.error
        if scattered and error > 0.0:
            truth = truth * (1.0 + error * scatter(name, truth.shape, self._seed))
        return np.clip(truth, instrument.floor, instrument.ceiling)

    def _met(self, group: Group, read: Callable[[str, bool], np.ndarray], person: np.ndarray, column: np.ndarray,
             later: int, back: int) -> np.ndarray:
        """Who is left where a count must have risen between the readings, or before them."""
        met = np.ones(len(person), dtype=bool)
        if group.grew:
            counted = read(group.grew.removeprefix(NOT), False)
            rose = counted[person, column + later] > counted[person, column]
            met &= ~rose if group.grew.startswith(NOT) else rose
        if group.had:
            counted = read(group.had, False)
            met &= counted[person, column] > counted[person, column - back]
        return met

    def _followed(self, found: Sample, known: np.ndarray, values: np.ndarray, column: np.ndarray, later: int) -> Sample:
        """Follow-ups to the first record in which the measure has risen, else to the last that is known."""
        records = np.arange(1, later + 1)
        course = values[found.person[:, None], column[:, None] + records]
        rose = course > found.value[:, None]
        happened = rose.any(axis=1)
        end = np.where(happened, rose.argmax(axis=1) + 1, (np.isfinite(course) * records).max(axis=1))
        known = known & np.isfinite(found.value) & (end > 0)
        known &= _at_risk(found.value, known)
        years = self.times_years[column + end] - self.times_years[column]
        return Sample(found.person, found.age, found.value, years=years, happened=happened.astype(float)).of(known)


def _at_risk(before: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Who can still have a first event: of a flag those without it, of a count everybody."""
    flag = not known.any() or before[known].max() <= 1.0
    return before < 0.5 if flag else np.ones(len(before), dtype=bool)


def _moved(x: np.ndarray, records: int) -> np.ndarray:
    """Values so many records later (earlier below 0), NaN where there are none; (person, time)."""
    out = np.full(x.shape, np.nan)
    if records > 0:
        out[:, :-records] = x[:, records:]
    elif records < 0:
        out[:, -records:] = x[:, :records]
    return out


def _slopes(x: np.ndarray, times: np.ndarray, records: int) -> np.ndarray:
    """Slope per year, by least squares, of each person's known readings from each record to so many later, two at
    least; NaN where there are not; (person, time)."""
    out = np.full(x.shape, np.nan)
    if not 0 < records < x.shape[1]:
        return out
    read = np.lib.stride_tricks.sliding_window_view(x, records + 1, axis=1)
    known = np.isfinite(read)
    count = known.sum(axis=-1)
    at = np.where(known, np.lib.stride_tricks.sliding_window_view(times, records + 1), 0.0)
    from_middle = np.where(known, at - (at.sum(axis=-1) / np.maximum(count, 1))[..., None], 0.0)
    steep = (from_middle * np.where(known, read, 0.0)).sum(axis=-1) / (from_middle**2).sum(axis=-1)
    out[:, : read.shape[1]] = np.where(count >= 2, steep, np.nan)
    return out


def summary(group: Group, sample: Sample, against: Sample | None = None) -> float:
    """What the group's study would report of the readings.

    Args:
        group: what is taken of them.
        sample: the readings.
        against: those to compare with, where it is a comparison.

    Raises:
        Uncomputable: where there is no such number of these people.
    """
    for one in (sample, against):
        if one is not None and len(one.person) < FEWEST:
            few = f"{len(one.person)} readings are left, fewer than {FEWEST}" if len(one.person) else "nobody is left"
            raise Uncomputable(few)
    with np.errstate(all="ignore"):
        number = float(_SUMMARIES[group.take](group, sample, against))
    if not np.isfinite(number):
        raise Uncomputable("there is nothing to divide by")
    return number


def _change(group: Group, sample: Sample, _: Sample | None) -> float:
    before, after, years = sample.value, sample.later, sample.years[0]
    change = after.mean() - before.mean()
    if group.form.startswith("percent"):
        change *= 100.0 / before.mean()
    elif group.form.startswith("fraction"):
        change /= before.mean()
    return change / years if group.form.endswith("per_year") else change


def _over_age(group: Group, sample: Sample, _: Sample | None) -> float:
    """Shapes of the mean (the median for a peak) by whole years of age."""
    ages = np.round(sample.age)
    steps = np.unique(ages)
    middle = np.median if group.take == "peak" else np.mean
    by_age = np.array([middle(sample.value[ages == age]) for age in steps])
    if group.take == "peak":
        return by_age.max()
    if group.take == "onset":
        return statistics.first_departure(steps, by_age, group.depart)
    if group.take == "change_point":
        return statistics.change_point(steps, by_age)
    if group.form == "fraction_per_year":
        return statistics.line(steps, np.log(np.maximum(by_age, 1e-12)))[1]
    start, slope = statistics.line(steps, by_age)
    return 100.0 * slope / (start + slope * steps[0]) if group.form == "percent_per_year" else slope


def _related(group: Group, sample: Sample, _: Sample | None) -> float:
    """Relations of the exposure with the measure, or with what happened in a follow-up."""
    exposure = sample.exposure
    if group.per == "sd":
        exposure = exposure / exposure.std(ddof=1)
    outcome = sample.happened if group.becomes else sample.value
    if group.take in ("odds_ratio", "auc") and not np.isin(outcome, (0.0, 1.0)).all():
        raise Uncomputable(f"{group.take} needs an outcome that is so or not so, like 'grip_strength_kg < 27'")
    if group.take in ("odds_ratio", "hazard_ratio"):
        link = "logit" if group.take == "odds_ratio" else "cloglog"
        return statistics.effect_of_first(exposure, outcome, sample.others, link)
    if group.take == "auc":
        return statistics.area_under_roc(exposure, outcome)
    relation = {"relation": statistics.partial_slope, "standardised_relation": statistics.standardised_slope,
                "correlation": statistics.partial_correlation}
    return relation[group.take](exposure, outcome, sample.others)


def _hazard_ratio(group: Group, sample: Sample, against: Sample | None) -> float:
    if against is None:
        return _related(group, sample, None)
    exposed = np.concatenate([np.ones(len(sample.years)), np.zeros(len(against.years))])
    return statistics.cox_hazard_ratio(np.concatenate([sample.years, against.years]),
                                       np.concatenate([sample.happened, against.happened]), exposed)


_SUMMARIES: dict[str, Callable[[Group, Sample, Sample | None], float]] = {
    "mean": lambda group, sample, _: sample.value.mean(),
    "median": lambda group, sample, _: np.median(sample.value),
    "sd": lambda group, sample, _: sample.value.std(ddof=1),
    "centile": lambda group, sample, _: np.percentile(sample.value, group.centile),
    "change": _change,
    "rate": lambda group, sample, _: (sample.later - sample.value).mean() / sample.years[0],
    "any": lambda group, sample, _: sample.happened.mean(),
    "slope": _over_age, "peak": _over_age, "onset": _over_age, "change_point": _over_age,
    "relation": _related, "standardised_relation": _related, "correlation": _related,
    "odds_ratio": _related, "auc": _related, "hazard_ratio": _hazard_ratio,
    "incidence": lambda group, sample, _: statistics.incidence(sample.years, sample.happened),
    "median_time": lambda group, sample, _: statistics.median_time(sample.years, sample.happened),
    "mean_time": lambda group, sample, _: statistics.mean_time(sample.years, sample.happened),
    "cohen_d": lambda group, sample, against: statistics.cohen_d(sample.value, against.value),
    "glass_delta": lambda group, sample, against: statistics.glass_delta(sample.value, against.value),
}
