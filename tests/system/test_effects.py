"""Effects that the field knows, each with its sign and its size, on the same people in every arm."""

import pathlib
import sys

import h5py
import numpy as np
import pytest

from conftest import Place

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "analysis"))
statistics = pytest.importorskip("sarx.validating.statistics")
instruments = pytest.importorskip("sarx.validating.instruments")

HEAD = "sarx: 1\nseed: 20260101\n"


class Run:
    """What a scenario of this text gives, by variable."""

    def __init__(self, place: Place, text: str) -> None:
        (place.folder / "scenario.yaml").write_text(HEAD + text)
        place.sarx("run", "scenario.yaml", "-o", "run.h5", "--force", "--quiet")
        self.file = h5py.File(place.folder / "run.h5", "r")
        self.arms = [name.decode() for name in self.file["arm"][:]]
        self.muscles = [name.decode() for name in self.file["muscle"][:]]

    def __call__(self, variable: str, arm: str = "", muscle: str = "vastus_lateralis") -> np.ndarray:
        """Readings (person, time) of an arm, of a muscle where the variable is one of muscles."""
        values = self.file[variable][self.arms.index(arm) if arm else 0].astype(float)
        return values[:, self.muscles.index(muscle)] if values.ndim == 3 else values

    def gain(self, variable: str, arm: str, over: str = "", percent: bool = True, muscle: str = "vastus_lateralis",
             time: int = -1, of: np.ndarray | None = None) -> tuple[float, float]:
        """Mean paired difference from another arm at one time, in per cent of that arm, and its standard error."""
        base, changed = self(variable, over, muscle)[:, time], self(variable, arm, muscle)[:, time]
        known = np.isfinite(base) & np.isfinite(changed) & (True if of is None else of)
        scale = 100.0 / base[known].mean() if percent else 1.0
        difference = (changed - base)[known] * scale
        return float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(known.sum()))

    def units(self, arm: str, low: float, high: float) -> tuple[float, float]:
        """Of the units with ranks in a range at the last snapshot: how many live, and how stable their junctions are."""
        units = self.file["motor_units"]
        rows = np.repeat(np.arange(len(units["row_size"])), units["row_size"][:])
        rank, fibres = units["unit_rank"][:], units["unit_fibres"][:]
        there = (units["arm"][:][rows] == self.arms.index(arm)) & (fibres > 0) & (rank >= low) & (rank < high)
        there &= units["time_years"][:][rows] == units["time_years"][:].max()
        return float(there.sum()), float(units["unit_nmj_stability"][:][there].mean())


def within(value: tuple[float, float], low: float, high: float) -> bool:
    """The effect lies between two sizes and its sign is beyond doubt."""
    return low <= value[0] <= high and abs(value[0]) > 3.0 * value[1]


def test_heavy_and_fast_work_keep_large_units_where_walking_does_not(place: Place) -> None:
    run = Run(place, """
population: {people: 160, start_age: 50 years, end_age: 75 years}
clock: {step: 1 month, record_every: 25 years}
model: {muscles: [vastus_lateralis]}
interventions:
  walking: {kind: low_effort_activity, dose: {sessions_per_week: 6, intensity_fraction: 0.3, minutes_per_session: 60}}
  power: {kind: power_training, dose: {sessions_per_week: 3, intensity_fraction: 0.7, minutes_per_session: 45}}
  lifting: {kind: resistance_training, dose: {sessions_per_week: 3, intensity_fraction: 0.8, minutes_per_session: 45}}
arms:
  usual_life: []
  walking: [{give: walking}]
  power: [{give: power}]
  lifting: [{give: lifting}]
record:
  variables: [motor_unit_count, fibre_area_type2_um2, knee_extension_torque_Nm]
  motor_units: {people: 160, every: 25 years}
""")
    large = {arm: run.units(arm, 0.85, 1.0) for arm in run.arms}
    small = {arm: run.units(arm, 0.0, 0.3) for arm in run.arms}
    usual, walking = large["usual_life"], large["walking"]
    assert walking[1] - usual[1] < small["walking"][1] - small["usual_life"][1]  # walking is for small units
    assert -0.5 < run.gain("fibre_area_type2_um2", "walking")[0] < 2.0  # fast fibres hardly notice
    for arm in ("power", "lifting"):
        assert 1.03 < large[arm][0] / usual[0] < 1.2 and large[arm][0] > walking[0]
        assert large[arm][1] - usual[1] > 1.5 * (walking[1] - usual[1])
        assert large[arm][1] - usual[1] > small[arm][1] - small["usual_life"][1]
        assert within(run.gain("fibre_area_type2_um2", arm), 8.0, 30.0)
        assert within(run.gain("knee_extension_torque_Nm", arm), 10.0, 35.0)


def test_disuse_menopause_and_low_hormones_speed_the_decline(place: Place) -> None:
    run = Run(place, """
population: {people: 120, start_age: 60 years, end_age: 64 years, female_fraction: 0.5}
clock: {step: 1 month, record_every: 6 months}
interventions:
  few_steps: {kind: inactivity, dose: {activity_reduction_fraction: 0.6}}
  cast: {kind: immobilisation}
  bed: {kind: bed_rest}
arms:
  usual_life: []
  few_steps: [{give: few_steps}]
  cast: [{give: cast, muscles: [vastus_lateralis], until: {after: 26 weeks}}]
  bed: [{give: bed, until: {after: 26 weeks}}]
record: {variables: [knee_extension_torque_Nm, muscle_area_cm2, nmj_stability, motor_unit_count, insulin_sensitivity]}
""")
    torque, area, stability = "knee_extension_torque_Nm", "muscle_area_cm2", "nmj_stability"
    for arm, weakest, thinnest in (("bed", -50.0, -35.0), ("cast", -50.0, -35.0), ("few_steps", -25.0, -20.0)):
        assert within(run.gain(torque, arm, time=1), weakest, -5.0)
        assert within(run.gain(area, arm, time=1), thinnest, -4.0)
        assert within(run.gain(stability, arm, time=1), -40.0, -3.0)
        assert run.gain(torque, arm, time=1)[0] < run.gain(area, arm, time=1)[0]  # force goes before size
    for arm in ("bed", "cast"):  # three and a half years later size is back, the units that left are not
        assert -1.5 < run.gain(area, arm)[0] < 0.0
        assert within(run.gain("motor_unit_count", arm), -2.0, -0.1)
    run.file.close()
    women = Run(place, """
population: {people: 200, start_age: 40 years, end_age: 50 years, female_fraction: 1}
clock: {step: 1 month, record_every: 5 years}
interventions:
  ovaries_removed: {kind: menopause}
arms:
  usual_life: []
  early_menopause: [{give: ovaries_removed}]
record: {variables: [knee_extension_torque_Nm, muscle_area_cm2, nmj_stability]}
""")
    for variable, most in ((torque, -7.0), (area, -4.0), (stability, -4.0)):  # force per area goes too
        assert within(women.gain(variable, "early_menopause"), most, -0.3)
    assert women.gain(torque, "early_menopause")[0] < women.gain(area, "early_menopause")[0] - 1.0
    women.file.close()
    low = """
population: {people: 200, start_age: 40 years, end_age: 80 years, female_fraction: 0}
clock: {step: 1 month, record_every: 10 years}
model:
  muscles: [vastus_lateralis]
  parameters: {hormones.testosterone_decline_per_year: %s, hormones.gh_igf1_decline_per_year: %s}
arms: {usual_life: []}
record: {variables: [knee_extension_torque_Nm, muscle_area_cm2]}
"""
    men = []
    for rates in ((0.0, 0.0), (0.016, 0.0139)):  # hormones kept; falling as steeply as anybody found
        run = Run(place, low % rates)
        men.append([float(np.nanmean(run(variable)[:, -1])) for variable in (torque, area)])
        run.file.close()
    assert -0.2 < men[1][0] / men[0][0] - 1.0 < -0.04
    assert -0.2 < men[1][1] / men[0][1] - 1.0 < -0.04


def test_protein_acts_through_anabolic_resistance(place: Place) -> None:
    gain = {}
    for who, age, intake in (("old_low", 75, 0.8), ("old_replete", 75, 1.6), ("young_low", 25, 0.8)):
        run = Run(place, f"""
population: {{people: 100, start_age: {age} years, follow: 1 year}}
clock: {{step: 1 month, record_every: 1 year}}
model: {{parameters: {{habits.protein_intake_g_per_kg_day: {intake}, habits.protein_decline_per_year: 0}}}}
interventions:
  food: {{kind: protein_intake, dose: {{added_protein_g_per_kg_day: 0.4}}}}
  more: {{kind: protein_intake, dose: {{added_protein_g_per_kg_day: 0.8}}}}
arms:
  usual_life: []
  food: [{{give: food}}]
  more: [{{give: more}}]
record: {{variables: [appendicular_lean_mass_kg]}}
""")
        gain[who] = [run.gain("appendicular_lean_mass_kg", arm) for arm in ("food", "more")]
        run.file.close()
    assert within(gain["old_low"][0], 0.7, 4.0)
    assert gain["old_low"][0][0] > 2.0 * gain["old_replete"][0][0] > 0.0
    assert gain["old_low"][0][0] > 1.1 * gain["young_low"][0][0]
    # Beyond 1.6 g/kg/day the same step adds far less than up to it.
    assert gain["old_replete"][1][0] - gain["old_replete"][0][0] < 0.4 * gain["old_low"][0][0]


def test_contacts_of_er_and_mitochondria_fall_in_orbit_and_a_notch_inhibitor_restores_a_part(place: Place) -> None:
    run = Run(place, """
population: {people: 60, start_age: {from: 35 years, to: 50 years}, follow: 26 weeks}
clock: {step: 1 week, record_every: 26 weeks}
interventions:
  orbit: {kind: microgravity}
  inhibitor: {kind: notch_inhibitor, dose: {inhibition_fraction: 0.7}}
arms:
  usual_life: []
  orbit: [{give: orbit}]
  treated: [{give: orbit}, {give: inhibitor}]
record: {variables: [er_mitochondria_contact, notch_activity, mitochondrial_capacity]}
""")
    lost, left = run.gain("er_mitochondria_contact", "orbit"), run.gain("er_mitochondria_contact", "treated")
    assert within(lost, -70.0, -30.0)
    assert 0.2 < 1.0 - left[0] / lost[0] < 0.7
    assert within(run.gain("notch_activity", "orbit"), 50.0, 150.0)
    assert run.gain("mitochondrial_capacity", "treated")[0] > run.gain("mitochondrial_capacity", "orbit")[0] + 1.0


def odds(exposed: np.ndarray, others: np.ndarray, outcome: np.ndarray, *adjust: np.ndarray) -> float:
    """Odds ratio of an outcome in the exposed against the others, adjusted."""
    kept = exposed | others
    return statistics.effect_of_first(exposed[kept].astype(float), outcome[kept].astype(float),
                                      [other[kept].astype(float) for other in adjust], "logit")


def test_moderate_and_severe_sarcopenia_disable_about_two_and_four_times_as_often(place: Place) -> None:
    run = Run(place, """
population: {people: 12000, start_age: {from: 60 years, to: 85 years}, follow: 1 year}
clock: {step: 1 month, record_every: 1 year}
arms: {usual_life: []}
record: {variables: [appendicular_lean_mass_kg, fat_mass_kg, body_mass_kg, body_water_kg, disability, sarcopenia_ewgsop2]}
""")
    female, age = run.file["female"][:] > 0.5, run.file["start_age_years"][:].astype(float)
    grade, disability = run("sarcopenia_ewgsop2")[:, 0], run("disability")[:, 0]
    well = disability[grade == 0].mean()
    assert 1.5 < disability[(grade == 1) | (grade == 2)].mean() / well < 2.8
    assert 2.8 < disability[grade == 3].mean() / well < 5.5
    # The same by muscle over height squared alone, published 1.4 and 3.3 in women, 3.7 and 4.7 in men: thin people carry
    # less, so that this must come from loads that weigh the same for everyone and from illness that makes thin.
    impedance = instruments.INSTRUMENTS["impedance_muscle_kg"].expression
    read = {name: run(name)[:, 0] for name in ("appendicular_lean_mass_kg", "fat_mass_kg", "body_mass_kg", "body_water_kg")}
    traits = {name: run.file[name][:].astype(float) for name in ("youth_lean_mass_kg", "female")}
    muscle = impedance.value({**read, **traits, "age_years": age}) / (0.01 * run.file["height_cm"][:].astype(float)) ** 2
    low = muscle <= np.where(female, 5.75, 8.5)
    lowish = ~low & (muscle <= np.where(female, 6.75, 10.75))
    assert 1.15 < odds(lowish, ~low & ~lowish, disability, age, female) < 3.0
    assert 1.6 < odds(low, ~low & ~lowish, disability, age, female) < 6.0


def test_agrin_fragment_is_higher_where_grip_is_low_and_scatters_no_more_than_old_men_do(place: Place) -> None:
    run = Run(place, """
population: {people: 3000, start_age: {from: 60 years, to: 87 years}, follow: 1 year}
clock: {step: 1 month, record_every: 1 year}
arms: {usual_life: []}
record: {variables: [caf_pmol_per_l, grip_strength_kg]}
""")
    female = run.file["female"][:] > 0.5
    fragment, grip = run("caf_pmol_per_l")[:, 1], run("grip_strength_kg")[:, 1]
    alive = np.isfinite(fragment)
    for sex in (female, ~female):
        those = alive & sex
        assert np.corrcoef(fragment[those], grip[those])[0, 1] < -0.1
        weakest, strongest = np.quantile(grip[those], (0.2, 0.8))
        assert fragment[those & (grip < weakest)].mean() > 1.08 * fragment[those & (grip > strongest)].mean()
    men = fragment[alive & ~female]
    assert 0.15 < men.std() / men.mean() < 0.33  # published 0.21 (Qaisar 2024); shed by units as they die it was 0.43


def test_deficits_of_intrinsic_capacity_climb_with_age_and_go_with_a_weak_grip(place: Place) -> None:
    run = Run(place, """
population: {people: 1200, start_age: 20 years, end_age: 95 years}
clock: {step: 1 month, record_every: 1 year}
model: {muscles: [forearm_flexors, vastus_lateralis]}
arms: {usual_life: []}
record: {variables: [intrinsic_capacity_deficits, grip_strength_kg, alive]}
""")
    deficit, grip = run("intrinsic_capacity_deficits") >= 1, run("grip_strength_kg")
    female = np.broadcast_to((run.file["female"][:] > 0.5)[:, None], grip.shape)
    age = np.broadcast_to(20.0 + run.file["time_years"][:], grip.shape)
    published = ((20, 40, 0.10, 0.03), (40, 60, 0.19, 0.04), (60, 80, 0.45, 0.08), (80, 95, 0.75, 0.1))
    for youngest, oldest, share, margin in published:
        there = np.isfinite(grip) & (age >= youngest) & (age < oldest)
        assert deficit[there].mean() == pytest.approx(share, abs=margin)
    there = np.isfinite(grip) & (age >= 21) & (age < 92)
    weak = grip < 28 - 10 * female
    assert 1.3 < odds(there & weak, there & ~weak, deficit, age, female) < 2.3
