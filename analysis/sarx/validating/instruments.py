"""Virtual measurements: what an instrument of a study would read of the simulated truth.

An instrument is an expression of recorded variables, with its constant bias and the floor and ceiling of its scale,
and the relative error of one reading. Readings scatter with mean zero: means and changes are taken of readings
without scatter; spreads, centiles, classifications and relations of readings with it, but where a row says otherwise.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..expressions import Expression


@dataclass(frozen=True)
class Instrument:
    """One way of measuring.

    `reads` is an expression of variables; `error` the path of the parameter with the relative error of a reading,
    or a number; `floor` and `ceiling` bound what the instrument can show.
    """

    name: str
    unit: str
    reads: str
    source: str
    error: str | float = 0.0
    floor: float = -np.inf
    ceiling: float = np.inf

    @property
    def expression(self) -> Expression:
        """What it reads."""
        return Expression(self.reads)


_LEAN_BODY_KG = ("body_mass_kg - fat_mass_kg + body_water_kg + 0.19 * (appendicular_lean_mass_kg - "
                 "youth_lean_mass_kg)")
"""What is not fat, with the trunk's muscles changing as those of the limbs do."""

_TABLE = [
    Instrument("motor_unit_number_estimate", "1", "mune_estimate_count",
               "compound potential over the mean potential of the units that 25 % of maximal force recruits: "
               "doi:10.1002/mus.20276",
               error="measures.motor_unit_number_estimate_cv", floor=0),
    Instrument("motor_unit_potential_uV_ms", "uV ms", "mup_area_uV_ms",
               "mean over the units sampled at 25 % of maximal force: J Physiol 594:4525-4536 (2016)"),
    Instrument("near_fibre_jiggle", "1", "jiggle_fraction",
               "decomposition-based needle electromyography: J Physiol 594:4525-4536 (2016)"),
    Instrument("mean_jitter_us", "us", "nmj_jitter_us",
               "mean consecutive difference over about 20 pairs of potentials: doi:10.1002/mus.24750",
               error="measures.jitter_cv", floor=0),
    Instrument("pair_jitter_us", "us", "nmj_jitter_us",
               "one pair of potentials; assumed scatter between pairs of a muscle, from reference limits of 43 "
               "for a pair and 30 us for the mean of 20: doi:10.1002/mus.24750",
               error=0.35, floor=0),
    Instrument("biopsy_type1_area_um2", "um2", "fibre_area_type1_um2",
               "100 or more fibres of a needle biopsy",
               error="measures.fibre_area_cv", floor=0),
    Instrument("biopsy_type2_area_um2", "um2", "fibre_area_type2_um2",
               "100 or more fibres of a needle biopsy",
               error="measures.fibre_area_cv", floor=0),
    Instrument("living_fibre_count", "1", "innervated_fibre_count + denervated_fibre_count",
               "fibres counted in a section of the whole muscle, with or without a nerve",
               floor=0),
    Instrument("quadriceps_area_cm2", "cm2", "3 * muscle_area_cm2",
               "scan at mid-thigh, where vastus lateralis is about a third of the quadriceps: "
               "doi:10.1016/j.exger.2013.02.012",
               floor=0),
    Instrument("grip_best_of_six_kg", "kg", "grip_strength_kg",
               "best of three trials of each hand; NHANES 2011-2014",
               error="measures.grip_strength_cv", floor=0, ceiling=90),
    Instrument("grip_mean_of_three_kg", "kg", "0.95 * grip_strength_kg",
               "mean of three trials of the better hand: 4 to 6 % below the best trial in NHANES 2011-2014, at "
               "all ages",
               error="measures.grip_strength_cv", floor=0, ceiling=90),
    Instrument("dxa_appendicular_lean_kg", "kg", "appendicular_lean_mass_kg + limb_water_kg",
               "DXA, which counts water as lean",
               error="measures.lean_mass_cv", floor=0),
    Instrument("dxa_alm_index_kg_per_m2", "kg/m2", "alm_index_kg_per_m2",
               "DXA over height squared",
               error="measures.lean_mass_cv", floor=0),
    Instrument("dxa_leg_lean_kg", "kg", "0.75 * (appendicular_lean_mass_kg + limb_water_kg)",
               "DXA; legs hold three quarters of appendicular lean mass: J Musculoskelet Neuronal Interact "
               "21:13-25 (2021)",
               error="measures.lean_mass_cv", floor=0),
    Instrument("lean_body_mass_kg", "kg", _LEAN_BODY_KG,
               "DXA, whole body, which counts water as lean; muscles of the trunk change with those of the limbs, 0.19 kg "
               "for each: doi:10.1152/japplphysiol.00260.2004",
               floor=0),
    Instrument("skeletal_muscle_mass_kg", "kg", "max(1.19 * appendicular_lean_mass_kg - 1.65, 0)",
               "total skeletal muscle from appendicular lean mass: doi:10.1152/japplphysiol.00260.2004",
               floor=0),
    Instrument("impedance_muscle_kg", "kg",
               f"0.401 * (0.732 * ({_LEAN_BODY_KG}) - 0.065 * body_mass_kg - 0.04) / 0.593 + 3.825 * (1 - female) "
               "- 0.071 * age_years + 5.102",
               "bioimpedance: height squared over resistance from body water, 0.732 of the lean body, and body mass "
               "(doi:10.1093/ajcn/56.5.835), muscle from it, sex and age (doi:10.1152/jappl.2000.89.2.465)",
               floor=0),
    Instrument("knee_torque_Nm", "N m", "knee_extension_torque_Nm",
               "dynamometer",
               error="measures.knee_extension_torque_cv", floor=0),
    Instrument("leg_press_1rm_kg", "kg", "120 * one_repetition_maximum_ratio",
               "assumed: a young adult's leg press of 120 kg as the scale; changes in per cent do not depend on "
               "it",
               floor=0),
    Instrument("jump_power_W_per_kg", "W/kg", "12.5 * leg_power_W / body_mass_kg",
               "assumed: a two-legged jump reads about 50 W/kg where a leg rig reads 4 W/kg, in young men",
               error="measures.leg_power_cv", floor=0),
    Instrument("sit_to_stand_power_W_per_kg", "W/kg", "0.9 * 9.81 * (0.005 * height_cm - 0.43) / (0.1 * chair_rise_s)",
               "five rises from a seat of 0.43 m: doi:10.1016/j.exger.2018.08.006",
               floor=0),
    Instrument("usual_gait_m_per_s", "m/s", "gait_speed_m_per_s",
               "stopwatch over 4 to 6 m",
               error="measures.gait_speed_cv", floor=0),
    Instrument("five_chair_rises_s", "s", "chair_rise_s",
               "stopwatch; those who cannot rise are left out by a condition",
               error="measures.chair_rise_cv", floor=3, ceiling=60),
    Instrument("oxidative_capacity_mM_per_s", "mmol/l/s", "1.3 * mitochondrial_capacity",
               "assumed: 1.3 mM ATP/s in active youth as the scale: doi:10.1111/j.1469-7793.2000.t01-1-00203.x",
               floor=0),
    Instrument("plasma_caf_pmol_per_l", "pmol/l", "caf_pmol_per_l",
               "immunoassay: doi:10.1007/s40291-024-00724-y",
               error="measures.caf_cv", floor=0),
    Instrument("plasma_nfl_pg_per_ml", "pg/ml", "nfl_pg_per_ml",
               "single-molecule array: doi:10.1007/s00415-025-13246-2",
               error="measures.nfl_cv", floor=0),
]

INSTRUMENTS: dict[str, Instrument] = {instrument.name: instrument for instrument in _TABLE}


def scatter(name: str, shape: tuple[int, ...], seed: int) -> Floats:
    """Standard normal errors of readings, keyed by instrument, person and occasion.

    Args:
        name: of the instrument.
        shape: (person, time); the errors of a person do not depend on how many people there are.
        seed: of the experiment.
    """
    key = int.from_bytes(hashlib.sha256(f"{name}:{seed}".encode()).digest()[:8], "little")
    return np.random.Generator(np.random.Philox(key=key)).standard_normal(shape)
