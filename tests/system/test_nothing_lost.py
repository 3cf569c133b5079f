"""Whatever happens to a run, what it saved is right, and the finished file is that of an undisturbed run."""

import contextlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from conftest import LONG, Place, Whole


def left_behind(place: Place) -> list[str]:
    return sorted(p.name for p in place.folder.glob("run.h5*"))


def kill_after(place: Place, seconds: float, *more: str) -> bool:
    """Kills a run after so long; whether it was still running."""
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--save-every", "0", *more)
    time.sleep(seconds)
    running = process.poll() is None
    if running:
        process.kill()
    process.communicate()
    return running


def test_kill_and_resume_at_any_moment(place: Place, whole: Whole) -> None:
    digest, seconds, _ = whole
    luck = random.Random(20260101)
    wanted = 50 if LONG else 10
    killed = 0
    tries = 0
    while killed < wanted:
        tries += 1
        assert tries < 5 * wanted, "runs end before they can be killed"
        for old in place.folder.glob("run.h5*"):
            old.unlink()
        while kill_after(place, luck.uniform(0.0, seconds), "--resume"):
            assert not (place.folder / "run.h5").exists() or place.digest("run.h5") == digest
            killed += 1
            if luck.random() < 0.6:
                break
        if left_behind(place) != ["run.h5"]:
            place.run("run.h5", "--resume")
        assert place.digest("run.h5") == digest, f"after {killed} kills"
        assert left_behind(place) == ["run.h5"]


def test_a_kill_after_the_file_and_before_the_journals_removal(place: Place, whole: Whole) -> None:
    limited(place, 1000, save_every_s=3600)   # everything is simulated and saved, and the file finds no room
    shutil.copy(whole[2], place.folder / "run.h5")
    assert "is there already" in place.run("run.h5", code=2)
    place.run("run.h5", "--resume")
    assert place.digest("run.h5") == whole[0]
    assert left_behind(place) == ["run.h5"]
    half_a_run(place, "other.h5")   # whose file is not its own
    shutil.copy(whole[2], place.folder / "other.h5")
    assert "is there already" in place.run("other.h5", "--resume", code=2)


def half_a_run(place: Place, output: str = "run.h5") -> None:
    """A journal with some batches in it: stopped when it has grown."""
    process = place.start("run", "tiny.yaml", "-o", output, "--threads", "1", "--save-every", "0")
    journal = place.folder / f"{output}.parts"
    while process.poll() is None and (not journal.exists() or journal.stat().st_size < 200_000):
        time.sleep(0.005)
    process.kill()
    process.communicate()


def test_damaged_parts_never_reach_the_file(place: Place, whole: Whole) -> None:
    half_a_run(place)
    journal = place.folder / "run.h5.parts"
    saved = journal.read_bytes()
    luck = random.Random(7)
    for _ in range(20 if LONG else 4):
        damaged = bytearray(saved)
        damaged[luck.randrange(1000, len(saved))] ^= 0x10
        journal.write_bytes(bytes(damaged[: luck.randrange(len(saved) // 2, len(saved))]))
        process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--resume", "--quiet")
        _, err = process.communicate()
        if process.returncode == 0:
            assert place.digest("run.h5") == whole[0]
            (place.folder / "run.h5").unlink()
        else:
            assert process.returncode == 1 and "damaged" in err, err
            journal.unlink()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGXCPU])
def test_a_stop_is_clean(place: Place, number: int) -> None:
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "2", "--people", "20000", "--save-every", "0")
    journal = place.folder / "run.h5.parts"
    while not journal.exists() or journal.stat().st_size < 200_000:
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    name = "Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name
    assert f"stopped ({name}" in err and "safe" in err and "--resume" in err
    assert not (place.folder / "run.h5").exists()
    assert left_behind(place) == ["run.h5.parts"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGUSR1, signal.SIGXCPU])
def test_what_comes_again_by_itself_does_not_kill(place: Place, number: int) -> None:
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--people", "20000", "--save-every", "0")
    journal = place.folder / "run.h5.parts"
    while not journal.exists() or journal.stat().st_size < 200_000:
        time.sleep(0.01)
    while process.poll() is None:
        process.send_signal(number)
        time.sleep(0.002)
    assert process.returncode == 130
    process.communicate()


def test_nohup_is_heard(place: Place, whole: Whole) -> None:
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "1", "--save-every", "0", before=("nohup",))
    while not (place.folder / "run.h5.parts").exists():
        time.sleep(0.002)
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert place.digest("run.h5") == whole[0]


def test_a_stop_between_saves_is_clean_too(place: Place, whole: Whole) -> None:
    # Nothing is saved before the end: the stop finds batches half done.
    process = place.start("run", "tiny.yaml", "-o", "run.h5", "--threads", "4")
    time.sleep(0.75 * whole[1])
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=120)
    assert process.returncode in (0, 130, -signal.SIGTERM), err
    if process.returncode != 0:
        place.run("run.h5", "--resume")
    assert place.digest("run.h5") == whole[0]


def test_a_full_disk_is_told_and_mended(place: Place, whole: Whole) -> None:
    for kilobytes in (1, 60, 400, 1000):
        said = limited(place, kilobytes)
        assert "File too large" in said and "safe" in said
        assert not (place.folder / "run.h5").exists()
        assert not (place.folder / "run.h5.partial").exists()
    place.run("run.h5", "--resume")
    assert place.digest("run.h5") == whole[0]


def limited(place: Place, kilobytes: int, save_every_s: int = 0) -> str:
    """What a run says that may write files of so many kibibytes at most."""
    command = f'ulimit -f {kilobytes}; exec "$0" run tiny.yaml -o run.h5 --threads 1 --save-every {save_every_s} --resume'
    done = subprocess.run(["bash", "-c", command, place.binary], cwd=place.folder, text=True, capture_output=True)
    assert done.returncode == 1, done.stderr
    return done.stderr


@pytest.fixture
def disk(place: Place) -> Iterator[Callable[[str], pathlib.Path]]:
    """Mounts a disk of a size in the place's folder."""
    folder = place.folder / "disk"
    folder.mkdir()

    def mount(size: str) -> pathlib.Path:
        if os.geteuid() != 0:
            pytest.skip("needs root to mount a small disk")
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
        if subprocess.run(command, capture_output=True).returncode != 0:
            pytest.skip("may not mount a small disk here")
        return folder

    yield mount
    if os.path.ismount(folder):
        subprocess.run(["umount", folder], check=True)


def test_a_small_disk_is_refused_before_anything_is_simulated(place: Place, disk: Callable[[str], pathlib.Path]) -> None:
    small = disk("64k")
    assert "the disk has" in place.run("disk/run.h5", code=2)
    assert list(small.iterdir()) == []


def test_a_disk_that_others_fill_is_told_and_mended(place: Place, disk: Callable[[str], pathlib.Path]) -> None:
    people = ("--people", "2000")
    place.run("whole.h5", *people)
    full = disk("24m")
    process = place.start("run", "tiny.yaml", "-o", "disk/run.h5", "--threads", "1", "--save-every", "0", *people)
    while not (full / "run.h5.parts").exists():
        time.sleep(0.001)
    with open(full / "others", "wb", buffering=0) as others, contextlib.suppress(OSError):
        while others.write(bytes(1 << 16)) > 0:
            pass
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    assert "No space left on device" in err and "safe" in err
    assert not (full / "run.h5").exists() and not (full / "run.h5.partial").exists()
    (full / "others").unlink()
    place.run("disk/run.h5", "--resume", *people)
    assert place.digest("disk/run.h5") == place.digest("whole.h5")


def test_a_removed_folder_is_told(place: Place) -> None:
    (place.folder / "gone").mkdir()
    process = place.start("run", "tiny.yaml", "-o", "gone/run.h5", "--threads", "1", "--save-every", "0")
    while not (place.folder / "gone" / "run.h5.parts").exists():
        time.sleep(0.005)
    shutil.rmtree(place.folder / "gone")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "gone" in err and "run it again" in err
