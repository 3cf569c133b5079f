"""95 % intervals of what the same people differ by between two arms, also where few of them differ.

Most people do not differ at all between arms that share their luck: an interval from the standard error alone then
leaves out the truth in a quarter of all runs and more. What is used instead covers 95 % (tests/analysis/test_coverage.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

LEVEL = 0.95
TAIL = (1.0 + LEVEL) / 2.0

NORMAL_POINT = 1.959963984540054
"""97.5 % point of the normal distribution: half the width of a 95 % interval in standard errors."""

SCORE = "score"
SKEW_T = "skew t"
T = "t"
JACKKNIFE = "jackknife t"
TOO_FEW = "too few differ"
ALIKE = "all differ alike"

FEW_EVENTS = 10
"""Differing people below which events unseen on one side are allowed for on the other."""

FEWEST_DIFFERING_IN_YEARS, FEWEST_DIFFERING_IN_VALUES = 12, 20
"""Differing people below which the tail of years, of measured values, is not known from them."""

UNSEEN = 3.0
"""Upper end of the 95 % interval of a count of which none was seen (-ln 0.05)."""

METHODS = {
    SCORE: "score interval of paired proportions (Tango 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>"
           "3.0.CO;2-B)",
    SKEW_T: "t with the skewness of the paired difference taken off (Hall 1992, "
            "doi:10.1111/j.2517-6161.1992.tb01872.x)",
    T: "t of the paired difference",
    JACKKNIFE: "t with a jackknife over groups of sampling units within strata",
    TOO_FEW: "no interval: too few people differ between the arms to tell",
    ALIKE: "no interval: everybody differs by the same",
}


@dataclass(frozen=True)
class Interval:
    """Two ends and how they were made."""

    lower: float
    upper: float
    method: str

    def scaled(self, factor: float) -> Interval:
        """Of the quantity times a factor; a negative one turns the ends round."""
        ends = sorted((self.lower * factor, self.upper * factor)) if self.is_known else (np.nan, np.nan)
        return Interval(ends[0], ends[1], self.method)

    @property
    def is_known(self) -> bool:
        """Whether there are two ends."""
        return bool(np.isfinite(self.lower) and np.isfinite(self.upper))


NO_INTERVAL = Interval(np.nan, np.nan, TOO_FEW)
NO_SPREAD = Interval(np.nan, np.nan, ALIKE)
NOTHING = Interval(np.nan, np.nan, "")


def t_point(degrees: float) -> float:
    """97.5 % point of Student's distribution."""
    return float(special.stdtrit(degrees, TAIL))


def student(value: float, error: float, degrees: float, method: str = T) -> Interval:
    """Value and so many standard errors to both sides."""
    if not np.isfinite(value) or not np.isfinite(error) or degrees <= 0:
        return NOTHING
    half = t_point(degrees) * error
    return Interval(value - half, value + half, method)


def skew_student(value: float, error: float, skewness: float, degrees: float) -> Interval:
    """Hall's monotone transformation of a mean that is skewed, with Student's quantiles.

    Args:
        value: the mean.
        error: its standard error.
        skewness: that of the mean: the third central moment of the sum over the cube of its error.
        degrees: of freedom of the error.
    """
    if abs(skewness) < 1e-9:
        return student(value, error, degrees, SKEW_T)

    def back(z: float) -> float:
        return float(3.0 / skewness * (np.cbrt(1.0 + skewness * (z - skewness / 6.0)) - 1.0))

    t = t_point(degrees)
    return Interval(float(value - back(t) * error), float(value - back(-t) * error), SKEW_T)


def widened(value: float, interval: Interval, allowance: float) -> Interval:
    """An interval with an independent allowance to both sides."""
    return Interval(value - float(np.hypot(value - interval.lower, allowance)),
                    value + float(np.hypot(interval.upper - value, allowance)), interval.method)


def score(people: float, fewer: float, more: float) -> Interval:
    """Difference of two paired proportions, (fewer - more) / people, by Tango's score interval.

    Args:
        people: all, also those who are alike in both arms.
        fewer: who have it in the reference arm only.
        more: who have it in the other arm only.
    """
    if fewer + more == 0:
        return NO_INTERVAL
    estimate, z = (fewer - more) / people, special.ndtri(TAIL)

    def distance(difference: float) -> float:
        """How many standard errors the counts are from a difference, with the likeliest proportions it allows."""
        middle = (2.0 * people - fewer + more) * difference - fewer - more
        last = -more * difference * (1.0 - difference)
        share = (np.sqrt(max(middle**2 - 8.0 * people * last, 0.0)) - middle) / (4.0 * people)
        variance = people * (2.0 * share + difference * (1.0 - difference))
        return float((fewer - more - people * difference) / np.sqrt(max(variance, 1e-300)))

    def end(beyond: float, sign: float) -> float:
        if (distance(beyond) - sign * z) * sign <= 0.0:
            return beyond
        return float(optimize.brentq(lambda at: distance(at) - sign * z, beyond, estimate, xtol=1e-14))

    return Interval(end(-1.0 + 1e-12, 1.0), end(1.0 - 1e-12, -1.0), SCORE)


def between(high: float, of_high: Interval, low: float, of_low: Interval) -> Interval:
    """Of the difference of two independent estimates, from the interval of each (MOVER)."""
    if not (of_high.is_known and of_low.is_known):
        return Interval(np.nan, np.nan, of_low.method if of_high.is_known else of_high.method)
    difference = high - low
    return Interval(difference - float(np.hypot(high - of_high.lower, of_low.upper - low)),
                    difference + float(np.hypot(of_high.upper - high, low - of_low.lower)), of_high.method)


def odds_of_share(successes: float, trials: float) -> Interval:
    """Exact (Clopper and Pearson) interval of the odds of a share."""
    if trials <= 0:
        return NO_INTERVAL
    low = special.betaincinv(successes, trials - successes + 1.0, 1.0 - TAIL) if successes > 0 else 0.0
    high = special.betaincinv(successes + 1.0, trials - successes, TAIL) if successes < trials else 1.0
    return Interval(float(low / (1.0 - low)), float(high / (1.0 - high)) if high < 1.0 else np.inf, "exact")
