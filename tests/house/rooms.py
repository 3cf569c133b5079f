"""The map of the rooms in CONTRIBUTING.md is the one that the includes draw.

    rooms.py [ROOT]

The table says of each room of sim/ which others it includes. Each that it names is included somewhere in the room, and no
other is; no two rooms include each other, not even over a third; and sim/README.md tells of every room there is.
"""

from __future__ import annotations

import pathlib
import re
import sys

Map = dict[str, set[str]]


def drawn(contributing: str) -> Map:
    """What the table says: the rooms of sim/ and models/ that each includes. `-` is none."""
    rooms: Map = {}
    for line in contributing.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and (match := re.fullmatch(r"`(sim/\w+|models)/`", cells[0])):
            rooms[match.group(1)] = set(re.findall(r"`(sim/\w+|models)/`", cells[2]))
    return rooms


def found(root: pathlib.Path) -> Map:
    """What the sources include, by room."""
    rooms: Map = {}
    folders = [folder for folder in sorted((root / "sim").iterdir()) if folder.is_dir()] + [root / "models"]
    for folder in folders:
        name = str(folder.relative_to(root))
        text = "\n".join(
            file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.suffix in (".cpp", ".hpp", ".in"))
        included = re.findall(r'^\s*#include "((?:sim/\w+)|models)/', text, flags=re.MULTILINE)
        rooms[name] = set(included) - {name}
    return rooms


def loops(rooms: Map) -> list[str]:
    """Rooms from which includes lead back to themselves."""
    def reached(room: str) -> set[str]:
        seen: set[str] = set()
        left = list(rooms.get(room, ()))
        while left:
            other = left.pop()
            if other not in seen:
                seen.add(other)
                left += rooms.get(other, ())
        return seen
    return [room for room in rooms if room in reached(room)]


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    root = root if root.is_dir() else root.parents[2]
    said, are = drawn((root / "CONTRIBUTING.md").read_text(encoding="utf-8")), found(root)
    problems = [f"CONTRIBUTING.md tells of a room {room}, which is not there" for room in sorted(said.keys() - are.keys())]
    problems += [f"CONTRIBUTING.md does not tell of the room {room}" for room in sorted(are.keys() - said.keys())]
    for room in sorted(said.keys() & are.keys()):
        problems += [f"{room} includes {other}, which the map does not say" for other in sorted(are[room] - said[room])]
        problems += [f"{room} includes nothing of {other}, as the map says" for other in sorted(said[room] - are[room])]
    problems += [f"the includes of {room} lead back to it" for room in loops(are)]
    readme = (root / "sim/README.md").read_text(encoding="utf-8")
    problems += [f"sim/README.md does not tell of {room}" for room in sorted(are)
                 if f"`{room.removeprefix('sim/')}/`" not in readme]
    print("\n".join(problems) or f"{len(are)} rooms, as the map draws them")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
