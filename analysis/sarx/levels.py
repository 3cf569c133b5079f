"""The levels of the cascade and the variables that stand for them, in the order a reader sees them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Level:
    """A level of the cascade and the variables that may stand for it, the first there is."""

    name: str
    variables: tuple[str, ...]


class LevelShown(NamedTuple):
    """A level with the variable that stands for it."""

    level: Level
    variable: str


@dataclass(frozen=True)
class Burden:
    """What years are told with and without, and the variable from one of whose codes on a person has it."""

    name: str
    variable: str
    from_code: int


LEVELS = (
    Level("Cells", ("mitochondrial_capacity", "er_mitochondria_contact", "protein_damage", "calcium_handling")),
    Level("Junctions", ("nmj_stability", "nmj_blocking_fraction", "nmj_jitter_us")),
    Level("Motor units", ("motor_unit_count", "motor_unit_size_ratio")),
    Level("Fibres", ("fibre_area_type2_um2", "fibre_area_type1_um2", "muscle_area_cm2")),
    Level("Strength", ("knee_extension_torque_Nm", "grip_strength_kg", "leg_power_W")),
)

BURDENS = (Burden("sarcopenia", "sarcopenia_ewgsop2", 2), Burden("disability", "disability", 1))

DIAGNOSIS = Level("Diagnosis", tuple(burden.name for burden in BURDENS))

USUAL_MUSCLE = "vastus_lateralis"
"""The muscle of pictures and tables where none is asked for."""

STRENGTH_OF_MUSCLE = {
    "forearm_flexors": "grip_strength_kg",
    "vastus_lateralis": "knee_extension_torque_Nm",
    "tibialis_anterior": "dorsiflexion_torque_Nm",
}
"""The measure of strength that a muscle decides."""

OF_FUNCTION = ("grip_strength_kg", "leg_power_W", "gait_speed_m_per_s", "chair_rise_s")
"""Measures of function."""


def levels_shown(known: Collection[str], muscle: str | None) -> list[LevelShown]:
    """The levels up to strength for which a variable is known, each with the one that stands for it."""
    rows = []
    for level in LEVELS:
        wanted = level.variables
        if level.name == "Strength" and muscle in STRENGTH_OF_MUSCLE:
            wanted = (STRENGTH_OF_MUSCLE[muscle], *wanted)
        if found := next((name for name in wanted if name in known), None):
            rows.append(LevelShown(level, found))
    return rows


def headlines_among(known: Collection[str]) -> list[str] | None:
    """The variables of some that a reader sees first, one or two a level; None where none of them is there."""
    names = [name for level in LEVELS for name in [n for n in level.variables if n in known][:2]]
    names += [name for name in OF_FUNCTION if name in known and name not in names]
    return names or None
