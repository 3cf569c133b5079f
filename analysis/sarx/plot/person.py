"""One person's life in every arm: the cascade of a single body, with what happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..errors import SarxError, chosen
from ..levels import levels_shown
from ..reading import Axis, Event, Run, Source, drawn_axis, events_of
from ..telling.words import axis_title, meaning, spoken
from . import style

EVENTS_SHOWN = 7
"""Kinds of event drawn, the most frequent of the person first; more would not be told apart."""


def person(
    source: Source, who: int = 0, *, muscle: str | None = None, arms: Sequence[str] | None = None
) -> Figure:
    """Draws one recorded person's cascade in each arm, and below it the events of that life.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        who: the person's number in the file.
        muscle: whose junctions, units and fibres; None for vastus lateralis, or the first there is.
        arms: names of the arms to draw; None for all.

    Raises:
        SarxError: where that person, or people at all, were not recorded.
    """
    run = Run.of(source)
    if "person" not in run.root.sizes:
        raise SarxError(f"{run.path} holds summaries only: record people to draw one")
    if who not in run.root["person"].values:
        raise SarxError(f"there is no person {who}: people are numbered 0 to {run.root.sizes['person'] - 1}")
    arms = chosen("arm", arms, run.arms)
    muscle = run.muscle_or_usual(muscle)
    life = run.root.sel(person=who)
    axis = drawn_axis(run.times_years, float(life["start_age_years"]) if "start_age_years" in life else None)
    rows = levels_shown([str(name) for name in life.data_vars], muscle)
    if not rows:
        raise SarxError(f"{run.path} has none of the cascade's variables: record `default` variables")
    happened = [event for event in events_of(run, who) if event.arm in arms]

    with style.look():
        figure = Figure(figsize=(7.2, 1.7 + 1.3 * len(rows) + 0.9))
        height = figure.get_figheight()
        panels = figure.subplots(len(rows) + 1, 1, sharex=True)
        figure.subplots_adjust(left=0.18, right=1 - style.label_inches(arms) / 7.2, top=1 - 0.85 / height,
                               bottom=0.8 / height, hspace=0.42)
        for axes, (level, variable) in zip(panels, rows):
            attributes = run.attributes(variable)
            ends = []
            for arm in arms:
                data = life[variable].sel(arm=arm)
                course = (data.sel(muscle=muscle) if "muscle" in data.dims else data).values.astype(float)
                axes.plot(axis.values, course, color=style.colour(run, arm))
                ends.append(style.EndLabel(spoken(arm), style.last_known(course), style.colour(run, arm)))
            where = f", {spoken(muscle)}" if muscle and "muscle" in life[variable].dims else ""
            axes.set_title(f"{level.name}: {meaning(variable, attributes)}{where}", loc="left")
            axes.set_ylabel(axis_title(variable, attributes))
            style.end_labels(axes, ends)
        _draw_events(panels[-1], run, axis, happened, arms)
        panels[-1].set_xlabel(axis.title)
        panels[0].margins(x=0.01)
        sex = {1.0: "a woman", 0.0: "a man"}.get(float(life["female"]) if "female" in life else np.nan, "a person")
        style.title(figure, f"{run.title}: one life in every arm", f"person {who}, {sex}; what is the same is luck")
        style.caption(figure, run, "Courses end with death or the end of follow-up.", width=115)
    return figure


def _draw_events(axes: Axes, run: Run, axis: Axis, happened: Sequence[Event], arms: Sequence[str]) -> None:
    """A row for each kind of event, a tick for each event, arms a little apart."""
    counts = Counter(event.kind for event in happened)
    kinds = [kind for kind, _ in counts.most_common(EVENTS_SHOWN)]
    for event in happened:
        if event.kind in kinds:
            height = kinds.index(event.kind) + 0.6 * ((arms.index(event.arm) + 0.5) / len(arms) - 0.5)
            axes.plot(axis.at(event.time_years), height, "|", color=style.colour(run, event.arm), markersize=6,
                      markeredgewidth=1.6)
    axes.set_yticks(range(len(kinds)), [spoken(kind) for kind in kinds])
    axes.set_ylim(-0.6, max(len(kinds), 1) - 0.4)
    axes.set_title("Events", loc="left")
    axes.grid(False)
