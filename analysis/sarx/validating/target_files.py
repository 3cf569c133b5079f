"""Target files, read: all rows of a folder, and the scenarios of their experiments."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import SarxError
from ..files.yaml_text import lines_of, read_yaml
from .rows import Row
from .targets import Known, Problems, Target


def folder() -> pathlib.Path:
    """Where the published targets lie: beside the package, in the source tree and where it is installed."""
    return pathlib.Path(__file__).resolve().parents[2] / "targets"


@dataclass(frozen=True)
class Targets:
    """A folder of targets: its rows, and the scenarios of its experiments by name."""

    rows: list[Target]
    experiments: dict[str, dict[str, Any]]


def load_targets(where: pathlib.Path | None = None, *, known: Known | None = None,
                 problems: Problems | None = None) -> Targets:
    """Reads all target files of a folder.

    Args:
        where: the folder; its `experiments` holds the scenarios that rows name.
        known: what can be recorded; without, measures are not looked up.
        problems: collects what is wrong, and the rows that are sound come back; without, all must be sound.

    Raises:
        SarxError: naming file, line and row of everything that is wrong.
    """
    where = where or folder()
    found = Problems() if problems is None else problems
    experiments = _read_experiments(where / "experiments", found)
    rows: list[Target] = []
    files = sorted(where.glob("*.yaml"))
    if not files:
        found.add(str(where), "", "there are no target files" if where.is_dir() else "it is no folder")
    for file in files:
        rows += _read_file(file, experiments, known, found)
    seen: dict[str, Target] = {}
    for target in rows:
        if target.id in seen:
            found.add(target.place, target.id, f"the id stands at {seen[target.id].place} already")
        seen.setdefault(target.id, target)
    if problems is None:
        found.raise_any()
    return Targets(list(seen.values()), experiments)


def _read_experiments(where: pathlib.Path, problems: Problems) -> dict[str, dict[str, Any]]:
    found = {}
    for file in sorted(where.glob("*.yaml")):
        try:
            read = read_yaml(file)
        except SarxError as problem:
            problems.add(f"{where.name}/{file.name}", "", str(problem))
            continue
        if isinstance(read, dict) and isinstance(read.get("population"), dict):
            found[file.stem] = read
        else:
            problems.add(f"{where.name}/{file.name}", "", "an experiment is a scenario with a population")
    return found


def _read_file(file: pathlib.Path, experiments: Mapping[str, Any], known: Known | None,
               problems: Problems) -> list[Target]:
    try:
        whole = read_yaml(file)
    except SarxError as problem:
        problems.add(file.name, "", str(problem))
        return []
    sound = isinstance(whole, dict) and isinstance(whole.get("rows"), list) and isinstance(whole.get("domain"), str)
    if not sound:
        problems.add(file.name, "", "needs a domain and a list of rows")
        return []
    targets = []
    for line, row in zip(lines_of(file, "rows"), whole["rows"]):
        place = f"{file.name}:{line}"
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            problems.add(place, "", "a row needs an id")
            continue
        before = len(problems)
        target = Row(row, place, whole, experiments, known, problems).target()
        if len(problems) == before:
            targets.append(target)
    return targets
