"""How large an effect is, seen beside the spread between people and beside what matters to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from ..reading import Run


class WithinSex(NamedTuple):
    """An effect on people of a sex, at one time or along a course."""

    effect: ArrayLike
    spread: ArrayLike
    """Standard deviation between them in the reference arm, in the effect's unit."""
    pairs: ArrayLike


def glass_delta(of_sexes: Sequence[WithinSex]) -> Floats:
    """Effect over the reference's spread within sex [1], the sexes averaged by their pairs; NaN where none is known."""
    total, pairs = np.zeros(1), np.zeros(1)
    for one in of_sexes:
        effect, spread, n = (np.asarray(numbers, dtype=float) for numbers in one)
        there = np.isfinite(effect) & (spread > 0) & (n > 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            total = total + np.where(there, effect / spread * n, 0.0)
        pairs = pairs + np.where(there, n, 0.0)
    return np.divide(total, pairs, out=np.full(total.shape, np.nan), where=pairs > 0)


class Shares(NamedTuple):
    """Shares of people better and worse off, from 0 to 1."""

    better: float
    worse: float


def better(attributes: dict[str, Any]) -> float:
    """Which way a variable is better, by its attributes: 1 higher, -1 lower, 0 neither."""
    return {"higher": 1.0, "lower": -1.0}.get(str(attributes.get("better", "none")), 0.0)


def worthwhile_difference(run: Run, name: str) -> float:
    """The smallest difference of a variable that matters to people, in its unit; NaN where none is known."""
    return float(run.attributes(name).get("worthwhile_difference", np.nan))


def shares_beyond(run: Run, name: str, difference: Floats, weight: Floats) -> Shares:
    """Shares of people better and worse off by the smallest worthwhile difference or more; NaN where none is known.

    Args:
        run: the file, which knows of the variable which way is better.
        name: of the variable.
        difference: arm less reference, in its unit: (person).
        weight: survey weights: (person).
    """
    sign, worthwhile = better(run.attributes(name)), worthwhile_difference(run, name)
    if not sign or not np.isfinite(worthwhile) or not len(difference):
        return Shares(np.nan, np.nan)
    gain = sign * difference
    return Shares(*(float(weight @ (side >= worthwhile) / weight.sum()) for side in (gain, -gain)))


def weighted_mean(values: Floats, weight: Floats) -> float:
    """Mean of those known."""
    there = np.isfinite(values)
    return float(weight[there] @ values[there] / weight[there].sum()) if there.any() else np.nan


def weighted_sd(values: Floats, weight: Floats) -> float:
    """Spread between those known, as of a population with these weights."""
    there = np.isfinite(values)
    w, x = weight[there], values[there]
    whole = w.sum()
    surplus = whole - (w**2).sum() / whole if len(w) else 0.0
    return float(np.sqrt(w @ (x - w @ x / whole)**2 / surplus)) if surplus > 0 else np.nan


def pairing_gain(reference_sd: float, arm_sd: float, paired_sd: float) -> float:
    """Variance of an unpaired comparison over that of the paired one [1]; NaN where pairs do not differ."""
    return (reference_sd**2 + arm_sd**2) / paired_sd**2 if paired_sd > 0 else np.nan
