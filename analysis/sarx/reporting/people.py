"""Single lives and single motor units of a run, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..levels import STRENGTH_OF_MUSCLE
from ..plot.style import meaning, muscle_or_default, spoken
from ..reading import DAYS_PER_YEAR, Run, decoded

PERCENTILES = (5, 25, 50, 75, 95)
"""Where the typical people stand among their sex in strength."""

AGE_OF_CHOICE = 75.0
"""Age at which they are chosen, in the reference arm; three quarters of the run where it does not span it."""

SNAPSHOT_AGES = (25.0, 50.0, 75.0, 90.0)
"""Ages whose nearest snapshots of motor units are shown."""

PEOPLE_WITH_UNITS = 2
"""Most people whose motor units a page holds."""

EVENT_KINDS = ("fall", "fracture", "hospital_stay", "chronic_disease", "sarcopenia_diagnosis", "disability_onset",
               "death")


def typical_lives(run: Run, variables: Sequence[str]) -> dict[str, Any] | None:
    """Five recorded people from weak to strong, with their courses and events; None where nobody was recorded."""
    root = run.root
    if "person" not in root.sizes or root.sizes["person"] < len(PERCENTILES) or not variables:
        return None
    muscle = muscle_or_default(run, None)
    strength = next((name for name in (STRENGTH_OF_MUSCLE.get(str(muscle), ""), "grip_strength_kg", *variables)
                     if name in root), variables[0])
    times = root["time_years"].values.astype(float)
    start = run.start_age_years
    at = AGE_OF_CHOICE - start if start is not None and start < AGE_OF_CHOICE <= start + times[-1] else 0.75 * times[-1]
    index = int(np.abs(times - at).argmin())
    data = root[strength].isel(arm=0, time_years=index)
    values = (data.sel(muscle=muscle) if "muscle" in data.dims else data).values.astype(float)
    female = root["female"].values if "female" in root else np.zeros(len(values))
    chosen = _chosen(values, female)
    if not chosen:
        return None
    axis, title = run.drawn_axis(root)
    per_year = DAYS_PER_YEAR if title.endswith("(days)") else 1.0
    begin = float(axis[0]) - per_year * times[0]
    people = []
    for person, percentile in chosen:
        sex = "woman" if female[person] == 1 else "man"
        people.append({
            "words": f"{sex} {int(root['person'].values[person])}, stronger than {percentile} % of "
                     f"{'women' if sex == 'woman' else 'men'}",
            "courses": [[_course(run, name, arm, person, muscle) for arm in range(len(run.arms))]
                        for name in variables],
            "events": _events_of(run, int(root["person"].values[person]), begin, per_year),
        })
    when = f"at {axis[index]:.0f}" if title.startswith("age") else f"after {axis[index]:.0f} {title[:-1].split('(')[1]}"
    return {"variables": list(variables), "x": axis, "axis": title, "people": people,
            "chosen": f"{meaning(strength, run.attributes(strength))} {when}"}


def _chosen(values: np.ndarray, female: np.ndarray) -> list[tuple[int, int]]:
    """Places of people near the percentiles of their sex, women and men in turn."""
    chosen: list[tuple[int, int]] = []
    for i, percentile in enumerate(PERCENTILES):
        for sex in ((1, 0) if i % 2 == 0 else (0, 1)):
            who = np.flatnonzero((female == sex) & np.isfinite(values))
            if len(who) >= len(PERCENTILES):
                order = who[np.argsort(values[who], kind="stable")]
                chosen.append((int(order[round((len(order) - 1) * percentile / 100)]), percentile))
                break
    return chosen


def _course(run: Run, name: str, arm: int, person: int, muscle: str | None) -> np.ndarray:
    """One variable of one life."""
    data = run.root[name].isel(arm=arm, person=person)
    return (data.sel(muscle=muscle) if "muscle" in data.dims else data).values.astype(float)


def _events_of(run: Run, person: int, begin: float, per_year: float) -> list[list[Any]]:
    """What happened to a person: kind, and by arm where on the axis of lives."""
    if "events" not in run.groups:
        return []
    table = run.group("events")
    part = table.isel(event=np.flatnonzero(run.people_of_events == person)).load()
    kinds, arms, ages = decoded(part["kind"]), part["arm"].values.astype(int), begin + per_year * part["time_years"].values
    return [[spoken(kind), [ages[(kinds == kind) & (arms == arm)] for arm in range(len(run.arms))]]
            for kind in EVENT_KINDS if (kinds == kind).any()]


def motor_units(run: Run) -> dict[str, Any] | None:
    """Motor units of a few people at some ages: rank, fibres in youth, fibres now; None where none were recorded."""
    if "motor_units" not in run.groups:
        return None
    data = run.group("motor_units").load()
    needed = ("unit_rank", "unit_fibres")
    if not data.sizes.get("snapshot") or any(name not in data for name in needed):
        return None
    start = run.start_age_years or 0.0
    ages = data["time_years"].values + start
    shown = sorted({float(ages[np.abs(ages - age).argmin()]) for age in SNAPSHOT_AGES
                    if np.abs(ages - age).min() <= 8.0}) or sorted({float(ages.min()), float(ages.max())})
    people, arms = data["person"].values.astype(int), data["arm"].values.astype(int)
    lived = {who: len(np.unique(ages[people == who])) for who in np.unique(people)}
    chosen = sorted(lived, key=lambda who: (-lived[who], who))[:PEOPLE_WITH_UNITS]
    ends = np.cumsum(data["row_size"].values.astype(int))
    sizes = data["row_size"].values.astype(int)
    pools = []
    for place in range(len(ends)):
        if people[place] in chosen and any(abs(ages[place] - age) < 1e-6 for age in shown):
            units = slice(int(ends[place] - sizes[place]), int(ends[place]))
            youth = data["unit_youth_fibres" if "unit_youth_fibres" in data else "unit_fibres"].values[units]
            pools.append({"person": chosen.index(people[place]), "arm": int(arms[place]),
                          "muscle": int(data["muscle"].values[place]), "age": float(ages[place]),
                          "rank": data["unit_rank"].values[units], "youth": youth,
                          "fibres": data["unit_fibres"].values[units]})
    return {"people": [f"person {who}" for who in chosen], "ages": shown, "pools": pools} if pools else None
