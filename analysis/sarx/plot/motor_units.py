"""The motor units of one muscle of one person, snapshot by snapshot: fewer, and larger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from ..errors import SarxError
from ..reading import Run, Source
from . import style

SNAPSHOTS_SHOWN = 6


def motor_units(
    source: Source, who: int | None = None, *, muscle: str | None = None, arms: Sequence[str] | None = None
) -> Figure:
    """Draws each motor unit by its recruitment rank and innervation number, a panel a snapshot.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        who: the person; None for the first with snapshots.
        muscle: None for vastus lateralis, or the first there is.
        arms: names of the arms to draw; None for all.

    Raises:
        SarxError: where the run holds no snapshots, or none of that person, muscle or arm.
    """
    run = Run.of(source)
    if "motor_units" not in run.groups:
        raise SarxError(f"{run.path} holds no motor units: ask for them with "
                        "`record: {motor_units: {people: 10, every: 10 years}}`")
    arms = style.chosen(run.arms, arms, "arm")
    data = run.group("motor_units").load()
    if not data.sizes["snapshot"]:
        raise SarxError(f"{run.path} holds no snapshot of motor units")
    if missing := [name for name in ("unit_rank", "unit_fibres") if name not in data]:
        raise SarxError(f"the snapshots of {run.path} lack {' and '.join(missing)}")
    who = int(data["person"].values[0]) if who is None else who
    mine = data["person"].values == who
    if not mine.any():
        some = ", ".join(str(number) for number in np.unique(data["person"].values)[:12])
        raise SarxError(f"there are no motor units of person {who}; there are of {some}")
    muscle = style.muscle_or_default(run, muscle)
    mine &= data["muscle"].values == run.muscles.index(muscle)
    ends = np.cumsum(data["row_size"].values)
    times = np.unique(data["time_years"].values[mine])
    shown = times[np.unique(np.linspace(0, len(times) - 1, SNAPSHOTS_SHOWN).round().astype(int))]
    start = 0.0
    if "start_age_years" in run.root:
        start = float(run.root["start_age_years"].sel(person=who))

    with style.look():
        figure = Figure(figsize=(1.1 + 1.55 * max(len(shown), 4), 3.6))
        width = figure.get_figwidth()
        panels = figure.subplots(1, len(shown), sharex=True, sharey=True, squeeze=False)[0]
        figure.subplots_adjust(left=0.75 / width, right=1 - 0.2 / width, top=0.7, bottom=0.25, wspace=0.1)
        for axes, time in zip(panels, shown):
            for place, arm in enumerate(arms):
                here = np.flatnonzero(mine & (data["time_years"].values == time)
                                      & (data["arm"].values == run.arms.index(arm)))
                if not len(here):
                    continue
                units = slice(int(ends[here[0]] - data["row_size"].values[here[0]]), int(ends[here[0]]))
                rank, fibres = data["unit_rank"].values[units], data["unit_fibres"].values[units]
                axes.plot(rank, fibres, ".", color=style.colour(run, arm), markersize=3.5, alpha=0.7)
                axes.annotate(f"{style.spoken(arm)}: {len(rank)}", (0.04, 0.97), xycoords="axes fraction", va="top",
                              xytext=(0, -10 * place), textcoords="offset points", fontsize=7.5,
                              color=style.colour(run, arm), zorder=5,
                              path_effects=[withStroke(linewidth=2.5, foreground="white")])
            when = f"at {start + time:.0f}" if start else f"after {time:g} years"
            axes.set_title(when, loc="left", fontweight="bold")
            axes.set_yscale("log")
        panels[0].set_ylabel("fibres of the unit (count)")
        figure.text(0.5, 0.13, "recruitment rank in youth (0 first, 1 last)", ha="center", fontsize=8, color="#333333")
        style.title(figure, f"{run.title}: motor units, {style.spoken(muscle)}",
                    f"person {who}; a dot is a unit, numbers are how many are left")
        style.caption(figure, run, "Units are lost and survivors adopt their fibres.", width=int(16 * width))
    return figure
