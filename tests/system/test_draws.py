"""One plausible set of parameters a run, from a table of them: whatever the way, the row asked for and no other."""

import pathlib

import h5py
import pytest

from conftest import TINY, Place

DRAWS = pathlib.Path(__file__).resolve().parents[2] / "analysis/calibrations/parameter_draws.csv"
WITH_A_DRAW = TINY.replace("model: {", "model: {draw: 7, draws_from: draws.csv, ")


@pytest.fixture
def drawn(tmp_path: pathlib.Path) -> Place:
    (tmp_path / "draws.csv").write_bytes(DRAWS.read_bytes())
    return Place(tmp_path, WITH_A_DRAW)


def provenance(file: pathlib.Path) -> tuple[str, str, list[str]]:
    """Number of the draw, its line in the table, and who changed parameters."""
    with h5py.File(file, "r") as read:
        group = read["provenance"]
        table = group["parameter_draws_csv"]
        assert table[()] == DRAWS.read_bytes()
        return group.attrs["parameter_draw"], table.attrs["line"], [by.decode() for by in group["override_by"]]


def test_a_row_is_the_same_run_on_every_way_and_the_file_says_which(drawn: Place) -> None:
    drawn.run("whole.h5")
    digest = drawn.digest("whole.h5")
    assert "row 7 of 100 of draws.csv (line 8)" in drawn.sarx("check", "tiny.yaml")
    number, line, changed_by = provenance(drawn.folder / "whole.h5")
    assert (number, line) == ("7", "8")
    assert set(changed_by) == {"draws.csv:8"}
    for part in (1, 2):
        drawn.run("parts.h5", "--part", f"{part}/2")
    (drawn.folder / "tiny.yaml").unlink()   # a file and its parts stand for themselves
    (drawn.folder / "draws.csv").unlink()
    drawn.sarx("merge", "parts.h5")
    assert drawn.digest("parts.h5") == digest
    assert "verified" in drawn.sarx("verify", "whole.h5", "--people", "200")


def test_another_row_is_another_run_and_no_resuming_of_this_one(drawn: Place) -> None:
    drawn.run("run.h5", "--part", "1/2")
    said = drawn.run("run.h5", "--part", "1/2", "--resume", "--set", "model.draw=8", code=2)
    assert "draw: 8" in said and "draw: 7" in said
    drawn.run("run.h5", "--part", "2/2", "--set", "model.draw=8")
    assert "draw: 8" in drawn.sarx("merge", "run.h5", code=2)
    drawn.run("seven.h5")
    drawn.run("eight.h5", "--set", "model.draw=8")
    assert drawn.digest("seven.h5") != drawn.digest("eight.h5")
    assert provenance(drawn.folder / "eight.h5")[1] == "9"


def test_a_resumed_run_is_that_of_its_row(drawn: Place) -> None:
    process = drawn.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--save-every", "0", "--people", "2000")
    journal = drawn.folder / "run.h5.parts"
    while process.poll() is None and (not journal.exists() or journal.stat().st_size < 200_000):
        pass
    process.kill()
    process.communicate()
    drawn.run("run.h5", "--resume", "--people", "2000")
    drawn.run("whole.h5", "--people", "2000")
    assert drawn.digest("run.h5") == drawn.digest("whole.h5")
