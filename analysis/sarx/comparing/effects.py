"""Paired effects on measured variables: what an arm does to the same people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..estimating.clock import Clock, Since
from ..estimating.estimates import Estimate, Kind, mean_difference
from ..estimating.intervals import NO_INTERVAL, SKEW_T, Interval, T
from ..estimating.people import EVERYONE, People, members, people_of
from ..estimating.sums import Differences, PairedSums, Twins
from ..grouping import Group
from ..reading import Run, Source
from .answering import OF_EVERYONE, OF_RECORDED, Answer, needed_people, survey_of
from .asking import Asked, Names, asked, known, listed, records
from .estimand import ALIVE_IN_BOTH, Estimand, populations_in_words, stopping_in_words
from .gaining import age_gained_of_people
from .rows import CONTRAST, SHARED, Place, Table, contrast_group, three
from .values import When, recorded, values_at, zero_of

EFFECT_COLUMNS = [
    *SHARED, "muscle", "time_years", "age_years", "variable", "unit", "of", "n_both_alive", "n_differ",
    "survivors_lost", "survivors_saved", "reference_mean", "arm_mean", "effect", "lower", "upper", "interval", "sd",
    "glass_delta", "benefit_fraction", "worse_fraction", "worthwhile_difference", "pairing_gain", "age_gained_years",
    "age_gained_lower", "age_gained_upper", "age_gained_is_floor",
]

SEXES = ("female", "male")


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
    why = _why_people(of, within)
    people = needed_people(run, why) if why else None
    names = _variables(run, listed("variable", variables), people is not None)
    shown = [known("muscle", muscle, run.muscles) for muscle in listed("muscle", muscles) or run.muscles]
    for when in whens(of, at, within):
        for name in names:
            for muscle in shown if is_of_muscle(run, name) else [""]:
                one = _Effects(of, people, name, muscle, when)
                for population_name in of.populations:
                    for group in of.groups.groups:
                        for arm in of.arms:
                            place = Place(arm, population_name, when.clock, group)
                            table.add(place, **one.row(place))
                    _add_contrasts(table, one, population_name)
    return table.finished(Estimand(
        population=populations_in_words(of.populations, among),
        variable="the value" if within is None else "the value at the record nearest to the horizon",
        death=f"among {ALIVE_IN_BOTH}", stopping=stopping_in_words(of.populations),
        summary="mean paired difference", horizon=_horizon_in_words(of, within)))


def _horizon_in_words(of: Asked, within: float | None) -> str:
    return "at the age or time of each row" if within is None else of.horizon_in_words


def whens(of: Asked, at: Iterable[float] | None, within: float | None) -> list[When]:
    """The records, or the horizon after each one's zero, that are asked for."""
    run = of.run
    clock = of.clocks[0]
    if within is not None:
        return [When(None, clock)]
    wanted = records(run, at) if at is not None else usual_records(run)
    if "time_years" in run.kept:
        left = run.kept["time_years"]
        wanted = [record for record in wanted if record in left] if at is None else wanted
        for record in wanted:
            known("record", str(record), [str(place) for place in left])
        wanted = wanted or [int(left[-1])]
    return [When(record, Clock(until=float(run.by_time["time_years"].values[record]))) for record in wanted]


def usual_records(run: Run) -> list[int]:
    """70 and 80 years of age where the run has them, else where arms differ most, and the last."""
    _, axis, _ = run.age_axis(run.by_time)
    usual = (70.0, 80.0) if run.start_age_years is not None else ()
    ages = [age for age in usual if axis[0] < age <= axis[-1]]
    return records(run, ages) if ages else sorted({most_telling_record(run), len(axis) - 1})


def most_telling_record(run: Run) -> int:
    """Index of the record at which an arm differs most from the reference, in spreads between people."""
    count = run.by_time.sizes["time_years"]
    if run.effects is None:
        return count - 1
    most = np.zeros(count)
    for name in run.variables(run.effects, "mean"):
        for muscle in run.muscles if is_of_muscle(run, name) else [""]:
            spread = run.series("summary", f"{name}_sd", run.first_arm, "all", muscle)
            for arm in run.file_arms[1:]:
                effect = np.abs(run.series("effects", f"{name}_mean", arm, "all", muscle))
                most = np.fmax(most, np.divide(effect, spread, out=np.zeros(count), where=spread > 0))
    return int(np.nanargmax(most)) if most.any() else count - 1


def is_of_muscle(run: Run, variable: str) -> bool:
    """Whether each muscle has the variable, not the person."""
    return "muscle" in run.by_time[f"{variable}_mean"].dims


def _why_people(of: Asked, within: float | None) -> str:
    """Why the effects of everyone in the file do not answer; empty where they do."""
    run = of.run
    if of.reference != run.first_arm or run.effects is None:
        return f"effects on everyone are against the first arm ('{run.first_arm}'), not against '{of.reference}'"
    if any(group.members is not None for group in of.groups.groups):
        return "groups of people (--by, --among) are told apart person by person"
    if {"person", "time_years"} & run.kept.keys():
        return "the dataset was cut"
    if of.populations != (EVERYONE,):
        return "who was reached or kept to the protocol is told person by person"
    if within is not None:
        return "a time after each one's own first offer is found person by person"
    if "sampling_unit" in run.design:
        return "a survey's design needs its people one by one"
    if "weight" in run.root and run.people == run.file_people:
        return "the skewness of weighted people is known one by one, and all were recorded"
    return ""


def _variables(run: Run, names: Sequence[str] | None, from_people: bool) -> list[str]:
    """The variables to compare."""
    there = run.variables(run.by_time if from_people else run.effects, "mean")  # type: ignore[arg-type]
    if names is not None:
        return [known("variable", name, there) for name in names]
    return [name for name in there if name != "alive" and (name in run.root or not from_people)]


@dataclass(frozen=True)
class _Effects:
    """One variable at one time, in all groups and arms."""

    asked: Asked
    people: People | None
    name: str
    muscle: str
    when: When

    def row(self, place: Place) -> dict[str, object]:
        """A row's own columns."""
        run = self.asked.run
        time, age = self.when.words(run)
        attributes = run.attributes(self.name)
        worthwhile = worthwhile_difference(run, self.name)
        row: dict[str, object] = {
            "muscle": self.muscle, "time_years": time, "age_years": age, "variable": self.name,
            "unit": str(attributes.get("units", "1")),
            "worthwhile_difference": worthwhile}
        row |= self._of_everyone(place) if self.people is None else self._of_people(self.people, place)
        known_effect = np.isfinite([float(str(row["lower"])), float(str(row["upper"]))]).all()
        return row | (self._gained(place) if known_effect else {"age_gained_is_floor": False})

    def _of_everyone(self, place: Place) -> dict[str, object]:
        """From the file's statistics of all pairs."""
        run, base, arm, sex = self.asked.run, self.asked.reference, place.arm, place.group.sex
        at = self.when.record
        assert at is not None

        def of(group: str, statistic: str, which: str, of_sex: str = sex) -> float:
            return float(run.series(group, f"{self.name}_{statistic}", which, of_sex, self.muscle)[at])

        effect = self._stored(arm, sex)
        deltas = [(self._stored(arm, one).value, of("summary", "sd", base, one), of("effects", "n", arm, one))
                  for one in ([sex] if sex != "all" else SEXES)]
        n, sd = of("effects", "n", arm), of("effects", "sd", arm)
        sds = of("summary", "sd", base), of("summary", "sd", arm)
        known_difference = np.isfinite(worthwhile_difference(run, self.name))
        return {
            "of": OF_EVERYONE, "n_both_alive": int(n), "n_differ": of("effects", "differ_n", arm),
            "survivors_lost": int(of("summary", "n", base) - n), "survivors_saved": int(of("summary", "n", arm) - n),
            "reference_mean": of("summary", "mean", base), "arm_mean": of("summary", "mean", arm),
            **three("effect", effect), "interval": effect.method, "sd": sd, "glass_delta": glass_delta(deltas),
            "benefit_fraction": of("effects", "benefit_fraction", arm) if known_difference else np.nan,
            "worse_fraction": of("effects", "worse_fraction", arm) if known_difference else np.nan,
            "pairing_gain": (sds[0]**2 + sds[1]**2) / sd**2 if sd > 0 else np.nan,
        }

    def _stored(self, arm: str, sex: str) -> Estimate:
        """Effect with its interval from mean, spread, third moment and number of the pairs that differ."""
        run, at = self.asked.run, self.when.record
        mean, sd, n, third, differ, lower, upper = (
            float(run.series("effects", f"{self.name}_{statistic}", arm, sex, self.muscle)[at])  # type: ignore[index]
            for statistic in ("mean", "sd", "n", "third", "differ_n", "lower", "upper"))
        if "weight" in run.design or not n or not np.isfinite(sd):
            method = SKEW_T if np.isfinite(third) else T
            return Estimate(mean, Interval(lower, upper, method) if upper > lower else NO_INTERVAL)
        if not np.isfinite(differ):  # an older file: whether anybody differs, and no more
            differ = n if sd > 0 else 0.0
        squares = (n - 1.0) * sd**2 + n * mean**2
        cubes = n * third + 3.0 * mean * squares - 2.0 * n * mean**3
        return mean_difference(Differences(n, n, n, n * mean, n * mean, squares, cubes, differ, 0.0), Kind.VALUE)

    def pairs(self, people: People, place: Place) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Places of a group's people, and their values in the reference arm and in the arm."""
        recorded(people.run, self.name)
        arm, base = place.arm, self.asked.reference
        zero = zero_of(people, place.clock, arm, base)
        who = members(people, place.group.sex, place.group.members)
        if place.population != EVERYONE:
            until = zero + place.clock.within if self.when.record is None else np.full(zero.shape, self.when.words(people.run)[0])
            who = who[people.in_population(place.population, arm, base, zero, until, False)[who]]
        values = (values_at(people, self.name, self.muscle, of, self.when, zero)[who] for of in (base, arm))
        return (who, *values)  # type: ignore[return-value]

    def estimate(self, people: People, place: Place) -> tuple[Estimate, Differences]:
        """Effect of a group of recorded people."""
        who, base, arm = self.pairs(people, place)
        both = np.isfinite(base) & np.isfinite(arm)
        twins = Twins.with_values(arm[both], base[both])
        differences = Differences.of(twins.years - twins.reference_years, people.weight[who[both]])
        survey = survey_of(people, who[both], twins)
        if not survey:
            return mean_difference(differences, Kind.VALUE), differences
        sums = PairedSums.of_people(twins, people.weight[who[both]])
        return Answer(sums, OF_RECORDED, Kind.VALUE, survey).gained, differences

    def _of_people(self, people: People, place: Place) -> dict[str, object]:
        """From the recorded people."""
        who, base, arm = self.pairs(people, place)
        weight = people.weight[who]
        both = np.isfinite(base) & np.isfinite(arm)
        effect, sums = self.estimate(people, place)
        difference = (arm - base)[both]
        sd = weighted_sd(difference, weight[both])
        sds = weighted_sd(base, weight), weighted_sd(arm, weight)
        deltas = []
        for sex in (1.0, 0.0):
            of_sex = people.female[who] == sex
            pairs = both & of_sex
            deltas.append((weighted_mean((arm - base)[pairs], weight[pairs]), weighted_sd(base[of_sex], weight[of_sex]),
                           float(pairs.sum())))
        better, worse = shares_beyond(self.asked.run, self.name, difference, weight[both])
        return {
            "of": OF_RECORDED, "n_both_alive": int(both.sum()), "n_differ": sums.differ,
            "survivors_lost": int((np.isfinite(base) & ~both).sum()),
            "survivors_saved": int((np.isfinite(arm) & ~both).sum()),
            "reference_mean": weighted_mean(base, weight), "arm_mean": weighted_mean(arm, weight),
            **three("effect", effect), "interval": effect.method, "sd": sd, "glass_delta": glass_delta(deltas),
            "benefit_fraction": better, "worse_fraction": worse,
            "pairing_gain": (sds[0]**2 + sds[1]**2) / sd**2 if sd > 0 else np.nan,
        }

    def _gained(self, place: Place) -> dict[str, object]:
        """Years of ageing gained by the recorded people, with a jackknife's interval."""
        run = self.asked.run
        people = self.people or people_of(run)
        if people is None or run.start_age_years is None or self.name not in run.root or place.population != EVERYONE:
            return {"age_gained_is_floor": False}
        who = members(people, place.group.sex, place.group.members)
        ages = run.start_age_years + run.root["time_years"].values.astype(float)
        courses = [run.people_courses(self.name, of, self.muscle)[who] for of in (self.asked.reference, place.arm)]
        gained, is_floor = age_gained_of_people(ages, courses[0], courses[1], people.weight[who])
        return {**three("age_gained_years", gained, "age_gained_lower", "age_gained_upper"),
                "age_gained_is_floor": is_floor}


def _add_contrasts(table: Table, one: _Effects, population: str) -> None:
    """Rows that set the highest part of people against the lowest."""
    ends = contrast_group(table.asked)
    if ends is None or one.people is None:
        return
    for arm in table.asked.arms:
        high, low = (one.estimate(one.people, Place(arm, population, one.when.clock, group))[0] for group in ends)
        difference = high.less(low)
        time, age = one.when.words(table.asked.run)
        table.add(Place(arm, population, one.when.clock, Group(CONTRAST, "all")), muscle=one.muscle, time_years=time,
                  age_years=age, variable=one.name, unit=str(table.asked.run.attributes(one.name).get("units", "1")),
                  of=OF_RECORDED, **three("effect", difference), interval=difference.method, age_gained_is_floor=False)


def worthwhile_difference(run: Run, name: str) -> float:
    """The smallest difference of a variable that matters to people; NaN where none is known."""
    return float(run.attributes(name).get("worthwhile_difference", np.nan))


def shares_beyond(run: Run, name: str, difference: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Shares of people better and worse off by the smallest worthwhile difference or more; NaN where none is known."""
    better, worthwhile = str(run.attributes(name).get("better", "none")), worthwhile_difference(run, name)
    if better not in ("higher", "lower") or not np.isfinite(worthwhile) or not len(difference):
        return np.nan, np.nan
    gain = difference if better == "higher" else -difference
    return tuple(float(weight @ (side >= worthwhile) / weight.sum()) for side in (gain, -gain))  # type: ignore[return-value]


def glass_delta(of_sexes: Sequence[tuple[float, float, float]]) -> float:
    """Effect over the reference's spread within sex, the sexes averaged by their pairs.

    Args:
        of_sexes: effect, spread of the reference and pairs of each.
    """
    known_ones = [(effect / sd, n) for effect, sd, n in of_sexes if sd > 0 and n > 0 and np.isfinite(effect)]
    pairs = sum(n for _, n in known_ones)
    return sum(delta * n for delta, n in known_ones) / pairs if pairs else np.nan


def weighted_mean(values: np.ndarray, weight: np.ndarray) -> float:
    """Mean of those known."""
    there = np.isfinite(values)
    return float(weight[there] @ values[there] / weight[there].sum()) if there.any() else np.nan


def weighted_sd(values: np.ndarray, weight: np.ndarray) -> float:
    """Spread between those known, as of a population with these weights."""
    there = np.isfinite(values)
    w, x = weight[there], values[there]
    whole = w.sum()
    surplus = whole - (w**2).sum() / whole if len(w) else 0.0
    return float(np.sqrt(w @ (x - w @ x / whole)**2 / surplus)) if surplus > 0 else np.nan
