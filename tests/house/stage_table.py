#!/usr/bin/env python3
"""The tables of stages in models/README.md say what the stages say of themselves (`sarx describe --json`).

    stage_table.py SARX README          fails where the text between the marks is another
    stage_table.py SARX README --fix    writes it
"""

import json
import subprocess
import sys
from pathlib import Path

BEGIN = "<!-- stages: written by tests/house/stage_table.py -->"
END = "<!-- end of stages -->"


def names(columns: list[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns) or "-"


def folder(stage: dict) -> str:
    return stage["level"].replace(" ", "_")


def row(stage: dict) -> str:
    name = stage["name"]
    about = stage["about"] + (f"; in place of `{stage['replaces']}`" if stage.get("replaces") else "")
    header = Path(__file__).parents[2] / "models" / folder(stage) / f"{name}.hpp"
    link = f"[`{name}`]({folder(stage)}/{name}.{'hpp' if header.exists() else 'cpp'})"
    moved = names(stage["writes"]) + (f"; adds to {names(stage['adds_to'])}" if stage["adds_to"] else "")
    return f"| {link} | {about} | {names(stage['reads'])} | {names(stage['feedback'])} | {moved} |"


def table(stages: list[dict]) -> str:
    lines = [BEGIN, "| stage | what it does | reads | reads of the previous step | writes |", "| --- | --- | --- | --- | --- |"]
    lines += [row(stage) for stage in stages]
    return "\n".join([*lines, END])


def main() -> int:
    program, readme = sys.argv[1], Path(sys.argv[2])
    said = json.loads(subprocess.run([program, "describe", "--json"], check=True, capture_output=True).stdout)
    text = readme.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    wanted = before + table(said["stages"]) + after
    if "--fix" in sys.argv:
        readme.write_text(wanted)
    elif wanted != text:
        print(f"{readme}: the table of stages is not what the stages say; tests/house/stage_table.py ... --fix writes it")
        return 1
    return 0


sys.exit(main())
