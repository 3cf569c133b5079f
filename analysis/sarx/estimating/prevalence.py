"""Who is in which class of a coded variable in both arms; the dead are a class of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array, Floats
from ..errors import SarxError
from ..reading import Run, codes, labels
from .answering import why_not_of_everyone
from .comparison import EVERYONE, OF_EVERYONE, OF_RECORDED, Comparison
from .estimates import Estimate, Kind, mean_difference, per_unit
from .people import People, needed_people
from .sums import Differences, Twins
from .survey import SurveyGroup, in_survey
from .values import When, insist_on_people, records_near, values_at

DEAD = "dead"


class NothingInClasses(SarxError):
    """A file that holds no variable in classes."""


@dataclass(frozen=True)
class Crossing:
    """Of those in a class in one arm and not in the other: how many, and sums of their weights."""

    n: float
    weight: float
    weight_squares: float

    @property
    def weight_cubes(self) -> float:
        """Sum of cubes, as if all had the same weight of these."""
        return self.weight_squares**2 / self.weight if self.weight > 0 else 0.0


@dataclass(frozen=True)
class Pairs:
    """People by their class in the reference arm and in the arm: (reference class, class)."""

    n: Floats
    weight: Floats
    weight_squares: Floats

    def share(self, place: int, in_reference: bool) -> float:
        """Of people in a class, by weight."""
        return per_unit(float(self.weight.sum(axis=1 if in_reference else 0)[place]), float(self.weight.sum()))

    def difference(self, place: int) -> Differences:
        """Of the share in a class, arm less reference."""
        into, out = self._crossing(place), self._crossing(place, out=True)
        return Differences(
            n=float(self.n.sum()), weight=float(self.weight.sum()), weight_squares=float(self.weight_squares.sum()),
            total=into.weight - out.weight, total_w2=into.weight_squares - out.weight_squares,
            squares=into.weight_squares + out.weight_squares, cubes=into.weight_cubes - out.weight_cubes, up=into.n,
            down=out.n)

    def _crossing(self, place: int, out: bool = False) -> Crossing:
        """Of those who are in a class in the arm and not in the reference, or the other way round."""
        def off_the_diagonal(of: Floats) -> float:
            line = of[place, :] if out else of[:, place]
            return float(line.sum() - of[place, place])

        return Crossing(*map(off_the_diagonal, (self.n, self.weight, self.weight_squares)))


@dataclass(frozen=True)
class Classes:
    """People of a comparison by class, the dead last."""

    of: str
    """OF_EVERYONE or OF_RECORDED."""
    labels: list[str]
    pairs: Pairs
    survey: dict[int, tuple[SurveyGroup, ...]]
    """By class the sums of each group of sampling units; empty without a survey's design."""

    def difference(self, place: int) -> Estimate:
        """Of the share in a class, arm less reference, with its interval."""
        found = self.pairs.difference(place)
        if not self.survey:
            return mean_difference(found, Kind.YES_OR_NO)
        return in_survey(self.survey[place], found, Kind.YES_OR_NO,
                         lambda sums: per_unit(sums.longer - sums.shorter, sums.weight))


def variables_in_classes(run: Run) -> list[str]:
    """Variables in classes: of everyone, else of recorded people.

    Raises:
        NothingInClasses: where there is none.
    """
    if "prevalence" in run.groups:
        stored = [str(name) for name, data in run.group("prevalence").data_vars.items() if "statistic" in data.dims]
    else:
        stored = [str(name) for name, data in run.root.data_vars.items()
                  if "time_years" in data.dims and "flag_meanings" in data.attrs]
    found = [name for name in stored if name != "alive"]
    if not found:
        raise NothingInClasses(f"{run.path.name} holds no variable in classes, of everyone or of recorded people: "
                               "record sarcopenia_ewgsop2 or disability")
    return found


def classes(run: Run, name: str, when: When, comparison: Comparison) -> Classes:
    """Who is in which class in both arms, of all who began and are in follow-up.

    Raises:
        SarxError: where only recorded people can tell, and nobody was recorded.
    """
    why = _why_people(run, when, comparison)
    return _of_people(needed_people(run, why), name, when, comparison) if why else _stored(run, name, when, comparison)


def _why_people(run: Run, when: When, comparison: Comparison) -> str:
    """Why the counts over everyone do not answer; empty where they do."""
    if "prevalence" not in run.groups:
        return "the file holds no counts over everyone (/prevalence): simulate it again with today's program"
    if why := why_not_of_everyone(run, comparison.reference, comparison.group.members is not None, "counts over everyone"):
        return why
    if comparison.population != EVERYONE:
        return "who was reached or kept to the protocol is told person by person"
    if when.record is None:
        return "a time after each one's own first offer is found person by person"
    return "a survey's design needs its people one by one" if "sampling_unit" in run.design else ""


def _stored(run: Run, name: str, when: When, comparison: Comparison) -> Classes:
    """Counts over everyone."""
    group = run.group("prevalence")
    data = group[name].sel(arm=comparison.arm).isel(time_years=when.record)
    sex = comparison.group.sex
    data = data.sum("sex") if sex == "all" else data.sel(sex=sex)
    counts = data.transpose("statistic", f"{name}_reference", f"{name}_class")
    n, weight, weight_squares = (counts.sel(statistic=statistic).values.astype(float)
                                 for statistic in ("n", "weight", "weight_squares"))
    return Classes(OF_EVERYONE, labels(group, f"{name}_class"), Pairs(n, weight, weight_squares), {})


def _of_people(people: People, name: str, when: When, comparison: Comparison) -> Classes:
    """Counts of recorded people, and with a survey's design its groups for each class."""
    insist_on_people(people.run, name)
    span = people.span(comparison)
    counts = people.in_population(comparison, span) & span.is_followed
    if when.record is None:
        counts &= records_near(people, span.end).is_near  # who is not seen there is not dead
    who = people.members(comparison.group)
    who = who[counts[who]]
    words = [*codes(people.run.root[name]), DEAD]

    def classes_in(arm: str) -> Array:
        values = values_at(people, name, "", arm, when, span)[who]
        found: Array = np.where(np.isfinite(values), values, len(words) - 1).astype(int)
        return found

    reference, own = classes_in(comparison.reference), classes_in(comparison.arm)
    cell = reference * len(words) + own

    def table(of_person: Floats) -> Floats:
        return np.bincount(cell, of_person, len(words)**2).astype(float).reshape(len(words), len(words))

    weight = people.weight[who]
    survey = {}
    if people.unit_groups is not None:
        survey = {place: people.survey(who, Twins.with_values(own == place, reference == place))
                  for place in range(len(words))}
    return Classes(OF_RECORDED, words, Pairs(table(np.ones(len(who))), table(weight), table(weight**2)), survey)
