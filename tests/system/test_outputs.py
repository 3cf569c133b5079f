"""Where a run may write, when it is finished, and who else writes there."""

import errno
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

import h5py
import pytest

from conftest import SANITIZED, TINY, Place, Whole


def wait_for(journal: pathlib.Path, process: subprocess.Popen) -> None:
    while process.poll() is None and (not journal.exists() or journal.stat().st_size < 100_000):
        time.sleep(0.005)


def left(place: Place) -> list[str]:
    return sorted(p.name for p in place.folder.iterdir() if p.name != "tiny.yaml")


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_pipe_is_refused_before_anything_runs(place: Place, force: tuple[str, ...]) -> None:
    os.mkfifo(place.folder / "pipe")
    (place.folder / "link").symlink_to("pipe")
    for output in ("pipe", "link"):
        assert "a pipe" in place.run(output, *force, code=2)
        assert "a pipe" in place.run(output, "--resume", *force, code=2)
        assert "a pipe" in place.sarx("merge", output, "--force", code=2)
    assert (place.folder / "pipe").is_fifo() and (place.folder / "link").is_symlink()
    assert left(place) == ["link", "pipe"]


def test_a_run_does_not_replace_what_it_is_made_of(place: Place) -> None:
    (place.folder / "tiny.yaml").write_text(TINY)
    (place.folder / "people.csv").write_text("sex,age_years\nfemale,70\n")
    (place.folder / "of_people.yaml").write_text("sarx: 1\npopulation: {from: people.csv, follow: 1 year}\n")
    (place.folder / "link").symlink_to("people.csv")
    for scenario, output in (("tiny.yaml", "tiny.yaml"), ("of_people.yaml", "people.csv"), ("of_people.yaml", "link")):
        before = (place.folder / output).read_text()
        assert "the run is made of it" in place.sarx("run", scenario, "-o", output, "--force", code=2)
        assert (place.folder / output).read_text() == before


def test_a_link_is_followed_and_stays(place: Place, whole: Whole) -> None:
    scratch = place.folder / "scratch"
    scratch.mkdir()
    (place.folder / "run.h5").symlink_to("scratch/other.h5")
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--save-every", "0")
    wait_for(scratch / "other.h5.parts", process)
    process.kill()
    process.communicate()
    assert [p.name for p in scratch.iterdir()] == ["other.h5.parts"]
    place.run("run.h5", "--resume")
    place.run("run.h5", "--force")
    for part in ("1/2", "2/2"):
        place.run("run.h5", "--part", part, "--force")
    place.sarx("merge", "run.h5", "--force")
    assert (place.folder / "run.h5").is_symlink()
    assert [p.name for p in scratch.iterdir()] == ["other.h5"]
    assert place.digest("run.h5") == whole[0]
    assert left(place) == ["run.h5", "scratch"]


def test_resuming_what_is_finished_ends_well(place: Place, whole: Whole) -> None:
    shutil.copy(whole[2], place.folder / "run.h5")
    before = (place.folder / "run.h5").stat()
    for more in ((), ("--part", "1/2"), ("--part", "2/2")):
        assert "finished already" in place.run("run.h5", "--resume", *more)
        said = place.run("run.h5", "--resume", "--set", "seed=6", *more, code=2)
        assert "is there already, and it is of another scenario" in said
        assert "is there already" in place.run("run.h5", *more, code=2)
    after = (place.folder / "run.h5").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert left(place) == ["run.h5"]
    (place.folder / "run.h5").write_bytes(whole[2].read_bytes()[:5000])
    assert "damaged" in place.run("run.h5", "--resume", code=2)


def test_parts_that_are_done_end_well(place: Place, whole: Whole) -> None:
    for _ in range(2):
        for part in ("1/2", "2/2"):
            place.run("run.h5", "--part", part, "--resume")
    place.sarx("merge", "run.h5")
    assert "finished already" in place.run("run.h5", "--part", "1/2", "--resume")
    assert place.digest("run.h5") == whole[0]


def test_an_edited_table_is_told_with_its_line(place: Place) -> None:
    rows = [f"p{i},female,{60 + i % 10}" for i in range(3000)]
    (place.folder / "people.csv").write_text("id,sex,age_years\n" + "\n".join(rows) + "\n")
    people = "{from: people.csv, follow: 6 years}"
    (place.folder / "tiny.yaml").write_text(TINY.replace("{people: 200, start_age: 60 years, end_age: 66 years}", people))
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--save-every", "0")
    wait_for(place.folder / "run.h5.parts", process)
    process.kill()
    process.communicate()
    rows[41] = rows[41].replace("female", "male")
    (place.folder / "people.csv").write_text("id,sex,age_years\n" + "\n".join(rows) + "\n")
    said = place.run("run.h5", "--resume", code=2)
    assert "line 43 of people.csv\n  - p41,female,61\n  + p41,male,61\n" in said


def without_locks(folder: pathlib.Path) -> tuple[str, ...]:
    """A library that, loaded first, makes the file system one without locks."""
    source = folder / "no_locks.c"
    source.write_text("#include <errno.h>\n"
                      "int flock(int file, int how) { (void)file; (void)how; errno = ENOSYS; return -1; }\n")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler here")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", folder / "no_locks.so", source], check=True)
    return ("env", f"LD_PRELOAD={folder / 'no_locks.so'}")


@pytest.mark.skipif(SANITIZED, reason="a sanitizer is loaded first")
def test_a_disk_without_locks(place: Place, whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> None:
    lockless = without_locks(tmp_path_factory.mktemp("library"))
    command = ("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--save-every", "0")
    many = ("--people", "20000")
    process = place.start(*command, *many, before=lockless)
    wait_for(place.folder / "run.h5.parts", process)
    said = place.sarx(*command, *many, "--resume", code=1, before=lockless)
    assert f"no locks ({os.strerror(errno.ENOSYS)})" in said and f"by process {process.pid} on {socket.gethostname()}" in said
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert left(place) == ["run.h5.parts"]
    (place.folder / "run.h5.parts").unlink()

    process = place.start(*command, *many, before=lockless)
    wait_for(place.folder / "run.h5.parts", process)
    note = place.folder / "run.h5.parts.pid"
    whose = note.read_text()
    note.write_text("elsewhere 1 2\n")   # another host has taken over: the note is not this run's to remove
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert whose.split()[:2] == [socket.gethostname(), str(process.pid)] and note.read_text() == "elsewhere 1 2\n"
    note.unlink()
    (place.folder / "run.h5.parts").unlink()

    process = place.start(*command, *many, before=lockless)
    wait_for(place.folder / "run.h5.parts", process)
    process.kill()   # which leaves the note of a process that is no more
    process.communicate()
    assert left(place) == ["run.h5.parts", "run.h5.parts.pid"]
    place.sarx(*command, "--force", before=lockless)
    assert left(place) == ["run.h5"]
    assert place.digest("run.h5") == whole[0]

    (place.folder / "run.h5.parts.pid").write_text("elsewhere 1 2\n")
    assert "process 1 on elsewhere" in place.sarx(*command, "--force", before=lockless)
    for part in ("1/2", "2/2"):
        place.sarx(*command, "--force", "--part", part, before=lockless)
    assert place.sarx("merge", "run.h5", "--force", before=lockless).count("no locks") == 1
    assert place.digest("run.h5") == whole[0]
    assert left(place) == ["run.h5"]


@pytest.mark.skipif(SANITIZED, reason="a sanitizer is loaded first")
def test_a_refused_run_leaves_nothing(place: Place) -> None:
    (place.folder / "run.h5.parts.pid").mkdir()   # the note of who writes cannot be made
    lockless = without_locks(place.folder)
    (place.folder / "no_locks.c").unlink()
    place.sarx("run", "tiny.yaml", "-o", "run.h5", code=1, before=lockless)
    assert left(place) == ["no_locks.so", "run.h5.parts.pid"]


def test_paths_and_options_that_are_not_utf8(place: Place) -> None:
    folder = os.fsdecode(os.fsencode(place.folder) + b"/J\xe9r\xf4me")
    os.mkdir(folder)
    shutil.copy(place.folder / "tiny.yaml", folder)
    output = f"{folder}/run.h5"
    place.sarx("run", f"{folder}/tiny.yaml", "-o", output, "--people", "20", "--quiet")
    with h5py.File(output, "r") as file:
        for text in (file["provenance/scenario"].attrs["path"], file["provenance"].attrs["command"]):
            assert "J\ufffdr\ufffdme/" in text
    assert place.digest(output)
    said = place.run("run.h5", "--set", os.fsdecode(b"title=Jos\xe9"), code=2)
    assert "--set title=Jos\ufffd: a byte that is not UTF-8, 0xe9" in said
    assert left(place) == [os.path.basename(folder)]
