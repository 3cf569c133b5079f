"""One number for the results: from a run with a file or without, and from the file."""

import h5py
import pytest

from conftest import TINY, Place

PEOPLE = (
    "id,sex,age_years,grip_strength_kg,weight,stratum,sampling_unit\n"
    "a,female,71,24,1.5,n,1\nb,male,66,,2,s,2\nc,female,80,15,1,n,1\n"
)


def printed(place: Place, *arguments: str) -> str:
    """The digest that a run prints, alone on stdout."""
    process = place.start("run", *arguments, "--digest")
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return out.strip()


@pytest.mark.parametrize("more", [
    ("--set", "record.motor_units={people: 7, every: 2 years}"),
    ("--set", "record.people=none"),
    ("--set", "record.variables=all", "--set", "record.people=10"),
    ("--arms", "usual_life"),
])
def test_the_same_with_a_file_and_without(place: Place, more: tuple[str, ...]) -> None:
    arguments = ("tiny.yaml", "--people", "40", *more)
    with_file = printed(place, *arguments, "-o", "run.h5", "--threads", "2")
    assert len(with_file) == 16 and place.digest("run.h5") == with_file
    assert printed(place, *arguments, "-o", "none", "--threads", "1") == with_file
    assert sorted(p.name for p in place.folder.iterdir()) == ["run.h5", "tiny.yaml"], "nothing else was written"
    assert printed(place, *arguments, "-o", "run.h5", "--resume") == with_file, "a finished run tells it again"


def test_until_an_effect_is_known(place: Place) -> None:
    (place.folder / "tiny.yaml").write_text(TINY + "run: {until: {effect: grip_strength_kg, at_time: 5 years, mcse: 0.3 kg}, "
                                            "at_most: 400 people}\n")
    with_file = printed(place, "tiny.yaml", "-o", "run.h5")
    assert place.digest("run.h5") == with_file == printed(place, "tiny.yaml", "-o", "none")


def test_real_people_and_those_wanted(place: Place) -> None:
    (place.folder / "people.csv").write_text(PEOPLE)
    text = TINY.replace("people: 200, start_age: 60 years, end_age: 66 years",
                        "from: people.csv, follow: 3 years, where: grip_strength_kg < 40")
    (place.folder / "tiny.yaml").write_text(text.replace("age: 61 years", "time: 1 year"))
    with_file = printed(place, "tiny.yaml", "-o", "run.h5")
    assert place.digest("run.h5") == with_file == printed(place, "tiny.yaml", "-o", "none")
    with h5py.File(place.folder / "run.h5") as file:
        assert "candidate" in file


def test_what_cannot_be_without_a_file(place: Place) -> None:
    for option in (("--resume",), ("--force",), ("--part", "1/2")):
        said = place.sarx("run", "tiny.yaml", "-o", "none", *option, code=2)
        assert option[0] in said and "./none" in said
    assert "--digest: not with --part" in place.sarx("run", "tiny.yaml", "-o", "run.h5", "--part", "1/2", "--digest", code=2)
    assert [p.name for p in place.folder.iterdir()] == ["tiny.yaml"]
    place.run("./none", "--people", "16")
    assert (place.folder / "none").exists()
