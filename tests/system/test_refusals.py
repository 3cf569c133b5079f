"""What cannot be is refused with a sentence and the right exit code, and nothing is overwritten."""

import os
import pathlib
import shutil
import subprocess
import time

import h5py
import pytest

from conftest import SANITIZED, TINY, Place, Whole


def test_an_output_is_not_overwritten_unasked(place: Place) -> None:
    place.run("run.h5", "--quiet", "--people", "20")
    before = (place.folder / "run.h5").read_bytes()
    assert "is there already" in place.run("run.h5", code=2)
    assert (place.folder / "run.h5").read_bytes() == before
    place.run("run.h5", "--force", "--people", "20")


def test_a_changed_scenario_does_not_resume(place: Place) -> None:
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--people", "20000", "--save-every", "0")
    journal = place.folder / "run.h5.parts"
    while not journal.exists() or journal.stat().st_size < 100_000:
        time.sleep(0.005)
    assert "locked" in place.run("run.h5", "--people", "20000", "--resume", code=1), "two runs on one output"
    process.kill()
    process.communicate()
    said = place.run("run.h5", "--people", "20000", "--resume", "--set", "seed=6", code=2)
    assert "seed: 5" in said and "seed: 6" in said
    assert "--resume" in place.run("run.h5", "--people", "20000", code=2), "an unfinished run is not thrown away"


def test_folders_that_cannot_be_written(place: Place) -> None:
    assert "nowhere" in place.run("nowhere/run.h5", code=2)
    (place.folder / "file").write_text("")
    place.run("file/run.h5", code=2)
    place.run(".", code=2)


def test_a_read_only_folder(place: Place) -> None:
    folder = place.folder / "closed"
    folder.mkdir(mode=0o555)
    root = os.geteuid() == 0   # who may write anywhere but on a disk that is read only
    mount = ["mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", folder]
    if root and subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("may not mount a disk that is read only here")
    try:
        said = place.run("closed/run.h5", code=2)
    finally:
        if root:
            subprocess.run(["umount", folder], check=True)
    assert "closed/run.h5" in said and "\nsarx: " in "\n" + said


@pytest.mark.parametrize(("arguments", "word"), [
    (("--threads", "0"), "--threads"),
    (("--threads", "4000"), "processors"),
    (("--threads", "many"), "--threads"),
    (("--part", "0/3"), "--part"),
    (("--part", "4/3"), "--part"),
    (("--part", "1-3"), "--part"),
    (("--people", "0"), "--people"),
    (("--seed", "-1"), "--seed"),
    (("--set", "population.people"), "--set"),
    (("--arms", "nobody"), "unknown arm"),
    (("--instruction-set", "mmx"), "mmx"),
])
def test_settings_that_cannot_work(place: Place, arguments: tuple[str, ...], word: str) -> None:
    said = place.sarx("run", "tiny.yaml", "-o", "run.h5", *arguments, code=2)
    assert word in said
    assert not list(place.folder.glob("run.h5*"))


def test_parts_make_the_whole(place: Place, whole: Whole) -> None:
    for part in ("3/3", "1/3"):
        place.run("run.h5", "--part", part)
    assert "missing: 2 of 3" in place.sarx("merge", "run.h5", code=2)
    assert "another number of parts" in place.run("run.h5", "--part", "1/2", code=2)
    place.run("run.h5", "--part", "2/3", "--set", "seed=6")
    assert "seed: 6" in place.sarx("merge", "run.h5", code=2)
    (place.folder / "run.h5.part-2-of-3.parts").write_bytes((place.folder / "run.h5.part-1-of-3.parts").read_bytes())
    assert "holds people of another part" in place.sarx("merge", "run.h5", code=2)
    (place.folder / "run.h5.part-2-of-3.parts").unlink()
    place.run("run.h5", "--part", "2/3")
    place.sarx("merge", "run.h5")
    assert place.digest("run.h5") == whole[0]
    assert [p.name for p in place.folder.glob("run.h5*")] == ["run.h5"]


def test_parts_that_run_or_stopped_half_way(place: Place) -> None:
    for part in (1, 2):
        process = place.start("run", "tiny.yaml", "-o", "run.h5", "--part", f"{part}/2", "--people", "20000",
                              "--save-every", "0",
                              "--threads", "1")
        journal = place.folder / f"run.h5.part-{part}-of-2.parts"
        while not journal.exists() or journal.stat().st_size < 100_000:
            time.sleep(0.005)
        said = place.sarx("merge", "run.h5", code=1)
        assert "another run is writing" in said and f"part-{part}-of-2" in said
        process.kill()
        process.communicate()
    assert "not finished: 1, 2 of 2" in place.sarx("merge", "run.h5", code=2)
    assert "no parts of other.h5" in place.sarx("merge", "other.h5", code=2)
    assert not (place.folder / "run.h5").exists()


def without_deflate(folder: pathlib.Path) -> str:
    """A library that, loaded first, makes HDF5 say that it has no such filter."""
    source = folder / "no_deflate.c"
    source.write_text("int H5Zfilter_avail(int filter) { return filter != 1; }\n")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler here")
    library = folder / "no_deflate.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    return f"LD_PRELOAD={library}"


@pytest.mark.skipif(SANITIZED, reason="a sanitizer is loaded first")
def test_an_hdf5_without_a_filter(place: Place) -> None:
    place.run("run.h5", "--people", "20")
    lacking = ("env", without_deflate(place.folder))
    said = place.sarx("run", "tiny.yaml", "-o", "other.h5", code=2, before=lacking)
    assert "without the filter 'deflate'" in said
    assert not list(place.folder.glob("other.h5*"))
    for command in ("digest", "verify"):
        assert "'deflate'" in place.sarx(command, "run.h5", code=2, before=lacking)


def test_a_file_that_is_no_hdf5(place: Place) -> None:
    (place.folder / "empty.h5").write_bytes(b"")
    for command in ("digest", "verify"):
        assert "empty.h5: not a" in place.sarx(command, "empty.h5", code=2)
    assert "tiny.yaml: not an HDF5 file, or damaged" in place.sarx("digest", "tiny.yaml", code=2)
    for command in ("digest", "verify"):
        assert "none.h5: there is no such file" in place.sarx(command, "none.h5", code=2)


def test_a_mistyped_option(place: Place) -> None:
    said = place.sarx("run", "tiny.yaml", "--threds", "2", code=2)
    assert "run has no option '--threds' (did you mean '--threads'?)" in said


@pytest.mark.parametrize("output", ["", "tiny.yaml/run.h5", "x" * 300 + ".h5"])
def test_outputs_that_are_none(place: Place, output: str) -> None:
    said = place.sarx("run", "tiny.yaml", "-o", output, "--people", "20", code=2)
    assert "internal error" not in said
    assert [p.name for p in place.folder.iterdir()] == ["tiny.yaml"]


@pytest.mark.skipif(SANITIZED, reason="a sanitizer needs more addresses than any limit leaves")
def test_little_memory_is_told_and_never_crashes(place: Place) -> None:
    place.run("enough.h5", "--people", "100")
    digest = place.digest("enough.h5")
    told = 0
    for megabytes in range(30, 130, 5):
        command = f'ulimit -v {megabytes}000; exec "$0" run tiny.yaml -o run.h5 --people 100 --threads 2 --force'
        done = subprocess.run(["bash", "-c", command, place.binary], cwd=place.folder, text=True, capture_output=True)
        if "error while loading" in done.stderr or "sarx" not in done.stderr and done.returncode != 0:
            continue   # the program did not even start
        said = f"{megabytes} MB: exit {done.returncode}, {done.stderr}"
        assert done.returncode in (0, 1) and "internal error" not in done.stderr, said
        told += done.returncode
        assert done.returncode == 1 or place.digest("run.h5") == digest
    assert told > 0


def test_a_mistyped_command_is_told_the_nearest(place: Place) -> None:
    assert "did you mean 'uncertainty'?" in place.sarx("uncertanty", code=2)


def test_what_is_not_done_as_it_is_written_is_told_and_kept(place: Place) -> None:
    (place.folder / "tiny.yaml").write_text(TINY.replace("start_age: 60 years", "start_age: {from: 60 years, to: 62 years}"))
    told = "tiny.yaml:12:33: arms.power.0.from.age: who is older at the start begins at entry"
    assert f"not as written: {told}" in place.run("run.h5", "--people", "20")
    with h5py.File(place.folder / "run.h5") as file:
        assert told in file["provenance/not_as_written"].asstr()[()]
    assert "not as written" not in place.run("quiet.h5", "--people", "20", "--quiet")
    assert "not as written\n" in place.sarx("check", "tiny.yaml")


def test_units_that_cannot_be_read_are_told_once(place: Place) -> None:
    for path in ("/nowhere/udunits2.xml", str(place.folder / "tiny.yaml")):
        said = place.sarx("check", "tiny.yaml", before=("env", f"UDUNITS2_XML_PATH={path}"), code=2)
        assert said.count("\n") == 1 and "UDUNITS2_XML_PATH" in said and path in said


def test_too_few_handles_for_the_units_are_told_once(place: Place) -> None:
    told = 0
    for handles in range(4, 12):
        command = f'ulimit -n {handles}; exec "$0" check tiny.yaml'
        done = subprocess.run(["bash", "-c", command, place.binary], cwd=place.folder, text=True, capture_output=True)
        if "error while loading" in done.stderr or done.returncode == 0:
            continue   # the program did not even start, or had enough
        assert "internal error" not in done.stderr, done.stderr
        if "file of units" in done.stderr:
            assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Too many open files" in done.stderr
            told += 1
    if not told:
        pytest.skip("no number of handles lets this program start and not read its units")


def test_help_is_a_command_and_unknown_words_are_answered(place: Place) -> None:
    assert place.sarx("help") == place.sarx("--help")
    assert place.sarx("help", "run") == place.sarx("run", "--help")
    assert "did you mean 'run'?" in place.sarx("help", "rnu", code=2)
    assert "sarx: run has no option '-n'; sarx run --help lists them" in place.sarx("run", "tiny.yaml", "-n", "5", code=2)
    assert "sarx: run takes no 'more' after what stands before it" in place.sarx("run", "tiny.yaml", "more", code=2)
    assert "sarx: SCENARIO is required; sarx run --help tells more" in place.sarx("run", code=2)
    assert "sarx --help" in place.sarx(code=2)
