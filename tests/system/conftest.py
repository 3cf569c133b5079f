"""The program under test, run as a user runs it, on a tiny scenario."""

import os
import pathlib
import subprocess
import time

import pytest

TINY = """sarx: 1
title: Tiny
seed: 5
population: {people: 200, start_age: 60 years, end_age: 66 years}
clock: {step: 1 month, record_every: 1 year}
model: {muscles: [forearm_flexors]}
interventions:
  power: {kind: power_training, dose: {sessions_per_week: 2, intensity_fraction: 0.8, minutes_per_session: 45}}
arms:
  usual_life: []
  power:
    - {give: power, from: {age: 61 years}}
"""

Whole = tuple[str, float, pathlib.Path]

# Built with a sanitizer: it wants terabytes of addresses, and to be loaded first.
SANITIZED = os.environ.get("SARX_SANITIZED", "0") != "0"
LONG = os.environ.get("SARX_LONG_TESTS", "") not in ("", "0")


class Place:
    """A folder of its own with the tiny scenario in it."""

    def __init__(self, folder: pathlib.Path, scenario: str = TINY) -> None:
        self.folder = folder
        self.binary = os.environ["SARX_BIN"]
        (folder / "tiny.yaml").write_text(scenario)

    def start(self, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.Popen:
        return subprocess.Popen([*before, self.binary, *arguments], cwd=self.folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def sarx(self, *arguments: str, code: int = 0, before: tuple[str, ...] = ()) -> str:
        """Runs to the end, insists on the exit code, and returns all that was said."""
        process = self.start(*arguments, before=before)
        out, err = process.communicate(timeout=600)
        assert process.returncode == code, f"sarx {' '.join(arguments)}: exit {process.returncode}\n{out}{err}"
        assert "internal error" not in err, err
        return out + err

    def run(self, output: str, *more: str, code: int = 0) -> str:
        return self.sarx("run", "tiny.yaml", "-o", output, "--threads", "1", "--save-every", "0", *more, code=code)

    def digest(self, output: str) -> str:
        return self.sarx("digest", output).strip()


@pytest.fixture
def place(tmp_path: pathlib.Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Digest of an uninterrupted run, the seconds it takes, and its file."""
    there = Place(tmp_path_factory.mktemp("whole"))
    there.run("warm.h5")
    begin = time.monotonic()
    there.run("whole.h5")
    return there.digest("whole.h5"), time.monotonic() - begin, there.folder / "whole.h5"
