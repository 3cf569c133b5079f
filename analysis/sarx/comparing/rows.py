"""What the rows of all tables have in common: which arms, of whom, from when and until when, and the interval's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..estimating.clock import Clock
from ..estimating.estimates import Estimate
from ..estimating.people import EVERYONE
from ..grouping import Group
from .asking import Asked, horizon_words
from .estimand import ATTRIBUTE, Estimand

Row = dict[str, Any]

CONTRAST = "highest less lowest"
"""The group of a row that sets the highest part of people against the lowest."""


@dataclass(frozen=True)
class Place:
    """Of what a row is."""

    arm: str
    population: str
    clock: Clock
    group: Group


@dataclass
class Table:
    """Rows as they come, with what they estimate."""

    asked: Asked
    columns: Sequence[str]
    rows: list[Row] = field(default_factory=list)

    def places(self) -> Iterator[Place]:
        """Every arm, population, clock and group of the question, in the order of the table."""
        for clock in self.asked.clocks:
            for population in self.asked.populations:
                for group in self.asked.groups.groups:
                    for arm in self.asked.arms:
                        yield Place(arm, population, clock, group)

    def add(self, place: Place, **values: Any) -> None:
        """Adds a row, but none of a population to which nobody belongs."""
        if place.population != EVERYONE and values.get("n", 1) == 0:
            return
        horizon = place.clock.until if place.clock.until is not None else place.clock.within
        self.rows.append({
            "arm": place.arm, "reference": self.asked.reference, "sex": place.group.sex, "group": place.group.label,
            "population": place.population, "since": place.clock.since,
            "horizon": horizon_words(self.asked.run, place.clock), "horizon_years": horizon, **values})

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


SHARED = ["arm", "reference", "sex", "group", "population", "since", "horizon", "horizon_years"]


def three(name: str, estimate: Estimate, lower: str = "lower", upper: str = "upper") -> Row:
    """A value and its interval as columns."""
    return {name: estimate.value, lower: estimate.lower, upper: estimate.upper}


def contrast_group(asked: Asked) -> tuple[Group, Group] | None:
    """The highest and the lowest part of the people, where they are set against each other."""
    groups = asked.groups.groups
    return (groups[-1], groups[0]) if asked.groups.are_ordered and len(groups) > 1 else None


def with_contrasts(table: Table, estimate_of: Callable[[Place], tuple[Estimate, Row]], column: str,
                   lower: str = "lower", upper: str = "upper") -> None:
    """Adds to the table for each arm the effect in the highest part of the people less that in the lowest.

    Args:
        table: with its rows.
        estimate_of: the estimate at a place, and columns that name what it is of.
        column: of the estimate; with `lower` and `upper` of its interval.
    """
    ends = contrast_group(table.asked)
    if ends is None:
        return
    for clock in table.asked.clocks:
        for population in table.asked.populations:
            for arm in table.asked.arms:
                (high, what), (low, _) = (estimate_of(Place(arm, population, clock, group)) for group in ends)
                difference = high.less(low)
                table.add(Place(arm, population, clock, Group(CONTRAST, "all")), **what,
                          **three(column, difference, lower, upper), interval=difference.method)


def divided(total: float, units: float) -> float:
    """A quotient; NaN over nothing."""
    return float(total / units) if units else np.nan
