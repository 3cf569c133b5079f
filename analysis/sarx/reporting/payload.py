"""The numbers behind a page: courses, effects, crossings, events, flow, groups, lives, motor units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..comparing import compare, compare_events, compare_years, most_telling_record
from ..comparing.rows import CONTRAST
from ..departing import DEPARTURE, departure_age, last_passage, mean_course, own_way_age, prevalence
from ..errors import SarxError
from ..estimating.intervals import FEWEST_DIFFERING_IN_VALUES
from ..grouping import groups_of, traits
from ..levels import levels_shown
from ..plot.style import axis_title, meaning, muscle_or_default, spoken, unit_text
from ..printing import headlines
from ..reading import Run
from .people import motor_units, typical_lives

SEXES = ("all", "female", "male")

AGE_SHOWN = 75.0
"""Age at which effects are shown first."""

WATCHED = ("mitochondrial_capacity", "nmj_stability", "motor_unit_count", "motor_unit_size_ratio",
           "fibre_area_type2_um2", "fibre_area_type1_um2", "muscle_area_cm2", "specific_force_N_per_cm2",
           "knee_extension_torque_Nm", "leg_power_W", "gait_speed_m_per_s", "chair_rise_s",
           "appendicular_lean_mass_kg", "grip_strength_kg")
"""Measures whose departure from youth is put in order."""

SENSITIVE = ("knee_extension_torque_Nm", "leg_power_W", "grip_strength_kg", "gait_speed_m_per_s", "nmj_stability",
             "motor_unit_count", "fibre_area_type2_um2")
"""Measures on which it is asked who gains."""

BURDENS = ("sarcopenia", "disability")
"""What years are told with and without."""

GROUP_TRAITS = ("female", "reinnervation_capacity", "motor_neuron_vulnerability", "nmj_vulnerability",
                "habitual_activity_ratio", "adherence_z", "fall_frailty_ratio", "youth_lean_mass_kg",
                "muscle_turnover_ratio")
"""Traits by which it is asked, where the file has them."""


def payload(run: Run, numbers: int) -> dict[str, Any]:
    """Everything the page's pictures are drawn from, ready for `encode`.

    Args:
        run: the file.
        numbers: most numbers of courses; with more, records are left out evenly.
    """
    axis, title = run.drawn_axis(run.summary)
    names = run.variables(run.summary, "p50")
    muscles = run.muscles or [""]
    keep = _records_kept(run, names, len(axis), numbers)
    times, times_title = run.drawn_axis(run.by_time)  # effects and survival are by time where entry ages differ
    keep_times = keep if _group(run) == "summary" else _records_kept(run, names, len(times), numbers)
    variables = {name: _about(run, name) for name in names if name != "alive"}
    data: dict[str, Any] = {
        "title": run.title, "arms": [{"name": arm, "words": spoken(arm)} for arm in run.arms], "sexes": _sexes(run),
        "muscles": muscles, "muscle": muscle_or_default(run, None) or "", "x": axis[keep], "axis": title,
        "times": times[keep_times], "timesAxis": times_title,
        "variables": variables, "people": run.people or 0,
        "levels": [{"level": level.name, "variable": name}
                   for level, name in levels_shown(list(variables), muscle_or_default(run, None))],
        "measures": [name for name in headlines(run) or [] if name in variables],
        "courses": {name: _courses(run, name, keep) for name in variables},
        "shares": _shares(run, keep) | _survival(run, keep_times),
        "timeline": _timeline(run, list(variables)) if title.startswith("age") else [],
    }
    if run.effects is not None:
        data["effects"] = {name: _effects(run, name, keep_times) for name in variables
                           if f"{name}_mean" in run.effects}
        data["at"] = float(times[_record_shown(run)])
        data["events"] = _events(run)
        data["years"] = _years(run)
        data["groups"] = _groups(run)
    data["flow"] = _flow(run)
    data["lives"] = typical_lives(run, [name for name in WATCHED if name in run.root])
    data["units"] = motor_units(run)
    return data


def _sexes(run: Run) -> list[str]:
    """All, and each sex of which there are people."""
    return ["all", *(sex for sex in ("female", "male") if run.people_of(sex))] if _has_people(run) else ["all"]


def _has_people(run: Run) -> bool:
    """Whether there are both women and men."""
    return bool(run.people_of("female")) and bool(run.people_of("male"))


def _records_kept(run: Run, names: Sequence[str], records: int, numbers: int) -> np.ndarray:
    """Places of the records that a page shows: all, or evenly fewer where it would be too large."""
    of_muscle = sum("muscle" in run.summary[f"{name}_p50"].dims for name in names)
    series = (len(names) - of_muscle + of_muscle * max(len(run.muscles), 1)) * len(SEXES) * 7 * len(run.arms)
    step = max(1, int(np.ceil(series * records / numbers)))
    return np.unique(np.append(np.arange(0, records, step), records - 1))


def _about(run: Run, name: str) -> dict[str, Any]:
    """What a variable is."""
    attributes = run.attributes(name)
    return {"words": meaning(name, attributes), "axis": axis_title(name, attributes),
            "better": str(attributes.get("better", _better(run, name))),
            "muscle": "muscle" in run.summary[f"{name}_p50"].dims}


def _better(run: Run, name: str) -> str:
    """Which way is better, for files of which only summaries were kept."""
    return str(run.summary[f"{name}_p50"].attrs.get("better", "none"))


def _group(run: Run) -> str:
    return "summary_by_age" if "age_years" in run.summary.dims else "summary"


def _stack(
    run: Run, group: str, name: str, statistics: Sequence[str], arms: Sequence[str], keep: np.ndarray
) -> list[Any]:
    """Courses of a variable: [arm][sex][muscle][statistic](record)."""
    dataset = {"effects": run.effects, "summary": run.by_time, "summary_by_age": run.summary}[group]
    muscles = run.muscles if "muscle" in dataset[f"{name}_{statistics[0]}"].dims else [""]
    return [[[[run.series(group, f"{name}_{statistic}", arm, sex, muscle)[keep] for statistic in statistics]
              for muscle in muscles] for sex in _sexes(run)] for arm in arms]


def _courses(run: Run, name: str, keep: np.ndarray) -> list[Any]:
    """Quartiles of a variable."""
    return _stack(run, _group(run), name, ("p25", "p50", "p75"), run.arms, keep)


def _effects(run: Run, name: str, keep: np.ndarray) -> dict[str, Any]:
    """Paired differences with their intervals and share better off, and in spreads between people of a sex."""
    statistics = [statistic for statistic in ("mean", "lower", "upper", "benefit_fraction")
                  if f"{name}_{statistic}" in run.effects]
    paired = _stack(run, "effects", name, statistics, run.arms[1:], keep)
    muscles = run.muscles if "muscle" in run.effects[f"{name}_mean"].dims else [""]
    for a, arm in enumerate(run.arms[1:]):
        for s, sex in enumerate(_sexes(run)):
            for m, muscle in enumerate(muscles):
                few = run.series("effects", f"{name}_differ_n", arm, sex, muscle)[keep] < FEWEST_DIFFERING_IN_VALUES
                for course in paired[a][s][m][1:3]:
                    course[few] = np.nan  # too few differ to tell
    return {"paired": paired,
            "delta": [[[_delta(run, name, arm, sex, muscle)[keep] for muscle in muscles] for sex in _sexes(run)]
                      for arm in run.arms[1:]]}


def _delta(run: Run, name: str, arm: str, sex: str, muscle: str) -> np.ndarray:
    """Glass's delta at each record: of a sex, or of both averaged by their pairs."""
    total, pairs = (np.zeros(run.by_time.sizes["time_years"]) for _ in range(2))
    for one in ("female", "male") if sex == "all" else (sex,):
        effect, n = (run.series("effects", f"{name}_{statistic}", arm, one, muscle) for statistic in ("mean", "n"))
        spread = run.series("summary", f"{name}_sd", run.arms[0], one, muscle)
        there = np.isfinite(effect) & (spread > 0)
        total[there] += (n * effect)[there] / spread[there]
        pairs[there] += n[there]
    return np.divide(total, pairs, out=np.full(total.shape, np.nan), where=pairs > 0)


def _burdens(run: Run) -> list[str]:
    return [burden for burden in BURDENS
            if f"years_without_{burden}" in run.summary or f"{burden}_mean" in run.summary]


def _shares(run: Run, keep: np.ndarray) -> dict[str, Any]:
    """Of person-time with a burden: [arm][sex](record)."""
    return {f"with_{burden}": [[prevalence(run, burden, arm, sex)[keep] for sex in _sexes(run)] for arm in run.arms]
            for burden in _burdens(run)}


def _survival(run: Run, keep: np.ndarray) -> dict[str, Any]:
    """Of everyone who began: alive, and free of a burden, by time since the start: [arm][sex](record)."""
    gaps = np.diff(run.by_time["time_years"].values.astype(float), prepend=np.nan)
    names = [("alive", "person_years"), *((f"free_of_{b}", f"years_without_{b}") for b in BURDENS)]
    return {share: [[(run.series("summary", name, arm, sex) / gaps / (run.people_of(sex) or np.nan))[keep]
                     for sex in _sexes(run)] for arm in run.arms]
            for share, name in names if name in run.by_time}


def _timeline(run: Run, known: Sequence[str]) -> list[dict[str, Any]]:
    """For each measure the ages at which its mean is a tenth off youth and a quarter of its own way: [sex][muscle][arm].

    Youth and way are those of the reference arm.

    The burdens have only the first: the age from which a tenth of the living have them.
    """
    _, ages, _ = run.age_axis(run.summary)
    rows = []
    for name in [name for name in WATCHED if name in known]:
        muscles = run.muscles if "muscle" in run.summary[f"{name}_p50"].dims else [""]
        ways = {way: [[[_age(found(ages, mean_course(run, name, arm, sex, muscle),
                                   mean_course(run, name, run.arms[0], sex, muscle))) for arm in run.arms]
                       for muscle in muscles] for sex in _sexes(run)]
                for way, found in (("tenth", departure_age), ("quarter", own_way_age))}
        rows.append({"name": name, "words": meaning(name, run.attributes(name)), **ways})
    for burden in BURDENS:
        if f"years_without_{burden}" in run.summary:
            crossed = [[[_age(last_passage(ages, course := prevalence(run, burden, arm, sex), DEPARTURE, course))
                         for arm in run.arms]] for sex in _sexes(run)]
            rows.append({"name": burden, "words": f"{burden} in a tenth", "tenth": crossed})
    measured = [age for row in rows if "quarter" in row for by_sex in row["tenth"] for by_arm in by_sex for age in by_arm]
    return rows if np.isfinite(measured).any() else []


def _age(found: tuple[float, float] | None) -> float:
    return found[0] if found else np.nan


def _events(run: Run) -> list[dict[str, Any]]:
    """Rows of kind, [sex][arm] of rate ratio, lower, upper, rate, averted, lower, upper, reference rate."""
    return _by_sex(run, compare_events, "event", [
        "rate_ratio", "lower", "upper", "rate_per_1000_person_years", "averted_per_1000_people", "averted_lower",
        "averted_upper", "reference_rate_per_1000_person_years"])


def _years(run: Run) -> list[dict[str, Any]]:
    """Rows of measure, [sex][arm] of years gained, lower, upper, years, years in the reference."""
    return _by_sex(run, compare_years, "measure",
                   ["gained_years", "lower", "upper", "years_per_person", "reference_years_per_person"])


def _by_sex(run: Run, compared: Any, key: str, columns: list[str]) -> list[dict[str, Any]]:
    """Rows of a table for all, and for women and men; none where the file does not tell events and years."""
    try:
        tables = [compared(run, population="everyone")]
        if _has_people(run):
            apart = compared(run, population="everyone", by="sex")
            tables += [apart[apart.sex == sex] for sex in ("female", "male")]
    except SarxError:
        return []
    nothing = [[np.nan] * len(columns)]  # the reference arm's place
    return [{"words": spoken(name), "values": [nothing + table[table[key] == name][columns].to_numpy(float).tolist()
                                               for table in tables]} for name in dict.fromkeys(tables[0][key])]


def _record_shown(run: Run) -> int:
    """The record at which effects are shown first: at 75 where the run has it, else where arms differ most."""
    _, axis, _ = run.age_axis(run.by_time)
    if run.start_age_years is not None and axis[0] + 5.0 < AGE_SHOWN <= axis[-1]:
        return int(np.abs(axis - AGE_SHOWN).argmin())
    return most_telling_record(run)


def _groups(run: Run) -> dict[str, Any] | None:
    """Effects within parts of the recorded people, near the middle of life after the arms begin."""
    measures = [name for name in SENSITIVE if name in run.root and f"{name}_mean" in run.by_time]
    if "person" not in run.root.sizes or run.root.sizes["person"] < 40 or not measures:
        return None
    wanted = [name for name in GROUP_TRAITS if name in traits(run)]
    record = _record_shown(run)
    at = float(run.age_axis(run.by_time)[1][record])
    muscle = muscle_or_default(run, None)
    rows: dict[tuple[str, str], list[list[float]]] = {}
    labels: list[dict[str, Any]] = []
    contrasts = 0
    for trait in wanted:
        try:
            parts = groups_of(run, trait).groups
        except SarxError:  # too few people, or all alike
            continue
        if len(parts) < 2:
            continue
        table = compare(run, variables=measures, at=[at], by=trait, muscles=[muscle] if muscle else None)
        contrasts += int(table.attrs.get("contrasts", 0))
        table = table[table.group != CONTRAST]
        sizes = [int(table[table.group == group.label].n_both_alive.max()) for group in parts]
        words = _trait_words(run, trait)
        labels.append({"trait": words, "parts": [
            f"{_part_words(trait, group.label)} ({size:,})" for group, size in zip(parts, sizes)]})
        for (arm, name), part in table.groupby(["arm", "variable"], sort=False):
            rows.setdefault((arm, name), []).extend(part[["effect", "lower", "upper"]].to_numpy(float).tolist())
    if not labels:
        return None
    everyone = compare(run, variables=measures, at=[at], muscles=[muscle] if muscle else None)
    whole = everyone.set_index(["arm", "variable"])["effect"]
    return {"at": float(run.drawn_axis(run.by_time)[0][record]), "measures": measures, "labels": labels, "muscle": muscle or "",
            "contrasts": contrasts,
            "values": [[rows[arm, name] for name in measures] for arm in run.arms[1:]],
            "all": [[float(whole[arm, name]) for name in measures] for arm in run.arms[1:]]}


def _part_words(trait: str, label: str) -> str:
    """A part of people without the name of the trait."""
    return {"female": "women", "male": "men"}.get(label, label.removeprefix(trait).lstrip(", "))


def _trait_words(run: Run, trait: str) -> str:
    """A trait as a reader knows it: its name without the unit, and what it is where the name does not say it."""
    if trait == "female":
        return "sex"
    attributes = run.root[trait].attrs
    about, unit = meaning(trait, attributes), unit_text(attributes)
    name = spoken(re.sub(r"_(ratio|z|kg|count|fraction)$", "", trait)).replace("nmj", "junction")
    return f"{name}: {about}{f' ({unit})' if unit else ''}"


def _flow(run: Run) -> list[dict[str, Any]]:
    """For each delivery the people at each step."""
    if "flow" not in run.groups:
        return []
    data = run.group("flow").load()
    times = data["time_years"].values.astype(float)
    rows = []
    for i, label in enumerate(map(str, data["delivery"].values)):
        counts = {name: data[name].values[i].astype(int) for name in
                  ("eligible", "offered", "reached", "adherent", "dropped")}
        treated = float(data["treated_years"].values[i][-1]) if "treated_years" in data else 0.0
        arm, _, intervention = label.partition("/")
        begun = np.flatnonzero(counts["reached"] > 0)
        ten_years = times[begun[0]] + 10.0 if len(begun) else np.inf
        long_enough = ten_years <= times[-1]
        adherent = counts["adherent"][np.abs(times - ten_years).argmin()] if long_enough else counts["adherent"].max()
        rows.append({"arm": run.arms.index(arm) if arm in run.arms else 0, "words": spoken(intervention),
                     "eligible": int(counts["eligible"][-1]), "offered": int(counts["offered"][-1]),
                     "reached": int(counts["reached"][-1]), "dropped": int(counts["dropped"][-1]),
                     "adherent": int(adherent), "tenYearsOn": bool(long_enough),
                     "taken": float(data["taken_years"].values[i][-1]) / treated if treated else None})
    return rows
