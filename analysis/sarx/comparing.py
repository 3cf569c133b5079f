"""Effects between arms as tidy tables: paired differences, events, years lived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .errors import SarxError, unknown
from .reading import Run, Source

Z95 = 1.959963984540054
"""97.5 % point of the normal distribution: half the width of a 95 % interval in standard errors."""

AGE_OF_COMPARISON = 70.0
"""Age whose reference state says how many years of ageing an arm has gained (`age_gained_years`)."""

EFFECT_COLUMNS = [
    "arm", "reference", "sex", "muscle", "time_years", "age_years", "variable", "unit", "reference_mean", "arm_mean",
    "effect", "lower", "upper", "sd", "standardised", "benefit_fraction", "n_both_alive", "survivors_lost",
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
) -> pd.DataFrame:
    """Paired effects: what an arm does to the same people, among those alive in both arms.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        variables: names; None for all of which the file holds effects.
        at: ages in years where everyone starts at the same age, else years since the start; None for 70 and
            80 where the run has them, else its last record.
        by: "sex" for women and men apart, None for all together.
        arms: which to compare; None for all but the reference.
        reference: the arm to compare with; None for the file's first. Another than the first is computed
            from the recorded people.

    Returns:
        A row for each arm, sex, muscle, time and variable:

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
    compared = [_known("arm", arm, run.arms) for arm in arms] if arms else [arm for arm in run.arms if arm != base]
    if by not in (None, "sex"):
        raise SarxError(f"cannot compare by '{by}'; by sex is what there is")
    sexes = ["female", "male"] if by == "sex" else ["all"]
    effects = run.effects if base == first else None
    known = run.variables(effects, "mean") if effects is not None else _recorded(run)
    chosen = [_known("variable", name, known) for name in variables] if variables else known

    rows = []
    for index in _records(run, at):
        for name in chosen:
            for muscle in _muscles_of(run, name):
                for sex in sexes:
                    for arm in compared:
                        rows.append(_effect_row(run, effects, name, muscle, sex, arm, base, index))
    return pd.DataFrame(rows, columns=EFFECT_COLUMNS)


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
        at = [age for age in usual if axis[0] < age <= axis[-1]] or [axis[-1]]
    step = float(np.diff(axis).max()) if len(axis) > 1 else 1.0
    found = []
    for value in at:
        index = int(np.abs(axis - value).argmin())
        if abs(axis[index] - value) > step / 2 + 1e-9:
            raise SarxError(f"{title.split(' (')[0]} {value:g} is not in this run, which goes from "
                            f"{axis[0]:g} to {axis[-1]:g} years")
        found.append(index)
    return found


def _muscles_of(run: Run, variable: str) -> list[str]:
    """The muscles a variable has: [""] where it is the person's."""
    return run.muscles if "muscle" in run.by_time[f"{variable}_mean"].dims else [""]


def _series(dataset: xr.Dataset, name: str, arm: str, sex: str, muscle: str) -> np.ndarray:
    """One series over time; all NaN where the file does not hold it."""
    if name not in dataset:
        return np.full(dataset.sizes["time_years"], np.nan)
    data = dataset[name].sel(arm=arm, sex=sex)
    return (data.sel(muscle=muscle) if muscle else data).values.astype(float)


def _effect_row(
    run: Run, effects: xr.Dataset | None, name: str, muscle: str, sex: str, arm: str, base: str, index: int
) -> tuple[object, ...]:
    """One row of the table of effects, in the order of EFFECT_COLUMNS."""
    def summary(statistic: str, of: str) -> np.ndarray:
        return _series(run.by_time, f"{name}_{statistic}", of, sex, muscle)

    if effects is not None:
        def paired(statistic: str) -> float:
            return float(_series(effects, f"{name}_{statistic}", arm, sex, muscle)[index])
        mean, lower, upper = paired("mean"), paired("lower"), paired("upper")
        sd, benefit, count = paired("sd"), paired("benefit_fraction"), paired("n")
    else:
        mean, lower, upper, sd, benefit, count = paired_from_people(run, name, muscle, sex, arm, base, index)
    base_sd, arm_sd = summary("sd", base)[index], summary("sd", arm)[index]
    standardised = mean / base_sd if base_sd > 0 else np.nan
    gain = (base_sd**2 + arm_sd**2) / sd**2 if sd > 0 else np.nan
    # Survivors are counted over the same people as the pairs: all simulated, or all recorded.
    alive_base, alive_arm = ((summary("n", base)[index], summary("n", arm)[index]) if effects is not None
                             else _alive(run, name, muscle, sex, arm, base, index))
    _, axis, _ = run.age_axis(run.by_time)
    gained, is_floor = np.nan, False
    if run.start_age_years is not None:
        gained, is_floor = age_gained(axis, summary("mean", base), summary("mean", arm))
    age = axis[index] if run.start_age_years is not None else np.nan
    return (arm, base, sex, muscle, float(run.by_time["time_years"].values[index]), age, name,
            str(run.attributes(name).get("units", "1")), summary("mean", base)[index], summary("mean", arm)[index],
            mean, lower, upper, sd, standardised, benefit, count, alive_base - count, alive_arm - count, gain,
            gained, is_floor)


def _people(run: Run, name: str, muscle: str, sex: str, arm: str, index: int) -> np.ndarray:
    """One variable of the recorded people of a sex at one record: (person)."""
    if name not in run.root:
        raise SarxError(f"'{name}' is not recorded person by person in {run.path}; compare with the first arm, "
                        "or record people")
    data = run.root[name].sel(arm=arm).isel(time_years=index)
    values = (data.sel(muscle=muscle) if muscle else data).values.astype(float)
    if sex == "all":
        return values
    return values[run.root["female"].values == (1 if sex == "female" else 0)]


def paired_from_people(
    run: Run, name: str, muscle: str, sex: str, arm: str, base: str, index: int
) -> tuple[float, float, float, float, float, int]:
    """The paired difference of two arms from the recorded people: mean, lower, upper, sd, benefit, pairs."""
    difference = _people(run, name, muscle, sex, arm, index) - _people(run, name, muscle, sex, base, index)
    difference = difference[np.isfinite(difference)]
    count = len(difference)
    if count == 0:
        return np.nan, np.nan, np.nan, np.nan, np.nan, 0
    mean = float(difference.mean())
    sd = float(difference.std(ddof=1)) if count > 1 else np.nan
    half = Z95 * sd / np.sqrt(count)
    better = run.attributes(name).get("better", "none")
    benefit = (float((difference > 0).mean()) if better == "higher"
               else float((difference < 0).mean()) if better == "lower" else np.nan)
    return mean, mean - half, mean + half, sd, benefit, count


def _alive(run: Run, name: str, muscle: str, sex: str, arm: str, base: str, index: int) -> tuple[float, float]:
    """Recorded people alive in the reference and in the arm."""
    alive = [float(np.isfinite(_people(run, name, muscle, sex, which, index)).sum()) for which in (base, arm)]
    return alive[0], alive[1]


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


def _totals(run: Run, name: str, sex: str) -> dict[str, float]:
    """Sum of a summary over the whole run, by arm."""
    return {arm: float(np.nansum(_series(run.by_time, name, arm, sex, ""))) for arm in run.arms}


def compare_events(source: Source, *, by: str | None = None) -> pd.DataFrame:
    """Events of everyone simulated, as rates for each 1,000 person-years, with ratios to the reference arm.

    Returns:
        A row for each arm, sex and kind of event: `events`, `person_years`, `rate_per_1000_person_years`,
        `rate_ratio` with `lower` and `upper` of its 95 % interval. The interval takes the arms as independent
        Poisson counts: too wide in that arms share their luck, too narrow where few people have most of the events.
    """
    run = Run.of(source)
    rows = []
    kinds = [kind for kind in run.variables(run.by_time, "events") if not kind.startswith("intervention_")]
    for sex in ["female", "male"] if by == "sex" else ["all"]:
        years = _totals(run, "person_years", sex)
        for kind in kinds:
            events = _totals(run, f"{kind}_events", sex)
            base = run.arms[0]
            for arm in run.arms:
                rate = 1000.0 * events[arm] / years[arm] if years[arm] else np.nan
                ratio = lower = upper = np.nan
                if arm != base and events[arm] and events[base] and years[base]:
                    ratio = (events[arm] / years[arm]) / (events[base] / years[base])
                    factor = float(np.exp(Z95 * np.sqrt(1.0 / events[arm] + 1.0 / events[base])))
                    lower, upper = ratio / factor, ratio * factor
                rows.append((arm, base, sex, kind, int(events[arm]), years[arm], rate, ratio, lower, upper))
    return pd.DataFrame(rows, columns=["arm", "reference", "sex", "event", "events", "person_years",
                                       "rate_per_1000_person_years", "rate_ratio", "lower", "upper"])


def compare_years(source: Source, *, by: str | None = None) -> pd.DataFrame:
    """Years lived in the run, and years lived without a burden, a person, and what each arm gains of them.

    Returns:
        A row for each arm, sex and measure (`years_lived`, `years_without_sarcopenia`, ...):
        `years_per_person` and `gained_years`, its difference from the reference arm.
    """
    run = Run.of(source)
    measures = [("years_lived", "person_years")]
    measures += [(str(name), str(name)) for name in run.by_time.data_vars if str(name).startswith("years_without_")]
    rows = []
    for sex in ["female", "male"] if by == "sex" else ["all"]:
        people = run.people_of(sex)
        for measure, name in measures:
            totals = _totals(run, name, sex)
            for arm in run.arms:
                mean = totals[arm] / people if people else np.nan
                gained = (totals[arm] - totals[run.arms[0]]) / people if people else np.nan
                rows.append((arm, run.arms[0], sex, measure, mean, gained))
    return pd.DataFrame(rows, columns=["arm", "reference", "sex", "measure", "years_per_person", "gained_years"])
