"""The picture of a run: the cascade in its order, from cells to diagnosis, over age."""

from __future__ import annotations

from collections.abc import Sequence

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from ..arrays import Floats
from ..errors import SarxError, chosen, known
from ..estimating.courses import burdens_told, mean_course, share_with
from ..estimating.departing import LATEST_YOUTH, WHY_TWO, Passage, burden_age, departure_age, own_way_age, way_ends
from ..levels import DIAGNOSIS, LevelShown, levels_shown
from ..reading import Axis, Run, Source, labels
from ..telling.words import SEX_WORDS, axis_title, meaning, spoken
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
    arms = chosen("arm", arms, run.arms)
    muscle = run.muscle_or_usual(muscle)
    sexes = _sexes(run, sex)
    rows = _rows(run, muscle)
    if not rows:
        raise SarxError(f"{run.path} has none of the cascade's variables in its summaries: record `default` variables")
    axis = run.drawn_axis(run.summary)

    with style.look():
        room = style.label_inches(arms)
        figure = Figure(figsize=(4.0 * len(sexes) + 0.6 + room, 1.45 * len(rows) + 1.2))
        panels = figure.subplots(len(rows), len(sexes), sharex=True, sharey="row", squeeze=False)
        figure.subplots_adjust(left=0.62 / figure.get_figwidth(), right=1 - room / figure.get_figwidth(),
                               top=1 - 0.82 / figure.get_figheight(), bottom=0.95 / figure.get_figheight(),
                               hspace=0.36, wspace=0.07)
        marked = False
        for row, (level, variable) in enumerate(rows):
            shown = [_Shown(run, variable, which, muscle, level is DIAGNOSIS) for which in sexes]
            for column, one in enumerate(shown):
                marked |= _panel(panels[row, column], one, axis, arms, is_first=not row + column)
            _finish_row(panels[row], row + 1, rows[row], shown[-1], arms)
        for column, which in enumerate(sexes):
            panels[0, column].annotate(SEX_WORDS[which], (0.5, 1.0), xytext=(0, 21), xycoords="axes fraction",
                                       textcoords="offset points", ha="center", fontsize=10, color="#333333")
            panels[-1, column].set_xlabel(axis.title)
        style.title(figure, f"{run.title}: the cascade of muscle ageing, from cells to diagnosis")
        whose = "" if len(arms) <= BANDS_SHOWN else f" in the reference arm ({spoken(run.arms[0])})"
        dots = (f" Marks: ages at which the mean of the reference arm ({spoken(run.arms[0])}) is a tenth off youth "
                f"for good (dot; diagnosis: a tenth have it) and has gone a quarter of its own way from youth to "
                f"{way_ends(run.age_axis(run.summary).values):.0f} (diamond). {WHY_TWO}") if marked else ""
        style.caption(figure, run, "Lines are medians of those alive, bands the middle half of people"
                      f"{whose}; diagnosis is the share of person-time with it.{dots}",
                      width=int(17.5 * figure.get_figwidth()))
    return figure


def _sexes(run: Run, asked: str | None) -> list[str]:
    """The columns: one sex as asked, or both where both were simulated."""
    if asked is not None:
        return [known("sex", asked, labels(run.summary, "sex"))]
    there = []
    for which in ("female", "male"):
        counts = [name for name in run.summary.data_vars if str(name).endswith("_n")]
        if counts and float(run.summary[counts[0]].sel(sex=which).max()) > 0:
            there.append(which)
    return there or ["all"]


def _rows(run: Run, muscle: str | None) -> list[LevelShown]:
    """The levels that this file can show, each with the variable that stands for it."""
    rows = levels_shown(run.variables(run.summary, "p50"), muscle)
    told = burdens_told(run)
    burden = next((name for name in told if f"years_without_{name}" in run.summary), None)
    if burden is None and "disability" in told:  # by age there is no person-time, but yes or no has a mean
        burden = "disability"
    return rows + ([LevelShown(DIAGNOSIS, burden)] if burden else [])


class _Shown(NamedTuple):
    """What a panel shows: a variable, or the share of person-time with a burden, of a sex."""

    run: Run
    variable: str
    sex: str
    muscle: str | None
    is_share: bool

    def course(self, arm: str) -> Floats:
        """The line of an arm."""
        if self.is_share:
            return share_with(self.run, self.variable, arm, self.sex)
        return self.quantile("p50", arm)

    def quantile(self, statistic: str, arm: str) -> Floats:
        """Of the people alive."""
        return self.run.summary_course(f"{self.variable}_{statistic}", arm, self.sex, self.muscle)


class _Mark(NamedTuple):
    """Where the reference arm leaves youth, in one of the ways of telling it."""

    passage: Passage | None
    marker: str
    words: str
    above: bool


def _marks(shown: _Shown, ages: Floats, course: Floats) -> list[_Mark]:
    """Where the reference arm leaves youth in two ways; of a burden, from when on a tenth have it."""
    if shown.is_share:
        tenth, quarter = burden_age(ages, course), None
    else:
        mean = mean_course(shown.run, shown.variable, shown.run.arms[0], shown.sex, shown.muscle)
        tenth, quarter = departure_age(ages, mean), own_way_age(ages, mean)
    return [_Mark(tenth, "o", "a tenth off youth", True),
            _Mark(quarter, "D", f"a quarter of its way to {way_ends(ages):.0f}", False)]


def _panel(axes: Axes, shown: _Shown, axis: Axis, arms: Sequence[str], is_first: bool) -> bool:
    """One level of one sex: a line an arm, bands between people, where the reference leaves youth in two ways.

    Returns:
        Whether that is marked; the first panel's marks are explained.
    """
    marked = False
    run, ages = shown.run, axis.values
    for arm in arms:
        shade = style.colour(run, arm)
        course = shown.course(arm)
        if not shown.is_share and (len(arms) <= BANDS_SHOWN or arm == run.arms[0]):
            axes.fill_between(ages, shown.quantile("p25", arm), shown.quantile("p75", arm), color=shade, alpha=0.14,
                              linewidth=0)
        axes.plot(ages, course, color=shade, zorder=3 if arm != run.arms[0] else 3.5)
        if arm == run.arms[0] and ages[0] <= LATEST_YOUTH and axis.is_age:
            for mark in _marks(shown, ages, course):
                if mark.passage:
                    marked = True
                    _draw_mark(axes, mark, mark.passage.age, float(np.interp(mark.passage.age, ages, course)), shade)
    if is_first and marked:
        axes.legend(loc="upper right", fontsize=7.5, frameon=False, borderpad=0, handletextpad=0.2, labelspacing=0.25)
    axes.margins(x=0.01)
    return marked


def _draw_mark(axes: Axes, mark: _Mark, age: float, height: float, shade: str) -> None:
    """A dot or a diamond with its age."""
    axes.plot(age, height, mark.marker, color=shade if mark.above else "white", label=mark.words, linestyle="none",
              markersize=5, markeredgecolor="white" if mark.above else shade, zorder=4)
    axes.annotate(f"{age:.0f}", (age, height), xytext=(4, 5) if mark.above else (-4, -5),
                  ha="left" if mark.above else "right", va="baseline" if mark.above else "top",
                  textcoords="offset points", fontsize=7.5, color="#333333",
                  path_effects=[withStroke(linewidth=2.5, foreground="white")], zorder=5)


def _finish_row(panels: Sequence[Axes], number: int, row: LevelShown, shown: _Shown, arms: Sequence[str]) -> None:
    """Title with the level, unit on the axis, names of the arms at the last panel's right end.

    Args:
        panels: of the row.
        number: of the row, from 1.
        row: its level and variable.
        shown: what its last panel shows.
        arms: that are drawn.
    """
    run, variable = shown.run, row.variable
    first, last = panels[0], panels[-1]
    if shown.is_share:
        words, unit = f"{spoken(variable)}, share of people", "fraction"
        for axes in panels:
            axes.set_ylim(0, max(axes.get_ylim()[1], 0.05))
    else:
        attributes = run.attributes(variable)
        words, unit = meaning(variable, attributes), axis_title(variable, attributes)
        if run.is_of_muscle(variable):
            words = f"{words}, {spoken(str(shown.muscle))}"
    first.set_ylabel(unit)
    name = first.set_title(f"{number}  {row.level.name}", loc="left", fontweight="bold", pad=4)
    first.annotate(words, (1.0, 0.0), xycoords=name, textcoords="offset points", xytext=(8, 0), va="bottom",
                   fontsize=8.5, color="#555555")
    style.end_labels(last, [style.EndLabel(spoken(arm), style.last_known(shown.course(arm)), style.colour(run, arm))
                            for arm in arms])
