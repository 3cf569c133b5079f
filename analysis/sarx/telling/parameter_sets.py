"""The table of `uncertainty` as text: an effect with the defaults, and over plausible parameter sets."""

from __future__ import annotations

import pandas as pd

from ..levels import USUAL_MUSCLE, headlines_among
from .figures import short, span
from .layout import grid, wrapped
from .tables import named, when
from .words import spoken


def of_sets(table: pd.DataFrame) -> str:
    """The table of `uncertainty` for a reader: levels of the cascade, of muscles the usual one, else the first.

    Args:
        table: all rows, in the order of `compare`.

    Returns:
        A block for each arm and age, and what the two intervals mean.
    """
    names = headlines_among(set(table.variable))
    muscles = [name for name in dict.fromkeys(table.muscle) if name]
    muscle = USUAL_MUSCLE if USUAL_MUSCLE in muscles else muscles[0] if muscles else ""
    shown = table[table.muscle.isin(["", muscle]) & (table.variable.isin(names) if names else True)]
    blocks = []
    for (arm, _), part in shown.groupby(["arm", "time_years"], sort=False):
        blocks.append(f"EFFECTS  {spoken(arm)} against {spoken(part.reference.iloc[0])}, {when(part)}\n"
                      + grid(pd.DataFrame({
                          "variable": named(part),
                          "unit": part.unit.values,
                          "effect": [short(value) for value in part.effect],
                          "Monte Carlo 95 %": [span(*ends) for ends in zip(part.monte_carlo_lower, part.monte_carlo_upper)],
                          "over sets 95 %": [span(*ends) for ends in zip(part.sets_lower, part.sets_upper)],
                          "sd of sets": [short(value) for value in part.sets_sd],
                          "parameter part": [short(value) for value in part.parameter_sd],
                      })))
    blocks.append(wrapped(
        "Effect: mean difference of the same people between the arm and the reference, with the scenario's own "
        "parameters. Monte Carlo 95 %: what other chance in a run of as many people would give with those parameters. "
        f"Over sets 95 %: from the 2.5 % to the 97.5 % quantile of the effect over {table.sets.max()} plausible "
        "parameter sets; it includes the Monte Carlo noise of each run. Sd of sets: standard deviation between the "
        "sets. Parameter part: the same with the mean Monte Carlo variance of the runs taken off (0 where that is "
        "the larger). The runs share people and luck, so that they share a part of that noise too: what comes from "
        "the parameters is between the two."))
    return "\n\n".join(blocks)
