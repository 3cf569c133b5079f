"""Death first, then function: how each recorded person fares in an arm against the same person in the reference arm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..errors import SarxError, known
from ..levels import OF_FUNCTION
from ..reading import Run
from .comparison import Comparison
from .effect_sizes import better, worthwhile_difference
from .estimates import Estimate, Kind, mean_difference, per_unit
from .intervals import NO_INTERVAL, odds_of_share
from .people import People
from .sums import Differences, Twins
from .survey import SurveyGroup, in_survey
from .values import insist_on_people, values_before


@dataclass(frozen=True)
class Decides:
    """What decides where death does not."""

    variable: str
    worthwhile: float
    """The smallest difference that counts, in its unit."""
    sign: float
    """1 where higher is better, else -1."""


def what_decides(run: Run, variable: str | None, worthwhile: float | None) -> Decides | None:
    """The measure of function that decides; None where there is none.

    Args:
        run: the file.
        variable: its name; None for the first that is recorded and has a smallest worthwhile difference.
        worthwhile: that difference; None for the file's.

    Raises:
        SarxError: for a variable or a difference that cannot decide.
    """
    if worthwhile is not None and not worthwhile > 0:
        raise SarxError(f"a worthwhile difference of {worthwhile:g}: a number above 0")
    if variable is None:
        there = [name for name in OF_FUNCTION if name in run.root and np.isfinite(worthwhile_difference(run, name))]
        if not there:
            return None
        variable = there[0]
    known("variable", variable, [str(name) for name in run.root.data_vars if "time_years" in run.root[name].dims])
    insist_on_people(run, variable)
    difference = worthwhile if worthwhile is not None else worthwhile_difference(run, variable)
    sign = better(run.attributes(variable))
    if not np.isfinite(difference):
        raise SarxError(f"no smallest worthwhile difference of '{variable}' is known: say it (worthwhile=)")
    if not sign or "muscle" in run.root[variable].dims:
        raise SarxError(f"'{variable}' cannot decide who fares better: of it neither higher nor lower is better, or it is "
                        "of muscles")
    return Decides(variable, float(difference), sign)


@dataclass(frozen=True)
class Fates:
    """How many fare better and worse than as their own twins, and what comes of it."""

    n: int
    lives_longer: int
    """Alive at the end in the arm alone."""
    lives_shorter: int
    better: int
    """Of those alive in both."""
    worse: int
    alike: int
    win_ratio: Estimate
    """Better fates over worse ones."""
    net_benefit: Estimate
    """Their difference, by people."""


def fates(people: People, decides: Decides | None, comparison: Comparison) -> Fates:
    """How the people of a comparison fare who live at its zero in both arms.

    Args:
        people: of the run.
        decides: between lives in which neither is over at the end; None: nothing does.
        comparison: of which arm with which.
    """
    span = people.span(comparison)
    counts = span.is_followed & people.in_population(comparison, span)
    who = people.members(comparison.group)
    twin_dies, dies = (people.death_years(arm) for arm in (comparison.reference, comparison.arm))
    who = who[(counts & (np.fmin(twin_dies, dies) > span.zero))[who]]
    # Alive or dead at the end: arms share their luck, so nearly every death is moved by hours.
    twin_lives, lives = (twin_dies > span.end)[who], (dies > span.end)[who]
    by_death = lives.astype(float) - twin_lives.astype(float)
    fate = by_death
    if decides:
        values = [values_before(people, decides.variable, arm, span.end) for arm in (comparison.reference, comparison.arm)]
        gain = decides.sign * (values[1] - values[0])[who]
        decided = np.where(gain >= decides.worthwhile, 1.0, np.where(gain <= -decides.worthwhile, -1.0, 0.0))
        fate = np.where(twin_lives & lives & (fate == 0), decided, fate)
    weight = people.weight[who]
    survey = people.survey(who, Twins.with_values(fate, np.zeros(len(who))))
    return Fates(
        n=len(who), lives_longer=int((by_death > 0).sum()), lives_shorter=int((by_death < 0).sum()),
        better=int(((fate > 0) & (by_death == 0)).sum()), worse=int(((fate < 0) & (by_death == 0)).sum()),
        alike=int((fate == 0).sum()), win_ratio=_win_ratio(fate, weight, survey),
        net_benefit=_net_benefit(fate, weight, survey))


def _net_benefit(fate: Floats, weight: Floats, survey: tuple[SurveyGroup, ...]) -> Estimate:
    """Better less worse fates, by people; a fate is 1 better, -1 worse or 0."""
    differences = Differences.of(fate, weight)
    if not survey:
        return mean_difference(differences, Kind.YES_OR_NO)
    return in_survey(survey, differences, Kind.YES_OR_NO, lambda sums: per_unit(sums.longer - sums.shorter, sums.weight))


def _win_ratio(fate: Floats, weight: Floats, survey: tuple[SurveyGroup, ...]) -> Estimate:
    """Better fates over worse ones; exact given how many are decided, with weights by their effective number."""
    ratio = win_ratio(fate, weight)
    if not survey:
        return ratio
    spread = in_survey(survey, Differences.of(fate, weight), Kind.YES_OR_NO,
                       lambda sums: per_unit(sums.longer, sums.shorter), logarithm=True)
    return Estimate(ratio.value, spread.interval)


def win_ratio(fate: Floats, weight: Floats) -> Estimate:
    """The same of people drawn one by one.

    Args:
        fate: 1 better, -1 worse or 0: (person).
        weight: survey weights: (person).
    """
    wins, losses = (float(weight @ (fate == sign)) for sign in (1.0, -1.0))
    if not wins or not losses:
        return Estimate(np.inf if wins and not losses else 0.0 if losses else np.nan, NO_INTERVAL)
    of_decided = weight[fate != 0]
    effective = float(of_decided.sum()**2 / (of_decided**2).sum())
    return Estimate(wins / losses, odds_of_share(effective * wins / (wins + losses), effective))
