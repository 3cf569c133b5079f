"""A target population, from the scenario to the file: told beforehand, the same however it is run, kept in the file."""

import h5py
import numpy as np

from conftest import Place

WEAK = """sarx: 1
seed: 5
population:
  people: 40
  start_age: {from: 74 years, to: 76 years}
  end_age: 78 years
  where: "sex == female and grip_strength_kg < 20 and chronic_disease == 0 and hospital_stays_last_year >= 1"
model: {muscles: [forearm_flexors]}
interventions:
  power: {kind: power_training, dose: {sessions_per_week: 2, intensity_fraction: 0.8, minutes_per_session: 45}}
arms: {usual_life: [], power: [{give: power}]}
record: {variables: [grip_strength_kg, chronic_disease, hospital_stays_last_year]}
"""


def test_a_target_population_is_told_found_and_kept(place: Place) -> None:
    (place.folder / "weak.yaml").write_text(WEAK)
    told = " ".join(place.sarx("check", "weak.yaml").split())
    assert "40 people, the first with sex == female and grip_strength_kg < 20" in told
    assert "50 % of candidates are women" in told
    assert " of 512 qualify (" in told and "grip_strength_kg < 20 " in told
    assert "To find 40 will take about" in told

    told = place.sarx("run", "weak.yaml", "-o", "whole.h5", "--threads", "2")
    with h5py.File(place.folder / "whole.h5", "r") as file:
        candidate = file["candidate"][:]
        examined = file["provenance"].attrs["candidates_examined"]
        assert len(candidate) == 40 and (np.diff(candidate) > 0).all()
        assert int(examined) == candidate[-1] + 1 > 400
        assert file["female"][:].min() == 1
        assert file["grip_strength_kg"][:, :, 0].max() < 20
        assert file["chronic_disease"][:, :, 0].max() == 0
        assert file["hospital_stays_last_year"][:, :, 0].min() >= 1
        b = file["grip_strength_kg"][:, :10]
    assert f"40 of the first {int(examined):,} candidates qualify" in told

    place.sarx("run", "weak.yaml", "-o", "few.h5", "--people", "10", "--quiet")
    with h5py.File(place.folder / "few.h5", "r") as file:
        assert (file["candidate"][:] == candidate[:10]).all()
        assert np.array_equal(file["grip_strength_kg"][:], b, equal_nan=True)

    for part in ("2/2", "1/2"):
        place.sarx("run", "weak.yaml", "-o", "parts.h5", "--part", part, "--quiet")
    place.sarx("merge", "parts.h5")
    assert place.digest("parts.h5") == place.digest("whole.h5")
    assert "verified" in place.sarx("verify", "whole.h5", "--people", "40")


def test_people_added_until_an_effect_is_known_are_found_as_they_are_needed(place: Place) -> None:
    until = ("run: {until: {effect: grip_strength_kg, arm: power, at_time: 1 year, mcse: 0.03 kg}, at_most: 4000}\n")
    (place.folder / "until.yaml").write_text(WEAK + until)
    place.sarx("run", "until.yaml", "-o", "one.h5", "--threads", "1", "--quiet")
    place.sarx("run", "until.yaml", "-o", "two.h5", "--threads", "2", "--quiet")
    assert place.digest("one.h5") == place.digest("two.h5")
    with h5py.File(place.folder / "one.h5", "r") as file:
        people = len(file["candidate"])
        assert 40 < people < 4000
        assert int(file["provenance"].attrs["candidates_examined"]) == file["candidate"][-1] + 1


def test_rows_of_a_file_are_selected(place: Place) -> None:
    rows = [f"p{i},{('female', 'male')[i % 2]},{60 + i % 20},{1 + i % 4}" for i in range(60)]
    (place.folder / "people.csv").write_text("id,sex,age_years,weight\n" + "\n".join(rows) + "\n")
    scenario = """sarx: 1
seed: 5
population: {from: people.csv, columns: {weight: weight}, follow: 1 year%s}
model: {muscles: [forearm_flexors]}
record: {variables: [grip_strength_kg]}
"""
    (place.folder / "all.yaml").write_text(scenario % "")
    (place.folder / "some.yaml").write_text(scenario % ', where: "grip_strength_kg < 30"')
    told = " ".join(place.sarx("check", "some.yaml").split())
    assert "all with grip_strength_kg < 30 at entry of the 60 of people.csv" in told
    place.sarx("run", "all.yaml", "-o", "all.h5", "--quiet")
    told = place.sarx("run", "some.yaml", "-o", "some.h5")
    with h5py.File(place.folder / "all.h5", "r") as whole, h5py.File(place.folder / "some.h5", "r") as part:
        rows = np.flatnonzero(whole["grip_strength_kg"][0, :, 0] < 30)
        assert 5 < len(rows) < 55
        assert (part["candidate"][:] == rows).all()
        assert (part["person_id"][:] == whole["person_id"][:][rows]).all()
        assert (part["weight"][:] == whole["weight"][:][rows]).all()
        assert np.array_equal(part["grip_strength_kg"][0], whole["grip_strength_kg"][0][rows], equal_nan=True)
        assert part["provenance"].attrs["candidates_examined"] == "60"
    assert f"{len(rows)} of the first 60 people of people.csv qualify" in told
    for part in ("1/2", "2/2"):
        place.sarx("run", "some.yaml", "-o", "parts.h5", "--part", part, "--quiet")
    place.sarx("merge", "parts.h5")
    assert place.digest("parts.h5") == place.digest("some.h5")

    (place.folder / "none.yaml").write_text(scenario % ', where: "grip_strength_kg > 110"')
    assert "none of the people of people.csv qualify" in place.sarx("check", "none.yaml", code=2)
    told = place.sarx("run", "none.yaml", "-o", "none.h5", code=2)
    assert "none of the 60 people of people.csv qualify" in told
    assert not list(place.folder.glob("none.h5*"))
