"""Death first, then function: each person's life in an arm against the same person's in the reference arm (win ratio)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..estimating.comparison import EVERYONE, OF_RECORDED, REACHED
from ..estimating.fates import Decides, Fates, fates, what_decides
from ..estimating.people import needed_people
from ..estimating.window import Since
from ..reading import Source
from .asking import Names, asked
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Table, three

COMPOSITE_COLUMNS = [*SHARED, "variable", "worthwhile_difference", "of", "n", "lives_longer", "lives_shorter", "better",
                     "worse", "alike", "win_ratio", "ratio_lower", "ratio_upper", "net_benefit", "lower", "upper",
                     "interval"]


def compare_composite(
    source: Source,
    *,
    variable: str | None = None,
    worthwhile: float | None = None,
    by: str | None = None,
    among: str | None = None,
    arms: Names = None,
    reference: str | None = None,
    since: Since | None = None,
    within: float | None = None,
    at: Iterable[float] | None = None,
    population: Names = None,
) -> pd.DataFrame:
    """How many fare better and worse than as their own twins: who dies later, and of those alive in both, function.

    Args:
        source: as in `compare_events`, and so are by, among, arms, reference, since, within, at and population.
        variable: what decides between lives in which neither dies first, at the last record within the horizon; None for
            the first measure of function that is recorded and has a smallest worthwhile difference.
        worthwhile: the smallest difference of it that counts; None for that of the file.
        by: groups.
        among: a condition at the first record.
        arms: names.
        reference: the arm to compare with.
        since: from when.
        within: years.
        at: instead, ages at which counting ends.
        population: of whom.

    Returns:
        A row for each arm, population and group of recorded people: how many are alive at the end of the horizon in the arm
        alone (`lives_longer`) and in the reference alone; of those alive in both how many are better and worse by the
        worthwhile difference; `win_ratio` (better
        fates over worse ones) and `net_benefit` (their difference by people), each with its 95 % interval.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within, at=at,
               population=population, usual_populations=(EVERYONE, REACHED))
    people = needed_people(of.run, "fates are compared person by person")
    decides = what_decides(of.run, variable, worthwhile)
    table = Table(of, COMPOSITE_COLUMNS)
    for comparison in table.comparisons():
        table.add(comparison, _columns(fates(people, decides, comparison), decides))
    told = (f"then {decides.variable} by {decides.worthwhile:g} or more" if decides
            else "nothing else, as no measure of function with a smallest worthwhile difference was recorded")
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among), variable=f"alive at the end, {told}",
        death="decides first (composite)", stopping=stopping_in_words(of.populations),
        summary="win ratio and net benefit",
        horizon=of.horizon_in_words))


def _columns(found: Fates, decides: Decides | None) -> dict[str, object]:
    """A row's own columns."""
    return {
        "variable": decides.variable if decides else "", "of": OF_RECORDED, "n": found.n,
        "worthwhile_difference": decides.worthwhile if decides else np.nan,
        "lives_longer": found.lives_longer, "lives_shorter": found.lives_shorter, "better": found.better,
        "worse": found.worse, "alike": found.alike, **three("win_ratio", found.win_ratio, "ratio_lower", "ratio_upper"),
        **three("net_benefit", found.net_benefit), "interval": found.net_benefit.method,
    }
