"""What the rows of all tables have in common: which arms, of whom, from when and until when, and the interval's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from ..estimating.comparison import EVERYONE, OF_RECORDED, Comparison, Group
from ..estimating.estimates import Estimate
from ..estimating.window import Window
from .asking import Asked, horizon_words
from .estimand import ATTRIBUTE, Estimand

Row = dict[str, Any]

CONTRAST = "highest less lowest"
"""The group of a row that sets the highest part of people against the lowest."""

SHARED = ["arm", "reference", "sex", "group", "population", "since", "horizon", "horizon_years"]


class Ends(NamedTuple):
    """The parts of people that are set against each other."""

    highest: Group
    lowest: Group


@dataclass
class Table:
    """Rows as they come, with what they estimate."""

    asked: Asked
    columns: Sequence[str]
    rows: list[Row] = field(default_factory=list)

    def comparisons(self, windows: Sequence[Window] = (), populations: Sequence[str] = ()) -> Iterator[Comparison]:
        """Every comparison of the question, in the order of the table: by window, population, group and arm.

        Args:
            windows: instead of those of the question.
            populations: likewise.
        """
        for window in windows or self.asked.windows:
            for population in populations or self.asked.populations:
                for group in self.asked.groups.groups:
                    for arm in self.asked.arms:
                        yield Comparison(arm, self.asked.reference, population, window, group)

    @property
    def ends(self) -> Ends | None:
        """The highest and the lowest part of the people, where they are set against each other."""
        groups = self.asked.groups.groups
        return Ends(groups[-1], groups[0]) if self.asked.groups.are_ordered and len(groups) > 1 else None

    def add(self, comparison: Comparison, columns: Row) -> None:
        """Adds a row, but none of a population to which nobody belongs."""
        if comparison.population != EVERYONE and columns.get("n", 1) == 0:
            return
        group, window = comparison.group, comparison.window
        self.rows.append({
            "arm": comparison.arm, "reference": comparison.reference, "sex": group.sex, "group": group.label,
            "population": comparison.population, "since": window.since, "horizon": horizon_words(self.asked.run, window),
            "horizon_years": window.within if window.until is None else window.until, **columns})

    def add_contrasts(self, estimate_of: Callable[[Comparison], Estimate], name: str, columns: Row, *,
                      windows: Sequence[Window] = (), populations: Sequence[str] = (), lower: str = "lower",
                      upper: str = "upper") -> None:
        """Adds for each arm the effect in the highest part of the people less that in the lowest.

        Args:
            estimate_of: the estimate of a comparison.
            name: its column; with `lower` and `upper` of its interval.
            columns: that say of what it is.
            windows: instead of those of the question.
            populations: likewise.
            lower: column of the interval's lower end.
            upper: of its upper end.
        """
        if self.ends is None:
            return
        for window in windows or self.asked.windows:
            for population in populations or self.asked.populations:
                for arm in self.asked.arms:
                    high, low = (estimate_of(Comparison(arm, self.asked.reference, population, window, group))
                                 for group in self.ends)
                    difference = high.less(low)
                    contrast = Comparison(arm, self.asked.reference, population, window, Group(CONTRAST))
                    self.add(contrast, {**columns, "of": OF_RECORDED, **three(name, difference, lower, upper),
                                        "interval": difference.method})

    def finished(self, estimand: Estimand) -> pd.DataFrame:
        """The table, with its estimand as an attribute."""
        frame = pd.DataFrame(self.rows, columns=list(self.columns))
        frame.attrs[ATTRIBUTE] = estimand.as_dict() | {"in_words": str(estimand)}
        contrasts = sum(1 for row in self.rows if row["group"] == CONTRAST)
        if contrasts:
            frame.attrs["contrasts"] = contrasts
        if self.asked.groups.told:
            frame.attrs["groups"] = self.asked.groups.told
        return frame


def three(name: str, estimate: Estimate, lower: str = "lower", upper: str = "upper") -> Row:
    """A value and its interval as columns."""
    return {name: estimate.value, lower: estimate.lower, upper: estimate.upper}
