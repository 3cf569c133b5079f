"""Risks: the share of people who have a first event by a horizon, death being a competing event."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd

from ..estimating.answering import Answer, answer
from ..estimating.comparison import EVERYONE, REACHED, Comparison
from ..estimating.estimates import UNKNOWN, Estimate, needed_to_treat, per_unit
from ..estimating.outcomes import Counted, Outcome, outcomes_of
from ..estimating.window import Since
from ..reading import Run, Source
from .asking import Names, asked
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Table, three

RISK_COLUMNS = [
    *SHARED, "event", "of", "n", "reference_risk", "risk", "risk_ratio", "ratio_lower", "ratio_upper", "risk_averted",
    "lower", "upper", "number_needed_to_treat", "needed_lower", "needed_upper", "interval",
]


def compare_risks(
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
    """Share of people at risk with a first event by a horizon, and the number needed to treat.

    At risk is who lives and has not had it before the clock's zero; who dies before the event is without it.

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
        A row for each arm, population, group and event: `reference_risk`, `risk` (cumulative incidence, death
        competing), their ratio, `risk_averted` (reference less arm) with its 95 % interval `lower`, `upper`; in those
        reached `number_needed_to_treat`: people reached for one event fewer by the horizon (negative: one more), with an
        interval where that of the risk averted leaves out 0.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within, at=at,
               population=population, usual_populations=(EVERYONE, REACHED), one_arm_will_do=True)
    table = Table(of, RISK_COLUMNS)
    for outcome in [one for one in outcomes_of(of.run) if one.counted in (Counted.FIRST, Counted.EVER)]:
        for comparison in table.comparisons():
            found = answer(of.run, outcome, comparison).of_those_at_risk
            table.add(comparison, {"event": outcome.name, **_columns(found, comparison)})
        table.add_contrasts(partial(_averted, of.run, outcome), "risk_averted", {"event": outcome.name})
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among),
        variable="first events (once-only ones: the first ever, in those who had none before)",
        death="a competing event (cumulative incidence)",
        stopping=stopping_in_words(of.populations),
        summary="share of people, ratio and difference",
        horizon=of.horizon_in_words))


def _averted(run: Run, outcome: Outcome, comparison: Comparison) -> Estimate:
    """Risk averted, of those at risk."""
    return answer(run, outcome, comparison).of_those_at_risk.averted


def _columns(found: Answer, comparison: Comparison) -> dict[str, object]:
    """A row's own columns."""
    sums = found.sums
    is_compared = comparison.arm != comparison.reference
    averted, ratio = (found.averted, found.risk_ratio) if is_compared else (UNKNOWN, UNKNOWN)
    needed = needed_to_treat(averted) if comparison.population == REACHED else UNKNOWN
    return {
        "of": found.of, "n": int(sums.n),
        "reference_risk": per_unit(sums.reference_events, sums.weight), "risk": per_unit(sums.events, sums.weight),
        **three("risk_ratio", ratio, "ratio_lower", "ratio_upper"), **three("risk_averted", averted),
        **three("number_needed_to_treat", needed, "needed_lower", "needed_upper"), "interval": averted.method,
    }
