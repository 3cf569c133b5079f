"""Sums over people of what each has in an arm and, as their own twin, in the reference arm: all that estimates need.

The file keeps them for everyone simulated (`/outcomes`); of recorded people they are made here by the same definitions,
so that there is one way from sums to an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from ..arrays import Array, Flags, Floats, Whole


@dataclass(frozen=True)
class Differences:
    """Sums of a paired difference d with survey weight w."""

    n: float
    weight: float
    """sum of w"""
    weight_squares: float
    total: float
    """sum of w d"""
    total_w2: float
    """sum of w^2 d"""
    squares: float
    """sum of w^2 d^2"""
    cubes: float
    """sum of w^3 d^3; NaN where it is not known"""
    up: float
    """people with d > 0"""
    down: float
    """people with d < 0"""
    third: float = np.nan
    """sum of w^3 (d - mean)^3; NaN where only sums are known"""

    @classmethod
    def of(cls, difference: Floats, weight: Floats) -> Differences:
        """From people's differences; NaN is nobody."""
        known = np.isfinite(difference)
        d, w = difference[known].astype(float), weight[known].astype(float)
        mean = float(w @ d / w.sum()) if w.sum() > 0 else np.nan
        return cls(n=float(len(d)), weight=float(w.sum()), weight_squares=float((w**2).sum()), total=float((w * d).sum()),
                   total_w2=float((w**2 * d).sum()), squares=float(((w * d)**2).sum()), cubes=float(((w * d)**3).sum()),
                   up=float((d > 0).sum()), down=float((d < 0).sum()), third=float(((w * (d - mean))**3).sum()))

    @property
    def differ(self) -> float:
        """People who differ at all."""
        return self.up + self.down

    @property
    def mean(self) -> float:
        """Mean difference."""
        return self.total / self.weight if self.weight > 0 else np.nan

    @property
    def is_weighted(self) -> bool:
        """Whether weights differ between people."""
        return not np.isclose(self.weight**2, self.n * self.weight_squares, rtol=1e-9, atol=0.0)

    @property
    def error(self) -> float:
        """Standard error of the mean: people are drawn independently, nothing is assumed of their spread."""
        if self.n < 2:
            return np.nan
        spread = self.squares - 2.0 * self.mean * self.total_w2 + self.mean**2 * self.weight_squares
        return float(np.sqrt(max(spread, 0.0) * self.n / (self.n - 1.0))) / self.weight

    @property
    def skewness(self) -> float:
        """Skewness of the mean; of sums with unequal weights a mean weight is taken for the parts that hold no cube.

        That errs with the cube of mean over spread: little of events and years, much of a value that all differ in.
        """
        if not self.error > 0:
            return 0.0
        if np.isfinite(self.third):
            return self.third / (self.weight * self.error)**3
        usual = self.weight_squares / self.weight
        third = self.cubes - 3.0 * self.mean * usual * self.squares + 2.0 * self.mean**3 * usual**2 * self.weight
        return third / (self.weight * self.error)**3

    @property
    def jump(self) -> float:
        """What one typical person who differs adds to the mean."""
        return float(np.sqrt(self.squares / self.differ)) / self.weight if self.differ else np.nan


@dataclass(frozen=True)
class Twins:
    """What people have in an arm and, as their own twins, in the reference arm: (person)."""

    events: Floats
    years: Floats
    reference_events: Floats
    reference_years: Floats

    @classmethod
    def with_values(cls, arm: Array, reference: Array) -> Twins:
        """Of a measured value, which stands where years do."""
        nothing = np.zeros(len(arm))
        return cls(nothing, arm, nothing, reference)

    def of(self, who: Whole | Flags) -> Twins:
        """Of some people: their places, or whether each is one."""
        return Twins(self.events[who], self.years[who], self.reference_events[who], self.reference_years[who])


@dataclass(frozen=True)
class PairedSums:
    """Sums of events E and years Y in an arm, E0 and Y0 of the same people in the reference arm, by survey weight w.

    Names are those of the `statistic` axis of `/outcomes`; products are of w^2, parts of differences stand apart by sign.
    """

    n: float = 0.0
    weight: float = 0.0
    weight_squares: float = 0.0
    events: float = 0.0
    reference_events: float = 0.0
    years: float = 0.0
    reference_years: float = 0.0
    events_w2: float = 0.0
    reference_events_w2: float = 0.0
    years_w2: float = 0.0
    reference_years_w2: float = 0.0
    ee: float = 0.0
    ey: float = 0.0
    yy: float = 0.0
    e0e0: float = 0.0
    e0y0: float = 0.0
    y0y0: float = 0.0
    ee0: float = 0.0
    ey0: float = 0.0
    ye0: float = 0.0
    yy0: float = 0.0
    people_fewer: float = 0.0
    people_more: float = 0.0
    fewer: float = 0.0
    more: float = 0.0
    fewer_w2: float = 0.0
    more_w2: float = 0.0
    fewer_w3: float = 0.0
    more_w3: float = 0.0
    people_at_risk: float = 0.0
    weight_at_risk: float = 0.0
    weight_at_risk_squares: float = 0.0
    people_longer: float = 0.0
    people_shorter: float = 0.0
    longer: float = 0.0
    shorter: float = 0.0
    longer_w2: float = 0.0
    shorter_w2: float = 0.0
    longer_w3: float = 0.0
    shorter_w3: float = 0.0

    @classmethod
    def of_people(cls, twins: Twins, weight: Floats) -> PairedSums:
        """From what each person has, and survey weights."""
        w, e, y, e0, y0 = (values.astype(float) for values in (
            weight, twins.events, twins.years, twins.reference_events, twins.reference_years))
        fewer, more = np.maximum(e0 - e, 0.0), np.maximum(e - e0, 0.0)
        longer, shorter = np.maximum(y - y0, 0.0), np.maximum(y0 - y, 0.0)
        w2, w3 = w**2, w**3
        at_risk = (y > 0) & (y0 > 0)
        return cls(
            n=float(len(w)), weight=w.sum(), weight_squares=w2.sum(),
            events=w @ e, reference_events=w @ e0, years=w @ y, reference_years=w @ y0,
            events_w2=w2 @ e, reference_events_w2=w2 @ e0, years_w2=w2 @ y, reference_years_w2=w2 @ y0,
            ee=w2 @ (e * e), ey=w2 @ (e * y), yy=w2 @ (y * y), e0e0=w2 @ (e0 * e0), e0y0=w2 @ (e0 * y0),
            y0y0=w2 @ (y0 * y0), ee0=w2 @ (e * e0), ey0=w2 @ (e * y0), ye0=w2 @ (y * e0), yy0=w2 @ (y * y0),
            people_at_risk=float(at_risk.sum()), weight_at_risk=w[at_risk].sum(),
            weight_at_risk_squares=w2[at_risk].sum(),
            people_fewer=float((fewer > 0).sum()), people_more=float((more > 0).sum()),
            fewer=w @ fewer, more=w @ more, fewer_w2=w2 @ fewer**2, more_w2=w2 @ more**2,
            fewer_w3=w3 @ fewer**3, more_w3=w3 @ more**3,
            people_longer=float((longer > 0).sum()), people_shorter=float((shorter > 0).sum()),
            longer=w @ longer, shorter=w @ shorter, longer_w2=w2 @ longer**2, shorter_w2=w2 @ shorter**2,
            longer_w3=w3 @ longer**3, shorter_w3=w3 @ shorter**3)

    @classmethod
    def stored(cls, values: Mapping[str, float]) -> PairedSums:
        """From the statistics of a file; those that a measure has not are 0."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: float(value) for name, value in values.items() if name in known and np.isfinite(value)})

    def __add__(self, other: PairedSums) -> PairedSums:
        return PairedSums(**{field.name: getattr(self, field.name) + getattr(other, field.name)
                             for field in fields(self)})

    @property
    def mirrored(self) -> PairedSums:
        """The same with arm and reference exchanged."""
        return replace(
            self, events=self.reference_events, reference_events=self.events, years=self.reference_years,
            reference_years=self.years, events_w2=self.reference_events_w2, reference_events_w2=self.events_w2,
            years_w2=self.reference_years_w2, reference_years_w2=self.years_w2, ee=self.e0e0, e0e0=self.ee, ey=self.e0y0,
            e0y0=self.ey, yy=self.y0y0, y0y0=self.yy, ey0=self.ye0, ye0=self.ey0,
            people_fewer=self.people_more, people_more=self.people_fewer, fewer=self.more, more=self.fewer,
            fewer_w2=self.more_w2, more_w2=self.fewer_w2, fewer_w3=self.more_w3, more_w3=self.fewer_w3,
            people_longer=self.people_shorter, people_shorter=self.people_longer, longer=self.shorter,
            shorter=self.longer, longer_w2=self.shorter_w2, shorter_w2=self.longer_w2, longer_w3=self.shorter_w3,
            shorter_w3=self.longer_w3)

    @property
    def of_those_at_risk(self) -> PairedSums:
        """Of the people with time at risk alone: all others have neither events nor years."""
        return replace(self, n=self.people_at_risk, weight=self.weight_at_risk,
                       weight_squares=self.weight_at_risk_squares)

    @property
    def averted(self) -> Differences:
        """Events fewer in the arm: E0 - E."""
        return Differences(
            n=self.n, weight=self.weight, weight_squares=self.weight_squares, total=self.fewer - self.more,
            total_w2=self.reference_events_w2 - self.events_w2, squares=self.fewer_w2 + self.more_w2,
            cubes=self.fewer_w3 - self.more_w3, up=self.people_fewer, down=self.people_more)

    @property
    def gained(self) -> Differences:
        """Years more in the arm: Y - Y0."""
        return Differences(
            n=self.n, weight=self.weight, weight_squares=self.weight_squares, total=self.longer - self.shorter,
            total_w2=self.years_w2 - self.reference_years_w2, squares=self.longer_w2 + self.shorter_w2,
            cubes=self.longer_w3 - self.shorter_w3, up=self.people_longer, down=self.people_shorter)


def total(parts: list[PairedSums]) -> PairedSums:
    """The sum of sums."""
    return sum(parts[1:], parts[0]) if parts else PairedSums()


def first_order(of: PairedSums, factor: float) -> PairedSums:
    """First-order sums with every weight multiplied; enough for values, not for intervals."""
    names = ("n", "weight", "events", "reference_events", "years", "reference_years", "fewer", "more", "longer",
             "shorter")
    return PairedSums(**{name: factor * getattr(of, name) for name in names})
