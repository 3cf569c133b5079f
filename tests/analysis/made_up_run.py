"""A result file made up with h5py, in the layout that sarx writes: small, quick, and with known answers.

People lose a variable in a straight line; an arm's gain is a constant that begins at 60 and differs between
people by a known spread. Names, shapes, attributes and axes are those of the real thing.
"""

from __future__ import annotations

import pathlib
from dataclasses import dataclass, field

import h5py
import numpy as np
from scipy import stats
from made_up_outcomes import Lives, write_outcomes, write_people, write_prevalence

TEXT = h5py.string_dtype("utf-8")
MUSCLES = ("forearm_flexors", "vastus_lateralis")
START_AGE = 20.0
GAIN_FROM_AGE = 60.0
QUANTILES = (5, 25, 50, 75, 95)
KINDS = ("fall", "death", "intervention_start", "intervention_stop", "sarcopenia_begins", "sarcopenia_ends",
         "disability_begins", "disability_ends")
BURDEN_FROM_AGE = {"sarcopenia": 78.0, "disability": 84.0}
BURDEN_LATER_BY_YEARS = 3.0


@dataclass(frozen=True)
class Variable:
    """A variable of the file: where it starts, what a decade does to it, how people differ."""

    name: str
    unit: str
    meaning: str
    youth: float
    per_decade: float
    spread: float
    gain: float
    of_muscle: bool = False
    worthwhile: float = 0.0
    """Smallest worthwhile difference; 0 where none is known."""


VARIABLES = (
    Variable("mitochondrial_capacity", "1", "oxidative capacity of muscle, 1 = active youth", 1, -0.05, 0.05, 0.05),
    Variable("nmj_stability", "1", "mean stability of the neuromuscular junctions", 0.95, -0.03, 0.02, 0.02, True),
    Variable("motor_unit_count", "1", "living motor units", 150, -14, 15, 8, True),
    Variable("fibre_area_type2_um2", "um2", "mean area of type II fibres", 5500, -380, 400, 500, True),
    Variable("knee_extension_torque_Nm", "N m", "isometric knee-extension torque", 210, -15, 25, 18),
    Variable("grip_strength_kg", "kg", "maximal grip strength, best of six trials", 42, -3, 4, 2, worthwhile=1.8),
    Variable("chair_rise_s", "s", "time for five chair rises (60 = unable)", 6, 0.9, 0.8, -0.7),
)


@dataclass
class MadeUpRun:
    """What is in the file, for tests to compare with."""

    path: pathlib.Path
    arms: tuple[str, ...]
    ages: np.ndarray
    cube: dict[str, np.ndarray] = field(default_factory=dict)
    """(arm, person, [muscle,] time), NaN after death."""
    alive: np.ndarray = field(default_factory=lambda: np.empty(0))
    """(arm, person, time)."""
    female: np.ndarray = field(default_factory=lambda: np.empty(0))
    weight: np.ndarray | None = None
    recorded: int = 0
    """How many of the people are in the file one by one."""
    lives: Lives | None = None


def write(path: pathlib.Path, arms: tuple[str, ...] = ("usual_life", "power", "nothing"), people: int = 80,
          seed: int = 7, entry_ages_differ: bool = False, weight: np.ndarray | None = None,
          everyone: bool = True, recorded: int | None = None) -> MadeUpRun:
    """Writes a made-up run. The arm `nothing` equals the reference; `power` gains from 60 on and lives longer.

    In `power` everyone is offered training at 60, two in three are reached, and a third of these keep to it to the end.
    Without `everyone` there are no sums over everyone simulated, as in older files; of all people the first `recorded`
    are in the file one by one.
    """
    luck = np.random.default_rng(seed)
    times = np.arange(0.0, 71.0, 1.0)
    ages = START_AGE + times
    run = MadeUpRun(path, arms, ages, recorded=people if recorded is None else recorded)
    run.female = (np.arange(people) % 2 == 0).astype(np.uint8)
    death_age = 70.0 + 30.0 * luck.random(people)
    helped = np.array([arm == "power" for arm in arms])
    ages_of_death = death_age[None, :] + 3.0 * helped[:, None]
    run.alive = (ages[None, None, :] < ages_of_death[:, :, None]).astype(np.uint8)

    for v in VARIABLES:
        shape = (people, len(MUSCLES)) if v.of_muscle else (people,)
        person = v.youth * (1 - 0.2 * run.female) if v.unit != "1" else np.full(people, v.youth)
        base = person.reshape((people,) + (1,) * (len(shape) - 1)) + v.spread * luck.standard_normal(shape)
        course = base[..., None] + v.per_decade * (ages - START_AGE) / 10.0
        gain = v.gain * (1 + 0.3 * luck.standard_normal(shape))[..., None] * (ages > GAIN_FROM_AGE)
        values = np.stack([course + h * gain for h in helped])
        dead = run.alive == 0
        values[np.broadcast_to(dead[:, :, None, :] if v.of_muscle else dead, values.shape)] = np.nan
        run.cube[v.name] = values.astype(np.float32)

    with h5py.File(path, "w") as file:
        _write_root(file, run, times, entry_ages_differ)
        _write_summary(file, run, times, people)
        if entry_ages_differ:
            _write_summary_by_age(file, run)
        if len(arms) > 1:
            _write_effects(file, run, times)
        run.weight = weight
        run.lives = _lives(run, ages_of_death)
        _write_events(file, run)
        if len(arms) > 1:
            write_people(file, run.lives, run.recorded)
        if weight is not None:
            _put(file, "weight", weight[:run.recorded], ("person",))
        classes = _write_disability(file, run, times)
        if everyone:
            write_outcomes(file, run.lives, times[::10])
            write_prevalence(file, run.lives, times, classes)
        _write_flow(file, run, times, people)
        _write_motor_units(file, arms)
        _write_provenance(file)
    return run


def _axis(group: h5py.Group, name: str, values: object, unit: str | None = None, text: bool = False) -> None:
    """One axis: a dimension scale with its labels."""
    data = group.create_dataset(name, data=values, dtype=TEXT if text else None)
    data.make_scale(name)
    if unit:
        data.attrs["units"] = unit


def _put(group: h5py.Group, name: str, values: np.ndarray, axes: tuple[str, ...], unit: str = "1",
         meaning: str = "", fill: float | int | None = None, **attributes: object) -> None:
    """One dataset with its axes attached and its attributes."""
    data = group.create_dataset(name, data=values)
    for i, axis in enumerate(axes):
        data.dims[i].attach_scale(group[axis])
    data.attrs["units"] = unit
    data.attrs["long_name"] = meaning or name
    if fill is not None:
        data.attrs["_FillValue"] = values.dtype.type(fill)
    for key, value in attributes.items():
        data.attrs[key] = value


def _write_root(file: h5py.File, run: MadeUpRun, times: np.ndarray, entry_ages_differ: bool) -> None:
    people = run.recorded
    file.attrs["Conventions"] = "CF-1.10"
    file.attrs["title"] = "Train the nerve"
    file.attrs["sarx_format"] = 1
    _axis(file, "arm", list(run.arms), text=True)
    _axis(file, "person", np.arange(people, dtype=np.int32))
    _axis(file, "muscle", list(MUSCLES), text=True)
    _axis(file, "time_years", times, "year")
    start = np.full(people, START_AGE, np.float32) + (np.arange(people) % 5 if entry_ages_differ else 0)
    _put(file, "start_age_years", start.astype(np.float32), ("person",), "year", "age at the start")
    _put(file, "female", run.female[:people], ("person",), meaning="sex", fill=255,
         flag_values=np.array([0, 1], np.uint8), flag_meanings="male female")
    _put(file, "alive", run.alive[:, :people], ("arm", "person", "time_years"), meaning="1 while alive", fill=255,
         flag_values=np.array([0, 1], np.uint8), flag_meanings="dead alive")
    for v in VARIABLES:
        axes = ("arm", "person", "muscle", "time_years") if v.of_muscle else ("arm", "person", "time_years")
        _put(file, v.name, run.cube[v.name][:, :people], axes, v.unit, v.meaning, fill=np.nan,
             better="lower" if v.gain < 0 else "higher", valid_min=np.float32(0), valid_max=np.float32(9e9),
             **({"worthwhile_difference": v.worthwhile} if v.worthwhile else {}))


def _sexes(run: MadeUpRun) -> list[np.ndarray]:
    """Which people belong to female, male, all."""
    return [run.female == 1, run.female == 0, np.ones(len(run.female), bool)]


def _over_people(run: MadeUpRun, values: np.ndarray, statistic) -> np.ndarray:  # noqa: ANN001: a NumPy function
    """(arm, person, ...) to (arm, sex, ...)."""
    return np.stack([statistic(values[:, who], axis=1) for who in _sexes(run)], axis=1)


def _write_summary(file: h5py.File, run: MadeUpRun, times: np.ndarray, people: int) -> None:
    group = file.create_group("summary")
    _axis(group, "arm", list(run.arms), text=True)
    _axis(group, "sex", ["female", "male", "all"], text=True)
    _axis(group, "muscle", list(MUSCLES), text=True)
    _axis(group, "time_years", times, "year")
    with np.errstate(all="ignore"):
        import warnings
        warnings.simplefilter("ignore", RuntimeWarning)
        for v in VARIABLES:
            values = run.cube[v.name].astype(float)
            axes = ("arm", "sex", "muscle", "time_years") if v.of_muscle else ("arm", "sex", "time_years")
            count = _over_people(run, values, lambda x, axis: np.isfinite(x).sum(axis=axis))
            sd = _over_people(run, values, lambda x, axis: np.nanstd(x, axis=axis, ddof=1))
            _put(group, f"{v.name}_n", count.astype(np.int32), axes, meaning=f"{v.meaning}: people")
            _put(group, f"{v.name}_mean", _over_people(run, values, np.nanmean), axes, v.unit, v.meaning, fill=np.nan)
            _put(group, f"{v.name}_sd", sd, axes, v.unit, v.meaning, fill=np.nan)
            _put(group, f"{v.name}_mcse", sd / np.sqrt(count), axes, v.unit, v.meaning, fill=np.nan)
            quantiles = _over_people(run, values, lambda x, axis: np.moveaxis(
                np.nanpercentile(x, QUANTILES, axis=axis), 0, axis))
            for i, q in enumerate(QUANTILES):
                _put(group, f"{v.name}_p{q:02d}", quantiles[:, :, i], axes, v.unit, v.meaning, fill=np.nan)
    lived = _over_people(run, run.alive.astype(float), np.sum)
    lived[..., 0] = 0.0
    _put(group, "person_years", lived, ("arm", "sex", "time_years"), "year", "person-time in the interval")
    healthy = lived * np.clip(1.0 - 0.006 * np.maximum(run.ages - 50.0, 0.0), 0, 1)
    for burden in ("sarcopenia", "disability"):
        _put(group, f"years_without_{burden}", healthy, ("arm", "sex", "time_years"), "year", f"years without {burden}")
    falls = np.round(lived * np.linspace(0.0, 0.6, len(times)))
    _put(group, "fall_events", falls.astype(np.int32), ("arm", "sex", "time_years"), meaning="falls in the interval")
    died = -np.diff(_over_people(run, run.alive.astype(float), np.sum), axis=-1, prepend=np.nan)
    died[..., 0] = 0.0
    _put(group, "death_events", died.astype(np.int32), ("arm", "sex", "time_years"), meaning="deaths in the interval")


def _write_summary_by_age(file: h5py.File, run: MadeUpRun) -> None:
    """Medians and quartiles by age; there is no person-time by age."""
    group = file.create_group("summary_by_age")
    _axis(group, "arm", list(run.arms), text=True)
    _axis(group, "sex", ["female", "male", "all"], text=True)
    _axis(group, "muscle", list(MUSCLES), text=True)
    _axis(group, "age_years", run.ages.astype(np.int32), "year")
    for v in VARIABLES:
        axes = ("arm", "sex", "muscle", "age_years") if v.of_muscle else ("arm", "sex", "age_years")
        shape = (len(run.arms), 3, len(MUSCLES), len(run.ages)) if v.of_muscle else (len(run.arms), 3, len(run.ages))
        for name, shift in (("p25", -v.spread), ("p50", 0.0), ("p75", v.spread), ("mean", 0.0)):
            course = v.youth + shift + v.per_decade * (run.ages - START_AGE) / 10.0
            _put(group, f"{v.name}_{name}", np.broadcast_to(course, shape).copy(), axes, v.unit, v.meaning, fill=np.nan)
        _put(group, f"{v.name}_n", np.full(shape, 10, np.int32), axes)


def _skew_t(mean: np.ndarray, sd: np.ndarray, count: np.ndarray, third: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ends of Hall's interval; NaN where fewer than 20 differ, which here is where nothing was done or hardly anybody lives."""
    a, t = third / (sd**3 * np.sqrt(count)), stats.t.ppf(0.975, count - 1)
    ends = [mean - 3.0 / a * (np.cbrt(1.0 + a * (sign * t - a / 6.0)) - 1.0) * sd / np.sqrt(count) for sign in (1, -1)]
    few = (count < 20) | ~(sd > 0)
    return np.where(few, np.nan, ends[0]), np.where(few, np.nan, ends[1])


def _write_effects(file: h5py.File, run: MadeUpRun, times: np.ndarray) -> None:
    group = file.create_group("effects")
    group.attrs["reference_arm"] = run.arms[0]
    _axis(group, "arm", list(run.arms[1:]), text=True)
    _axis(group, "person", np.arange(run.recorded, dtype=np.int32))
    _axis(group, "sex", ["female", "male", "all"], text=True)
    _axis(group, "muscle", list(MUSCLES), text=True)
    _axis(group, "time_years", times, "year")
    with np.errstate(all="ignore"):
        for v in VARIABLES:
            values = run.cube[v.name].astype(float)
            difference = values[1:] - values[:1]
            axes = ("arm", "sex", "muscle", "time_years") if v.of_muscle else ("arm", "sex", "time_years")
            count = _over_people(run, difference, lambda x, axis: np.isfinite(x).sum(axis=axis))
            mean = _over_people(run, difference, np.nanmean)
            sd = _over_people(run, difference, lambda x, axis: np.nanstd(x, axis=axis, ddof=1))
            third = _over_people(run, difference, lambda x, axis: np.nanmean(
                (x - np.nanmean(x, axis=axis, keepdims=True))**3, axis=axis))
            lower, upper = _skew_t(mean, sd, count, third)
            differ = _over_people(run, (np.isfinite(difference) & (difference != 0)).astype(int), np.sum)
            gain = difference * (-1 if v.gain < 0 else 1)
            benefit, worse = (_over_people(run, sign * gain >= v.worthwhile, np.sum) / count for sign in (1, -1))
            statistics = [("mean", mean), ("lower", lower), ("upper", upper), ("sd", sd), ("third", third)]
            if v.worthwhile:
                statistics += [("benefit_fraction", benefit), ("worse_fraction", worse)]
            for name, data in statistics:
                _put(group, f"{v.name}_{name}", data, axes, "1" if name.endswith("_fraction") else v.unit, v.meaning,
                     fill=np.nan)
            _put(group, f"{v.name}_differ_n", differ.astype(np.int32), axes)
            _put(group, f"{v.name}_n", count.astype(np.int32), axes)
    first = np.full((len(run.arms) - 1, run.recorded), np.nan, np.float32)
    first[[arm == "power" for arm in run.arms[1:]]] = GAIN_FROM_AGE - START_AGE
    _put(group, "first_divergence_years", first, ("arm", "person"), "year", fill=np.nan)


def _lives(run: MadeUpRun, ages_of_death: np.ndarray) -> Lives:
    """What happens to whom: a fall at 70 for all and another at 75 but in `power`, burdens that come later there."""
    arms, people = ages_of_death.shape
    reached = np.arange(people) % 3 > 0
    of_power = np.array([arm == "power" for arm in run.arms])[:, None]
    start = GAIN_FROM_AGE - START_AGE
    kept = np.where(np.arange(people) % 9 == 1, np.inf, start + 2.0 + np.arange(people) % 9)
    lives = Lives(run.arms, run.female, np.full(people, 70.0), np.where(of_power, start, np.full(people, np.nan)),
                  np.where(of_power & reached, start, np.nan), np.where(of_power & reached, kept, np.nan),
                  np.ones(people) if run.weight is None else run.weight)
    lives.events = {"fall": {}, "death": {}}
    lives.spells = {"sarcopenia": {}, "disability": {}}
    for a, arm in enumerate(run.arms):
        for p, age in enumerate(ages_of_death[a]):
            falls = [50.0] if arm == "power" and reached[p] else [50.0, 55.0]
            lives.events["fall"][a, p] = [time for time in falls if time < age - START_AGE]
            if age < run.ages[-1]:
                lives.events["death"][a, p] = [age - START_AGE]
            for burden, onset in BURDEN_FROM_AGE.items():
                begin = onset + p % 7 + (BURDEN_LATER_BY_YEARS if arm == "power" and reached[p] else 0.0)
                if begin < min(age, run.ages[-1]):
                    lives.spells[burden][a, p] = [(begin - START_AGE, min(age, run.ages[-1]) - START_AGE)]
    return lives


def _write_events(file: h5py.File, run: MadeUpRun) -> None:
    group = file.create_group("events")
    lives = run.lives
    assert lives is not None
    rows = []
    for kind, of_kind in lives.events.items():
        rows += [(a, p, time, KINDS.index(kind), 0.0) for (a, p), times in of_kind.items() for time in times]
    for burden, of_burden in lives.spells.items():
        for (a, p), spells in of_burden.items():
            for begin, end in spells:
                rows.append((a, p, begin, KINDS.index(f"{burden}_begins"), 0.0))
                if end < lives.death(a, p) and end < 70.0:
                    rows.append((a, p, end, KINDS.index(f"{burden}_ends"), 0.0))
    rows += [(a, p, lives.reach[a, p], KINDS.index("intervention_start"), 0.0)
             for a, p in zip(*np.nonzero(np.isfinite(lives.reach)))]
    rows = sorted(row for row in rows if row[1] < run.recorded)
    columns = list(zip(*rows))
    _axis(group, "event", np.arange(len(rows), dtype=np.int32))
    for name, values, kind in (("arm", columns[0], np.int32), ("person", columns[1], np.int32),
                               ("time_years", columns[2], np.float64), ("kind", columns[3], np.uint8),
                               ("value", columns[4], np.float32)):
        _put(group, name, np.array(values, kind), ("event",), "year" if name == "time_years" else "1")
    group["arm"].attrs["flag_values"] = np.arange(len(run.arms), dtype=np.int32)
    group["arm"].attrs["flag_meanings"] = " ".join(run.arms)
    group["kind"].attrs["flag_values"] = np.arange(len(KINDS), dtype=np.uint8)
    group["kind"].attrs["flag_meanings"] = " ".join(KINDS)


def _write_disability(file: h5py.File, run: MadeUpRun, times: np.ndarray) -> dict[str, tuple[list[str], np.ndarray]]:
    """Disability of each person, yes or no, and as classes."""
    lives = run.lives
    assert lives is not None
    codes = np.where(run.alive == 1, 0.0, np.nan)
    for (a, p), spells in lives.spells["disability"].items():
        for begin, end in spells:
            codes[a, p, (times >= begin) & (times <= end) & (run.alive[a, p] == 1)] = 1.0
    stored = np.where(np.isfinite(codes), codes, 255).astype(np.uint8)[:, :run.recorded]
    _put(file, "disability", stored, ("arm", "person", "time_years"),
         meaning="needs help", fill=255, flag_values=np.array([0, 1], np.uint8), flag_meanings="no yes", better="lower")
    return {"disability": (["no", "yes"], codes)}


def _write_flow(file: h5py.File, run: MadeUpRun, times: np.ndarray, people: int) -> None:
    group = file.create_group("flow")
    _axis(group, "delivery", ["power/power_twice_a_week"], text=True)
    _axis(group, "time_years", times, "year")
    begun = (run.ages >= GAIN_FROM_AGE).astype(np.int32)
    for name, share in (("eligible", 1.0), ("offered", 0.9), ("reached", 0.7), ("adherent", 0.5), ("dropped", 0.1)):
        _put(group, name, (begun * int(share * people))[None, :].astype(np.int32), ("delivery", "time_years"))


def _write_motor_units(file: h5py.File, arms: tuple[str, ...]) -> None:
    """Snapshots of one person at 20 and 80 in each arm: fewer units, larger ones."""
    group = file.create_group("motor_units")
    rows = [(a, 0, 1, t) for a in range(len(arms)) for t in (0.0, 60.0)]
    sizes = [150 if row[3] == 0.0 else 80 for row in rows]
    _axis(group, "snapshot", np.arange(len(rows), dtype=np.int32))
    _axis(group, "unit", np.arange(sum(sizes), dtype=np.int32))
    for name, column, kind in (("arm", 0, np.int32), ("person", 1, np.int32), ("muscle", 2, np.int32),
                               ("time_years", 3, np.float64)):
        _put(group, name, np.array([row[column] for row in rows], kind), ("snapshot",))
    for name, labels in (("arm", arms), ("muscle", MUSCLES)):
        group[name].attrs["flag_values"] = np.arange(len(labels), dtype=np.int32)
        group[name].attrs["flag_meanings"] = " ".join(labels)
    _put(group, "row_size", np.array(sizes, np.int32), ("snapshot",), sample_dimension="unit")
    rank = np.concatenate([np.linspace(0.0, 1.0, n) for n in sizes])
    growth = np.repeat([1.0 if row[3] == 0.0 else 1.6 for row in rows], sizes)
    _put(group, "unit_rank", rank.astype(np.float32), ("unit",), meaning="recruitment rank")
    _put(group, "unit_fibres", (30.0 * 40.0**rank * growth).astype(np.float32), ("unit",), meaning="innervated fibres")


def _write_provenance(file: h5py.File) -> None:
    group = file.create_group("provenance")
    group.attrs["version"] = "0.1.0"
    group.attrs["commit"] = "0123456789ab"
    group.attrs["seed"] = "20260101"
    group.attrs["command"] = "sarx run train_the_nerve.yaml"
    text = group.create_dataset("scenario", data="sarx: 1\ntitle: Train the nerve\n", dtype=TEXT)
    text.attrs["path"] = "some/where/train_the_nerve.yaml"
    plan = "seed: 20260101\npopulation:\n  people: 80\n  start_age: {from: 20 years, to: 20 years}\n"
    group.create_dataset("resolved_plan", data=plan, dtype=TEXT)


def shorten(path: pathlib.Path, days: float) -> None:
    """Turns a made-up run of 70 years into one of so many days."""
    with h5py.File(path, "a") as file:
        for name in ("time_years", *(f"{group}/time_years" for group in file if isinstance(file[group], h5py.Group))):
            if name in file:
                file[name][...] = file[name][:] * (days / 365.25 / 70.0)
