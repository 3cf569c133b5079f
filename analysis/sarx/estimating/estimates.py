"""From paired sums to an estimate with its interval: differences of events and of years, ratios of rates and risks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from .intervals import (
    FEW_EVENTS,
    FEWEST_DIFFERING_IN_VALUES,
    FEWEST_DIFFERING_IN_YEARS,
    NO_INTERVAL,
    NO_SPREAD,
    NOTHING,
    T,
    UNSEEN,
    Interval,
    between,
    score,
    skew_student,
    student,
    widened,
)
from .sums import Differences, PairedSums


class Kind(Enum):
    """What differs between a person's two lives."""

    YES_OR_NO = "yes or no"
    COUNT = "count"
    YEARS = "years"
    VALUE = "value"


FEWEST = {Kind.YES_OR_NO: 1, Kind.COUNT: 1, Kind.YEARS: FEWEST_DIFFERING_IN_YEARS,
          Kind.VALUE: FEWEST_DIFFERING_IN_VALUES}
"""Differing people from which on there is an interval."""


ROUNDING = 1e-7
"""Share of a mean below which its error comes from the computer's arithmetic."""


@dataclass(frozen=True)
class Estimate:
    """A value with its interval."""

    value: float
    interval: Interval

    @property
    def lower(self) -> float:
        """Lower end of the 95 % interval."""
        return self.interval.lower

    @property
    def upper(self) -> float:
        """Upper end."""
        return self.interval.upper

    @property
    def method(self) -> str:
        """How the interval was made."""
        return self.interval.method

    @property
    def within_shares(self) -> Estimate:
        """Of a difference of two shares, which lies between -1 and 1."""
        lower, upper = (float(np.clip(end, -1.0, 1.0)) for end in (self.lower, self.upper))
        return Estimate(self.value, Interval(lower, upper, self.method))

    def times(self, factor: float) -> Estimate:
        """In another unit."""
        return Estimate(self.value * factor, self.interval.scaled(factor))

    def less(self, other: Estimate) -> Estimate:
        """The difference from an estimate of other people."""
        return Estimate(self.value - other.value, between(self.value, self.interval, other.value, other.interval))


UNKNOWN = Estimate(np.nan, NOTHING)


def mean_difference(of: Differences, kind: Kind) -> Estimate:
    """Mean paired difference of independently drawn people."""
    if of.n < 2 or of.differ < FEWEST[kind]:
        return Estimate(of.mean, NO_INTERVAL)
    if kind is Kind.YES_OR_NO and not of.is_weighted:
        return Estimate(of.mean, score(of.n, of.up, of.down))
    if of.error <= ROUNDING * abs(of.mean):
        return Estimate(of.mean, NO_SPREAD)
    degrees = of.weight**2 / of.weight_squares - 1.0
    if not np.isfinite(of.cubes):
        return Estimate(of.mean, student(of.mean, of.error, degrees, T))
    interval = skew_student(of.mean, of.error, of.skewness, degrees)
    if kind in (Kind.YES_OR_NO, Kind.COUNT) and of.differ < FEW_EVENTS:
        interval = widened(of.mean, interval, UNSEEN * of.jump)
    found = Estimate(of.mean, interval)
    return found.within_shares if kind is Kind.YES_OR_NO else found


def per_unit(total: float, units: float) -> float:
    """A total by its people or years; NaN where there are none."""
    return float(total / units) if units > 0 else np.nan


def rate_ratio(of: PairedSums, kind: Kind) -> Estimate:
    """Events by years in the arm over those in the reference arm."""
    if min(of.events, of.reference_events, of.years, of.reference_years) <= 0:
        return Estimate(np.nan, NO_INTERVAL)
    ratio = (of.events / of.years) / (of.reference_events / of.reference_years)
    e, y, e0, y0 = of.events, of.years, of.reference_events, of.reference_years
    squares = (of.ee / e**2 + of.yy / y**2 + of.e0e0 / e0**2 + of.y0y0 / y0**2
               - 2.0 * (of.ey / (e * y) + of.ee0 / (e * e0) + of.yy0 / (y * y0) + of.e0y0 / (e0 * y0))
               + 2.0 * (of.ey0 / (e * y0) + of.ye0 / (y * e0)))
    return _of_logarithm(ratio, squares, of, kind)


def risk_ratio(of: PairedSums, kind: Kind) -> Estimate:
    """Events by people in the arm over those in the reference arm."""
    if min(of.events, of.reference_events) <= 0:
        return Estimate(np.nan, NO_INTERVAL)
    e, e0 = of.events, of.reference_events
    return _of_logarithm(e / e0, of.ee / e**2 + of.e0e0 / e0**2 - 2.0 * of.ee0 / (e * e0), of, kind)


def _of_logarithm(ratio: float, squares: float, of: PairedSums, kind: Kind) -> Estimate:
    """A ratio whose logarithm is spread as the events averted are, with its own paired variance.

    Args:
        ratio: its value.
        squares: sum of w^2 times the square of each person's influence on the logarithm.
        of: the sums, whose averted events give the interval its shape.
        kind: of the events.
    """
    averted = mean_difference(of.averted, kind)
    if not averted.interval.is_known:
        return Estimate(ratio, averted.interval)
    error = np.sqrt(max(squares, 0.0) * of.n / (of.n - 1.0))
    shape = of.averted.error
    stretch = error / shape if shape > 0 else 1.0
    return Estimate(ratio, Interval(float(ratio * np.exp((averted.value - averted.upper) * stretch)),
                                    float(ratio * np.exp((averted.value - averted.lower) * stretch)), averted.method))


def needed_to_treat(averted: Estimate) -> Estimate:
    """One over a risk averted; without an interval where that holds 0, without a value where nothing is averted."""
    if not averted.value:
        return UNKNOWN
    leaves_out_0 = averted.lower * averted.upper > 0
    interval = Interval(1.0 / averted.upper, 1.0 / averted.lower, averted.method) if leaves_out_0 else NOTHING
    return Estimate(1.0 / averted.value, interval)
