"""`sarx scenario` and `sarx diff` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from .differing import diff
from .scenarios import scenario

LINES_SHOWN = 20
"""Of each part, on paper."""


def add_commands(commands: Any) -> None:
    """Adds `scenario` and `diff` to the subcommands of the analysis package."""
    what = "The scenario of a result file, so that it runs again."
    sub = commands.add_parser("scenario", help=what, formatter_class=argparse.RawDescriptionHelpFormatter,
                              description=what + "\n\nPrints its text; --all writes it with the scenarios it extends "
                              "and its tables.",
                              epilog="example: sarx scenario run.h5 --all again && sarx run again/my.yaml")
    sub.add_argument("file", metavar="FILE", help="what `sarx run` wrote")
    sub.add_argument("--all", metavar="FOLDER", help="write all its files there; what is there already is not replaced")
    sub.set_defaults(act=_scenario)

    what = "What tells two runs apart: program, scenario, parameters, numbers."
    sub = commands.add_parser("diff", help=what, formatter_class=argparse.RawDescriptionHelpFormatter,
                              description=what + "\n\nExit code 0 whether they differ or not; `same` in --json says it. "
                              "Numbers are compared\nat the labels (arm, person, time, ...) that both files have.",
                              epilog="example: sarx diff before.h5 after.h5")
    sub.add_argument("a", metavar="A", help="what `sarx run` wrote")
    sub.add_argument("b", metavar="B", help="another")
    sub.add_argument("--json", action="store_true", help="everything, as one object")
    sub.set_defaults(act=_diff)


def _scenario(options: argparse.Namespace) -> None:
    """Prints the text, or writes all files and says how to run them."""
    found = scenario(options.file)
    if options.all is not None:
        for path in found.write(options.all):
            print(path)
        print(f"run again with: {found.command(options.all)}", file=sys.stderr)
        return
    sys.stdout.write(found.text)
    if found.beside:
        print(f"sarx: it also needs {', '.join(found.beside)}: --all FOLDER writes them", file=sys.stderr)
    if found.options:
        print(f"sarx: it was run with: {found.command()}", file=sys.stderr)


def _diff(options: argparse.Namespace) -> None:
    """Prints what differs; warns where two programs wrote the files."""
    found = diff(options.a, options.b)
    if found["program"]:
        both = " and ".join(f"{name} {said['a']} against {said['b']}" for name, said in found["program"].items())
        print(f"sarx: two programs wrote these files ({both}): numbers may differ by the program alone",
              file=sys.stderr)
    print(json.dumps(found, indent=1) if options.json else _as_text(found, options.a, options.b))


def _as_text(found: dict[str, Any], a: str, b: str) -> str:
    """What differs, for reading."""
    if found["same"]:
        return "nothing differs"
    parts = [f"- {a}\n+ {b}"]

    def part(title: str, lines: list[str]) -> None:
        if lines:
            more = [f"  ... and {len(lines) - LINES_SHOWN} more"] if len(lines) > LINES_SHOWN else []
            parts.append("\n".join([title, *(f"  {line}" for line in lines[:LINES_SHOWN]), *more]))

    part("PROGRAM", [f"{name}: {said['a']} -> {said['b']}" for name, said in found["program"].items()])
    part("OPTIONS", [f"{sign} {' '.join(words)}" for sign, key in (("-", "a"), ("+", "b"))
                     for words in found["options"].get(key, [])])
    for text in found["texts"]:
        part(f"TEXT OF {text['file']}", text["lines"])
    part("PARAMETERS", [f"{row['parameter']}: {row['a']} -> {row['b']}" for row in found["parameters"]])
    part("PLAN", found["plan"])
    part("ONLY IN THE FIRST", found["only_in_a"])
    part("ONLY IN THE SECOND", found["only_in_b"])
    part("NUMBERS", [_number_line(row) for row in found["numbers"]])
    if not found["numbers"]:
        parts.append("NUMBERS\n  the same at all labels that both have")
    return "\n\n".join(parts)


def _number_line(row: dict[str, Any]) -> str:
    unit = "" if row["unit"] in ("", "1") else f" {row['unit']}"
    if row["largest"] is None:
        return f"{row['name']}: {row['differing']} of {row['values']} differ ({row['at']})"
    return (f"{row['name']}: {row['differing']} of {row['values']} differ, most by {row['largest']:.4g}{unit} "
            f"({row['a']:.6g} -> {row['b']:.6g}; {row['at']})")
