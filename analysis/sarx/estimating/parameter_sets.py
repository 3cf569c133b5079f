"""What plausible parameter sets leave open of an effect, from its value and Monte Carlo error in a run with each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Floats
from .intervals import NORMAL_POINT


class OverSets(NamedTuple):
    """An effect over parameter sets, in its unit; NaN where fewer than two sets have one."""

    sets: int
    """Sets with such an effect."""
    sets_lower: float
    """2.5 % quantile over them, the Monte Carlo noise of each run included."""
    sets_upper: float
    sets_sd: float
    """Standard deviation between them."""
    parameter_sd: float
    """The same with the mean Monte Carlo variance of the runs taken off, at least 0."""


def over_sets(effects: Floats, lower: Floats, upper: Floats) -> OverSets:
    """The spread of an effect between parameter sets.

    Args:
        effects: with each set, NaN where it has none: (set).
        lower: lower end of its 95 % interval of Monte Carlo error with each set.
        upper: upper end.
    """
    noise = ((upper - lower) / (2 * NORMAL_POINT))**2
    known, noise = effects[np.isfinite(effects)], noise[np.isfinite(noise)]
    if len(known) < 2:
        return OverSets(len(known), np.nan, np.nan, np.nan, np.nan)
    variance = float(known.var(ddof=1))
    taken_off = max(0.0, variance - float(noise.mean())) if len(noise) else np.nan
    low, high = np.quantile(known, [0.025, 0.975])
    return OverSets(len(known), float(low), float(high), variance**0.5, taken_off**0.5)
