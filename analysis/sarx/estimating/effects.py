"""Paired effects on a variable: from the file's statistics of everyone, or from the recorded people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats, Whole
from ..reading import SEXES, Run
from .answering import Answer, why_not_of_everyone
from .comparison import EVERYONE, OF_EVERYONE, OF_RECORDED, Comparison
from .effect_sizes import (
    Shares,
    WithinSex,
    glass_delta,
    pairing_gain,
    shares_beyond,
    weighted_mean,
    weighted_sd,
    worthwhile_difference,
)
from .estimates import Estimate, Kind, mean_difference
from .gaining import GainedOfPeople, age_gained_of_people
from .intervals import NO_INTERVAL, SKEW_T, Interval, T
from .people import People, people_of
from .sums import Differences, PairedSums, Twins
from .values import When, insist_on_people, values_at


@dataclass(frozen=True)
class Effect:
    """What an arm does to a variable of the same people, among those alive in both arms; in the variable's unit."""

    of: str
    """OF_EVERYONE or OF_RECORDED."""
    n_both_alive: int
    n_differ: float
    survivors_lost: int
    """People alive in the reference arm only."""
    survivors_saved: int
    reference_mean: float
    arm_mean: float
    effect: Estimate
    sd: float
    """Spread of the paired difference between people."""
    glass_delta: float
    shares: Shares
    pairing_gain: float


@dataclass(frozen=True)
class Question:
    """Of what an effect is: a variable of a muscle or a person, at a record or at each one's own time."""

    variable: str
    muscle: str
    """Empty for a variable of a person."""
    when: When


def why_people(run: Run, reference: str, populations: tuple[str, ...], *, groups_are_named: bool,
               at_own_times: bool) -> str:
    """Why the effects of everyone in the file do not answer; empty where they do.

    Args:
        run: the file.
        reference: the arm that is compared with.
        populations: of which people.
        groups_are_named: whether some group's members are named one by one.
        at_own_times: whether each one is looked at so long after the own first offer, not at a record.
    """
    if run.effects is None:
        return f"effects on everyone are against the first arm ('{run.first_arm}'), not against '{reference}'"
    if why := why_not_of_everyone(run, reference, groups_are_named, "effects on everyone"):
        return why
    if populations != (EVERYONE,):
        return "who was reached or kept to the protocol is told person by person"
    if at_own_times:
        return "a time after each one's own first offer is found person by person"
    if "sampling_unit" in run.design:
        return "a survey's design needs its people one by one"
    if "weight" in run.root and run.people == run.file_people:
        return "the skewness of weighted people is known one by one, and all were recorded"
    return ""


def effect_of_everyone(run: Run, question: Question, comparison: Comparison) -> Effect:
    """An effect from the file's statistics of all pairs against the first arm.

    Args:
        run: a file with effects.
        question: of what; at a record.
        comparison: of everyone, or of everyone of a sex.
    """
    record = question.when.record
    assert record is not None
    name, muscle = question.variable, question.muscle
    base, arm, sex = comparison.reference, comparison.arm, comparison.group.sex

    def of(group: str, statistic: str, which: str, of_sex: str = sex) -> float:
        return float(run.series(group, f"{name}_{statistic}", which, of_sex, muscle)[record])

    effect = _stored(run, question, arm, sex)
    within = [WithinSex(_stored(run, question, arm, one).value, of("summary", "sd", base, one), of("effects", "n", arm, one))
              for one in (SEXES if sex == "all" else (sex,))]
    n, sd = of("effects", "n", arm), of("effects", "sd", arm)
    shares = Shares(np.nan, np.nan)
    if np.isfinite(worthwhile_difference(run, name)):
        shares = Shares(of("effects", "benefit_fraction", arm), of("effects", "worse_fraction", arm))
    return Effect(
        of=OF_EVERYONE, n_both_alive=int(n), n_differ=of("effects", "differ_n", arm),
        survivors_lost=int(of("summary", "n", base) - n), survivors_saved=int(of("summary", "n", arm) - n),
        reference_mean=of("summary", "mean", base), arm_mean=of("summary", "mean", arm), effect=effect, sd=sd,
        glass_delta=float(glass_delta(within)[0]), shares=shares,
        pairing_gain=pairing_gain(of("summary", "sd", base), of("summary", "sd", arm), sd))


def _stored(run: Run, question: Question, arm: str, sex: str) -> Estimate:
    """Effect with its interval from mean, spread, third moment and number of the pairs that differ."""
    def of(statistic: str) -> float:
        course = run.series("effects", f"{question.variable}_{statistic}", arm, sex, question.muscle)
        return float(course[question.when.record])

    mean, sd, n, third = of("mean"), of("sd"), of("n"), of("third")
    if "weight" in run.design or not n or not np.isfinite(sd):
        method = SKEW_T if np.isfinite(third) else T
        lower, upper = of("lower"), of("upper")
        return Estimate(mean, Interval(lower, upper, method) if upper > lower else NO_INTERVAL)
    differ = of("differ_n")
    if not np.isfinite(differ):  # an older file: whether anybody differs, and no more
        differ = n if sd > 0 else 0.0
    squares = (n - 1.0) * sd**2 + n * mean**2
    cubes = n * third + 3.0 * mean * squares - 2.0 * n * mean**3
    return mean_difference(
        Differences(n=n, weight=n, weight_squares=n, total=n * mean, total_w2=n * mean, squares=squares, cubes=cubes,
                    up=differ, down=0.0), Kind.VALUE)


@dataclass(frozen=True)
class _Pairs:
    """Who is compared, by place, with their values in the reference arm and in the arm, NaN for the dead: (person)."""

    who: Whole
    reference: Floats
    arm: Floats


def _pairs(people: People, question: Question, comparison: Comparison) -> _Pairs:
    insist_on_people(people.run, question.variable)
    span = people.span(comparison)
    who = people.members(comparison.group)
    who = who[people.in_population(comparison, span)[who]]
    reference, arm = (values_at(people, question.variable, question.muscle, one, question.when, span)[who]
                      for one in (comparison.reference, comparison.arm))
    return _Pairs(who, reference, arm)


def paired_effect(people: People, question: Question, comparison: Comparison) -> Estimate:
    """Mean paired difference of recorded people alive in both arms, with its interval.

    Raises:
        SarxError: where the variable is not recorded person by person.
    """
    pairs = _pairs(people, question, comparison)
    return _effect(people, pairs, _differences(people, pairs))


def _differences(people: People, pairs: _Pairs) -> Differences:
    """Of those alive in both arms."""
    both = np.isfinite(pairs.reference) & np.isfinite(pairs.arm)
    return Differences.of((pairs.arm - pairs.reference)[both], people.weight[pairs.who[both]])


def _effect(people: People, pairs: _Pairs, differences: Differences) -> Estimate:
    both = np.isfinite(pairs.reference) & np.isfinite(pairs.arm)
    twins = Twins.with_values(pairs.arm[both], pairs.reference[both])
    survey = people.survey(pairs.who[both], twins)
    if not survey:
        return mean_difference(differences, Kind.VALUE)
    sums = PairedSums.of_people(twins, people.weight[pairs.who[both]])
    return Answer(sums, OF_RECORDED, Kind.VALUE, survey).gained


def effect_of_people(people: People, question: Question, comparison: Comparison) -> Effect:
    """An effect from the recorded people.

    Raises:
        SarxError: where the variable is not recorded person by person.
    """
    pairs = _pairs(people, question, comparison)
    weight = people.weight[pairs.who]
    both = np.isfinite(pairs.reference) & np.isfinite(pairs.arm)
    difference = pairs.arm - pairs.reference
    differences = _differences(people, pairs)
    sd = weighted_sd(difference[both], weight[both])
    within = []
    for sex in (1.0, 0.0):
        of_sex = people.female[pairs.who] == sex
        of_pairs = both & of_sex
        within.append(WithinSex(weighted_mean(difference[of_pairs], weight[of_pairs]),
                                weighted_sd(pairs.reference[of_sex], weight[of_sex]), float(of_pairs.sum())))
    return Effect(
        of=OF_RECORDED, n_both_alive=int(both.sum()), n_differ=differences.differ,
        survivors_lost=int((np.isfinite(pairs.reference) & ~both).sum()),
        survivors_saved=int((np.isfinite(pairs.arm) & ~both).sum()),
        reference_mean=weighted_mean(pairs.reference, weight), arm_mean=weighted_mean(pairs.arm, weight),
        effect=_effect(people, pairs, differences), sd=sd, glass_delta=float(glass_delta(within)[0]),
        shares=shares_beyond(people.run, question.variable, difference[both], weight[both]),
        pairing_gain=pairing_gain(weighted_sd(pairs.reference, weight), weighted_sd(pairs.arm, weight), sd))


def ageing_gained(run: Run, question: Question, comparison: Comparison) -> GainedOfPeople | None:
    """Years of ageing gained by the recorded people of a group, with a jackknife's interval; None where it cannot be told.

    It is told of everyone, where people were recorded and began at one age.
    """
    people = people_of(run)
    name = question.variable
    if people is None or run.start_age_years is None or name not in run.root or comparison.population != EVERYONE:
        return None
    who = people.members(comparison.group)
    reference, arm = (run.people_courses(name, one, question.muscle)[who]
                      for one in (comparison.reference, comparison.arm))
    return age_gained_of_people(run.start_age_years + run.times_years, reference, arm, people.weight[who])


def most_telling_record(run: Run) -> int:
    """Index of the record at which an arm differs most from the first, in spreads between people; else the last."""
    count = run.by_time.sizes["time_years"]
    if run.effects is None:
        return count - 1
    most = np.zeros(count)
    for name in run.variables(run.effects, "mean"):
        for muscle in run.muscles_of(name):
            spread = run.series("summary", f"{name}_sd", run.first_arm, "all", muscle)
            for arm in run.file_arms[1:]:
                effect = np.abs(run.series("effects", f"{name}_mean", arm, "all", muscle))
                most = np.fmax(most, np.divide(effect, spread, out=np.zeros(count), where=spread > 0))
    return int(np.nanargmax(most)) if most.any() else count - 1
