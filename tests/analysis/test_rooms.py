"""The rooms of the package use each other as its README says, in one direction."""

from __future__ import annotations

import ast
import pathlib
import re
from typing import NamedTuple

import pytest

ANALYSIS = pathlib.Path(__file__).resolve().parents[2] / "analysis"


class Room(NamedTuple):
    """What a room may use."""

    rooms: set[str]
    libraries: set[str]


def declared(text: str) -> dict[str, Room]:
    """The rooms of the table in a README, in its order."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$", text, flags=re.MULTILINE)
    return {name: Room(set(re.findall(r"\w+", uses)), set(re.findall(r"\w+", libraries))) for name, uses, libraries in rows}


def imported(package: pathlib.Path) -> dict[str, Room]:
    """What the files of each room import, also inside functions; the package's own names are left out."""
    found: dict[str, Room] = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        if parts[0] in ("__init__", "__main__"):
            continue
        room = found.setdefault(parts[0], Room(set(), set()))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                room.libraries.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                room.libraries.add(str(node.module).partition(".")[0])
            elif isinstance(node, ast.ImportFrom):
                within = parts[: len(parts) - node.level]  # the room, and no part of it for a name of the package
                names = [f"{node.module or ''}.{alias.name}".strip(".") for alias in node.names]
                room.rooms.update([name.partition(".")[0] for name in names] if not within else [])
    return found


def breaches(told: dict[str, Room], made: dict[str, Room]) -> list[str]:
    """What imports and table do not agree on."""
    wrong = [f"room {name} is not in the table" for name in made if name not in told]
    wrong += [f"there is no room {name}" for name in told if name not in made]
    order = list(told)
    owned = set().union(*(room.libraries for room in told.values()))
    for name in told.keys() & made.keys():
        wrong += [f"{name} uses {other}, which its line does not name" for other in made[name].rooms - told[name].rooms]
        wrong += [f"{name} does not use {other}" for other in told[name].rooms - made[name].rooms]
        wrong += [f"{name} names {other}, which stands below it" for other in told[name].rooms
                  if other not in order[: order.index(name)]]
        wrong += [f"{name} uses {library}, which belongs to another room" for library in
                  made[name].libraries & owned - told[name].libraries]
        wrong += [f"{name} does not use {library}" for library in told[name].libraries - made[name].libraries]
    return wrong


def test_every_room_uses_what_its_line_says_and_nothing_else():
    assert breaches(declared((ANALYSIS / "README.md").read_text(encoding="utf-8")), imported(ANALYSIS / "sarx")) == []


@pytest.mark.parametrize(("planted", "sentence"), [
    ("from ..telling.words import spoken\n", "reading uses telling, which its line does not name"),
    ("def late():\n    from .. import telling\n", "reading uses telling, which its line does not name"),
    ("import matplotlib.pyplot\n", "reading uses matplotlib, which belongs to another room"),
    ("", "reading does not use errors"),
])
def test_a_planted_breach_is_found(tmp_path, planted, sentence):
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "__init__.py").write_text(planted)
    for name in ("errors", "telling"):
        (tmp_path / f"{name}.py").write_text("import matplotlib\n" if name == "telling" else "")
    table = "| `errors` | | | |\n| `reading` | | `errors` | |\n| `telling` | | | `matplotlib` |\n"
    assert sentence in breaches(declared(table), imported(tmp_path))


def test_a_table_that_points_both_ways_is_refused(tmp_path):
    for name, other in (("reading", "telling"), ("telling", "reading")):
        (tmp_path / f"{name}.py").write_text(f"from . import {other}\n")
    table = "| `reading` | | `telling` | |\n| `telling` | | `reading` | |\n"
    assert breaches(declared(table), imported(tmp_path)) == ["reading names telling, which stands below it"]
