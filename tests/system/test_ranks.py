"""MPI: any number of ranks gives the file of one process; one that fails or is stopped leaves none waiting."""

import os
import shutil
import signal
import subprocess
import time

import pytest

from conftest import TINY, Place, Whole

if os.environ.get("SARX_BUILT_WITH_MPI") != "1":
    pytest.skip("built without MPI (cmake --preset mpi)", allow_module_level=True)
if shutil.which("mpirun") is None:
    pytest.skip("no mpirun", allow_module_level=True)

os.environ.setdefault("OMPI_ALLOW_RUN_AS_ROOT", "1")
os.environ.setdefault("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")


OPEN_MPI = "Open MPI" in subprocess.run(["mpirun", "--version"], capture_output=True, text=True).stdout


def ranks(count: int) -> tuple[str, ...]:
    # Open MPI counts processors and refuses more ranks; others do not ask.
    return ("mpirun", *(["--oversubscribe"] if OPEN_MPI else []), "-n", str(count))


@pytest.mark.parametrize("count", [2, 3])
def test_the_same_file(place: Place, whole: Whole, count: int) -> None:
    place.sarx("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", before=ranks(count))
    assert place.digest("run.h5") == whole[0]
    assert [p.name for p in place.folder.glob("run.h5*")] == ["run.h5"]


def test_bad_input_is_told_once(place: Place) -> None:
    said = place.sarx("run", "nothere.yaml", code=2, before=ranks(3))
    assert said.count("cannot be found") == 1


def test_what_ranks_cannot_do(place: Place) -> None:
    assert "--part: not with mpirun" in place.sarx("run", "tiny.yaml", "--part", "1/2", code=2, before=ranks(2))
    (place.folder / "tiny.yaml").write_text(TINY + "run: {until: {effect: grip_strength_kg, at_time: 5 years, mcse: 1}, "
                                            "at_most: 240 people}\n")
    assert "run.until: not with" in place.sarx("run", "tiny.yaml", code=2, before=ranks(2))
    assert [p.name for p in place.folder.iterdir()] == ["tiny.yaml"]


def test_a_stop_and_a_resume(place: Place, whole: Whole) -> None:
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--people", "20000", before=ranks(2))
    while len(list(place.folder.glob("run.h5.part-*"))) < 2:
        time.sleep(0.01)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert not (place.folder / "run.h5").exists()


def test_a_rank_that_dies_takes_the_others_along(place: Place) -> None:
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--people", "100000", "--save-every", "0",
                          before=ranks(2))
    journal = place.folder / "run.h5.part-2-of-2.parts"
    while not journal.exists():
        time.sleep(0.01)
    journal.unlink()   # its next save fails
    process.communicate(timeout=120)
    assert process.returncode not in (0, None)
