"""Grip of simulated people against that of US adults, by sex and five years of age: levels and spread."""

import csv
import pathlib

import h5py
import numpy as np
import pytest

from conftest import Place

PUBLISHED = pathlib.Path(__file__).with_name("us_grip_2011_2014.csv")

SCENARIO = """sarx: 1
seed: 77
population: {people: 6000, start_age: 20 years, end_age: 94 years, female_fraction: 0.5}
clock: {step: 1 month, record_every: 1 year}
arms: {usual_life: []}
record: {variables: [grip_strength_kg]}
"""


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.fixture(scope="module")
def grip(tmp_path_factory: pytest.TempPathFactory) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Who is a woman (person), ages in years (time), grip in kg (person, time), NaN after death, and the dynamometer's
    spread of repeated readings over their mean."""
    place = Place(tmp_path_factory.mktemp("grip"))
    (place.folder / "adults.yaml").write_text(SCENARIO)
    place.sarx("run", "adults.yaml", "-o", "adults.h5", "--quiet")
    with h5py.File(place.folder / "adults.h5", "r") as file:
        kg = file["grip_strength_kg"][0].astype(float)
        kg[file["alive"][0] != 1] = np.nan
        parameters = [name.decode() for name in file["provenance/parameter"][:]]
        error = float(file["provenance/parameter_value"][parameters.index("measures.grip_strength_cv")])
        return file["female"][:] == 1, 20.0 + file["time_years"][:], kg, error


@pytest.mark.parametrize("group", published(), ids=lambda group: f"{group['sex']} {group['age_years']}")
def test_grip_is_that_of_us_adults(group: dict[str, str], grip: tuple[np.ndarray, np.ndarray, np.ndarray, float]) -> None:
    female, ages_years, kg, error = grip
    first, last = (80, 93) if group["age_years"] == "80+" else map(int, group["age_years"].split("-"))
    truth = kg[female == (group["sex"] == "female")][:, (ages_years >= first) & (ages_years <= last)].ravel()
    truth = truth[np.isfinite(truth)]
    luck = np.random.default_rng(1)
    read = truth * (1.0 + error * luck.standard_normal(truth.size))
    assert truth.mean() == pytest.approx(float(group["mean_kg"]), rel=0.03)
    assert np.percentile(read, 10) == pytest.approx(float(group["p10_kg"]), rel=0.06)
    assert np.percentile(read, 90) == pytest.approx(float(group["p90_kg"]), rel=0.06)
