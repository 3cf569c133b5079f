"""Who got what: the flow of people through each delivery, a CONSORT diagram over time."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.figure import Figure

from ..errors import SarxError
from ..estimating.flow import taken_share
from ..reading import Delivery, Run, Source, deliveries
from ..telling.words import spoken
from . import style


class Step(NamedTuple):
    """A count of `/flow`, in words, with its colour."""

    name: str
    words: str
    colour: str


STEPS = (
    Step("eligible", "met the condition", "#999999"),
    Step("offered", "were offered it", "#56B4E9"),
    Step("reached", "were reached", "#0072B2"),
    Step("adherent", "adhere now", "#009E73"),
    Step("dropped", "dropped out", "#D55E00"),
)


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
    found = deliveries(run)
    axis = run.drawn_axis(run.group("flow"))
    with style.look():
        figure = Figure(figsize=(7.2, 1.3 + 2.1 * len(found)))
        panels = figure.subplots(len(found), 1, sharex=True, squeeze=False)[:, 0]
        height = figure.get_figheight()
        figure.subplots_adjust(left=0.1, right=0.77, top=1 - 0.85 / height, bottom=0.8 / height, hspace=0.35)
        for axes, delivery in zip(panels, found):
            ends = []
            for step in STEPS:
                counts = getattr(delivery, step.name)
                axes.plot(axis.values, counts, color=step.colour, drawstyle="steps-post")
                ends.append(style.EndLabel(f"{step.words}: {int(counts[-1]):,}", float(counts[-1]), step.colour))
            axes.set_title(f"{spoken(delivery.arm)}: {spoken(delivery.intervention)}{_taken(delivery)}", loc="left",
                           fontweight="bold")
            axes.set_ylabel("people")
            axes.set_ylim(bottom=0)
            axes.margins(x=0.01)
            style.end_labels(axes, ends)
        panels[-1].set_xlabel(axis.title)
        style.title(figure, f"{run.title}: who got what", "counts so far; those who adhere are counted at each time")
        style.caption(figure, run, "Labels give the counts at the end.", width=115)
    return figure


def _taken(delivery: Delivery) -> str:
    """How much of the time treated was taken; empty where the file does not tell."""
    share = taken_share(delivery)
    return "" if share is None else f" ({100.0 * share:.0f} % of the time treated was taken)"
