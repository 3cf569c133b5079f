"""Events as rates, and as what an arm averts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd

from ..estimating.answering import Answer, answer
from ..estimating.comparison import EVERYONE, REACHED, Comparison
from ..estimating.estimates import UNKNOWN, Estimate, per_unit
from ..estimating.outcomes import Counted, Outcome, outcomes_of
from ..estimating.window import Since
from ..reading import Run, Source
from .asking import Names, asked
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Table, three

EVENT_COLUMNS = [
    *SHARED, "event", "of", "n", "reference_events", "events", "reference_person_years", "person_years",
    "reference_rate_per_1000_person_years", "rate_per_1000_person_years", "rate_ratio", "lower", "upper",
    "averted_per_1000_people", "averted_lower", "averted_upper", "averted_per_100_treated_years",
    "treated_lower", "treated_upper", "interval",
]


def compare_events(
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
    """Events as rates and as what an arm averts, of the same people in both arms.

    Args:
        source: a path, a dataset from `sarx.open`, also one cut to some people, arms or times, or a `Run`.
        by: "sex", or a trait or recorded variable, as "grip_strength_kg:4" for four equal parts of it at the first
            record within each sex and ten years of age.
        among: a condition at the first record, as "sex == female and grip_strength_kg < 20".
        arms: names; None for all but the reference.
        reference: the arm to compare with; None for the file's first.
        since: "index" counts from the first offer in the arm, the same date for the twin; "start" from the run's
            start; or years after that. None: "index" where something is offered.
        within: years after that; None: to the end of follow-up.
        at: instead, ages (years after the start where people start at different ages) at which counting ends.
        population: "everyone", "reached", "per_protocol"; None: everyone and, where something is offered, reached.

    Returns:
        A row for each arm, population, group and kind of event (of once-only events the first ever, by person-years at
        risk): events, person-years and rates in both arms; `rate_ratio` with its 95 % interval `lower`, `upper`;
        `averted_per_1000_people` with its interval; of events that come again, in those reached,
        `averted_per_100_treated_years`. `interval` says how these were made, or that too few people differ; `of` and `n`
        whether everyone or the recorded people answer. `attrs["estimand"]` says what is estimated.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within, at=at,
               population=population, usual_populations=(EVERYONE, REACHED), one_arm_will_do=True)
    table = Table(of, EVENT_COLUMNS)
    for outcome in [one for one in outcomes_of(of.run) if one.counted in (Counted.COUNT, Counted.EVER)]:
        for comparison in table.comparisons():
            found = answer(of.run, outcome, comparison)
            table.add(comparison, {"event": outcome.name, **_columns(found, outcome, comparison)})
        table.add_contrasts(partial(_averted, of.run, outcome), "averted_per_1000_people", {"event": outcome.name},
                            lower="averted_lower", upper="averted_upper")
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among),
        variable="events (once-only ones: the first ever, in those at risk)",
        death="counting ends with it (while alive)",
        stopping=stopping_in_words(of.populations),
        summary="rates and their ratio, and number averted",
        horizon=of.horizon_in_words))


def _averted(run: Run, outcome: Outcome, comparison: Comparison) -> Estimate:
    """Events averted by 1,000 people."""
    return answer(run, outcome, comparison).averted.times(1000.0)


def _columns(found: Answer, outcome: Outcome, comparison: Comparison) -> dict[str, object]:
    """A row's own columns."""
    sums = found.sums
    is_compared = comparison.arm != comparison.reference
    averted = found.averted if is_compared else UNKNOWN
    ratio = found.rate_ratio if is_compared else UNKNOWN
    in_treated = UNKNOWN
    if is_compared and outcome.counted is Counted.COUNT and comparison.population == REACHED and sums.years > 0:
        in_treated = averted.times(100.0 * sums.weight / sums.years)
    return {
        "of": found.of, "n": int(sums.n), "reference_events": sums.reference_events, "events": sums.events,
        "reference_person_years": sums.reference_years, "person_years": sums.years,
        "reference_rate_per_1000_person_years": 1000.0 * per_unit(sums.reference_events, sums.reference_years),
        "rate_per_1000_person_years": 1000.0 * per_unit(sums.events, sums.years), **three("rate_ratio", ratio),
        **three("averted_per_1000_people", averted.times(1000.0), "averted_lower", "averted_upper"),
        **three("averted_per_100_treated_years", in_treated, "treated_lower", "treated_upper"),
        "interval": averted.method,
    }
