"""What was read of people, and what a study would report of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..arrays import Flags, Floats, Whole
from . import statistics
from .groups import Group
from .statistics import Uncomputable

FEWEST = 5
"""Readings below which a number is not reported."""


@dataclass(frozen=True)
class Sample:
    """What was read of a group. Arrays have an entry a reading, or a follow-up, of a person; all are known.

    `value` is the (first) reading, `later` the second; `happened` is 1 where the measure rose during a follow-up, which
    ended then or after `years`.
    """

    person: Whole
    age: Floats
    value: Floats
    later: Floats | None = None
    exposure: Floats | None = None
    others: tuple[Floats, ...] = ()
    years: Floats | None = None
    happened: Floats | None = None

    def of(self, kept: Flags) -> Sample:
        """The readings that a mask keeps."""
        def cut(values: Floats | None) -> Floats | None:
            return None if values is None else values[kept]

        return Sample(person=self.person[kept], age=self.age[kept], value=self.value[kept], later=cut(self.later),
                      exposure=cut(self.exposure), others=tuple(other[kept] for other in self.others),
                      years=cut(self.years), happened=cut(self.happened))

    def without(self, people: Whole) -> Sample:
        """The sample with some people left out."""
        return self.of(~np.isin(self.person, people))


def reported(group: Group, sample: Sample, against: Sample | None = None) -> float:
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
        number = _NUMBERS[group.take](group, sample, against)
    if not np.isfinite(number):
        raise Uncomputable("there is nothing to divide by")
    return number


def _made(values: Floats | None) -> Floats:
    """What the way to take a number needs, which `Experiment.sample` has made for it."""
    assert values is not None
    return values


def _change(group: Group, sample: Sample, _: Sample | None) -> float:
    before = sample.value.mean()
    change = _made(sample.later).mean() - before
    if group.form.startswith("percent"):
        change *= 100.0 / before
    elif group.form.startswith("fraction"):
        change /= before
    return float(change / _made(sample.years)[0] if group.form.endswith("per_year") else change)


def _rate(_: Group, sample: Sample, __: Sample | None) -> float:
    return float((_made(sample.later) - sample.value).mean() / _made(sample.years)[0])


def _over_age(group: Group, sample: Sample, _: Sample | None) -> float:
    """Shapes of the mean (the median for a peak) by whole years of age."""
    ages = np.round(sample.age)
    steps = np.unique(ages)
    of_age = [sample.value[ages == age] for age in steps]
    if group.take == "peak":
        return float(max(np.median(values) for values in of_age))
    by_age = np.array([np.mean(values) for values in of_age])
    if group.take == "onset":
        return statistics.first_departure(steps, by_age, group.depart)
    if group.take == "change_point":
        return statistics.change_point(steps, by_age)
    if group.form == "fraction_per_year":
        return statistics.line(steps, np.log(np.maximum(by_age, 1e-12))).slope
    line = statistics.line(steps, by_age)
    return float(100.0 * line.slope / line.at(steps[0])) if group.form == "percent_per_year" else line.slope


def _related(group: Group, sample: Sample, _: Sample | None) -> float:
    """Relations of the exposure with the measure, or with what happened in a follow-up."""
    exposure = _made(sample.exposure)
    if group.per == "sd":
        exposure = exposure / exposure.std(ddof=1)
    outcome = _made(sample.happened) if group.becomes else sample.value
    if group.take in ("odds_ratio", "auc") and not np.isin(outcome, (0.0, 1.0)).all():
        raise Uncomputable(f"{group.take} needs an outcome that is so or not so, like 'grip_strength_kg < 27'")
    if group.take in ("odds_ratio", "hazard_ratio"):
        link = "logit" if group.take == "odds_ratio" else "cloglog"
        return statistics.effect_of_first(exposure, outcome, sample.others, link)
    if group.take == "auc":
        return statistics.area_under_roc(exposure, outcome)
    relation = {"relation": statistics.partial_slope, "standardised_relation": statistics.standardised_slope,
                "correlation": statistics.partial_correlation}[group.take]
    return relation(exposure, outcome, sample.others)


def _hazard_ratio(group: Group, sample: Sample, against: Sample | None) -> float:
    if against is None:
        return _related(group, sample, None)
    years, other_years = _made(sample.years), _made(against.years)
    exposed = np.concatenate([np.ones(len(years)), np.zeros(len(other_years))])
    happened = np.concatenate([_made(sample.happened), _made(against.happened)])
    return statistics.cox_hazard_ratio(np.concatenate([years, other_years]), happened, exposed)


def _to_event(statistic: Callable[[Floats, Floats], float]) -> Callable[[Group, Sample, Sample | None], float]:
    """A statistic of follow-ups."""
    return lambda group, sample, _: statistic(_made(sample.years), _made(sample.happened))


def _two_groups(statistic: Callable[[Floats, Floats], float]) -> Callable[[Group, Sample, Sample | None], float]:
    """A statistic of a group and of the one it is compared with."""
    return lambda group, sample, against: statistic(sample.value, _made(None if against is None else against.value))


_NUMBERS: dict[str, Callable[[Group, Sample, Sample | None], float]] = {
    "mean": lambda group, sample, _: float(sample.value.mean()),
    "median": lambda group, sample, _: float(np.median(sample.value)),
    "sd": lambda group, sample, _: float(sample.value.std(ddof=1)),
    "centile": lambda group, sample, _: float(np.percentile(sample.value, group.centile)),
    "change": _change,
    "rate": _rate,
    "any": lambda group, sample, _: float(_made(sample.happened).mean()),
    "slope": _over_age, "peak": _over_age, "onset": _over_age, "change_point": _over_age,
    "relation": _related, "standardised_relation": _related, "correlation": _related,
    "odds_ratio": _related, "auc": _related, "hazard_ratio": _hazard_ratio,
    "incidence": _to_event(statistics.incidence),
    "median_time": _to_event(statistics.median_time),
    "mean_time": _to_event(statistics.mean_time),
    "cohen_d": _two_groups(statistics.cohen_d),
    "glass_delta": _two_groups(statistics.glass_delta),
}
"""What makes the number of readings, by the way to take it (`groups.TAKES`)."""
