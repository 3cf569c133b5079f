"""The common look: colours that stay with an arm, axis titles with units, labels at the lines' ends, captions."""

from __future__ import annotations

import contextlib
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..errors import unknown
from ..reading import Run

ARM_COLOURS = ("#555555", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""The reference in grey, then the colours of Okabe and Ito, told apart with every kind of colour vision."""

USUAL_MUSCLE = "vastus_lateralis"
"""The muscle of pictures and tables where none is asked for."""

SEX_TITLES = {"female": "women", "male": "men", "all": "women and men"}

_PRETTY_UNITS = {
    "1": "", "um2": "µm²", "us": "µs", "N m": "N·m", "cm2": "cm²", "N/cm2": "N/cm²", "kg/m2": "kg/m²",
    "m/s": "m/s", "1/year": "per year", "year": "years", "pmol/l": "pmol/l", "g/kg/day": "g/kg/day",
}


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


def spoken(name: str) -> str:
    """A name as words: "usual_life" is "usual life"."""
    return name.replace("_", " ")


def unit_text(attributes: dict[str, Any]) -> str:
    """A unit as it is printed; empty for a pure number."""
    unit = str(attributes.get("units", "1"))
    return _PRETTY_UNITS.get(unit, unit)


def axis_title(variable: str, attributes: dict[str, Any]) -> str:
    """What the numbers on an axis are: the unit, or for a pure number its kind."""
    unit = unit_text(attributes)
    if unit:
        return unit
    for ending, kind in (("_count", "count"), ("_fraction", "fraction"), ("_ratio", "ratio"), ("_score", "points"),
                         ("_deficits", "count")):
        if variable.endswith(ending):
            return kind
    return "relative to youth" if re.search(r"1 = (\w+ )?youth", str(attributes.get("long_name", ""))) else "index"


def meaning(variable: str, attributes: dict[str, Any]) -> str:
    """A variable in words: its long name without what the axis says already."""
    text = str(attributes.get("long_name") or spoken(variable))
    return text.split(", 1 = ")[0].split(", 0 = ")[0]


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


def chosen(known: Iterable[str], asked: Sequence[str] | None, kind: str) -> list[str]:
    """The names asked for in the order of the file, all where none are; a name that is not there is refused."""
    names = list(known)
    for name in asked or ():
        if name not in names:
            raise unknown(kind, name, names)
    return [name for name in names if asked is None or name in asked]


def label_inches(names: Iterable[str]) -> float:
    """Room to the right of a panel for the names of its lines."""
    return 0.25 + 0.068 * max((len(spoken(name)) for name in names), default=0)


def muscle_or_default(run: Run, asked: str | None) -> str | None:
    """The muscle asked for, else vastus lateralis, else the first there is."""
    if asked is not None:
        return chosen(run.muscles, [asked], "muscle")[0]
    if USUAL_MUSCLE in run.muscles:
        return USUAL_MUSCLE
    return run.muscles[0] if run.muscles else None


def last_known(course: np.ndarray) -> float:
    """The last value of a course that is not NaN; NaN where there is none."""
    known = course[np.isfinite(course)]
    return float(known[-1]) if len(known) else float("nan")


def end_labels(axes: Axes, labels: Sequence[tuple[str, float, str]]) -> None:
    """Names lines at their right ends, moved apart where they would overlap.

    Lines that end together, within their width, are named in the order given, top down, in every panel alike.

    Args:
        axes: where the lines are, with their limits set.
        labels: text, height in data units and colour of each; heights that are NaN are left out.
    """
    places = sorted((place for place, item in enumerate(labels) if np.isfinite(item[1])), key=lambda i: labels[i][1])
    if not places:
        return
    low, high = axes.get_ylim()
    height_inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    together = 0.025 * (high - low) / height_inches
    level = np.cumsum([0, *(np.diff([labels[place][1] for place in places]) > together)])
    shown = [labels[-place] for _, place in sorted(zip(level, (-place for place in places)))]
    gap = 0.13 / height_inches
    heights = [(item[1] - low) / (high - low) for item in shown]
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + gap)
    over = heights[-1] - 1.0
    if over > 0:
        heights[-1] -= over
        for i in range(len(heights) - 2, -1, -1):
            heights[i] = min(heights[i], heights[i + 1] - gap)
    for (text, _, shade), height in zip(shown, heights):
        axes.annotate(text, (1.0, height), xycoords="axes fraction", xytext=(5, 0), textcoords="offset points",
                      color=shade, fontsize=8, va="center", annotation_clip=False)
