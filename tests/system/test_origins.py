"""A scenario given back from its result runs to the same numbers; two runs are told apart."""

import json

from conftest import TINY, Place


def test_what_a_file_gives_back_runs_again(place: Place) -> None:
    (place.folder / "people.csv").write_text("id,sex,age_years\n" + "".join(f"p{i},female,{60 + i % 9}\n" for i in range(40)))
    (place.folder / "child.yaml").write_text("sarx: 1\nextends: tiny.yaml\npopulation: {from: people.csv, follow: 2 years}\n")
    place.sarx("run", "child.yaml", "-o", "run.h5", "--set", "seed=9", "--quiet")
    place.sarx("scenario", "run.h5", "--all", "again")
    assert sorted(p.name for p in (place.folder / "again").iterdir()) == ["child.yaml", "people.csv", "tiny.yaml"]
    assert place.sarx("scenario", "run.h5").startswith((place.folder / "child.yaml").read_text())
    assert "there already" in place.sarx("scenario", "run.h5", "--all", "again", code=2)
    place.sarx("run", "again/child.yaml", "-o", "again.h5", "--set", "seed=9", "--quiet")
    assert "nothing differs" in place.sarx("diff", "run.h5", "again.h5")


def test_two_runs_are_told_apart(place: Place) -> None:
    place.run("one.h5", "--people", "40", "--quiet")
    (place.folder / "tiny.yaml").write_text(TINY.replace("sessions_per_week: 2", "sessions_per_week: 3"))
    place.run("two.h5", "--people", "40", "--set", "model.parameters.reinnervation.capture_rate_per_year=4", "--quiet")
    found = json.loads(place.sarx("diff", "one.h5", "two.h5", "--json"))
    assert not found["same"] and not found["program"] and not found["only_in_a"] and not found["only_in_b"]
    assert any("sessions_per_week: 3" in line for line in found["texts"][0]["lines"])
    assert [row["parameter"] for row in found["parameters"]] == ["reinnervation.capture_rate_per_year.forearm_flexors"]
    assert any(line.startswith("+ dose: {sessions_per_week: 3") for line in found["plan"])
    names = {row["name"] for row in found["numbers"]}
    assert {"grip_strength_kg", "summary/grip_strength_kg_mean", "effects/grip_strength_kg_mean"} <= names
    assert "most by" in place.sarx("diff", "one.h5", "two.h5")
