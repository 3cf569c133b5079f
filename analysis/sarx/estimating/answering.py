"""Events and years of a comparison: from the sums over everyone where the file holds them, else from recorded people."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..reading import Run, labels
from .comparison import EVERYONE, OF_EVERYONE, OF_RECORDED, PER_PROTOCOL, REACHED, Comparison
from .estimates import Estimate, Kind, mean_difference, per_unit, rate_ratio, risk_ratio
from .outcomes import Counted, Outcome
from .people import needed_people, people_of
from .sums import PairedSums, total
from .survey import SurveyGroup, in_survey
from .window import INDEX, START

KINDS = {Counted.COUNT: Kind.COUNT, Counted.FIRST: Kind.YES_OR_NO, Counted.EVER: Kind.YES_OR_NO,
         Counted.YEARS: Kind.YEARS}

VIEWS = {REACHED: "reached", PER_PROTOCOL: "per_protocol"}
"""What `/outcomes` calls the sums of a population that count from the first offer; of everyone "index" or "run"."""


@dataclass(frozen=True)
class Answer:
    """Paired sums, of whom, and the groups of a survey's sampling units where it has a design."""

    sums: PairedSums
    of: str
    """OF_EVERYONE or OF_RECORDED."""
    kind: Kind
    survey: tuple[SurveyGroup, ...] = ()

    @property
    def averted(self) -> Estimate:
        """Events fewer in the arm, a person."""
        if self.survey:
            return in_survey(self.survey, self.sums.averted, self.kind,
                             lambda sums: per_unit(sums.fewer - sums.more, sums.weight))
        return mean_difference(self.sums.averted, self.kind)

    @property
    def gained(self) -> Estimate:
        """Years, or units of a variable, more in the arm, a person."""
        if self.survey:
            return in_survey(self.survey, self.sums.gained, self.kind,
                             lambda sums: per_unit(sums.longer - sums.shorter, sums.weight))
        return mean_difference(self.sums.gained, self.kind)

    @property
    def rate_ratio(self) -> Estimate:
        """Rate in the arm over that in the reference arm."""
        if self.survey:
            return in_survey(self.survey, self.sums.averted, self.kind, _ratio_of_rates, logarithm=True)
        return rate_ratio(self.sums, self.kind)

    @property
    def of_those_at_risk(self) -> Answer:
        """The answer of those alone who are at risk of a first event."""
        return replace(self, sums=self.sums.of_those_at_risk,
                       survey=tuple(replace(one, sums=one.sums.of_those_at_risk) for one in self.survey))

    @property
    def risk_ratio(self) -> Estimate:
        """Risk in the arm over that in the reference arm."""
        if self.survey:
            return in_survey(self.survey, self.sums.averted, self.kind,
                             lambda sums: per_unit(sums.events, sums.reference_events), logarithm=True)
        return risk_ratio(self.sums, self.kind)


def _ratio_of_rates(sums: PairedSums) -> float:
    return per_unit(per_unit(sums.events, sums.years), per_unit(sums.reference_events, sums.reference_years))


def answer(run: Run, outcome: Outcome, comparison: Comparison) -> Answer:
    """What is counted of an outcome in an arm and in the reference arm.

    Raises:
        SarxError: where only recorded people can tell, and nobody was recorded.
    """
    kind = KINDS[outcome.counted]
    why = _why_people(run, comparison)
    if not why:
        return Answer(_stored(run, outcome, comparison), OF_EVERYONE, kind)
    people = needed_people(run, why)
    counting = people.counting(outcome, comparison)
    who = people.members(comparison.group)
    who = who[counting.counts[who]]
    twins = counting.twins.of(who)
    return Answer(PairedSums.of_people(twins, people.weight[who]), OF_RECORDED, kind, people.survey(who, twins))


def why_not_of_everyone(run: Run, reference: str, group_is_named: bool, what: str) -> str:
    """Why numbers over everyone against the first arm do not answer; empty where they do.

    Args:
        run: the file.
        reference: the arm that is compared with.
        group_is_named: whether a group's members are named one by one.
        what: the file holds of everyone, as in "sums over everyone".
    """
    if reference != run.first_arm:
        return f"{what} are against the first arm ('{run.first_arm}'), not against '{reference}'"
    if group_is_named:
        return "groups of people (--by, --among) are told apart person by person"
    return "the dataset was cut" if {"person", "time_years"} & run.kept.keys() else ""


def _why_people(run: Run, comparison: Comparison) -> str:
    """Why the sums over everyone do not answer; empty where they do."""
    if run.outcomes is None:
        return "the file holds no sums over everyone (/outcomes): simulate it again with today's program"
    if why := why_not_of_everyone(run, comparison.reference, comparison.group.members is not None, "sums over everyone"):
        return why
    if "sampling_unit" in run.design:
        return "a survey's design needs its people one by one"
    if comparison.population != EVERYONE and comparison.window.since != INDEX:
        return "sums over those reached count from the first offer (--since index)"
    if _horizon(run, comparison) is None:
        return "sums over everyone are kept at the records after the start or the first offer only"
    return ""


def _horizon(run: Run, comparison: Comparison) -> int | None:
    """Place of a window's end on the axis of `/outcomes`; None where it is not there."""
    assert run.outcomes is not None
    horizons = run.outcomes["horizon_years"].values.astype(float)
    window = comparison.window
    length = window.within
    if window.since not in (INDEX, START, 0.0):
        return None
    if window.until is not None:
        zero = _common_offer(run, comparison) if window.since == INDEX else 0.0
        if zero is None:
            return None
        length = window.until - zero
    if np.isinf(length):
        return len(horizons) - 1
    place = int(np.abs(horizons[:-1] - length).argmin()) if len(horizons) > 1 else -1
    return place if place >= 0 and abs(horizons[place] - length) < 1e-6 else None


def _common_offer(run: Run, comparison: Comparison) -> float | None:
    """The one zero of all people's windows in an arm; None where they differ or it is not known.

    Among everyone are also those never offered anything, whose windows begin at the start: sums so long after each one's
    zero end for them at another age.
    """
    people = people_of(run)
    if people is None:
        return None
    offers = people.first_offer_years[comparison.arm]
    offered = offers[np.isfinite(offers)]
    if not len(offered) or np.ptp(offered) >= 1e-6:
        return None
    all_are = len(offered) == len(offers) and run.people == run.file_people
    return float(offered[0]) if comparison.population != EVERYONE or offered[0] == 0.0 or all_are else None


def _stored(run: Run, outcome: Outcome, comparison: Comparison) -> PairedSums:
    """Sums over everyone of a sex or of both."""
    outcomes = run.outcomes
    assert outcomes is not None
    view = VIEWS.get(comparison.population, "index" if comparison.window.since == INDEX else "run")
    sums = outcomes[outcome.name].isel(horizon_years=_horizon(run, comparison)).sel(view=view, arm=comparison.arm)
    names = labels(outcomes, "statistic")
    sex = comparison.group.sex
    return total([PairedSums.stored(dict(zip(names, sums.sel(sex=one).values)))
                  for one in labels(outcomes, "sex") if sex in ("all", one)])
