"""sarx verify proves bits, and finds one that was changed."""

import h5py
import numpy as np
import pytest

from conftest import TINY, Place


def test_the_same_bits(place: Place) -> None:
    place.run("run.h5", "--people", "50", "--seed", "9", "--set", "population.female_fraction=0.6")
    said = place.sarx("verify", "run.h5", "--people", "40")
    assert "40 of 50" in said and "verified" in said and "each arm on its own" in said
    assert "--people 50 verifies them too" in said


def test_what_is_held_is_held_again(place: Place) -> None:
    place.run("run.h5", "--people", "20", "--set", "model.hold={fat_ratio: entry, nmj_stability: youth}")
    assert "verified" in place.sarx("verify", "run.h5", "--people", "20")
    with h5py.File(place.folder / "run.h5") as f:
        stability = f["nmj_stability"][:]
        assert b"hold: {nmj_stability: youth, fat_ratio: entry}" in f["provenance/resolved_plan"][()]
    alive = np.isfinite(stability)
    assert np.all((stability == stability[:, :, :, :1]) | ~alive) and alive.sum() > 100


def test_one_arm_and_one_person(place: Place) -> None:
    place.run("run.h5", "--people", "1", "--arms", "usual_life")
    assert "1 of 1 people" in place.sarx("verify", "run.h5")


EVERYTHING = ("--people", "20", "--set", "record.motor_units={people: 7, every: 2 years}")


@pytest.mark.parametrize("dataset", [
    "grip_strength_kg", "height_cm", "events/time_years", "effects/first_divergence_years", "motor_units/*",
    "motor_units/time_years", "summary/grip_strength_kg_p95", "summary/alive_n", "effects/grip_strength_kg_upper",
    "flow/offered"])
def test_a_changed_bit_is_found(place: Place, dataset: str) -> None:
    place.run("run.h5", *EVERYTHING)
    with h5py.File(place.folder / "run.h5", "r+") as f:
        if dataset == "motor_units/*":   # whatever column of units there is
            group, size = f["motor_units"], f["motor_units/unit"].shape
            dataset = next(f"motor_units/{name}" for name, d in group.items()
                           if d.shape == size and d.dtype == np.float32 and name != "unit" and d[-1] != 0)
        last = tuple(n - 1 for n in f[dataset].shape)
        old = f[dataset][last]
        if old.dtype.kind == "i":
            other = old + 1
        else:
            other = 1.0 if np.isnan(old) else np.nextafter(old, old.dtype.type(np.inf))
        f[dataset][last] = other
    said = place.sarx("verify", "run.h5", "--people", "20", code=1)
    assert "NOT the same" in said and dataset.split("/")[0].rstrip("s").replace("_", " ") in said.replace("_", " ")


def test_summaries_alone(place: Place) -> None:
    place.run("run.h5", "--people", "40", "--set", "record.people=none")
    assert "--people 40" in place.sarx("verify", "run.h5", "--people", "39", code=2)
    said = place.sarx("verify", "run.h5", "--people", "40")
    assert "40 of 40 people" in said and " 0 values" in said and " 0 statistics" not in said


def test_a_run_to_precision(place: Place) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + "run: {until: {effect: grip_strength_kg, at_time: 5 years, mcse: 1e-9}, "
                                            "at_most: 240 people}\n")
    place.run("run.h5")
    said = place.sarx("verify", "run.h5", "--people", "240")
    assert "240 of 240 people" in said and "verified" in said


def test_parents_and_real_people_come_from_the_file(place: Place) -> None:
    (place.folder / "people.csv").write_text("id,sex,age_years,grip_strength_kg\na,female,71,24\nb,male,66,\nc,female,80,15\n")
    (place.folder / "child.yaml").write_text("sarx: 1\nextends: tiny.yaml\npopulation: {from: people.csv, follow: 3 years}\n"
                                             "arms: {usual_life: []}\n")
    text = (place.folder / "tiny.yaml").read_text()
    text = text.replace(", end_age: 66 years", "").replace("start_age: 60 years", "female_fraction: 0.5")
    (place.folder / "tiny.yaml").write_text(text)
    place.sarx("run", "child.yaml", "-o", "run.h5")
    for name in ("child.yaml", "tiny.yaml", "people.csv"):
        (place.folder / name).unlink()
    assert "verified" in place.sarx("verify", "run.h5")


def test_what_cannot_be_verified(place: Place) -> None:
    (place.folder / "text.h5").write_text("no")
    assert "not a finished file" in place.sarx("verify", "text.h5", code=2)
    place.run("old.h5", "--people", "20")
    with h5py.File(place.folder / "old.h5", "r+") as f:
        f["provenance"].attrs["version"] = "0.0.1"
    assert "made by sarx 0.0.1" in place.sarx("verify", "old.h5", code=2)
