"""Single lives and single motor units of a run, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..arrays import Array, Floats
from ..errors import SarxError
from ..estimating.typical_people import PERCENTILES, record_of_choice, typical_people
from ..levels import STRENGTH_OF_MUSCLE
from ..reading import Axis, Run, UnitPool, events_of, unit_pools
from ..telling.words import meaning, spoken
from . import axes

SNAPSHOT_AGES = (25.0, 50.0, 75.0, 90.0)
"""Ages whose nearest snapshots of motor units are shown."""

FURTHEST_SNAPSHOT_YEARS = 8.0
"""How far from such an age a snapshot may be."""

PEOPLE_WITH_UNITS = 2
"""Most people whose motor units a page holds."""

EVENT_KINDS = ("fall", "fracture", "hospital_stay", "chronic_disease", "sarcopenia_diagnosis", "disability_onset",
               "death")


def typical_lives(run: Run, variables: Sequence[str]) -> dict[str, Any] | None:
    """Five recorded people from weak to strong, with their courses and events; None where nobody was recorded."""
    root = run.root
    if root.sizes.get("person", 0) < len(PERCENTILES) or not variables:
        return None
    muscle = run.muscle_or_usual(None)
    strength = next((name for name in (STRENGTH_OF_MUSCLE.get(str(muscle), ""), "grip_strength_kg", *variables)
                     if name in root), variables[0])
    record = record_of_choice(run)
    data = root[strength].isel(arm=0, time_years=record)
    values = (data.sel(muscle=muscle) if "muscle" in data.dims else data).values.astype(float)
    female = root["female"].values if "female" in root else np.zeros(len(values))
    chosen = typical_people(values, female)
    if not chosen:
        return None
    axis = run.drawn_axis(root)
    people = []
    for place, percentile in chosen:
        one, many = ("woman", "women") if female[place] == 1 else ("man", "men")
        number = int(root["person"].values[place])
        people.append({
            "words": f"{one} {number}, stronger than {percentile} % of {many}",
            "courses": {name: {arm: _course(run, name, arm, place, muscle) for arm in run.arms} for name in variables},
            "events": _events(run, number, axis),
        })
    at = axis.values[record]
    when = f"at {at:.0f}" if axis.is_age else f"after {at:.0f} {axis.unit}"
    return {"variables": list(variables), "x": axis.values, "axis": axes.told(axis), "people": people,
            "chosen": f"{meaning(strength, run.attributes(strength))} {when}"}


def _course(run: Run, name: str, arm: str, place: int, muscle: str | None) -> Floats:
    """One variable of one life."""
    data = run.root[name].sel(arm=arm).isel(person=place)
    course: Floats = (data.sel(muscle=muscle) if "muscle" in data.dims else data).values.astype(float)
    return course


def _events(run: Run, person: int, axis: Axis) -> list[dict[str, Any]]:
    """What happened to a person: by kind and arm where on the axis of lives."""
    happened = events_of(run, person)
    kinds = {event.kind for event in happened}
    return [{"words": spoken(kind), "at": {
        arm: [axis.at(event.time_years) for event in happened if event.kind == kind and event.arm == arm]
        for arm in run.arms}} for kind in EVENT_KINDS if kind in kinds]


def motor_units(run: Run) -> dict[str, Any] | None:
    """Motor units of a few people at some ages; None where none were recorded."""
    try:
        pools = unit_pools(run)
    except SarxError:
        return None
    start = run.start_age_years or 0.0
    ages = np.array([pool.time_years + start for pool in pools])
    shown = sorted({float(ages[np.abs(ages - age).argmin()]) for age in SNAPSHOT_AGES
                    if np.abs(ages - age).min() <= FURTHEST_SNAPSHOT_YEARS}) or sorted({float(ages.min()), float(ages.max())})
    times = {who: {pool.time_years for pool in pools if pool.person == who} for who in {pool.person for pool in pools}}
    chosen = sorted(times, key=lambda who: (-len(times[who]), who))[:PEOPLE_WITH_UNITS]
    told = [_pool(pool, age, chosen) for pool, age in zip(pools, ages)
            if pool.person in chosen and any(abs(age - one) < 1e-6 for one in shown)]
    return {"people": [f"person {who}" for who in chosen], "ages": shown, "pools": told} if told else None


def _pool(pool: UnitPool, age: float, chosen: Sequence[int]) -> dict[str, Any]:
    """A snapshot: each unit's rank, its fibres in youth and now, and how many a unit has on average."""
    return {"person": chosen.index(pool.person), "arm": pool.arm, "muscle": pool.muscle, "age": float(age),
            "rank": pool.rank, "youth": pool.youth_fibres, "fibres": pool.fibres,
            "meanFibres": _mean(pool.fibres), "meanYouthFibres": _mean(pool.youth_fibres)}


def _mean(fibres: Array) -> float:
    """Fibres of a unit on average; 0 where none is left."""
    return float(fibres.mean()) if len(fibres) else 0.0
