"""Paired sums for a question: from the sums over everyone where the file holds them, else from the recorded people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..errors import SarxError
from ..estimating.clock import INDEX, START, Clock
from ..estimating.estimates import (
    FEWEST,
    Estimate,
    Kind,
    SurveyGroup,
    jackknifed,
    mean_difference,
    per_unit,
    rate_ratio,
    risk_ratio,
)
from ..estimating.intervals import FEW_EVENTS, NO_INTERVAL
from ..estimating.measures import Counted, Measure
from ..estimating.people import EVERYONE, PER_PROTOCOL, REACHED, People, counted_of_pair, members, people_of
from ..estimating.sums import Differences, PairedSums, Twins
from ..grouping import Group
from ..reading import Run
from .asking import Asked

OF_EVERYONE, OF_RECORDED = "everyone", "recorded people"


@dataclass(frozen=True)
class Answer:
    """Paired sums, of whom, and the groups of a survey's sampling units where it has a design."""

    sums: PairedSums
    of: str
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


def in_survey(survey: tuple[SurveyGroup, ...], differences: Differences, kind: Kind,
              estimate: Callable[[PairedSums], float], *, logarithm: bool = False) -> Estimate:
    """An estimate with a jackknife's interval, where enough people differ for groups of them to tell a spread."""
    found = jackknifed(list(survey), estimate, logarithm=logarithm)
    enough = differences.differ >= max(FEWEST[kind], FEW_EVENTS)
    if not enough:
        return Estimate(found.value, NO_INTERVAL)
    return found.within_shares if kind is Kind.YES_OR_NO and not logarithm else found


def _ratio_of_rates(sums: PairedSums) -> float:
    return per_unit(per_unit(sums.events, sums.years), per_unit(sums.reference_events, sums.reference_years))


KINDS = {Counted.COUNT: Kind.COUNT, Counted.FIRST: Kind.YES_OR_NO, Counted.EVER: Kind.YES_OR_NO,
         Counted.YEARS: Kind.YEARS}


def answer(of: Asked, measure: Measure, arm: str, clock: Clock, population: str, group: Group) -> Answer:
    """What is counted of a measure in an arm and in the reference arm.

    Raises:
        SarxError: where only recorded people can tell, and nobody was recorded.
    """
    kind = KINDS[measure.kind]
    why = why_people(of, arm, clock, population, group)
    if not why:
        stored = _stored(of.run, measure, arm, clock, population, group.sex)
        return Answer(stored, OF_EVERYONE, kind)
    people = needed_people(of.run, why)
    counted = counted_of_pair(people, measure, arm, of.reference, clock, population)
    who = members(people, group.sex, group.members)
    who = who[counted.counts[who]]
    twins = counted.twins.of(who)
    return Answer(PairedSums.of_people(twins, people.weight[who]), OF_RECORDED, kind, survey_of(people, who, twins))


def survey_of(people: People, who: np.ndarray, twins: Twins) -> tuple[SurveyGroup, ...]:
    """The sums of each group of sampling units; none without a survey's design.

    Args:
        people: of the run.
        who: places of those who count.
        twins: what these have.
    """
    if people.survey_groups is None:
        return ()
    of_person, of_group = people.survey_groups
    stratum = dict(zip(of_person, of_group))
    there = of_person[who]
    return tuple(SurveyGroup(int(stratum[one]), PairedSums.of_people(twins.of(there == one),
                                                                      people.weight[who][there == one]))
                 for one in np.unique(of_person))


def why_people(of: Asked, arm: str, clock: Clock, population: str, group: Group) -> str:
    """Why the sums over everyone do not answer; empty where they do."""
    run = of.run
    if run.outcomes is None:
        return "the file holds no sums over everyone (/outcomes): simulate it again with today's program"
    if of.reference != run.first_arm:
        return f"sums over everyone are against the first arm ('{run.first_arm}'), not against '{of.reference}'"
    if group.members is not None:
        return "groups of people (--by, --among) are told apart person by person"
    if {"person", "time_years"} & run.kept.keys():
        return "the dataset was cut"
    if "sampling_unit" in run.design:
        return "a survey's design needs its people one by one"
    if population != EVERYONE and clock.since != INDEX:
        return "sums over those reached count from the first offer (--since index)"
    if _horizon(run, arm, clock, population) is None:
        return "sums over everyone are kept at the records after the start or the first offer only"
    return ""


def needed_people(run: Run, why: str) -> People:
    """The recorded people, where only they can tell."""
    people = people_of(run)
    if people is None:
        raise SarxError(f"this needs people one by one, and {run.path.name} holds nobody's: {why}; record people "
                        "(`record: {people: all}`)")
    return people


def _horizon(run: Run, arm: str, clock: Clock, population: str) -> int | None:
    """Place of a clock's end on the axis of `/outcomes`; None where it is not there."""
    assert run.outcomes is not None
    horizons = run.outcomes["horizon_years"].values.astype(float)
    length = clock.within
    if clock.since not in (INDEX, START, 0.0):
        return None
    if clock.until is not None:
        zero = common_offer(run, arm, population) if clock.since == INDEX else 0.0
        if zero is None:
            return None
        length = clock.until - zero
    if np.isinf(length):
        return len(horizons) - 1
    place = int(np.abs(horizons[:-1] - length).argmin()) if len(horizons) > 1 else -1
    return place if place >= 0 and abs(horizons[place] - length) < 1e-6 else None


def common_offer(run: Run, arm: str, population: str) -> float | None:
    """The one zero of all people's clocks in an arm; None where they differ or it is not known.

    Among everyone are also those never offered anything, whose clocks begin at the start: sums so long after each one's
    zero end for them at another age.
    """
    people = people_of(run)
    if people is None:
        return None
    offers = people.first_offer_years[arm]
    offered = offers[np.isfinite(offers)]
    if not len(offered) or np.ptp(offered) >= 1e-6:
        return None
    all_are = len(offered) == len(offers) and run.people == run.file_people
    return float(offered[0]) if population != EVERYONE or offered[0] == 0.0 or all_are else None


def _stored(run: Run, measure: Measure, arm: str, clock: Clock, population: str, sex: str) -> PairedSums:
    """Sums over everyone of a sex or of both."""
    outcomes = run.outcomes
    assert outcomes is not None
    view = {EVERYONE: "index" if clock.since == INDEX else "run", REACHED: "reached",
            PER_PROTOCOL: "per_protocol"}[population]
    horizon = _horizon(run, arm, clock, population)
    data = outcomes[measure.name].isel(horizon_years=horizon).transpose("statistic", "view", "arm", "sex")
    place = tuple([str(name) for name in outcomes[axis].values].index(label)
                  for axis, label in (("view", view), ("arm", arm)))
    names = [str(name) for name in outcomes["statistic"].values]
    sexes = [str(name) for name in outcomes["sex"].values]
    parts = [PairedSums.stored(dict(zip(names, data.values[:, place[0], place[1], s])))
             for s, name in enumerate(sexes) if sex in ("all", name)]
    return sum(parts[1:], parts[0])
