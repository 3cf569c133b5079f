"""Years of ageing that an arm gains: when it comes to what the reference had at 70."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Array, Floats
from .estimates import UNKNOWN, Estimate
from .intervals import JACKKNIFE, NOTHING, student

AGE_OF_COMPARISON = 70.0
"""Age whose reference state says how many years of ageing an arm has gained (`age_gained_years`)."""

GROUPS = 64
"""Groups of people that are left out in turn."""

FEWEST_PEOPLE = 20
"""People below which their courses are no course."""


class Gained(NamedTuple):
    """Years of ageing that an arm gains; negative where it ages sooner."""

    years: float
    is_floor: bool
    """Whether they are a lower bound, as where the arm has not come down to the reference by the last age."""


class GainedOfPeople(NamedTuple):
    """The same with an interval."""

    years: Estimate
    is_floor: bool


def age_gained(ages: Floats, reference: Floats, arm: Floats) -> Gained:
    """Age at which an arm passes, for the last time, what the reference had at 70, less 70.

    Args:
        ages: years, rising.
        reference: means of the reference arm at those ages.
        arm: means of the arm.

    Returns:
        The years gained; NaN where the run does not span 60 to 70.
    """
    if ages[0] > AGE_OF_COMPARISON - 10.0 or ages[-1] < AGE_OF_COMPARISON:
        return Gained(np.nan, False)
    before, level = np.interp([AGE_OF_COMPARISON - 10.0, AGE_OF_COMPARISON], ages, reference)
    if not np.isfinite(before) or not np.isfinite(level) or before == level:
        return Gained(np.nan, False)
    ahead = (arm - level) * (1.0 if level < before else -1.0)  # > 0: younger than the reference at 70
    known = np.isfinite(ahead)
    ages, ahead = ages[known], ahead[known]
    young = np.flatnonzero(ahead >= 0.0)
    if not len(young):
        return Gained(np.nan, False)
    i = int(young[-1])
    if i == len(ages) - 1:
        return Gained(float(ages[-1] - AGE_OF_COMPARISON), True)
    share = ahead[i] / (ahead[i] - ahead[i + 1])
    return Gained(float(ages[i] + share * (ages[i + 1] - ages[i]) - AGE_OF_COMPARISON), False)


def age_gained_of_people(ages: Floats, reference: Array, arm: Array, weight: Floats) -> GainedOfPeople:
    """The same from people's courses, with an interval from leaving out groups of them in turn.

    Args:
        ages: years, rising.
        reference: the reference arm's values: (person, age), NaN for the dead.
        arm: the other arm's.
        weight: survey weights.

    Returns:
        The estimate, without an interval where it is a lower bound or a course without some people has none.
    """
    count = len(weight)
    if count < FEWEST_PEOPLE:
        return GainedOfPeople(UNKNOWN, False)
    groups = min(GROUPS, count)
    of_reference, of_arm = (_left_out(values, weight, groups) for values in (reference, arm))
    of_all = age_gained(ages, of_reference[-1], of_arm[-1])
    if of_all.is_floor or not np.isfinite(of_all.years):
        return GainedOfPeople(Estimate(of_all.years, NOTHING), of_all.is_floor)
    without = np.array([age_gained(ages, of_reference[g], of_arm[g]).years for g in range(groups)])
    error = float(np.sqrt((groups - 1.0) / groups * np.sum((without - without.mean())**2)))
    interval = student(of_all.years, error, groups - 1.0, JACKKNIFE) if error > 0 else NOTHING
    return GainedOfPeople(Estimate(of_all.years, interval), False)


def _left_out(values: Array, weight: Floats, groups: int) -> Floats:
    """Mean courses without each group of people in turn, and of all in the last row: (group + 1, age)."""
    there = np.isfinite(values)
    group = np.arange(len(weight)) % groups
    totals, counts = np.zeros((groups, values.shape[1])), np.zeros((groups, values.shape[1]))
    np.add.at(totals, group, np.where(there, values, 0.0) * weight[:, None])
    np.add.at(counts, group, there * weight[:, None])
    whole, people = totals.sum(axis=0), counts.sum(axis=0)
    totals, counts = np.vstack([whole - totals, whole]), np.vstack([people - counts, people])
    return np.divide(totals, counts, out=np.full(totals.shape, np.nan), where=counts > 0)
