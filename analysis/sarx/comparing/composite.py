"""Death first, then function: each person's life in an arm against the same person's in the reference arm (win ratio)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import SarxError
from ..estimating.clock import TOLERANCE, Since
from ..estimating.estimates import Estimate, Kind, SurveyGroup, mean_difference, per_unit
from ..estimating.intervals import NO_INTERVAL, odds_of_share
from ..estimating.people import EVERYONE, REACHED, People, members
from ..estimating.sums import Differences, Twins
from ..levels import OF_FUNCTION
from ..reading import Run, Source
from .answering import OF_RECORDED, in_survey, needed_people, survey_of
from .asking import Asked, Names, asked, known
from .effects import worthwhile_difference
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Place, Table, three
from .values import recorded

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
    decides = _decides(of.run, variable, worthwhile)
    table = Table(of, COMPOSITE_COLUMNS)
    for place in table.places():
        table.add(place, **_columns(of, people, place, decides))
    told = (f"then {decides.variable} by {decides.worthwhile:g} or more" if decides
            else "nothing else, as no measure of function with a smallest worthwhile difference was recorded")
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among), variable=f"alive at the end, {told}",
        death="decides first (composite)", stopping=stopping_in_words(of.populations),
        summary="win ratio and net benefit",
        horizon=of.horizon_in_words))


@dataclass(frozen=True)
class Decides:
    """What decides where death does not."""

    variable: str
    worthwhile: float
    sign: float
    """1 where higher is better."""


def _decides(run: Run, variable: str | None, worthwhile: float | None) -> Decides | None:
    """The measure of function that decides; None where there is none."""
    if worthwhile is not None and not worthwhile > 0:
        raise SarxError(f"a worthwhile difference of {worthwhile:g}: a number above 0")
    if variable is None:
        there = [name for name in OF_FUNCTION if name in run.root and np.isfinite(worthwhile_difference(run, name))]
        if not there:
            return None
        variable = there[0]
    known("variable", variable, [str(name) for name in run.root.data_vars if "time_years" in run.root[name].dims])
    recorded(run, variable)
    difference = worthwhile if worthwhile is not None else worthwhile_difference(run, variable)
    better = str(run.attributes(variable).get("better", "none"))
    if not np.isfinite(difference):
        raise SarxError(f"no smallest worthwhile difference of '{variable}' is known: say it (worthwhile=)")
    if better not in ("higher", "lower") or "muscle" in run.root[variable].dims:
        raise SarxError(f"'{variable}' cannot decide who fares better: of it neither higher nor lower is better, or it is "
                        "of muscles")
    return Decides(variable, float(difference), 1.0 if better == "higher" else -1.0)


def _columns(of: Asked, people: People, place: Place, decides: Decides | None) -> dict[str, object]:
    """A row's own columns."""
    arm, base = place.arm, of.reference
    offered = people.of_pair(people.first_offer_years, arm, base)
    zero, end, reaches = place.clock.span(offered, people.follow_up_years)
    to_the_end = place.clock.until is None and bool(np.isinf(place.clock.within))
    counts = reaches & people.in_population(place.population, arm, base, zero, end, to_the_end)
    who = members(people, place.group.sex, place.group.members)
    deaths = [people.death_years(one) for one in (base, arm)]
    who = who[(counts & (np.fmin(*deaths) > zero))[who]]
    # Alive or dead at the end: arms share their luck, so nearly every death is moved by hours.
    lives = [(death > end)[who] for death in deaths]
    fate = lives[1].astype(float) - lives[0].astype(float)
    by_death = fate.copy()
    if decides:
        alive = lives[0] & lives[1]
        gain = decides.sign * _gain(people, decides.variable, arm, base, end)[who]
        decided = np.where(gain >= decides.worthwhile, 1.0, np.where(gain <= -decides.worthwhile, -1.0, 0.0))
        fate = np.where(alive & (fate == 0), decided, fate)
    weight = people.weight[who]
    net, ratio = _fates(fate, weight, survey_of(people, who, Twins.with_values(fate, np.zeros(len(who)))))
    return {
        "variable": decides.variable if decides else "", "of": OF_RECORDED, "n": len(who),
        "worthwhile_difference": decides.worthwhile if decides else np.nan,
        "lives_longer": int((by_death > 0).sum()), "lives_shorter": int((by_death < 0).sum()),
        "better": int(((fate > 0) & (by_death == 0)).sum()), "worse": int(((fate < 0) & (by_death == 0)).sum()),
        "alike": int((fate == 0).sum()), **three("win_ratio", ratio, "ratio_lower", "ratio_upper"),
        **three("net_benefit", net), "interval": net.method,
    }


def _gain(people: People, variable: str, arm: str, base: str, end: np.ndarray) -> np.ndarray:
    """Difference of a variable at the last record at or before each one's end: (person)."""
    times = people.run.root["time_years"].values.astype(float)
    place = np.maximum(np.searchsorted(times, end + TOLERANCE, side="right") - 1, 0)
    values = [people.run.people_courses(variable, of)[np.arange(people.count), place].astype(float) for of in (base, arm)]
    return values[1] - values[0]


def _fates(fate: np.ndarray, weight: np.ndarray, survey: tuple[SurveyGroup, ...]) -> tuple[Estimate, Estimate]:
    """Net benefit and win ratio of fates, 1 better and -1 worse."""
    differences = Differences.of(fate, weight)
    ratio = win_ratio(fate, weight)
    if not survey:
        return mean_difference(differences, Kind.YES_OR_NO), ratio
    net = in_survey(survey, differences, Kind.YES_OR_NO, lambda sums: per_unit(sums.longer - sums.shorter, sums.weight))
    spread = in_survey(survey, differences, Kind.YES_OR_NO, lambda sums: per_unit(sums.longer, sums.shorter),
                       logarithm=True)
    return net, Estimate(ratio.value, spread.interval)


def win_ratio(fate: np.ndarray, weight: np.ndarray) -> Estimate:
    """Better fates over worse ones; exact given how many are decided, with weights by their effective number."""
    wins, losses = (float(weight @ (fate == sign)) for sign in (1.0, -1.0))
    if not wins or not losses:
        return Estimate(np.inf if wins and not losses else 0.0 if losses else np.nan, NO_INTERVAL)
    of_decided = weight[fate != 0]
    effective = float(of_decided.sum()**2 / (of_decided**2).sum())
    return Estimate(wins / losses, odds_of_share(effective * wins / (wins + losses), effective))
