"""Years of ageing that an arm gains: when it comes to what the reference had at 70."""

from __future__ import annotations

import numpy as np

from ..estimating.estimates import UNKNOWN, Estimate
from ..estimating.intervals import JACKKNIFE, NOTHING, student

AGE_OF_COMPARISON = 70.0
"""Age whose reference state says how many years of ageing an arm has gained (`age_gained_years`)."""

GROUPS = 64
"""Groups of people that are left out in turn."""

FEWEST_PEOPLE = 20
"""People below which their courses are no course."""


def age_gained(ages: np.ndarray, base: np.ndarray, arm: np.ndarray) -> tuple[float, bool]:
    """Age at which an arm passes, for the last time, what the reference had at 70, less 70.

    Args:
        ages: years, rising.
        base: means of the reference at those ages.
        arm: means of the arm.

    Returns:
        The years gained (negative where the arm ages sooner) and whether they are a lower bound, as where the
        arm has not come down to it by the last age; NaN where the run does not span 60 to 70.
    """
    if ages[0] > AGE_OF_COMPARISON - 10.0 or ages[-1] < AGE_OF_COMPARISON:
        return np.nan, False
    before, level = np.interp([AGE_OF_COMPARISON - 10.0, AGE_OF_COMPARISON], ages, base)
    if not np.isfinite(before) or not np.isfinite(level) or before == level:
        return np.nan, False
    ahead = (arm - level) * (1.0 if level < before else -1.0)  # > 0: younger than the reference at 70
    known = np.isfinite(ahead)
    ages, ahead = ages[known], ahead[known]
    young = np.flatnonzero(ahead >= 0.0)
    if not len(young):
        return np.nan, False
    i = int(young[-1])
    if i == len(ages) - 1:
        return float(ages[-1] - AGE_OF_COMPARISON), True
    share = ahead[i] / (ahead[i] - ahead[i + 1])
    return float(ages[i] + share * (ages[i + 1] - ages[i]) - AGE_OF_COMPARISON), False


def age_gained_of_people(ages: np.ndarray, base: np.ndarray, arm: np.ndarray,
                         weight: np.ndarray) -> tuple[Estimate, bool]:
    """The same from people's courses, with an interval from leaving out groups of them in turn.

    Args:
        ages: years, rising.
        base: the reference arm's values: (person, age), NaN for the dead.
        arm: the other arm's.
        weight: survey weights.

    Returns:
        The estimate, without an interval where it is a lower bound or a course without some people has none; and
        whether it is a lower bound.
    """
    count = len(weight)
    if count < FEWEST_PEOPLE:
        return UNKNOWN, False
    groups = min(GROUPS, count)
    courses = [_left_out(values, weight, groups) for values in (base, arm)]
    value, is_floor = age_gained(ages, courses[0][-1], courses[1][-1])
    if is_floor or not np.isfinite(value):
        return Estimate(value, NOTHING), is_floor
    without = np.array([age_gained(ages, courses[0][g], courses[1][g])[0] for g in range(groups)])
    error = float(np.sqrt((groups - 1.0) / groups * np.sum((without - without.mean())**2)))
    return Estimate(value, student(value, error, groups - 1.0, JACKKNIFE) if error > 0 else NOTHING), False


def _left_out(values: np.ndarray, weight: np.ndarray, groups: int) -> np.ndarray:
    """Mean courses without each group of people in turn, and of all in the last row: (group + 1, age)."""
    there = np.isfinite(values)
    group = np.arange(len(weight)) % groups
    totals, counts = np.zeros((groups, values.shape[1])), np.zeros((groups, values.shape[1]))
    np.add.at(totals, group, np.where(there, values, 0.0) * weight[:, None])
    np.add.at(counts, group, there * weight[:, None])
    whole, people = totals.sum(axis=0), counts.sum(axis=0)
    totals, counts = np.vstack([whole - totals, whole]), np.vstack([people - counts, people])
    return np.divide(totals, counts, out=np.full(totals.shape, np.nan), where=counts > 0)
