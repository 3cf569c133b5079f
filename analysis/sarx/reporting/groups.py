"""Who gains: effects within parts of the recorded people, for the page."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from ..comparing import compare
from ..comparing.rows import CONTRAST
from ..errors import SarxError
from ..estimating.grouping import groups_of, traits
from ..reading import Run
from ..telling.words import meaning, spoken, unit_text

SENSITIVE = ("knee_extension_torque_Nm", "leg_power_W", "grip_strength_kg", "gait_speed_m_per_s", "nmj_stability",
             "motor_unit_count", "fibre_area_type2_um2")
"""Measures on which it is asked who gains."""

GROUP_TRAITS = ("female", "reinnervation_capacity", "motor_neuron_vulnerability", "nmj_vulnerability",
                "habitual_activity_ratio", "adherence_z", "fall_frailty_ratio", "youth_lean_mass_kg",
                "muscle_turnover_ratio")
"""Traits by which it is asked, where the file has them."""

FEWEST_PEOPLE = 40
"""Recorded people below which it is not asked."""


def groups(run: Run, record: int) -> dict[str, Any] | None:
    """Effects within parts of the recorded people at a record; None where there are no parts to tell apart."""
    measures = [name for name in SENSITIVE if name in run.root and f"{name}_mean" in run.by_time]
    if run.root.sizes.get("person", 0) < FEWEST_PEOPLE or not measures:
        return None
    muscle = run.muscle_or_usual(None)
    compared = partial(compare, run, variables=measures, at=[float(run.age_axis(run.by_time).values[record])],
                       muscles=[muscle] if muscle else None)
    values: dict[str, dict[str, list[dict[str, float]]]] = {arm: {name: [] for name in measures} for arm in run.arms[1:]}
    labels: list[dict[str, Any]] = []
    contrasts = 0
    for trait in [name for name in GROUP_TRAITS if name in traits(run)]:
        try:
            parts = groups_of(run, trait).groups
        except SarxError:  # too few people, or all alike
            continue
        if len(parts) < 2:
            continue
        table = compared(by=trait)
        contrasts += int(table.attrs.get("contrasts", 0))
        table = table[table.group != CONTRAST]
        sizes = [int(table[table.group == part.label].n_both_alive.max()) for part in parts]
        labels.append({"trait": _trait_words(run, trait), "parts": [
            f"{_part_words(trait, part.label)} ({size:,})" for part, size in zip(parts, sizes)]})
        for row in table.itertuples():
            values[row.arm][row.variable].append({"effect": row.effect, "lower": row.lower, "upper": row.upper})
    if not labels:
        return None
    whole = {(row.arm, row.variable): float(row.effect) for row in compared().itertuples()}
    return {"at": float(run.drawn_axis(run.by_time).values[record]), "measures": measures, "labels": labels,
            "muscle": muscle or "", "contrasts": contrasts, "values": values,
            "all": {arm: {name: whole[arm, name] for name in measures} for arm in run.arms[1:]}}


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
