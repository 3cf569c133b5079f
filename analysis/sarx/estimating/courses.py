"""Courses of everyone simulated: means, who has a burden, who is alive and free of one, effects over the records."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Floats
from ..levels import BURDENS
from ..reading import SEXES, Run
from .effect_sizes import WithinSex, glass_delta
from .estimates import FEWEST, Kind
from .outcomes import WITHOUT


def mean_course(run: Run, variable: str, arm: str, sex: str, muscle: str | None) -> Floats:
    """Means of a variable over those alive, (record); medians in files that hold no means."""
    statistic = "mean" if f"{variable}_mean" in run.summary else "p50"
    return run.summary_course(f"{variable}_{statistic}", arm, sex, muscle)


def burdens_told(run: Run) -> list[str]:
    """The burdens of which a file tells who has them."""
    return [burden.name for burden in BURDENS
            if f"{WITHOUT}{burden.name}" in run.summary or f"{burden.name}_mean" in run.summary]


def share_with(run: Run, burden: str, arm: str, sex: str) -> Floats:
    """Share of person-time with a burden in the interval that ends at each record, (record); NaN where nobody lived.

    Summaries by age hold no person-time: there it is the share of people with it.
    """
    if f"{WITHOUT}{burden}" not in run.summary:
        return run.summary_course(f"{burden}_mean", arm, sex)
    lived = run.summary_course("person_years", arm, sex)
    without = run.summary_course(f"{WITHOUT}{burden}", arm, sex)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(lived > 0, 1.0 - without / lived, np.nan)


def share_alive(run: Run, arm: str, sex: str, free_of: str = "") -> Floats | None:
    """Share of everyone who began that is alive, and free of a burden where one is named, by time: (record).

    Over the interval that ends at each record; None where the file does not tell.
    """
    years = f"{WITHOUT}{free_of}" if free_of else "person_years"
    if years not in run.by_time:
        return None
    gaps = np.diff(run.by_time["time_years"].values.astype(float), prepend=np.nan)
    share: Floats = run.series("summary", years, arm, sex) / gaps / (run.people_of(sex) or np.nan)
    return share


class EffectCourse(NamedTuple):
    """Paired differences from the first arm at each record, in the variable's unit: (record)."""

    mean: Floats
    lower: Floats
    """Lower end of the 95 % interval; NaN where too few people differ to tell."""
    upper: Floats
    benefit_fraction: Floats | None
    """Share of people better off; None where the file does not tell."""
    delta: Floats
    """Glass's delta: over the reference's spread within sex; NaN where the effect is none."""
    delta_lower: Floats
    delta_upper: Floats


def effect_course(run: Run, variable: str, arm: str, sex: str, muscle: str) -> EffectCourse:
    """The effect of an arm on a variable, over the records of `/effects`.

    Args:
        run: a file with effects.
        variable: of which it holds them.
        arm: another than the first.
        sex: "female", "male" or "all".
        muscle: for a variable of a muscle; else empty.
    """
    def of(statistic: str) -> Floats:
        return run.series("effects", f"{variable}_{statistic}", arm, sex, muscle)

    few = of("differ_n") < FEWEST[Kind.VALUE]
    lower, upper = (np.where(few, np.nan, of(end)) for end in ("lower", "upper"))
    has_benefit = run.effects is not None and f"{variable}_benefit_fraction" in run.effects
    mean = of("mean")
    with np.errstate(invalid="ignore", divide="ignore"):
        per_unit = np.where(mean != 0.0, _delta_course(run, variable, arm, sex, muscle) / mean, np.nan)
    return EffectCourse(mean, lower, upper, of("benefit_fraction") if has_benefit else None, delta=mean * per_unit,
                        delta_lower=lower * per_unit, delta_upper=upper * per_unit)


def _delta_course(run: Run, variable: str, arm: str, sex: str, muscle: str) -> Floats:
    """Glass's delta at each record: of a sex, or of both averaged by their pairs."""
    return glass_delta([WithinSex(run.series("effects", f"{variable}_mean", arm, one, muscle),
                                  run.series("summary", f"{variable}_sd", run.first_arm, one, muscle),
                                  run.series("effects", f"{variable}_n", arm, one, muscle))
                        for one in (SEXES if sex == "all" else (sex,))])
