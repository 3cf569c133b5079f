"""Years a person lives within a horizon, and how many of them with and without a burden (restricted mean time)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd

from ..estimating.answering import Answer, answer
from ..estimating.comparison import EVERYONE, REACHED, Comparison
from ..estimating.estimates import UNKNOWN, Estimate, per_unit
from ..estimating.outcomes import Outcome, outcomes_of
from ..estimating.window import Since
from ..reading import Run, Source
from .asking import Names, asked
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Table, three

YEAR_COLUMNS = [*SHARED, "measure", "of", "n", "reference_years_per_person", "years_per_person", "gained_years", "lower",
                "upper", "interval"]


def compare_years(
    source: Source,
    *,
    by: str | None = None,
    among: str | None = None,
    arms: Names = None,
    reference: str | None = None,
    since: Since | None = None,
    within: float | None = None,
    at: Iterable[float] | None = None,
    population: Names = None,
) -> pd.DataFrame:
    """Years a person lives, and how many of them with and without a burden; everyone counts, the dead too.

    Args:
        source: as in `compare_events`, and so are by, among, arms, reference, since, within, at and population.
        by: groups.
        among: a condition at the first record.
        arms: names.
        reference: the arm to compare with.
        since: from when.
        within: years.
        at: instead, ages at which counting ends.
        population: of whom.

    Returns:
        A row for each arm, population, group and measure (`years_lived`, `years_without_sarcopenia`, ...):
        `reference_years_per_person`, `years_per_person` and `gained_years`, their difference, with its 95 % interval.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within, at=at,
               population=population, usual_populations=(EVERYONE, REACHED), one_arm_will_do=True)
    table = Table(of, YEAR_COLUMNS)
    for outcome in [one for one in outcomes_of(of.run) if not one.is_of_events]:
        for comparison in table.comparisons():
            found = answer(of.run, outcome, comparison)
            table.add(comparison, {"measure": outcome.name, **_columns(found, comparison)})
        table.add_contrasts(partial(_gained, of.run, outcome), "gained_years", {"measure": outcome.name})
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among),
        variable="years alive, with and without a burden",
        death="the dead count with the years they had (composite)",
        stopping=stopping_in_words(of.populations),
        summary="mean (restricted mean time) and paired difference",
        horizon=of.horizon_in_words))


def _gained(run: Run, outcome: Outcome, comparison: Comparison) -> Estimate:
    """Years gained, a person."""
    return answer(run, outcome, comparison).gained


def _columns(found: Answer, comparison: Comparison) -> dict[str, object]:
    """A row's own columns."""
    sums = found.sums
    gained = found.gained if comparison.arm != comparison.reference else UNKNOWN
    return {"of": found.of, "n": int(sums.n),
            "reference_years_per_person": per_unit(sums.reference_years, sums.weight),
            "years_per_person": per_unit(sums.years, sums.weight), **three("gained_years", gained),
            "interval": gained.method}
