"""The common look: colours that stay with an arm, labels at the lines' ends, captions."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..arrays import Array
from ..reading import Run
from ..telling.words import spoken

ARM_COLOURS = ("#555555", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""The reference in grey, then the colours of Okabe and Ito, told apart with every kind of colour vision."""


@contextlib.contextmanager
def look() -> Iterator[None]:
    """The settings every picture is drawn with."""
    with mpl.rc_context({
        "font.size": 9, "axes.titlesize": 9, "axes.labelsize": 8, "xtick.labelsize": 8, "ytick.labelsize": 8,
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#888888", "axes.linewidth": 0.8,
        "xtick.color": "#444444", "ytick.color": "#444444", "axes.labelcolor": "#333333",
        "axes.grid": True, "grid.color": "#e8e8e8", "grid.linewidth": 0.6, "axes.axisbelow": True,
        "lines.linewidth": 1.6, "figure.dpi": 100, "savefig.dpi": 120, "figure.facecolor": "white",
        "svg.hashsalt": "sarx",
    }):
        yield


def colour(run: Run, arm: str) -> str:
    """An arm's colour: fixed by its place in the file, so it is the same in every picture of a run."""
    return ARM_COLOURS[run.arms.index(arm) % len(ARM_COLOURS)]


def caption(figure: Figure, run: Run, text: str, width: int = 140) -> None:
    """Writes below a figure what it shows, and of whom, from which seed and version."""
    told = run.provenance
    facts = [f"{run.people:,} people" if run.people is not None else "",
             f"seed {told['seed']}" if "seed" in told else "",
             f"sarx {told['version']}" if "version" in told else ""]
    whole = f"{text} Simulated: {', '.join(fact for fact in facts if fact)}."
    figure.text(0.01, 0.004, "\n".join(textwrap.wrap(whole, width)), fontsize=7.5, color="#555555", va="bottom")


def title(figure: Figure, text: str, subtitle: str = "") -> None:
    """Writes a figure's subject, and below it of whom."""
    height = figure.get_figheight()
    figure.text(0.01, 1 - 0.12 / height, text, fontsize=12, fontweight="bold", va="top")
    figure.text(0.01, 1 - 0.36 / height, subtitle, fontsize=9, color="#555555", va="top")


def label_inches(names: Iterable[str]) -> float:
    """Room to the right of a panel for the names of its lines."""
    return 0.25 + 0.068 * max((len(spoken(name)) for name in names), default=0)


def last_known(course: Array) -> float:
    """The last value of a course that is not NaN; NaN where there is none."""
    known = course[np.isfinite(course)]
    return float(known[-1]) if len(known) else float("nan")


class EndLabel(NamedTuple):
    """The name of a line at its right end."""

    text: str
    height: float
    """In data units; NaN where the line has no end."""
    colour: str


def end_labels(axes: Axes, labels: Sequence[EndLabel]) -> None:
    """Names lines at their right ends, moved apart where they would overlap.

    Lines that end together, within their width, are named in the order given, top down, in every panel alike.

    Args:
        axes: where the lines are, with their limits set.
        labels: one a line; those without an end are left out.
    """
    places = sorted((place for place, label in enumerate(labels) if np.isfinite(label.height)),
                    key=lambda place: labels[place].height)
    if not places:
        return
    low, high = axes.get_ylim()
    height_inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    together = 0.025 * (high - low) / height_inches
    level = np.cumsum([0, *(np.diff([labels[place].height for place in places]) > together)])
    shown = [labels[-place] for _, place in sorted(zip(level, (-place for place in places)))]
    gap = 0.13 / height_inches
    heights = [(label.height - low) / (high - low) for label in shown]
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + gap)
    over = heights[-1] - 1.0
    if over > 0:
        heights[-1] -= over
        for i in range(len(heights) - 2, -1, -1):
            heights[i] = min(heights[i], heights[i + 1] - gap)
    for label, height in zip(shown, heights):
        axes.annotate(label.text, (1.0, height), xycoords="axes fraction", xytext=(5, 0), textcoords="offset points",
                      color=label.colour, fontsize=8, va="center", annotation_clip=False)
