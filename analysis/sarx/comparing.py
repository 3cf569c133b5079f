"""Effects between arms as a tidy table: paired differences of the same people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from .errors import SarxError, unknown
from .grouping import Group, groups_of
from .reading import Run, Source

Z95 = 1.959963984540054
"""97.5 % point of the normal distribution: half the width of a 95 % interval in standard errors."""

AGE_OF_COMPARISON = 70.0
"""Age whose reference state says how many years of ageing an arm has gained (`age_gained_years`)."""

EFFECT_COLUMNS = [
    "arm", "reference", "sex", "group", "muscle", "time_years", "age_years", "variable", "unit", "reference_mean",
    "arm_mean", "effect", "lower", "upper", "sd", "standardised", "benefit_fraction", "n_both_alive", "survivors_lost",
    "survivors_saved", "pairing_gain", "age_gained_years", "age_gained_is_floor",
]


def compare(
    source: Source,
    *,
    variables: Sequence[str] | None = None,
    at: Iterable[float] | None = None,
    by: str | None = None,
    arms: Sequence[str] | None = None,
    reference: str | None = None,
    muscles: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Paired effects: what an arm does to the same people, among those alive in both arms.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        variables: names; None for all of which the file holds effects.
        at: ages in years where everyone starts at the same age, else years since the start; None for 70 and
            80 where the run has them, else where arms differ most, and its last record.
        by: "sex" for women and men apart, a trait as "reinnervation_capacity:4" for four equal parts of the
            recorded people by it, None for all together.
        arms: which to compare; None for all but the reference.
        reference: the arm to compare with; None for the file's first. Another than the first is computed
            from the recorded people.
        muscles: of variables of a muscle only these; None for all.

    Returns:
        A row for each arm, sex, group, muscle, time and variable:

        - `effect`, `lower`, `upper`: mean paired difference with its 95 % interval (Monte Carlo error);
          `sd`: its spread between people; `standardised`: effect over the reference's spread between people;
        - `benefit_fraction`: share of people who are better off;
        - `n_both_alive`; `survivors_lost`, `survivors_saved`: people alive only in the reference, only in the arm;
        - `pairing_gain`: variance of an unpaired comparison over that of the paired one, so how many times
          more people an unpaired comparison would need;
        - `age_gained_years`: age at which the arm reaches what the reference had at 70, less 70; a lower bound
          where `age_gained_is_floor` (the arm has not come down to it by the end).

    Raises:
        SarxError: for a file with one arm, or a name, age or `by` that is not there.
    """
    run = Run.of(source)
    first = run.arms[0]
    if len(run.arms) < 2:
        raise SarxError(f"{run.path} has one arm ('{first}'): there is nothing to compare it with; "
                        "add an arm to the scenario and run it again")
    base = first if reference is None else _known("arm", reference, run.arms)
    asked = [_known("arm", arm, run.arms) for arm in arms] if arms else run.arms
    compared = [arm for arm in asked if arm != base]  # an arm has no effect against itself
    if not compared:
        raise SarxError(f"'{base}' is the reference: name another arm to compare with it ({', '.join(run.arms[1:])})")
    groups = groups_of(run, by)
    effects = run.effects if base == first else None
    known = run.variables(effects, "mean") if effects is not None else _recorded(run)
    chosen = [_known("variable", name, known) for name in variables] if variables else [
        name for name in known if name != "alive"]
    shown = [_known("muscle", muscle, run.muscles) for muscle in muscles] if muscles else run.muscles
    records = _records(run, at)
    from_people = effects is None or any(group.members is not None for group in groups)
    if from_people and not variables:
        chosen = [name for name in chosen if name in run.root]

    rows = {}
    for v, name in enumerate(chosen):
        for m, muscle in enumerate(shown if _is_of_muscle(run, name) else [""]):
            people = {arm: _people(run, name, muscle, arm, records) for arm in (base, *compared)} if from_people else {}
            for g, group in enumerate(groups):
                for a, arm in enumerate(compared):
                    for k, index in enumerate(records):
                        rows[k, v, m, g, a] = (
                            _from_people(run, people, name, muscle, group, arm, base, index, k) if from_people
                            else _from_summaries(run, name, muscle, group.sex, arm, base, index))
    return pd.DataFrame([rows[key] for key in sorted(rows)], columns=EFFECT_COLUMNS)


def _known(kind: str, name: str, known: Sequence[str]) -> str:
    if name not in known:
        raise unknown(kind, name, known)
    return name


def _recorded(run: Run) -> list[str]:
    """Variables that are both in the cube and in the summaries."""
    return [name for name in run.variables(run.by_time, "mean") if name in run.root]


def _records(run: Run, at: Iterable[float] | None) -> list[int]:
    """Indices of the records nearest to the ages (or times) that are asked for."""
    _, axis, title = run.age_axis(run.by_time)
    if at is None:
        usual = (70.0, 80.0) if run.start_age_years is not None else ()
        at = [age for age in usual if axis[0] < age <= axis[-1]]
        if not at:
            return sorted({most_telling_record(run), len(axis) - 1})
    step = float(np.diff(axis).max()) if len(axis) > 1 else 1.0
    found = []
    for value in at:
        index = int(np.abs(axis - value).argmin())
        if abs(axis[index] - value) > step / 2 + 1e-9:
            raise SarxError(f"{title.split(' (')[0]} {value:g} is not in this run, which goes from "
                            f"{axis[0]:g} to {axis[-1]:g} years")
        found.append(index)
    return found


def most_telling_record(run: Run) -> int:
    """Index of the record at which an arm differs most from the reference, in spreads between people."""
    records = run.by_time.sizes["time_years"]
    if run.effects is None:
        return records - 1
    most = np.zeros(records)
    for name in run.variables(run.effects, "mean"):
        for muscle in run.muscles if _is_of_muscle(run, name) else [None]:
            spread = run.series("summary", f"{name}_sd", run.arms[0], "all", muscle)
            for arm in run.arms[1:]:
                effect = np.abs(run.series("effects", f"{name}_mean", arm, "all", muscle))
                most = np.fmax(most, np.divide(effect, spread, out=np.zeros(records), where=spread > 0))
    return int(np.nanargmax(most)) if most.any() else records - 1


def _is_of_muscle(run: Run, variable: str) -> bool:
    """Whether each muscle has the variable, not the person."""
    return "muscle" in run.by_time[f"{variable}_mean"].dims


def _from_summaries(
    run: Run, name: str, muscle: str, sex: str, arm: str, base: str, index: int
) -> tuple[object, ...]:
    """One row of the table, in the order of EFFECT_COLUMNS, over everyone simulated."""
    def summary(statistic: str, of: str) -> np.ndarray:
        return run.series("summary", f"{name}_{statistic}", of, sex, muscle)

    mean, lower, upper, sd, benefit, count = (
        float(run.series("effects", f"{name}_{statistic}", arm, sex, muscle)[index])
        for statistic in ("mean", "lower", "upper", "sd", "benefit_fraction", "n"))
    return _row(run, name, muscle, Group("", sex), arm, base, index,
                (summary("mean", base), summary("mean", arm)), (summary("sd", base)[index], summary("sd", arm)[index]),
                (summary("n", base)[index], summary("n", arm)[index]), (mean, lower, upper, sd, benefit, count))


def _row(
    run: Run, name: str, muscle: str, group: Group, arm: str, base: str, index: int,
    courses: tuple[np.ndarray, np.ndarray], sds: tuple[float, float], alive: tuple[float, float],
    paired: tuple[float, float, float, float, float, float],
) -> tuple[object, ...]:
    """One row from the statistics of reference and arm, and of the pairs: mean, lower, upper, sd, benefit, count."""
    mean, lower, upper, sd, benefit, count = paired
    standardised = mean / sds[0] if sds[0] > 0 else np.nan
    gain = (sds[0]**2 + sds[1]**2) / sd**2 if sd > 0 else np.nan
    _, axis, _ = run.age_axis(run.by_time)
    gained, is_floor, age = np.nan, False, np.nan
    if run.start_age_years is not None:
        gained, is_floor = age_gained(axis, *courses)
        age = axis[index]
    return (arm, base, group.sex, group.label, muscle, float(run.by_time["time_years"].values[index]), age, name,
            str(run.attributes(name).get("units", "1")), courses[0][index], courses[1][index],
            mean, lower, upper, sd, standardised, benefit, int(count), int(alive[0] - count), int(alive[1] - count),
            gain, gained, is_floor)


def _people(run: Run, name: str, muscle: str, arm: str, records: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Of the recorded people one variable at some records, (person, record), and its course's sums."""
    if name not in run.root:
        raise SarxError(f"'{name}' is not recorded person by person in {run.path}; compare with the first arm, "
                        "or record people")
    values = run.people_courses(name, arm, muscle)
    return values[:, list(records)].astype(float), values


def _from_people(
    run: Run, people: dict[str, tuple[np.ndarray, np.ndarray]], name: str, muscle: str, group: Group, arm: str,
    base: str, index: int, k: int
) -> tuple[object, ...]:
    """One row of the table over recorded people."""
    who = group.members
    if who is None:
        female = run.root["female"].values
        who = np.arange(len(female)) if group.sex == "all" else np.flatnonzero(female == (group.sex == "female"))
    at = [people[of][0][who, k] for of in (base, arm)]
    courses = tuple(_mean_over(people[of][1][who]) for of in (base, arm))
    spreads = tuple(float(np.nanstd(values, ddof=1)) if np.isfinite(values).sum() > 1 else np.nan for values in at)
    alive = tuple(float(np.isfinite(values).sum()) for values in at)
    better = str(run.attributes(name).get("better", "none"))
    return _row(run, name, muscle, group, arm, base, index, courses, spreads, alive, paired(at[1] - at[0], better))


def _mean_over(values: np.ndarray) -> np.ndarray:
    """Means over people, (person, time) to (time); NaN where nobody lives."""
    count = np.isfinite(values).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nansum(values, axis=0, dtype=float) / np.where(count > 0, count, np.nan)


def paired(difference: np.ndarray, better: str) -> tuple[float, float, float, float, float, int]:
    """Statistics of differences person by person, NaN where one of the two is dead.

    Args:
        difference: arm less reference, (person).
        better: "higher" or "lower" where one is better, else "none".

    Returns:
        Mean, lower and upper end of its 95 % interval, standard deviation, share better off, pairs.
    """
    difference = difference[np.isfinite(difference)]
    count = len(difference)
    if count == 0:
        return np.nan, np.nan, np.nan, np.nan, np.nan, 0
    mean = float(difference.mean())
    sd = float(difference.std(ddof=1)) if count > 1 else np.nan
    half = Z95 * sd / np.sqrt(count)
    benefit = (float((difference > 0).mean()) if better == "higher"
               else float((difference < 0).mean()) if better == "lower" else np.nan)
    return mean, mean - half, mean + half, sd, benefit, count


def age_gained(ages: np.ndarray, base: np.ndarray, arm: np.ndarray) -> tuple[float, bool]:
    """Age at which an arm passes, for the last time, what the reference had at 70, less 70.

    Args:
        ages: years, rising.
        base: means of the reference at those ages.
        arm: means of the arm.

    Returns:
        The years gained (negative where the arm ages sooner) and whether they are a lower bound, as where the
        arm has not come down to that state by the end. NaN where the run does not span 60 to 70 or the
        reference does not change in that decade.
    """
    if not (ages[0] <= AGE_OF_COMPARISON - 10.0 and ages[-1] >= AGE_OF_COMPARISON):
        return np.nan, False
    before, level = np.interp([AGE_OF_COMPARISON - 10.0, AGE_OF_COMPARISON], ages, base)
    if not np.isfinite(before) or not np.isfinite(level) or before == level:
        return np.nan, False
    ahead = (arm - level) * (1.0 if level < before else -1.0)  # > 0: younger than the reference at 70
    known = np.isfinite(ahead)
    ages, ahead = ages[known], ahead[known]
    young = np.flatnonzero(ahead >= 0.0)
    if not len(young):
        return np.nan, False
    i = int(young[-1])
    if i == len(ages) - 1:
        return float(ages[-1] - AGE_OF_COMPARISON), True
    share = ahead[i] / (ahead[i] - ahead[i + 1])
    return float(ages[i] + share * (ages[i + 1] - ages[i]) - AGE_OF_COMPARISON), False
