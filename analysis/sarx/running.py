"""The program, called from Python: scenarios checked and run, the model described."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from .errors import SarxError
from .reading import open_run


def find_program() -> pathlib.Path:
    """The `sarx` program: $SARX_BIN, else the one in PATH, else the one built in this source tree.

    Raises:
        SarxError: where there is none, with what was tried.
    """
    named = os.environ.get("SARX_BIN")
    if named:
        if os.access(named, os.X_OK) and pathlib.Path(named).is_file():
            return pathlib.Path(named)
        raise SarxError(f"SARX_BIN names {named}, which is not a program")
    if found := shutil.which("sarx"):
        return pathlib.Path(found)
    folders = list(pathlib.Path(__file__).resolve().parents)
    tree = folders[2]
    candidates = [tree / "build" / "release" / "bin" / "sarx", *sorted(tree.glob("build/*/bin/sarx"))]
    if len(folders) > 4:  # installed: PREFIX/share/sarx/python/sarx
        candidates.append(folders[4] / "bin" / "sarx")
    for candidate in candidates:
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate
    raise SarxError("the program sarx is not in PATH and not built: run ./quickstart, or set SARX_BIN to it")


def run(
    scenario: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    people: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    arms: Sequence[str] | None = None,
    settings: Mapping[str, Any] | None = None,
    resume: bool = False,
) -> xr.Dataset:
    """Runs a scenario and opens what it wrote.

    Args:
        scenario: the YAML file.
        output: the HDF5 file to write.
        people: how many people, instead of the scenario's number.
        seed: instead of the scenario's.
        threads: how many; the results do not depend on it.
        arms: only these arms.
        settings: other values of the scenario by path, {"clock.step": "1 week"}.
        resume: go on with a run that was interrupted.

    Returns:
        The trajectories, as `sarx.open(output)`.

    Raises:
        SarxError: with the program's own message where it refuses or fails.
    """
    options: list[str] = []
    for option, value in (("--people", people), ("--seed", seed), ("--threads", threads)):
        if value is not None:
            options += [option, str(value)]
    if arms is not None:
        options += ["--arms", ",".join(arms)]
    options += _set(settings)
    if resume:
        options.append("--resume")
    if why := simulated(scenario, output, options):
        raise SarxError(f"sarx run {scenario} failed:\n{why}")
    return open_run(output)


def simulated(scenario: str | os.PathLike[str], output: str | os.PathLike[str], options: Sequence[str] = ()) -> str:
    """Runs a scenario into a file, with more options of `sarx run`; why that failed, empty where it did not."""
    done = _called("run", str(scenario), "-o", str(output), "--quiet", *options)
    return _said(done) if done.returncode != 0 else ""


def refusal(
    scenario: str | os.PathLike[str], *, people: int | None = None, settings: Mapping[str, Any] | None = None
) -> str:
    """What `sarx check` says against a scenario with these settings; empty where it would run."""
    options = _set(settings) + ([] if people is None else ["--people", str(people)])
    done = _called("check", str(scenario), "--quiet", *options)
    return _said(done) if done.returncode != 0 else ""


def description() -> dict[str, Any]:
    """What `sarx describe --json` says of the model.

    Raises:
        SarxError: where there is no program, or it fails.
    """
    done = _called("describe", "--json")
    if done.returncode != 0:
        raise SarxError(f"sarx describe failed:\n{done.stderr.strip()}")
    described: dict[str, Any] = json.loads(done.stdout)
    return described


def _called(*words: str) -> subprocess.CompletedProcess[str]:
    """The program, run to its end."""
    return subprocess.run([str(find_program()), *words], capture_output=True, text=True, check=False)


def _set(settings: Mapping[str, Any] | None) -> list[str]:
    """Values by path as options of the program."""
    return [word for path, value in (settings or {}).items() for word in ("--set", f"{path}={value}")]


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """Why the program refused or failed."""
    return done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}"
