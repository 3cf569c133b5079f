"""Prevalence by class of what is told in classes: sarcopenia, disability; the dead are a class of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import SarxError
from ..estimating.clock import TOLERANCE, Since
from ..estimating.estimates import Kind, SurveyGroup, mean_difference, per_unit
from ..estimating.people import EVERYONE, People, members
from ..estimating.sums import Differences, Twins
from ..reading import Run, Source
from .answering import OF_EVERYONE, OF_RECORDED, in_survey, needed_people, survey_of
from .asking import Asked, Names, asked, known, listed
from .effects import whens
from .estimand import Estimand, populations_in_words, stopping_in_words
from .rows import SHARED, Place, Table, three
from .values import When, recorded, records_near, values_at, zero_of

PREVALENCE_COLUMNS = [*SHARED, "time_years", "age_years", "variable", "class", "of", "n", "reference_share", "share",
                      "difference", "lower", "upper", "interval"]

DEAD = "dead"


class NothingInClasses(SarxError):
    """A file that holds no variable in classes."""


@dataclass(frozen=True)
class Pairs:
    """People by their class in the reference arm and in the arm: (reference class, class)."""

    n: np.ndarray
    weight: np.ndarray
    weight_squares: np.ndarray

    def share(self, place: int, in_reference: bool) -> float:
        """Of people in a class, by weight."""
        return per_unit(float(self.weight.sum(axis=1 if in_reference else 0)[place]), float(self.weight.sum()))

    def difference(self, place: int) -> Differences:
        """Of the share in a class, arm less reference."""
        into, out = _crossing(self.n, place), _crossing(self.n, place, out=True)
        weights, squares = ([_crossing(of, place, out=way) for way in (False, True)]
                            for of in (self.weight, self.weight_squares))
        cubes = [square**2 / weight if weight > 0 else 0.0 for weight, square in zip(weights, squares)]
        return Differences(float(self.n.sum()), float(self.weight.sum()), float(self.weight_squares.sum()),
                           weights[0] - weights[1], squares[0] - squares[1], squares[0] + squares[1],
                           cubes[0] - cubes[1], into, out)


def _crossing(of: np.ndarray, place: int, out: bool = False) -> float:
    """Of those who are in a class in the arm and not in the reference, or the other way round."""
    line = of[place, :] if out else of[:, place]
    return float(line.sum() - of[place, place])


def compare_prevalence(
    source: Source,
    *,
    variables: Names = None,
    at: Iterable[float] | None = None,
    by: str | None = None,
    among: str | None = None,
    arms: Names = None,
    reference: str | None = None,
    since: Since | None = None,
    within: float | None = None,
    population: Names = None,
) -> pd.DataFrame:
    """Share of people in each class of a coded variable, the dead as a class, and what an arm changes of it.

    Args:
        source: as in `compare`, and so are by, among, arms, reference, since, within and population.
        variables: names; None for all with classes.
        at: ages or times as in `compare`.
        by: groups.
        among: a condition at the first record.
        arms: names.
        reference: the arm to compare with.
        since: with `within`, from when.
        within: instead of `at`: years after that.
        population: of whom.

    Returns:
        A row for each arm, population, group, time, variable and class: `reference_share`, `share` of all who began and
        are in follow-up, the dead too; `difference` with its 95 % interval `lower`, `upper`.
    """
    of = asked(source, by=by, among=among, arms=arms, reference=reference, since=since, within=within,
               population=population, counts_time=False)
    table = Table(of, PREVALENCE_COLUMNS)
    there = _variables(of.run)
    if not there:
        raise NothingInClasses(f"{of.run.path.name} holds no variable in classes, of everyone or of recorded people: "
                               "record sarcopenia_ewgsop2 or disability")
    for when in whens(of, at, within):
        for name in [known("variable with classes", one, there) for one in listed("variable", variables) or there]:
            for place in table.places():
                _add(table, Place(place.arm, place.population, when.clock, place.group), name, when)
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among), variable="classes",
        death="a class of its own (composite)",
        stopping=stopping_in_words(of.populations), summary="share of people and paired difference",
        horizon="at the age or time of each row" if within is None else of.horizon_in_words))


def _variables(run: Run) -> list[str]:
    """Variables in classes: of everyone, else of recorded people."""
    if "prevalence" in run.groups:
        stored = [str(name) for name, data in run.group("prevalence").data_vars.items() if "statistic" in data.dims]
    else:
        stored = [str(name) for name, data in run.root.data_vars.items()
                  if "time_years" in data.dims and "flag_meanings" in data.attrs]
    return [name for name in stored if name != "alive"]


def _add(table: Table, place: Place, name: str, when: When) -> None:
    """Adds a row for each class."""
    of = table.asked
    why = _why_people(of, place, name, when)
    survey: dict[int, tuple[SurveyGroup, ...]] = {}
    if why:
        people = needed_people(of.run, why)
        labels, pairs, survey = _of_people(people, of, place, name, when)
    else:
        labels, pairs = _stored(of.run, place, name, when)
    time, age = when.words(of.run)
    for c, label in enumerate(labels):
        found = pairs.difference(c)
        difference = (in_survey(survey[c], found, Kind.YES_OR_NO,
                                lambda sums: per_unit(sums.longer - sums.shorter, sums.weight))
                      if survey else mean_difference(found, Kind.YES_OR_NO))
        table.add(place, time_years=time, age_years=age, variable=name, of=OF_RECORDED if why else OF_EVERYONE,
                  n=int(pairs.n.sum()), reference_share=pairs.share(c, True), share=pairs.share(c, False),
                  **three("difference", difference), interval=difference.method, **{"class": label})


def _why_people(of: Asked, place: Place, name: str, when: When) -> str:
    """Why the counts over everyone do not answer; empty where they do."""
    run = of.run
    if "prevalence" not in run.groups:
        return "the file holds no counts over everyone (/prevalence): simulate it again with today's program"
    if of.reference != run.first_arm:
        return f"counts over everyone are against the first arm ('{run.first_arm}'), not against '{of.reference}'"
    if place.group.members is not None:
        return "groups of people (--by, --among) are told apart person by person"
    if {"person", "time_years"} & run.kept.keys():
        return "the dataset was cut"
    if place.population != EVERYONE:
        return "who was reached or kept to the protocol is told person by person"
    if when.record is None:
        return "a time after each one's own first offer is found person by person"
    return "a survey's design needs its people one by one" if "sampling_unit" in run.design else ""


def _stored(run: Run, place: Place, name: str, when: When) -> tuple[list[str], Pairs]:
    """Counts over everyone."""
    group = run.group("prevalence")
    data = group[name].sel(arm=place.arm).isel(time_years=when.record)
    data = data.sum("sex") if place.group.sex == "all" else data.sel(sex=place.group.sex)
    twin, own = f"{name}_reference", f"{name}_class"
    counts = data.transpose("statistic", twin, own)
    statistics = [str(label) for label in group["statistic"].values]
    return ([str(label) for label in group[own].values],
            Pairs(*(counts.values[statistics.index(label)].astype(float) for label in ("n", "weight", "weight_squares"))))


def _of_people(people: People, of: Asked, place: Place, name: str,
               when: When) -> tuple[list[str], Pairs, dict[int, tuple[SurveyGroup, ...]]]:
    """Counts of recorded people, and with a survey's design its groups for each class."""
    recorded(people.run, name)
    zero = zero_of(people, place.clock, place.arm, of.reference)
    who = members(people, place.group.sex, place.group.members)
    time = when.words(people.run)[0] if when.record is not None else None
    end = zero + place.clock.within if time is None else np.full(zero.shape, time)
    counts = people.in_population(place.population, place.arm, of.reference, zero, end, False)
    counts &= end <= people.follow_up_years + TOLERANCE
    if time is None:
        counts &= records_near(people, end)[1]  # who is not seen there is not dead
    who = who[counts[who]]
    labels = [*str(people.run.root[name].attrs["flag_meanings"]).split(), DEAD]
    classes = []
    for arm in (of.reference, place.arm):
        values = values_at(people, name, "", arm, when, zero)[who]
        classes.append(np.where(np.isfinite(values), values, len(labels) - 1).astype(int))
    weight = people.weight[who]
    cell = classes[0] * len(labels) + classes[1]

    def table(of_person: np.ndarray) -> np.ndarray:
        return np.bincount(cell, of_person, len(labels)**2).reshape(len(labels), len(labels))

    survey = {}
    if people.survey_groups is not None:
        survey = {c: survey_of(people, who, Twins.with_values(classes[1] == c, classes[0] == c))
                  for c in range(len(labels))}
    return labels, Pairs(table(np.ones(len(who))), table(weight), table(weight**2)), survey
