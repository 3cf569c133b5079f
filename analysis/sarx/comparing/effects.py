"""Paired effects on measured variables: what an arm does to the same people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from ..errors import known
from ..estimating.comparison import Comparison
from ..estimating.effect_sizes import worthwhile_difference
from ..estimating.effects import (
    Question,
    ageing_gained,
    effect_of_everyone,
    effect_of_people,
    paired_effect,
    why_people,
)
from ..estimating.people import People, needed_people
from ..estimating.window import Since
from ..reading import Run, Source
from .asking import Names, asked, listed, whens
from .estimand import ALIVE_IN_BOTH, Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Table, three

EFFECT_COLUMNS = [
    *SHARED, "muscle", "time_years", "age_years", "variable", "unit", "of", "n_both_alive", "n_differ",
    "survivors_lost", "survivors_saved", "reference_mean", "arm_mean", "effect", "lower", "upper", "interval", "sd",
    "glass_delta", "benefit_fraction", "worse_fraction", "worthwhile_difference", "pairing_gain", "age_gained_years",
    "age_gained_lower", "age_gained_upper", "age_gained_is_floor",
]


def compare(
    source: Source,
    *,
    variables: Names = None,
    at: Iterable[float] | None = None,
    by: str | None = None,
    among: str | None = None,
    arms: Names = None,
    reference: str | None = None,
    muscles: Names = None,
    since: Since | None = None,
    within: float | None = None,
    population: Names = None,
) -> pd.DataFrame:
    """Paired effects: what an arm does to the same people, among those alive in both arms.

    Args:
        source: a path, a dataset from `sarx.open`, also one cut to some people, arms or times, or a `Run`.
        variables: names; None for all of which the file holds effects.
        at: ages in years where everyone starts at the same age, else years since the start; None for 70 and
            80 where the run has them, else where arms differ most, and its last record.
        by: "sex" for women and men apart; a trait or recorded variable, as "reinnervation_capacity:4" for four equal
            parts of the recorded people by it at the first record, within each sex and ten years of age.
        among: a condition at the first record, as "sex == female and grip_strength_kg < 20".
        arms: which to compare; None for all but the reference.
        reference: the arm to compare with; None for the file's first. Another than the first is computed
            from the recorded people.
        muscles: of variables of a muscle only these; None for all.
        since: with `within`: "index" (the first offer), "start", or years after the start.
        within: instead of `at`: so many years after each one's first offer, or after what `since` says.
        population: "everyone", "reached", "per_protocol".

    Returns:
        A row for each arm, population, group, muscle, time and variable:

        - `effect`, `lower`, `upper`: mean paired difference with its 95 % interval (Monte Carlo error), `interval` how
          it was made or that too few people differ; `sd`: its spread between people;
        - `glass_delta`: effect over the reference's spread between people of a sex, women's and men's averaged;
        - `benefit_fraction`, `worse_fraction`: share of people better and worse off by the smallest worthwhile
          difference, where one is known;
        - `n_both_alive`, `n_differ`; `survivors_lost`, `survivors_saved`: people alive only in the reference, only in
          the arm;
        - `pairing_gain`: variance of an unpaired comparison over that of the paired one;
        - `age_gained_years` with its interval: age at which the arm reaches what the reference had at 70, less 70, of
          the recorded people; a lower bound where `age_gained_is_floor`.

    Raises:
        SarxError: for a file with one arm, or a name, age, condition or `by` that is not there.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within,
               population=population, counts_time=False)
    table = Table(of, EFFECT_COLUMNS)
    run = of.run
    groups_are_named = any(group.members is not None for group in of.groups.groups)
    why = why_people(run, of.reference, of.populations, groups_are_named=groups_are_named, at_own_times=within is not None)
    people = needed_people(run, why) if why else None
    names = _variables(run, listed("variable", variables), people is not None)
    shown = [known("muscle", muscle, run.muscles) for muscle in listed("muscle", muscles) or run.muscles]
    for when in whens(of, at, within):
        for name in names:
            for muscle in shown if run.is_of_muscle(name) else [""]:
                _add(table, Question(name, muscle, when), people)
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among),
        variable="the value" if within is None else "the value at the record nearest to the horizon",
        death=f"among {ALIVE_IN_BOTH}", stopping=stopping_in_words(of.populations),
        summary="mean paired difference",
        horizon="at the age or time of each row" if within is None else of.horizon_in_words))


def _variables(run: Run, names: Sequence[str] | None, from_people: bool) -> list[str]:
    """The variables to compare."""
    there = run.variables(run.by_time if from_people else run.effects, "mean")
    if names is not None:
        return [known("variable", name, there) for name in names]
    return [name for name in there if name != "alive" and (name in run.root or not from_people)]


def _add(table: Table, question: Question, people: People | None) -> None:
    """Adds the rows of a variable at a time, and after those of a population its contrasts.

    Args:
        table: what the rows are added to.
        question: of what.
        people: the recorded ones, where only they can tell.
    """
    run = table.asked.run
    moment = question.when.moment(run)
    about = {"muscle": question.muscle, "time_years": moment.time_years, "age_years": moment.age_years,
             "variable": question.variable, "unit": str(run.attributes(question.variable).get("units", "1"))}
    windows = [question.when.window]
    for population in table.asked.populations:
        for comparison in table.comparisons(windows, [population]):
            table.add(comparison, about | _columns(run, question, comparison, people))
        if people is not None:
            table.add_contrasts(partial(paired_effect, people, question), "effect", about | {"age_gained_is_floor": False},
                                windows=windows, populations=[population])


def _columns(run: Run, question: Question, comparison: Comparison, people: People | None) -> dict[str, object]:
    """A row's own columns."""
    found = (effect_of_everyone(run, question, comparison) if people is None
             else effect_of_people(people, question, comparison))
    gained = ageing_gained(run, question, comparison) if np.isfinite([found.effect.lower, found.effect.upper]).all() else None
    columns: dict[str, object] = {
        "worthwhile_difference": worthwhile_difference(run, question.variable), "of": found.of,
        "n_both_alive": found.n_both_alive, "n_differ": found.n_differ, "survivors_lost": found.survivors_lost,
        "survivors_saved": found.survivors_saved, "reference_mean": found.reference_mean, "arm_mean": found.arm_mean,
        **three("effect", found.effect), "interval": found.effect.method, "sd": found.sd,
        "glass_delta": found.glass_delta, "benefit_fraction": found.shares.better, "worse_fraction": found.shares.worse,
        "pairing_gain": found.pairing_gain, "age_gained_is_floor": gained.is_floor if gained else False,
    }
    return columns | (three("age_gained_years", gained.years, "age_gained_lower", "age_gained_upper") if gained else {})
