"""The scoreboard as a forest plot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..telling.words import spoken
from ..validating.scoreboard import Score, by_domain, counts

SHOWN = 4.0
"""Largest |z| that the picture shows in place; what lies beyond stands at its edge."""
SPACE = 1.5
"""Rows that the heading of a domain takes in the picture."""
ROWS_OF_A_COLUMN = 70


def scoreboard(scores: list[Score]) -> Figure:
    """A forest plot: z of every row, domain by domain, fitted rows hollow and rows never fitted filled.

    Returns:
        A matplotlib figure of as many columns as keep it readable.
    """
    columns = _in_columns(by_domain(scores))
    tallest = max(sum(len(rows) + SPACE for _, rows in column) for column in columns)
    figure = Figure(figsize=(5.2 * len(columns), max(3.0, 0.125 * tallest + 1.3)), layout="constrained")
    for axes, column in zip(figure.subplots(1, len(columns), squeeze=False)[0], columns):
        _draw_column(axes, column, tallest)
    told = ", ".join(f"{spoken(role)} {count.within} of {count.whole} within"
                     for role, count in counts(scores).items() if count.whole)
    key = "filled: never fitted; hollow: fitted; band: the tolerance; grey: two Monte Carlo standard errors"
    figure.suptitle(f"Published targets: {told}\n{key}", fontsize=10)
    return figure


class _Domain(NamedTuple):
    """The rows of a domain."""

    name: str
    rows: list[Score]


class _Label(NamedTuple):
    """A name beside a column: of a domain, or of a row."""

    y: float
    text: str
    is_heading: bool


def _in_columns(groups: Mapping[str, list[Score]]) -> list[list[_Domain]]:
    """Domains shared out over columns of about equal height, in their order."""
    height = sum(len(rows) + SPACE for rows in groups.values())
    wanted = max(1, min(3, round(height / ROWS_OF_A_COLUMN)))
    columns: list[list[_Domain]] = [[]]
    filled = 0.0
    for domain, rows in groups.items():
        if filled + 0.5 * len(rows) > height * len(columns) / wanted and len(columns) < wanted:
            columns.append([])
        columns[-1].append(_Domain(domain, rows))
        filled += len(rows) + SPACE
    return columns


def _draw_column(axes: Axes, column: list[_Domain], height: float) -> None:
    """One column of domains on its axes."""
    axes.axvspan(-1.0, 1.0, color="#dfeee3", zorder=0)
    axes.axvline(0.0, color="#667066", linewidth=0.8, zorder=1)
    labels: list[_Label] = []
    y = 0.0
    for domain, rows in column:
        y += SPACE
        labels.append(_Label(y, spoken(domain), is_heading=True))
        for one in rows:
            y += 1.0
            labels.append(_Label(y, one.target.id, is_heading=False))
            _draw_row(axes, y, one)
    axes.set_ylim(height + 1.5, 0.0)
    axes.set_xlim(-SHOWN - 0.3, SHOWN + 0.3)
    axes.set_yticks([label.y for label in labels])
    axes.set_yticklabels([label.text for label in labels], fontsize=6)
    for tick, label in zip(axes.get_yticklabels(), labels):
        if label.is_heading:
            tick.set_fontweight("bold")
            tick.set_fontsize(7.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("z: (simulated - published) / tolerance", fontsize=8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _draw_row(axes: Axes, y: float, one: Score) -> None:
    """One row: a line from 0 to its z, an arrow where z lies beyond the picture."""
    if not math.isfinite(one.z):
        axes.text(0.0, y, "not simulated", fontsize=5, va="center", ha="center", color="#888888")
        return
    shown = float(np.clip(one.z, -SHOWN, SHOWN))
    marker = "o" if shown == one.z else (">" if one.z > 0 else "<")
    colour = "#1b7837" if one.within else "#b2182b"
    axes.plot([0.0, shown], [y, y], color=colour, linewidth=0.7, zorder=2)
    if math.isfinite(one.mcse) and shown == one.z:
        axes.plot([one.z - one.z_error, one.z + one.z_error], [y, y], color="#888888", linewidth=2.0, alpha=0.6, zorder=2)
    axes.plot([shown], [y], marker=marker, markersize=4, color=colour, zorder=3,
              markerfacecolor=colour if one.target.role == "never_fitted" else "white")
