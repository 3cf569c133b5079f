"""`sarx scenario` and `sarx diff` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from ..origins import diff, scenario
from ..telling.differences import as_text


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
    print(json.dumps(found, indent=1) if options.json else as_text(found, options.a, options.b))
