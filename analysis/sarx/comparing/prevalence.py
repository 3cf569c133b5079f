"""Prevalence by class of what is told in classes: sarcopenia, disability; the dead are a class of their own."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..errors import known
from ..estimating.comparison import Comparison
from ..estimating.prevalence import classes, variables_in_classes
from ..estimating.values import When
from ..estimating.window import Since
from ..reading import Source
from .asking import Names, asked, listed, whens
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Table, three

PREVALENCE_COLUMNS = [*SHARED, "time_years", "age_years", "variable", "class", "of", "n", "reference_share", "share",
                      "difference", "lower", "upper", "interval"]


def compare_prevalence(
    source: Source,
    *,
    variables: Names = None,
    at: Iterable[float] | None = None,
    by: str | None = None,
    among: str | None = None,
    arms: Names = None,
    reference: str | None = None,
    since: Since | None = None,
    within: float | None = None,
    population: Names = None,
) -> pd.DataFrame:
    """Share of people in each class of a coded variable, the dead as a class, and what an arm changes of it.

    Args:
        source: as in `compare`, and so are by, among, arms, reference, since, within and population.
        variables: names; None for all with classes.
        at: ages or times as in `compare`.
        by: groups.
        among: a condition at the first record.
        arms: names.
        reference: the arm to compare with.
        since: with `within`, from when.
        within: instead of `at`: years after that.
        population: of whom.

    Returns:
        A row for each arm, population, group, time, variable and class: `reference_share`, `share` of all who began and
        are in follow-up, the dead too; `difference` with its 95 % interval `lower`, `upper`.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within,
               population=population, counts_time=False)
    table = Table(of, PREVALENCE_COLUMNS)
    there = variables_in_classes(of.run)
    for when in whens(of, at, within):
        for name in [known("variable with classes", one, there) for one in listed("variable", variables) or there]:
            for comparison in table.comparisons([when.window]):
                _add(table, comparison, name, when)
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among), variable="classes",
        death="a class of its own (composite)",
        stopping=stopping_in_words(of.populations), summary="share of people and paired difference",
        horizon="at the age or time of each row" if within is None else of.horizon_in_words))


def _add(table: Table, comparison: Comparison, name: str, when: When) -> None:
    """Adds a row for each class."""
    found = classes(table.asked.run, name, when, comparison)
    moment = when.moment(table.asked.run)
    for place, label in enumerate(found.labels):
        difference = found.difference(place)
        table.add(comparison, {
            "time_years": moment.time_years, "age_years": moment.age_years, "variable": name, "class": label,
            "of": found.of, "n": int(found.pairs.n.sum()), "reference_share": found.pairs.share(place, in_reference=True),
            "share": found.pairs.share(place, in_reference=False), **three("difference", difference),
            "interval": difference.method})
