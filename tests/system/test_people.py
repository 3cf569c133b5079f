"""People as they are: survival of a population, and lives that fit measured people."""

import csv
import pathlib

import h5py
import numpy as np
import pytest
import yaml

from conftest import Place

TREE = pathlib.Path(__file__).resolve().parents[2]

SURVIVAL = """sarx: 1
seed: 90
population: {people: 8000, start_age: 20 years, end_age: 90 years}
clock: {step: 3 months, record_every: 10 years}
model: {muscles: [forearm_flexors], parameters: {%s}}
arms: {usual_life: []}
record: {variables: [alive], people: none}
"""


def survivors_of_the_life_table(sex: str, age_years: float) -> float:
    """Share of those alive at 20 who reach an age, from the death rates that the model ships."""
    table = yaml.safe_load((TREE / "models/parameters/life_table.yaml").read_text())["tables"]["life_table"]["us_2019"]
    fine = np.linspace(20.0, age_years, 20001)
    return float(np.exp(-np.trapz(np.interp(fine, table["ages_years"], table[sex]), fine)))


@pytest.mark.parametrize("spread", [
    "",
    "people.mortality_frailty_ratio: {gamma: {mean: 1, shape: 1.5}, between: people}, mortality.frailty_shape: 1.5",
    "reinnervation.capacity: {lognormal: {median: 1, sd_log: 1.3}, between: people}, mortality.causal_share: 1",
])
def test_survival_is_that_of_the_life_table_whatever_people_differ_in(place: Place, spread: str) -> None:
    (place.folder / "lives.yaml").write_text(SURVIVAL % spread)
    place.sarx("run", "lives.yaml", "-o", "lives.h5", "--quiet")
    with h5py.File(place.folder / "lives.h5", "r") as file:
        alive = file["summary/alive_mean"][0]
        sexes = [name.decode() for name in file["summary/sex"][:]]
        ages = 20.0 + file["time_years"][:]
    for sex in ("female", "male"):
        share = alive[sexes.index(sex), list(ages).index(90.0)]
        # The standard error of 4000 people is 0.8 points.
        assert share == pytest.approx(survivors_of_the_life_table(sex, 90.0), abs=0.02), (sex, spread)


def test_lives_fit_a_measured_grip_and_keep_the_rest_of_what_people_differ_in(place: Place) -> None:
    luck = np.random.default_rng(5)
    people = [{"id": f"p{i}", "sex": ("female", "male")[i % 2], "age_years": int(luck.integers(40, 76)),
               "height_cm": round(luck.normal((163.0, 176.5)[i % 2], 7.0), 1)} for i in range(240)]
    scenario = """sarx: 1
seed: {seed}
population: {{from: {file}, follow: 1 year}}
clock: {{step: 1 month, record_every: 1 year}}
arms: {{usual_life: []}}
record: {{variables: [grip_strength_kg, gait_speed_m_per_s, appendicular_lean_mass_kg, motor_unit_count]}}
"""

    def entry(file: str, rows: list[dict], seed: int) -> dict[str, np.ndarray]:
        with open(place.folder / file, "w", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        (place.folder / "real.yaml").write_text(scenario.format(seed=seed, file=file))
        place.sarx("run", "real.yaml", "-o", "real.h5", "--force", "--quiet")
        with h5py.File(place.folder / "real.h5", "r") as run:
            first = {name: run[name][0, :, ..., 0].astype(float) for name in
                     ("grip_strength_kg", "gait_speed_m_per_s", "appendicular_lean_mass_kg", "motor_unit_count")}
        return {name: x if x.ndim == 1 else x[:, 1] for name, x in first.items()}

    others = entry("others.csv", people, seed=1)
    readings = others["grip_strength_kg"] * (1.0 + 0.05 * luck.standard_normal(len(people)))
    measured = [{**one, "id": f"m{i}", "grip_strength_kg": round(float(x), 1)}
                for i, (one, x) in enumerate(zip(people, readings))]
    fitted = entry("measured.csv", measured, seed=2)
    for sex in (0, 1):
        given, truth = readings[sex::2], fitted["grip_strength_kg"][sex::2]
        assert truth.mean() == pytest.approx(given.mean(), rel=0.015)
        assert truth.std() == pytest.approx(others["grip_strength_kg"][sex::2].std(), rel=0.1)
        assert np.polyfit(given, truth, 1)[0] > 0.8
        # What is not measured differs between people as much as before (F test, 120 people: 1.43 at 5 %).
        for name in ("gait_speed_m_per_s", "appendicular_lean_mass_kg", "motor_unit_count"):
            assert 1.0 / 1.5 < (fitted[name][sex::2].std() / others[name][sex::2].std()) ** 2 < 1.5, name


def test_a_surveys_design_is_in_the_file(place: Place) -> None:
    rows = [f"p{i},female,{60 + i},{('North 1', 'South')[i % 2]},{i % 3 + 1},{1 + i / 10}" for i in range(20)]
    (place.folder / "people.csv").write_text("id,sex,age_years,region,town,w\n" + "\n".join(rows) + "\n")
    (place.folder / "survey.yaml").write_text("""sarx: 1
population: {from: people.csv, follow: 1 year, columns: {weight: w, stratum: region, sampling_unit: town}}
model: {muscles: [forearm_flexors]}
record: {people: 10}
""")
    assert "weighted, in strata, in sampling units" in place.sarx("check", "survey.yaml")
    place.sarx("run", "survey.yaml", "-o", "survey.h5", "--quiet")
    with h5py.File(place.folder / "survey.h5", "r") as file:
        for name, labels in (("stratum", ["North 1", "South"] * 5), ("sampling_unit", [str(i % 3 + 1) for i in range(10)])):
            known = [label.decode() for label in file[f"{name}_label"][:]]
            assert [known[code] for code in file[name][:]] == labels
        assert file["weight"][3] == np.float32(1.3)
    place.sarx("verify", "survey.h5")


def test_what_a_file_says_of_a_person_is_met_or_told(place: Place) -> None:
    (place.folder / "people.csv").write_text("""id,sex,age_years,height_cm,mass_kg,grip_strength_kg
heavy,female,36,160,250,
very_heavy,male,40,175,340,
light,female,70,155,36,
thin,male,25,180,55,
usual,female,60,162.5,68.25,26
lightest,male,40,200,25,
weak,male,27,171,68,20
code99,female,70,160,65,99
strong,female,90,150,45,110
""")
    (place.folder / "given.yaml").write_text("""sarx: 1
seed: 3
population: {from: people.csv, follow: 1 year}
clock: {step: 3 months, record_every: 1 year}
record: {variables: [grip_strength_kg, body_mass_kg, height_cm]}
""")
    told = place.sarx("run", "given.yaml", "-o", "given.h5")
    with h5py.File(place.folder / "given.h5", "r") as file:
        mass = dict(zip([name.decode() for name in file["person_id"][:]], file["body_mass_kg"][0, :, 0].tolist()))
        sentence = file["provenance/given_not_met"][()].decode()
    for who, given, digit in (("heavy", 250, 0.5), ("very_heavy", 340, 0.5), ("light", 36, 0.5), ("thin", 55, 0.5),
                              ("usual", 68.25, 0.005), ("weak", 68, 0.5), ("code99", 65, 0.5), ("strong", 45, 0.5)):
        assert abs(mass[who] - given) <= digit, (who, mass[who])
    assert sentence in told
    assert sentence.startswith("4 of 9 people of people.csv are not what it says of them: ")
    for who in ("weak", "code99", "strong"):
        assert f"'{who}' grip_strength_kg " in sentence
    assert f"'lightest' mass_kg 25 given, {mass['lightest']:.4g} simulated" in sentence
    assert "usual" not in sentence and "height" not in sentence

    for part in ("1/2", "2/2"):
        place.sarx("run", "given.yaml", "-o", "parts.h5", "--part", part, "--quiet")
    assert sentence in place.sarx("merge", "parts.h5")
    assert place.digest("parts.h5") == place.digest("given.h5")

    rows = [f"p{i},{('female', 'male')[i % 2]},60,165,{70 + i % 9},99" for i in range(40)]
    (place.folder / "people.csv").write_text("id,sex,age_years,height_cm,mass_kg,grip_strength_kg\n" + "\n".join(rows))
    told = place.sarx("run", "given.yaml", "-o", "many.h5", "--quiet")
    assert "40 of 40 people of people.csv are not what it says of them" in told
    assert told.count("99 given") == 5 and told.rstrip().endswith("; and 35 more")
