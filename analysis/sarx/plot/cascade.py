"""The picture of a run: the cascade in its order, from cells to diagnosis, over age."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from ..departing import (
    DEPARTURE,
    LATEST_YOUTH,
    OWN_WAY_TO,
    WHY_TWO,
    departure_age,
    last_passage,
    mean_course,
    own_way_age,
    prevalence,
    summary_course,
)
from ..errors import SarxError
from ..levels import DIAGNOSIS, Level, levels_shown
from ..reading import Run, Source
from . import style

BANDS_SHOWN = 3
"""Most arms of which every one has its band; with more, only the reference has."""


def cascade(
    source: Source,
    *,
    sex: str | None = None,
    muscle: str | None = None,
    arms: Sequence[str] | None = None,
) -> Figure:
    """Draws the cascade, one panel a level, one colour an arm, women and men side by side.

    Lines are medians and bands the middle half of people, from /summary alone; the diagnosis is the share of
    person-time with it. A dot marks where the mean of the reference arm is a tenth off its youth, a diamond where it
    has gone a quarter of its own way to 85: read from top to bottom they tell in which order ageing shows.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        sex: "female", "male" or "all" for one column; None for women and men side by side.
        muscle: the muscle whose junctions, units and fibres are shown; None for vastus lateralis, or the
            first there is.
        arms: names of the arms to draw; None for all.

    Raises:
        SarxError: for a sex, muscle or arm that is not in the file, or a file without summaries.
    """
    run = Run.of(source)
    chosen = style.chosen(run.arms, arms, "arm")
    muscle = style.muscle_or_default(run, muscle)
    columns = _sexes(run, sex)
    rows = _rows(run, muscle)
    if not rows:
        raise SarxError(f"{run.path} has none of the cascade's variables in its summaries: record `default` variables")

    with style.look():
        room = style.label_inches(chosen)
        figure = Figure(figsize=(4.0 * len(columns) + 0.6 + room, 1.45 * len(rows) + 1.2))
        panels = figure.subplots(len(rows), len(columns), sharex=True, sharey="row", squeeze=False)
        figure.subplots_adjust(left=0.62 / figure.get_figwidth(), right=1 - room / figure.get_figwidth(),
                               top=1 - 0.82 / figure.get_figheight(), bottom=0.95 / figure.get_figheight(),
                               hspace=0.36, wspace=0.07)
        marked = False
        for row, (level, variable) in enumerate(rows):
            for column, which in enumerate(columns):
                marked |= _panel(panels[row, column], run, variable, which, muscle, chosen, is_first=not row + column)
            _finish_row(panels[row], run, row + 1, level, variable, muscle, chosen, columns)
        for column, which in enumerate(columns):
            panels[0, column].annotate(style.SEX_TITLES[which], (0.5, 1.0), xytext=(0, 21), xycoords="axes fraction",
                                       textcoords="offset points", ha="center", fontsize=10, color="#333333")
            panels[-1, column].set_xlabel(run.drawn_axis(run.summary)[1])
        style.title(figure, f"{run.title}: the cascade of muscle ageing, from cells to diagnosis")
        whose = "" if len(chosen) <= BANDS_SHOWN else f" in the reference arm ({style.spoken(run.arms[0])})"
        dots = (f" Marks: ages at which the mean of the reference arm ({style.spoken(run.arms[0])}) is a tenth off youth "
                f"for good (dot; diagnosis: a tenth have it) and has gone a quarter of its own way from youth to "
                f"{min(OWN_WAY_TO, float(run.age_axis(run.summary)[1][-1])):.0f} (diamond). {WHY_TWO}") if marked else ""
        style.caption(figure, run, "Lines are medians of those alive, bands the middle half of people"
                      f"{whose}; diagnosis is the share of person-time with it.{dots}",
                      width=int(17.5 * figure.get_figwidth()))
    return figure


def _sexes(run: Run, asked: str | None) -> list[str]:
    """The columns: one sex as asked, or both where both were simulated."""
    known = [str(name) for name in run.summary["sex"].values]
    if asked is not None:
        return style.chosen(known, [asked], "sex")
    there = []
    for which in ("female", "male"):
        counts = [name for name in run.summary.data_vars if str(name).endswith("_n")]
        if counts and float(run.summary[counts[0]].sel(sex=which).max()) > 0:
            there.append(which)
    return there or ["all"]


def _rows(run: Run, muscle: str | None) -> list[tuple[Level, str]]:
    """The levels that this file can show, each with the variable that stands for it."""
    rows = levels_shown(run.variables(run.summary, "p50"), muscle)
    burden = next((name for name in DIAGNOSIS.variables if f"years_without_{name}" in run.summary), None)
    if burden is None and "disability_mean" in run.summary:  # by age there is no person-time, but yes or no has a mean
        burden = "disability"
    return rows + ([(DIAGNOSIS, burden)] if burden else [])


def _panel(
    axes: Axes, run: Run, variable: str, sex: str, muscle: str | None, arms: Sequence[str], is_first: bool
) -> bool:
    """One level of one sex: a line an arm, bands between people, where the reference leaves youth in two ways.

    Returns:
        Whether that is marked; the first panel's marks are explained.
    """
    marked = False
    ages, axis_title = run.drawn_axis(run.summary)
    is_share = variable in DIAGNOSIS.variables
    for arm in arms:
        shade = style.colour(run, arm)
        if is_share:
            course = prevalence(run, variable, arm, sex)
        else:
            course = summary_course(run, f"{variable}_p50", arm, sex, muscle)
            if len(arms) <= BANDS_SHOWN or arm == run.arms[0]:
                axes.fill_between(ages, summary_course(run, f"{variable}_p25", arm, sex, muscle),
                                  summary_course(run, f"{variable}_p75", arm, sex, muscle), color=shade, alpha=0.14, linewidth=0)
        axes.plot(ages, course, color=shade, zorder=3 if arm != run.arms[0] else 3.5)
        if arm == run.arms[0] and ages[0] <= LATEST_YOUTH and axis_title.startswith("age"):
            mean = course if is_share else mean_course(run, variable, arm, sex, muscle)
            tenth = last_passage(ages, course, DEPARTURE, course) if is_share else departure_age(ages, mean)
            quarter = None if is_share else own_way_age(ages, mean)
            for found, marker, words, place in ((tenth, "o", "a tenth off youth", dict(xytext=(4, 5))),
                                                (quarter, "D", f"a quarter of its way to {min(OWN_WAY_TO, ages[-1]):.0f}",
                                                 dict(xytext=(-4, -5), ha="right", va="top"))):
                if not found:
                    continue
                marked = True
                at = (found[0], float(np.interp(found[0], ages, course)))
                axes.plot(*at, marker, color=shade if marker == "o" else "white", label=words, linestyle="none",
                          markersize=5, markeredgecolor="white" if marker == "o" else shade, zorder=4)
                axes.annotate(f"{at[0]:.0f}", at, **place, textcoords="offset points", fontsize=7.5, color="#333333",
                              path_effects=[withStroke(linewidth=2.5, foreground="white")], zorder=5)
    if is_first and marked:
        axes.legend(loc="upper right", fontsize=7.5, frameon=False, borderpad=0, handletextpad=0.2, labelspacing=0.25)
    axes.margins(x=0.01)
    return marked


def _finish_row(
    panels: Sequence[Axes], run: Run, number: int, level: Level, variable: str, muscle: str | None,
    arms: Sequence[str], sexes: Sequence[str],
) -> None:
    """Title with the level, unit on the axis, names of the arms at the last panel's right end."""
    first, last = panels[0], panels[-1]
    if level is DIAGNOSIS:
        words, unit = f"{style.spoken(variable)}, share of people", "fraction"
        for axes in panels:
            axes.set_ylim(0, max(axes.get_ylim()[1], 0.05))
    else:
        attributes = run.attributes(variable)
        words, unit = style.meaning(variable, attributes), style.axis_title(variable, attributes)
        if "muscle" in run.summary[f"{variable}_p50"].dims:
            words = f"{words}, {style.spoken(str(muscle))}"
    first.set_ylabel(unit)
    name = first.set_title(f"{number}  {level.name}", loc="left", fontweight="bold", pad=4)
    first.annotate(words, (1.0, 0.0), xycoords=name, textcoords="offset points", xytext=(8, 0), va="bottom",
                   fontsize=8.5, color="#555555")
    ends = []
    for arm in arms:
        course = (prevalence(run, variable, arm, sexes[-1]) if level is DIAGNOSIS
                  else summary_course(run, f"{variable}_p50", arm, sexes[-1], muscle))
        ends.append((style.spoken(arm), style.last_known(course), style.colour(run, arm)))
    style.end_labels(last, ends)
