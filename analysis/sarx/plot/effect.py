"""The effect of each arm on one variable: the paired difference from the reference over age."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from ..arrays import Floats
from ..errors import SarxError, chosen, known
from ..reading import Run, Source
from ..telling.words import SEX_WORDS, axis_title, meaning, spoken
from . import style


def effect(
    source: Source,
    variable: str,
    *,
    sex: str = "all",
    muscle: str | None = None,
    arms: Sequence[str] | None = None,
) -> Figure:
    """Draws the mean paired difference with its 95 % interval, and below it the share of people better off.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        variable: the name of a variable with effects in the file.
        sex: "female", "male" or "all".
        muscle: for a variable of a muscle; None for vastus lateralis, or the first there is.
        arms: names of the arms to draw; None for all but the reference.

    Raises:
        SarxError: for a file with one arm, or a variable, sex, muscle or arm that is not in it.
    """
    run = Run.of(source)
    if run.effects is None:
        raise SarxError(f"{run.path} has one arm ('{run.arms[0]}'): there is no effect to draw")
    known("variable", variable, run.variables(run.effects, "mean"))
    known("sex", sex, SEX_WORDS)
    arms = chosen("arm", arms, run.arms[1:])
    muscle = run.muscle_or_usual(muscle) if run.is_of_muscle(variable) else None
    axis = run.drawn_axis(run.effects)
    attributes = run.attributes(variable)
    has_benefit = f"{variable}_benefit_fraction" in run.effects

    def series(statistic: str, arm: str) -> Floats:
        return run.series("effects", f"{variable}_{statistic}", arm, sex, muscle)

    with style.look():
        figure = Figure(figsize=(7.2, 5.0 if has_benefit else 3.8))
        panels = figure.subplots(2 if has_benefit else 1, 1, sharex=True, squeeze=False,
                                 gridspec_kw={"height_ratios": [2.4, 1] if has_benefit else [1]})[:, 0]
        figure.subplots_adjust(left=0.1, right=1 - style.label_inches(arms) / 7.2, top=0.84, bottom=0.2, hspace=0.3)
        ends = []
        for arm in arms:
            shade = style.colour(run, arm)
            panels[0].fill_between(axis.values, series("lower", arm), series("upper", arm), color=shade, alpha=0.2,
                                   linewidth=0)
            panels[0].plot(axis.values, series("mean", arm), color=shade)
            ends.append(style.EndLabel(spoken(arm), style.last_known(series("mean", arm)), shade))
            if has_benefit:  # while an arm has done nothing to anybody, nobody can be better off
                differs = (series("lower", arm) != 0.0) | (series("upper", arm) != 0.0)
                panels[1].plot(axis.values, np.where(differs, series("benefit_fraction", arm), np.nan), color=shade)
        panels[0].axhline(0.0, color="#888888", linewidth=0.8)
        panels[0].margins(x=0.01)
        panels[0].set_ylabel(f"difference ({axis_title(variable, attributes)})")
        style.end_labels(panels[0], ends)
        if has_benefit:
            panels[1].axhline(0.5, color="#888888", linewidth=0.8)
            panels[1].set_ylim(-0.02, 1.02)
            panels[1].set_ylabel("share better off")
        panels[-1].set_xlabel(axis.title)
        where = f", {spoken(muscle)}" if muscle else ""
        style.title(figure, f"{run.title}: effect on {meaning(variable, attributes)}{where}",
                    f"{SEX_WORDS[sex]}, each compared with the same person in the arm "
                    f"{spoken(run.arms[0])}")
        style.caption(figure, run, "Mean paired difference among those alive in both arms; bands are 95 % intervals of "
                      "the mean (Monte Carlo error).", width=115)
    return figure
