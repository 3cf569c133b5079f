"""`sarx validate`: the scoreboard on the command line."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from typing import Any

from ..errors import SarxError

FORMATS = (".png", ".svg", ".pdf")


def add_command(commands: Any) -> None:
    """Adds `validate` to the subcommands of the analysis package."""
    what = "The scoreboard: published targets against simulated measurements."
    more = """

Runs a few experiments (a life course, bed rest, training, ...) and measures in them what the studies
measured. z is (simulated - published) in units of the tolerance, which comes from the study; within is
|z| <= 1. Rows that were fitted and rows never fitted count apart."""
    examples = """examples:
  sarx validate --quick
  sarx validate my_parameters.yaml --json > scores.json
  sarx validate --cascade muscle_first --picture muscle_first.png"""
    sub = commands.add_parser("validate", help=what, formatter_class=argparse.RawDescriptionHelpFormatter,
                              description=what + more, epilog=examples)
    sub.add_argument("scenario", nargs="?", type=pathlib.Path, metavar="SCENARIO",
                     help="whose model (cascade and parameters) is tested; default: the model as it is")
    sub.add_argument("--cascade", help="test another cascade: muscle_first, parallel, ...")
    sub.add_argument("--quick", action="store_true", help="a quarter of the people: less time, larger random error")
    sub.add_argument("--only", type=lambda text: [name for name in text.split(",") if name], default=[],
                     help="ids, domains or experiments, separated by commas")
    sub.add_argument("--json", action="store_true", help="one object a row")
    sub.add_argument("--picture", type=pathlib.Path, metavar="PICTURE",
                     help="forest plot of z by domain; png, svg or pdf")
    sub.add_argument("--keep", type=pathlib.Path, metavar="FOLDER",
                     help="keep scenarios and result files of the experiments")
    sub.add_argument("--targets", type=pathlib.Path, metavar="FOLDER", help=argparse.SUPPRESS)
    sub.set_defaults(act=act)


def act(options: argparse.Namespace) -> None:
    """Scores, prints, draws."""
    try:
        from .scoreboard import as_text, picture, validate
    except ModuleNotFoundError as missing:  # the rest of the package reads no YAML
        raise SarxError(f"validate needs the Python package {missing.name} (Debian: python3-{missing.name})") from None
    if options.picture and options.picture.suffix.lower() not in FORMATS:
        raise SarxError(f"'{options.picture}' is no picture: its name ends in {', '.join(FORMATS)}")
    scores = validate(options.scenario, cascade=options.cascade, quick=options.quick, only=options.only,
                      targets_folder=options.targets, keep=options.keep, say=lambda what: print(what, file=sys.stderr))
    if options.json:
        print(json.dumps([one.as_row() for one in scores], indent=1))
    else:
        print(as_text(scores))
    if options.picture:
        options.picture.parent.mkdir(parents=True, exist_ok=True)
        picture(scores).savefig(options.picture, dpi=150)
        print(f"picture: {options.picture}", file=sys.stderr)
