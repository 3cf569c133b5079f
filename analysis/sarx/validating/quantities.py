"""From a simulated experiment to one number, the way a study got its own: who, when, measured how, summarised how."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from ..errors import SarxError, unknown
from ..reading import Run
from .expressions import Expression
from .instruments import INSTRUMENTS, scatter
from . import statistics

FEWEST = 5
"""Readings below which a summary is not taken."""

TAKES = ("mean", "median", "sd", "centile", "change", "rate", "any", "slope", "peak", "onset", "change_point",
         "odds_ratio", "hazard_ratio", "relation", "correlation")
FORMS = ("absolute", "fraction", "percent", "per_year", "percent_per_year", "fraction_per_year")
SCATTERED = ("sd", "centile", "odds_ratio", "hazard_ratio")
NOT = "not "
DERIVED = {"age_years": "year"}
"""Names that every experiment has beside its variables, with their units."""

_YEARS = {"day": 1.0 / 365.25, "week": 7.0 / 365.25, "month": 1.0 / 12.0, "year": 1.0}


def years_of(text: str) -> float:
    """A span of time in years: "14 days", "26 weeks", "6 months", "3 years"."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(day|week|month|year)s?\s*", str(text))
    if not match:
        raise SarxError(f"'{text}' is not a time like '14 days' or '3 years'")
    return float(match[1]) * _YEARS[match[2]]


def age_band(text: str) -> tuple[float, float]:
    """Ages from (included) to (not included), in years: "60-69 years", "80+ years", "71 years" (70 up to 72)."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:(\+)|-\s*(\d+(?:\.\d+)?))?\s*years?\s*", str(text))
    if not match:
        raise SarxError(f"'{text}' is not an age like '71 years', '60-69 years' or '80+ years'")
    low = float(match[1])
    low, high = (low, 130.0) if match[2] else (low, float(match[3]) + 1.0) if match[3] else (low - 1.0, low + 1.0)
    if not (15.0 <= low < high):
        raise SarxError(f"nobody has the age '{text}'")
    if low >= 110.0:
        raise SarxError(f"nobody has the age '{text}'")
    return low, high


@dataclass(frozen=True)
class Group:
    """Who is measured, when, how, and what is taken of the readings.

    `age` is a band at the time of the measurement (of the first one, for a change); `time` counts from the start of
    the experiment, `since` is the earlier of two times (default: the start); `over` follows everyone from each age of
    the band for so long instead. `where` and `exposure` are expressions, `grew` a variable that must have risen
    between the two times ("not NAME": must not have), `had` one that must have risen in as long a time before them.
    """

    measure: str = ""
    muscle: str = ""
    sex: str = "both"
    age: str = ""
    arm: str = ""
    time: str = ""
    since: str = ""
    over: str = ""
    where: str = ""
    grew: str = ""
    had: str = ""
    take: str = "mean"
    form: str = "absolute"
    centile: float = 50.0
    exposure: str = ""
    adjust: str = ""
    depart: float = 0.05

    @staticmethod
    def keys() -> list[str]:
        return [field.name for field in fields(Group)]

    @property
    def variables(self) -> set[str]:
        """Recorded variables that the group needs."""
        names: set[str] = set()
        for text in (self.measure, self.where, self.exposure, self.grew.removeprefix(NOT), self.had,
                     *self.adjust.split()):
            if text:
                names |= Expression(text).names
        found: set[str] = set()
        while names:
            name = names.pop()
            if name in INSTRUMENTS:
                names |= INSTRUMENTS[name].expression.names
            elif name not in DERIVED:
                found.add(name)
        return found


class Experiment:
    """A simulated experiment: readings of its people by arm, person and time."""

    def __init__(self, source: Run | str | os.PathLike[str], errors: Mapping[str, float], seed: int = 0) -> None:
        """Opens the file of a run.

        Args:
            source: the run.
            errors: relative error of a reading, by the path of its parameter.
            seed: of the scatter of readings.
        """
        self._run = Run.of(source)
        self._root = self._run.root
        self._errors = errors
        self._seed = seed
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

    def reading(self, text: str, arm: str, muscle: str, scattered: bool) -> np.ndarray:
        """Values of an expression of variables and instruments, (person, time)."""
        expression = Expression(text)
        scattered = scattered or expression.is_condition
        named = {name: self._named(name, arm, muscle, scattered) for name in expression.names}
        return np.asarray(expression.value(named), dtype=float)

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

    def index_at(self, text: str) -> int:
        """Index of a record time; refuses times that are not recorded."""
        wanted = years_of(text) if text else 0.0
        index = int(np.argmin(np.abs(self.times_years - wanted)))
        step = np.diff(self.times_years).min() if len(self.times_years) > 1 else 0.0
        if abs(self.times_years[index] - wanted) > 0.51 * step + 1e-9:
            raise SarxError(f"'{text}' lies beyond the experiment, which lasts {self.times_years[-1]:.3g} years")
        return index

    def number(self, group: Group) -> float:
        """The number that the group's study would report; NaN where too few people are left.

        Raises:
            SarxError: where the experiment lacks what the group names.
        """
        arm = group.arm or self.arms[0]
        if arm not in self.arms:
            raise unknown("arm", arm, self.arms)
        values = self.reading(group.measure, arm, group.muscle, group.take in SCATTERED)
        people = np.ones(len(self.female), dtype=bool)
        if group.sex != "both":
            people = self.female > 0.5 if group.sex == "female" else self.female < 0.5
        pairs = bool(group.over) or group.take in ("change", "rate", "any")
        chosen, later = self._occasions(group, people, pairs)
        if group.where:
            chosen &= self.reading(group.where, arm, group.muscle, True) == 1.0
        if pairs:
            return self._of_pairs(group, arm, values, chosen, later)
        return self._of_occasions(group, arm, values, chosen)

    def _occasions(self, group: Group, people: np.ndarray, pairs: bool) -> tuple[np.ndarray, int]:
        """Which (person, time) are measured, and how many records later the second time is."""
        chosen = np.broadcast_to(people[:, None], self.ages_years.shape).copy()
        if group.age:
            low, high = age_band(group.age)
            chosen &= (self.ages_years >= low) & (self.ages_years < high)
        later = 0
        if group.over:
            step = self.times_years[1] - self.times_years[0]
            later = round(years_of(group.over) / step)
            chosen[:, max(0, len(self.times_years) - later):] = False
            if group.take in ("odds_ratio", "hazard_ratio") and chosen.any():  # follow-ups of a person must not overlap
                first = int(np.flatnonzero(chosen.any(axis=0))[0])
                chosen[:, (np.arange(len(self.times_years)) - first) % later != 0] = False
        elif group.time or pairs:
            end = self.index_at(group.time) if group.time else len(self.times_years) - 1
            first = self.index_at(group.since) if pairs else end
            later = end - first
            elsewhere = np.ones(len(self.times_years), dtype=bool)
            elsewhere[first] = False
            chosen[:, elsewhere] = False
        return chosen, later

    def _of_pairs(self, group: Group, arm: str, values: np.ndarray, chosen: np.ndarray, later: int) -> float:
        if later < 1:
            raise SarxError("the later time must come after the earlier one")
        rows, columns = np.nonzero(chosen)
        rows, columns = rows[columns + later < values.shape[1]], columns[columns + later < values.shape[1]]
        before, after = values[rows, columns], values[rows, columns + later]
        known = np.isfinite(before) & np.isfinite(after)
        if group.grew:
            counted = self.reading(group.grew.removeprefix(NOT), arm, group.muscle, False)
            rose = counted[rows, columns + later] > counted[rows, columns]
            known &= ~rose if group.grew.startswith(NOT) else rose
        if group.had:
            counted = self.reading(group.had, arm, group.muscle, False)
            known &= (columns >= later) & (counted[rows, columns] > counted[rows, np.maximum(columns - later, 0)])
        if known.sum() < FEWEST:
            return np.nan
        years = self.times_years[later] - self.times_years[0]
        if group.take in ("odds_ratio", "hazard_ratio"):
            happened = np.where(known, (after > before).astype(float), np.nan)
            at_risk = known & (before < 0.5) if np.nanmax(before) <= 1.0 else known
            link = "logit" if group.take == "odds_ratio" else "cloglog"
            exposure = self.reading(group.exposure, arm, group.muscle, True)[rows, columns]
            others = [self.reading(name, arm, group.muscle, False)[rows, columns] for name in group.adjust.split()]
            return statistics.effect_of_first(exposure[at_risk], happened[at_risk],
                                              [other[at_risk] for other in others], link)
        before, after = before[known], after[known]
        if group.take == "any":
            return float((after > before).mean())
        if group.take == "rate":
            return float((after - before).mean() / years)
        change = float(after.mean() - before.mean())
        if group.form.startswith("percent"):
            change *= 100.0 / before.mean()
        elif group.form.startswith("fraction"):
            change /= before.mean()
        return change / years if group.form.endswith("per_year") else change

    def _of_occasions(self, group: Group, arm: str, values: np.ndarray, chosen: np.ndarray) -> float:
        chosen = chosen & np.isfinite(values)
        if group.take in ("odds_ratio", "relation", "correlation"):
            exposure = self.reading(group.exposure, arm, group.muscle, group.take == "odds_ratio")
            chosen &= np.isfinite(exposure)
            if chosen.sum() < FEWEST:
                return np.nan
            if group.take == "odds_ratio":
                others = [self.reading(name, arm, group.muscle, False)[chosen] for name in group.adjust.split()]
                return statistics.effect_of_first(exposure[chosen], values[chosen], others, "logit")
            if group.take == "relation":
                return statistics.slope(exposure[chosen], values[chosen])[1]
            return float(np.corrcoef(exposure[chosen], values[chosen])[0, 1])
        sample = values[chosen]
        if len(sample) < FEWEST:
            return np.nan
        simple = {"mean": np.mean, "median": np.median, "sd": lambda x: np.std(x, ddof=1),
                  "centile": lambda x: np.percentile(x, group.centile)}
        if group.take in simple:
            return float(simple[group.take](sample))
        ages = np.round(self.ages_years[chosen])
        steps = np.unique(ages)
        middle = np.median if group.take == "peak" else np.mean
        by_age = np.array([middle(sample[ages == age]) for age in steps])
        if group.take == "peak":
            return float(by_age.max())
        if group.take == "onset":
            return statistics.first_departure(steps, by_age, group.depart)
        if group.take == "change_point":
            return statistics.change_point(steps, by_age)
        if group.form == "fraction_per_year":
            return statistics.slope(steps, np.log(np.maximum(by_age, 1e-12)))[1]
        start, slope = statistics.slope(steps, by_age)
        return 100.0 * slope / (start + slope * steps[0]) if group.form == "percent_per_year" else slope
