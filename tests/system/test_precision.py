"""Run to precision: as many people as it takes, the same people as in a plain run of that size."""

import time

import h5py
import numpy as np
import pytest

from conftest import TINY, Place

RUN = "run: {until: {effect: grip_strength_kg, arm: power, at_age: 65 years, mcse: %s}, at_most: %s}\n"


def contents(file: str) -> dict[str, np.ndarray]:
    """Every dataset but those of /provenance."""
    found: dict[str, np.ndarray] = {}
    with h5py.File(file) as f:
        f.visititems(lambda name, item: found.__setitem__(name, item[()])
                     if isinstance(item, h5py.Dataset) and not name.startswith("provenance") else None)
    return found


def people_in(file: str) -> int:
    with h5py.File(file) as f:
        return f["person"].shape[0]


@pytest.fixture
def wanted(place: Place) -> float:
    """A Monte Carlo error that takes more people than the least."""
    place.run("plain.h5")
    with h5py.File(place.folder / "plain.h5") as f:
        sd = f["effects/grip_strength_kg_sd"][0, 2, 5]
        n = f["effects/grip_strength_kg_n"][0, 2, 5]
    return 0.7 * float(sd) / float(n) ** 0.5


def test_people_are_added_until_the_effect_is_known(place: Place, wanted: float) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + RUN % (wanted, "1000 people"))
    said = place.run("until.h5")
    people = people_in(place.folder / "until.h5")
    assert f"{people} people" in said
    assert 250 < people < 700
    with h5py.File(place.folder / "until.h5") as f:
        reached = f["effects/grip_strength_kg_sd"][0, 2, 5] / f["effects/grip_strength_kg_n"][0, 2, 5] ** 0.5
    assert reached <= wanted

    place.sarx("run", "tiny.yaml", "-o", "threads.h5", "--threads", "2")
    assert place.digest("threads.h5") == place.digest("until.h5"), "how many people must not depend on threads"

    (place.folder / "tiny.yaml").write_text(TINY)
    place.run("same.h5", "--people", str(people))
    until, same = contents(place.folder / "until.h5"), contents(place.folder / "same.h5")
    assert until.keys() == same.keys()
    for name, values in until.items():
        np.testing.assert_array_equal(values, same[name], err_msg=name)


def test_a_kill_changes_nothing(place: Place, wanted: float) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + RUN % (wanted, "1000 people"))
    place.run("until.h5")
    for seconds in (0.4, 0.7, 1.0, 1.3):
        process = place.start("run", "tiny.yaml", "-o", "killed.h5", "--threads", "1", "--save-every", "0", "--resume",
                              "--force")
        time.sleep(seconds)
        process.kill()
        process.communicate()
    place.run("killed.h5", "--resume", "--force")
    assert place.digest("killed.h5") == place.digest("until.h5")


def test_the_most_is_the_most_and_says_so(place: Place) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + RUN % (1e-6, "240 people"))
    said = place.run("until.h5")
    assert "run.at_most" in said
    assert people_in(place.folder / "until.h5") == 240


@pytest.mark.parametrize(("run", "word"), [
    ("run: {until: {effect: grip_strength_kg, at_age: 65 years, mcse: 0}, at_most: 1000 people}\n", "above 0"),
    ("run: {until: {effect: grip_strength_kg, at_age: 65 years, mcse: 1}, at_most: 100 people}\n", "at_most"),
    ("run: {until: {effect: grip_strength_kg, at_age: 85 years, mcse: 1}, at_most: 1000 people}\n", "outside the follow-up"),
    ("run: {until: {effect: grip_strength_kg, at_age: 64.5 years, mcse: 1}, at_most: 1000 people}\n", "nothing is recorded"),
    ("run: {until: {effect: grip_strength_kg, mcse: 1}, at_most: 1000 people}\n", "at_age or at_time"),
    ("run: {until: {effect: motor_unit_count, at_time: 5 years, mcse: 1}, at_most: 1000 people}\n", "muscle"),
    ("run: {until: {effect: grip, at_time: 5 years, mcse: 1}, at_most: 1000 people}\n", "unknown variable"),
    ("run: {until: {effect: grip_strength_kg, arm: usual_life, at_time: 5 years, mcse: 1}, at_most: 1000 people}\n",
     "unknown arm"),
    ("run: {at_most: 1000 people}\n", "until"),
])
def test_what_makes_no_sense_is_refused(place: Place, run: str, word: str) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + run)
    assert word in place.sarx("check", "tiny.yaml", code=2)


def test_no_parts(place: Place) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + RUN % (1, "1000 people"))
    assert "--part" in place.run("until.h5", "--part", "1/2", code=2)
    assert "parts" in place.sarx("merge", "until.h5", code=2)
