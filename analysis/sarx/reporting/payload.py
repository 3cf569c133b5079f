"""The numbers behind a page, by name: courses, effects, crossings, events, flow, groups, lives, motor units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..arrays import Whole
from ..comparing import compare_events, compare_years
from ..errors import SarxError
from ..estimating.comparison import EVERYONE
from ..estimating.courses import burdens_told, effect_course, mean_course, share_alive, share_with
from ..estimating.departing import Passage, burden_age, departure_age, own_way_age
from ..estimating.effects import most_telling_record
from ..estimating.flow import reached
from ..levels import BURDENS, levels_shown
from ..reading import SEXES, Run, deliveries
from ..telling.words import axis_title, meaning, spoken
from . import axes
from .groups import groups
from .lives import motor_units, typical_lives
from .tables import headlines

AGE_SHOWN = 75.0
"""Age at which effects are shown first."""

WATCHED = ("mitochondrial_capacity", "nmj_stability", "motor_unit_count", "motor_unit_size_ratio",
           "fibre_area_type2_um2", "fibre_area_type1_um2", "muscle_area_cm2", "specific_force_N_per_cm2",
           "knee_extension_torque_Nm", "leg_power_W", "gait_speed_m_per_s", "chair_rise_s",
           "appendicular_lean_mass_kg", "grip_strength_kg")
"""Measures whose departure from youth is put in order."""

QUARTILES = ("p25", "p50", "p75")

SERIES_PER_COURSE = 7
"""Numbers of a variable at a record, at most: quartiles, and an effect with its interval and shares."""

EVENT_NUMBERS = ("rate_ratio", "lower", "upper", "rate_per_1000_person_years", "averted_per_1000_people",
                 "reference_rate_per_1000_person_years")
YEAR_NUMBERS = ("gained_years", "lower", "upper", "years_per_person", "reference_years_per_person")
"""Columns of tables that are drawn."""


def payload(run: Run, numbers: int) -> dict[str, Any]:
    """Everything the page's pictures are drawn from, ready for `encode`.

    Args:
        run: the file.
        numbers: most numbers of courses; with more, records are left out evenly.
    """
    axis, times = run.drawn_axis(run.summary), run.drawn_axis(run.by_time)  # by time where entry ages differ
    names = run.variables(run.summary, "p50")
    keep = _records_kept(run, names, len(axis.values), numbers)
    keep_times = keep if run.summary_group == "summary" else _records_kept(run, names, len(times.values), numbers)
    variables = {name: _about(run, name) for name in names if name != "alive"}
    muscle = run.muscle_or_usual(None)
    measures = [name for name in headlines(run) or [] if name in variables]
    data: dict[str, Any] = {
        "title": run.title, "arms": [{"name": arm, "words": spoken(arm)} for arm in run.arms], "sexes": _sexes(run),
        "muscles": run.muscles or [""], "muscle": muscle or "", "x": axis.values[keep], "axis": axes.told(axis),
        "times": times.values[keep_times], "timesAxis": axes.told(times),
        "variables": variables, "people": run.people or 0,
        "levels": [{"level": shown.level.name, "variable": shown.variable}
                   for shown in levels_shown(list(variables), muscle)],
        "measures": measures,
        "courses": {name: _courses(run, name, keep) for name in variables},
        "shares": _shares(run, keep) | _survival(run, keep_times),
        "timeline": _timeline(run, list(variables)) if axis.is_age else [],
    }
    if run.effects is not None:
        shown_first = _record_shown(run)
        data["effects"] = {name: _effects(run, name, keep_times, name in measures) for name in variables
                           if f"{name}_mean" in run.effects}
        data["at"] = float(times.values[shown_first])
        data["events"] = _by_sex(run, compare_events, "event", EVENT_NUMBERS)
        data["years"] = _by_sex(run, compare_years, "measure", YEAR_NUMBERS)
        data["groups"] = groups(run, shown_first)
    data["flow"] = _flow(run)
    data["lives"] = typical_lives(run, [name for name in WATCHED if name in run.root])
    data["units"] = motor_units(run)
    return data


def _sexes(run: Run) -> list[str]:
    """All, and each sex where both were simulated."""
    return ["all", *run.sexes_there]


def _records_kept(run: Run, names: Sequence[str], records: int, numbers: int) -> Whole:
    """Places of the records that a page shows: all, or evenly fewer where it would be too large."""
    of_muscle = sum(run.is_of_muscle(name) for name in names)
    courses = (len(names) - of_muscle + of_muscle * max(len(run.muscles), 1)) * (1 + len(SEXES)) * len(run.arms)
    step = max(1, int(np.ceil(courses * SERIES_PER_COURSE * records / numbers)))
    kept: Whole = np.unique(np.append(np.arange(0, records, step), records - 1))
    return kept


def _about(run: Run, name: str) -> dict[str, Any]:
    """What a variable is."""
    attributes = run.attributes(name)
    stored = run.summary[f"{name}_p50"].attrs.get("better", "none")  # of files of which only summaries were kept
    return {"words": meaning(name, attributes), "axis": axis_title(name, attributes),
            "better": str(attributes.get("better", stored)), "muscle": run.is_of_muscle(name)}


def _courses(run: Run, name: str, keep: Whole) -> dict[str, Any]:
    """Quartiles of a variable: by arm, sex, muscle and statistic: (record)."""
    return {arm: {sex: {muscle: {statistic: run.summary_course(f"{name}_{statistic}", arm, sex, muscle)[keep]
                                 for statistic in QUARTILES}
                        for muscle in run.muscles_of(name)} for sex in _sexes(run)} for arm in run.arms}


def _effects(run: Run, name: str, keep: Whole, with_delta: bool) -> dict[str, Any]:
    """Paired differences with their intervals and share better off, by arm, sex and muscle: (record).

    Args:
        run: a file with effects.
        name: of the variable.
        keep: the records.
        with_delta: whether also in spreads between people of a sex.
    """
    def shown(arm: str, sex: str, muscle: str) -> dict[str, Any]:
        course = effect_course(run, name, arm, sex, muscle)
        numbers = {"mean": course.mean, "lower": course.lower, "upper": course.upper}
        if course.benefit_fraction is not None:
            numbers["benefit"] = course.benefit_fraction
        if with_delta:
            numbers |= {"delta": course.delta, "deltaLower": course.delta_lower, "deltaUpper": course.delta_upper}
        return {key: values[keep] for key, values in numbers.items()}

    return {arm: {sex: {muscle: shown(arm, sex, muscle) for muscle in run.muscles_of(name)} for sex in _sexes(run)}
            for arm in run.arms[1:]}


def _shares(run: Run, keep: Whole) -> dict[str, Any]:
    """Of person-time with a burden, by burden, arm and sex: (record)."""
    return {f"with_{burden}": {arm: {sex: share_with(run, burden, arm, sex)[keep] for sex in _sexes(run)}
                               for arm in run.arms} for burden in burdens_told(run)}


def _survival(run: Run, keep: Whole) -> dict[str, Any]:
    """Of everyone who began: alive, and free of a burden, by arm and sex: (record), by time since the start."""
    shares: dict[str, Any] = {}
    for key, burden in (("alive", ""), *((f"free_of_{burden.name}", burden.name) for burden in BURDENS)):
        by_arm = {arm: {sex: share_alive(run, arm, sex, burden) for sex in _sexes(run)} for arm in run.arms}
        if all(share is not None for by_sex in by_arm.values() for share in by_sex.values()):
            shares[key] = {arm: {sex: share[keep] for sex, share in by_sex.items() if share is not None}
                           for arm, by_sex in by_arm.items()}
    return shares


def _timeline(run: Run, there: Sequence[str]) -> list[dict[str, Any]]:
    """For each measure the ages at which its mean is a tenth off youth and a quarter of its own way, by sex, muscle, arm.

    Youth and way are those of the reference arm. The burdens have only the first: the age from which a tenth of the
    living have them.
    """
    ages = run.age_axis(run.summary).values
    rows: list[dict[str, Any]] = []
    is_any = False
    for name in [name for name in WATCHED if name in there]:
        tenth: dict[str, Any] = {}
        quarter: dict[str, Any] = {}
        for sex in _sexes(run):
            tenth[sex], quarter[sex] = {}, {}
            for muscle in run.muscles_of(name):
                courses = {arm: mean_course(run, name, arm, sex, muscle) for arm in run.arms}
                reference = courses[run.arms[0]]
                tenth[sex][muscle] = {arm: _age(departure_age(ages, course, reference)) for arm, course in courses.items()}
                quarter[sex][muscle] = {arm: _age(own_way_age(ages, course, reference)) for arm, course in courses.items()}
                is_any |= bool(np.isfinite(list(tenth[sex][muscle].values())).any())
        rows.append({"name": name, "words": meaning(name, run.attributes(name)), "tenth": tenth, "quarter": quarter})
    for burden in [one.name for one in BURDENS if f"years_without_{one.name}" in run.summary]:
        crossed = {sex: {"": {arm: _age(burden_age(ages, share_with(run, burden, arm, sex))) for arm in run.arms}}
                   for sex in _sexes(run)}
        rows.append({"name": burden, "words": f"{burden} in a tenth", "tenth": crossed})
    return rows if is_any else []


def _age(passage: Passage | None) -> float:
    return passage.age if passage else np.nan


def _by_sex(run: Run, compared: Callable[..., pd.DataFrame], key: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of a table, by sex, arm and column; none where the file does not tell events and years."""
    try:
        tables = {"all": compared(run, population=EVERYONE)}
        if run.sexes_there:
            apart = compared(run, population=EVERYONE, by="sex")
            tables |= {sex: apart[apart.sex == sex] for sex in SEXES}
    except SarxError:
        return []
    rows = []
    for name in dict.fromkeys(tables["all"][key]):
        of = {sex: table[table[key] == name].set_index("arm")[list(columns)] for sex, table in tables.items()}
        rows.append({"words": spoken(name), "values": {sex: table.to_dict(orient="index") for sex, table in of.items()}})
    return rows


def _record_shown(run: Run) -> int:
    """The record at which effects are shown first: at 75 where the run has it, else where arms differ most."""
    ages = run.age_axis(run.by_time).values
    if run.start_age_years is not None and ages[0] + 5.0 < AGE_SHOWN <= ages[-1]:
        return int(np.abs(ages - AGE_SHOWN).argmin())
    return most_telling_record(run)


def _flow(run: Run) -> list[dict[str, Any]]:
    """For each delivery the people at each step."""
    rows = []
    for delivery in deliveries(run):
        steps = reached(delivery, run.group("flow")["time_years"].values.astype(float))
        rows.append({"arm": delivery.arm, "words": spoken(delivery.intervention), "eligible": steps.eligible,
                     "offered": steps.offered, "reached": steps.reached, "dropped": steps.dropped,
                     "adherent": steps.adherent, "tenYearsOn": steps.is_ten_years_on, "taken": steps.taken_share})
    return rows
