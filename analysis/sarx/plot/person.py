"""One person's life in every arm: the cascade of a single body, with what happened to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..errors import SarxError
from ..reading import DAYS_BELOW_YEARS, DAYS_PER_YEAR, Run, Source, decoded
from . import style
from .cascade import levels_shown

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
    arms = style.chosen(run.arms, arms, "arm")
    muscle = style.muscle_or_default(run, muscle)
    life = run.root.sel(person=who)
    start, per_year, axis_title = _time_axis(life)
    ages = start + per_year * life["time_years"].values
    rows = levels_shown([str(name) for name in life.data_vars], muscle)
    if not rows:
        raise SarxError(f"{run.path} has none of the cascade's variables: record `default` variables")
    happened = _events(run, who, arms, start, per_year)

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
                axes.plot(ages, course, color=style.colour(run, arm))
                ends.append((style.spoken(arm), style.last_known(course), style.colour(run, arm)))
            where = f", {style.spoken(muscle)}" if muscle and "muscle" in life[variable].dims else ""
            axes.set_title(f"{level.name}: {style.meaning(variable, attributes)}{where}", loc="left")
            axes.set_ylabel(style.axis_title(variable, attributes))
            style.end_labels(axes, ends)
        _draw_events(panels[-1], run, happened, arms)
        panels[-1].set_xlabel(axis_title)
        panels[0].margins(x=0.01)
        sex = {1.0: "a woman", 0.0: "a man"}.get(float(life["female"]) if "female" in life else np.nan, "a person")
        style.title(figure, f"{run.title}: one life in every arm", f"person {who}, {sex}; what is the same is luck")
        style.caption(figure, run, "Courses end with death or the end of follow-up.", width=115)
    return figure


def _time_axis(life: xr.Dataset) -> tuple[float, float, str]:
    """Where the axis of a life begins, its units a year, and its title: age, or days where the run is short."""
    times = life["time_years"].values
    if times[-1] - times[0] < DAYS_BELOW_YEARS:
        return 0.0, DAYS_PER_YEAR, "time since the start (days)"
    if "start_age_years" in life:
        return float(life["start_age_years"]), 1.0, "age (years)"
    return 0.0, 1.0, "time since the start (years)"


def _events(
    run: Run, who: int, arms: Sequence[str], start: float, per_year: float
) -> list[tuple[str, str, float]]:
    """What happened to a person: arm, kind, where on the axis."""
    if "events" not in run.groups:
        return []
    data = run.group("events")
    mine = np.flatnonzero(data["person"].values == who)
    part = data.isel(event=mine).load()
    kinds = decoded(part["kind"])
    return [(run.arms[int(arm)], str(kind), start + per_year * float(time))
            for arm, kind, time in zip(part["arm"].values, kinds, part["time_years"].values)
            if run.arms[int(arm)] in arms]


def _draw_events(axes: Axes, run: Run, happened: list[tuple[str, str, float]], arms: Sequence[str]) -> None:
    """A row for each kind of event, a tick for each event, arms a little apart."""
    counts: dict[str, int] = {}
    for _, kind, _ in happened:
        counts[kind] = counts.get(kind, 0) + 1
    kinds = sorted(counts, key=lambda kind: -counts[kind])[:EVENTS_SHOWN]
    for arm, kind, age in happened:
        if kind in kinds:
            height = kinds.index(kind) + 0.6 * ((arms.index(arm) + 0.5) / len(arms) - 0.5)
            axes.plot(age, height, "|", color=style.colour(run, arm), markersize=6, markeredgewidth=1.6)
    axes.set_yticks(range(len(kinds)), [style.spoken(kind) for kind in kinds])
    axes.set_ylim(-0.6, max(len(kinds), 1) - 0.4)
    axes.set_title("Events", loc="left")
    axes.grid(False)
