"""Risks: the share of people who have a first event by a horizon, death being a competing event."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd

from ..estimating.clock import Since
from ..estimating.estimates import UNKNOWN, Estimate, per_unit
from ..estimating.intervals import Interval
from ..estimating.measures import Counted, Measure, measures_of
from ..estimating.people import EVERYONE, REACHED
from ..reading import Source
from .answering import answer
from .asking import Asked, Names, asked
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Place, Table, three, with_contrasts

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
    for measure in [measure for measure in measures_of(of.run) if measure.kind in (Counted.FIRST, Counted.EVER)]:
        for place in table.places():
            table.add(place, **_columns(of, measure, place))
        with_contrasts(table, partial(_averted, of, measure), "risk_averted")
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among),
        variable="first events (once-only ones: the first ever, in those who had none before)",
        death="a competing event (cumulative incidence)",
        stopping=stopping_in_words(of.populations),
        summary="share of people, ratio and difference",
        horizon=of.horizon_in_words))


def _averted(of: Asked, measure: Measure, place: Place) -> tuple[Estimate, dict[str, object]]:
    """Risk averted at a place of a table."""
    found = answer(of, measure, place.arm, place.clock, place.population, place.group).of_those_at_risk
    return found.averted, {"event": measure.name, "of": found.of}


def _columns(of: Asked, measure: Measure, place: Place) -> dict[str, object]:
    """A row's own columns."""
    found = answer(of, measure, place.arm, place.clock, place.population, place.group).of_those_at_risk
    sums = found.sums
    averted, ratio = (found.averted, found.risk_ratio) if place.arm != of.reference else (UNKNOWN, UNKNOWN)
    needed = needed_to_treat(averted) if place.population == REACHED else UNKNOWN
    return {
        "event": measure.name, "of": found.of, "n": int(sums.n),
        "reference_risk": per_unit(sums.reference_events, sums.weight), "risk": per_unit(sums.events, sums.weight),
        **three("risk_ratio", ratio, "ratio_lower", "ratio_upper"), **three("risk_averted", averted),
        **three("number_needed_to_treat", needed, "needed_lower", "needed_upper"), "interval": averted.method,
    }


def needed_to_treat(averted: Estimate) -> Estimate:
    """One over a risk averted; without an interval where that holds 0, without a value where nothing is averted."""
    if not averted.value:
        return UNKNOWN
    leaves_out_0 = averted.lower * averted.upper > 0
    interval = Interval(1.0 / averted.upper, 1.0 / averted.lower, averted.method) if leaves_out_0 else UNKNOWN.interval
    return Estimate(1.0 / averted.value, interval)
