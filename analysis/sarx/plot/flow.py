"""Who got what: the flow of people through each delivery, a CONSORT diagram over time."""

from __future__ import annotations

import xarray as xr
from matplotlib.figure import Figure

from ..errors import SarxError
from ..reading import Run, Source
from . import style

STEPS = (
    ("eligible", "met the condition", "#999999"),
    ("offered", "were offered it", "#56B4E9"),
    ("reached", "were reached", "#0072B2"),
    ("adherent", "adhere now", "#009E73"),
    ("dropped", "dropped out", "#D55E00"),
)
"""Counts of /flow, in words, each with its colour."""


def _taken(data: xr.Dataset, delivery: int) -> str:
    """How much of the time treated was taken; empty where the file does not tell."""
    if "taken_years" not in data or not (treated := float(data["treated_years"].values[delivery][-1])):
        return ""
    return f" ({100.0 * float(data['taken_years'].values[delivery][-1]) / treated:.0f} % of the time treated was taken)"


def flow(source: Source) -> Figure:
    """Draws, for each delivery of each arm, how many people were eligible, offered, reached, adherent, dropped.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.

    Raises:
        SarxError: where no arm gives anything.
    """
    run = Run.of(source)
    if "flow" not in run.groups:
        raise SarxError(f"{run.path} has no flow: no arm of the scenario gives anything")
    data = run.group("flow").load()
    names = [str(name) for name in data["delivery"].values]
    times, title = run.drawn_axis(data)
    with style.look():
        figure = Figure(figsize=(7.2, 1.3 + 2.1 * len(names)))
        panels = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
        height = figure.get_figheight()
        figure.subplots_adjust(left=0.1, right=0.77, top=1 - 0.85 / height, bottom=0.8 / height, hspace=0.35)
        for i, (axes, name) in enumerate(zip(panels, names)):
            ends = []
            for step, words, shade in STEPS:
                counts = data[step].isel(delivery=i).values
                axes.plot(times, counts, color=shade, drawstyle="steps-post")
                ends.append((f"{words}: {int(counts[-1]):,}", float(counts[-1]), shade))
            arm, _, intervention = name.partition("/")
            axes.set_title(f"{style.spoken(arm)}: {style.spoken(intervention)}{_taken(data, i)}", loc="left",
                           fontweight="bold")
            axes.set_ylabel("people")
            axes.set_ylim(bottom=0)
            axes.margins(x=0.01)
            style.end_labels(axes, ends)
        panels[-1].set_xlabel(title)
        style.title(figure, f"{run.title}: who got what", "counts so far; those who adhere are counted at each time")
        style.caption(figure, run, "Labels give the counts at the end.", width=115)
    return figure
