"""Eight people, two arms, ten years: a result file small enough to reckon by hand.

The reference arm `nothing` and the arm `help`, which adds 2 to everyone's strength, 4 to those with capacity 2.
Person 7 dies after 4 years without help and lives with it; person 6 dies after 6 years either way; person 0 falls
twice without help and once with it, person 1 once either way. Person 5 is disabled from year 5 on without help.
"""

from __future__ import annotations

import pathlib

import h5py
import numpy as np
from made_up_outcomes import Lives, write_outcomes, write_people
from made_up_run import TEXT, _axis, _put

PEOPLE, YEARS = 8, 11
ARMS = ("nothing", "help")
TIMES = np.arange(YEARS, dtype=float)
FEMALE = np.array([1, 0, 1, 0, 1, 0, 1, 0], np.uint8)
CAPACITY = np.array([1, 1, 1, 1, 2, 2, 2, 2], np.float32)
STRENGTH = np.array([10, 12, 14, 16, 18, 20, 22, 24], float)
GAIN = np.where(CAPACITY == 2, 4.0, 2.0)
KINDS = ("death", "fall", "disability_begins")
DEATHS = {(0, 7): 4.0, (0, 6): 6.0, (1, 6): 6.0}
FALLS = [(0, 0, 2.5), (0, 0, 3.5), (0, 1, 1.5), (1, 0, 2.5), (1, 1, 1.5)]
START_AGE = 60.0


def alive() -> np.ndarray:
    """(arm, person, time)."""
    life = np.ones((2, PEOPLE, YEARS), np.uint8)
    for (arm, person), when in DEATHS.items():
        life[arm, person, TIMES > when] = 0
    return life


def strength() -> np.ndarray:
    """(arm, person, time): half a unit lost a year, NaN after death."""
    course = STRENGTH[:, None] - 0.5 * TIMES
    values = np.stack([course, course + GAIN[:, None] * (TIMES > 0)])
    values[alive() == 0] = np.nan
    return values


def lives() -> Lives:
    """What happens to whom; help is offered to all at the start and reaches all but person 2."""
    nobody = np.full((2, PEOPLE), np.nan)
    offer, reach = nobody.copy(), nobody.copy()
    offer[1] = 0.0
    reach[1] = np.where(np.arange(PEOPLE) == 2, np.nan, 0.0)
    told = Lives(ARMS, FEMALE, np.full(PEOPLE, TIMES[-1]), offer, reach, np.where(np.isfinite(reach), np.inf, np.nan),
                 np.ones(PEOPLE))
    told.events = {"death": {place: [when] for place, when in DEATHS.items()}, "fall": {}}
    for arm, person, when in FALLS:
        told.events["fall"].setdefault((arm, person), []).append(when)
    told.spells = {"disability": {(0, 5): [(5.0, 10.0)]}}
    return told


def write(path: pathlib.Path, with_people: bool = True, everyone: bool = True) -> pathlib.Path:
    """Writes the file; without people only what is over everyone, without everyone no sums over events and years."""
    values, life = strength(), alive()
    sexes = [FEMALE == 1, FEMALE == 0, np.ones(PEOPLE, bool)]
    with h5py.File(path, "w") as file:
        file.attrs["title"], file.attrs["sarx_format"] = "Eight people", 1
        for group in (file, file.create_group("summary"), file.create_group("effects")):
            names = ARMS if group.name != "/effects" else ARMS[1:]
            _axis(group, "arm", list(names), text=True)
            _axis(group, "time_years", TIMES, "year")
            if group.name != "/":
                _axis(group, "sex", ["female", "male", "all"], text=True)
        if with_people:
            _write_people(file, values, life)
        summary, effects = file["summary"], file["effects"]
        axes = ("arm", "sex", "time_years")
        over = np.stack([values[:, who] for who in [sexes[2]]])[0]
        for name, statistic in (("mean", np.nanmean), ("sd", lambda x, axis: np.nanstd(x, axis=axis, ddof=1)),
                                ("p25", np.nanmean), ("p50", np.nanmean), ("p75", np.nanmean)):
            _put(summary, f"strength_{name}", np.stack([statistic(over[:, who], axis=1) for who in sexes], axis=1),
                 axes, "kg", "strength", fill=np.nan)
        count = np.stack([life[:, who].sum(axis=1) for who in sexes], axis=1).astype(np.int32)
        _put(summary, "strength_n", count, axes)
        difference = (values[1] - values[0])[None]
        pairs = np.stack([np.isfinite(difference[:, who]).sum(axis=1) for who in sexes], axis=1)
        mean = np.stack([np.nanmean(difference[:, who], axis=1) for who in sexes], axis=1)
        sd = np.stack([np.nanstd(difference[:, who], axis=1, ddof=1) for who in sexes], axis=1)
        half = 1.959963984540054 * sd / np.sqrt(pairs)
        better = np.stack([(difference[:, who] > 0).sum(axis=1) for who in sexes], axis=1) / pairs
        for name, data in (("mean", mean), ("sd", sd), ("lower", mean - half), ("upper", mean + half),
                           ("benefit_fraction", better)):
            _put(effects, f"strength_{name}", data, axes, "kg", "strength", fill=np.nan)
        _put(effects, "strength_n", pairs.astype(np.int32), axes)
        _write_time(summary, sexes)
        _write_moments(effects, difference, sexes)
        if everyone:
            write_outcomes(file, lives(), TIMES)
        if with_people:
            _axis(effects, "person", np.arange(PEOPLE, dtype=np.int32))
            write_people(file, lives())
        group = file.create_group("provenance")
        plan = "start_age: {from: 60 years, to: 60 years}\n"
        group.create_dataset("resolved_plan", data=plan, dtype=TEXT)
    return path


def _write_people(file: h5py.File, values: np.ndarray, life: np.ndarray) -> None:
    _axis(file, "person", np.arange(PEOPLE, dtype=np.int32))
    _put(file, "female", FEMALE, ("person",), fill=255, flag_values=np.array([0, 1], np.uint8),
         flag_meanings="male female")
    _put(file, "start_age_years", np.full(PEOPLE, START_AGE, np.float32), ("person",), "year")
    _put(file, "reinnervation_capacity", CAPACITY, ("person",))
    _put(file, "habit", np.arange(PEOPLE, dtype=np.float32), ("person",))
    cube = ("arm", "person", "time_years")
    _put(file, "alive", life, cube, fill=255)
    _put(file, "strength", values.astype(np.float32), cube, "kg", "strength", fill=np.nan, better="higher")
    disabled = np.where(life == 1, 0, 255).astype(np.uint8)
    disabled[0, 5, 5:] = 1
    _put(file, "disability", disabled, cube, fill=255, flag_values=np.array([0, 1], np.uint8), flag_meanings="no yes")
    group = file.create_group("events")
    rows = sorted([(a, p, t, 0) for (a, p), t in DEATHS.items()] + [(a, p, t, 1) for a, p, t in FALLS] + [(0, 5, 5.0, 2)])
    _axis(group, "event", np.arange(len(rows), dtype=np.int32))
    for name, column, kind in (("arm", 0, np.int32), ("person", 1, np.int32), ("time_years", 2, float),
                               ("kind", 3, np.uint8)):
        _put(group, name, np.array([row[column] for row in rows], kind), ("event",))
    group["kind"].attrs["flag_values"] = np.array([0, 1, 2], np.uint8)
    group["kind"].attrs["flag_meanings"] = " ".join(KINDS)


def _write_moments(effects: h5py.Group, difference: np.ndarray, sexes: list[np.ndarray]) -> None:
    """Third moment of the differences and how many differ, as newer files hold them."""
    third = np.stack([np.nanmean((difference[:, who] - np.nanmean(difference[:, who], axis=1, keepdims=True))**3, axis=1)
                      for who in sexes], axis=1)
    differ = np.stack([(np.nan_to_num(difference[:, who]) != 0).sum(axis=1) for who in sexes], axis=1)
    _put(effects, "strength_third", third, ("arm", "sex", "time_years"), "1", fill=np.nan)
    _put(effects, "strength_differ_n", differ.astype(np.int32), ("arm", "sex", "time_years"))


def _write_time(summary: h5py.Group, sexes: list[np.ndarray]) -> None:
    """Person-time, time without disability and events in the interval that ends at each record."""
    axes = ("arm", "sex", "time_years")
    lived = np.zeros((2, PEOPLE, YEARS))
    free = np.zeros((2, PEOPLE, YEARS))
    for arm in range(2):
        for person in range(PEOPLE):
            end = DEATHS.get((arm, person), TIMES[-1])
            lived[arm, person, 1:] = np.clip(end - TIMES[:-1], 0, 1)
            free[arm, person] = lived[arm, person] * (TIMES <= 5 if (arm, person) == (0, 5) else 1)
    for name, data in (("person_years", lived), ("years_without_disability", free)):
        _put(summary, name, np.stack([data[:, who].sum(axis=1) for who in sexes], axis=1), axes, "year")
    for kind, rows in (("fall", FALLS), ("death", [(a, p, t) for (a, p), t in DEATHS.items()])):
        counts = np.zeros((2, 3, YEARS), np.int32)
        for arm, person, when in rows:
            for s, who in enumerate(sexes):
                counts[arm, s, int(np.ceil(when))] += who[person]
        _put(summary, f"{kind}_events", counts, axes)
