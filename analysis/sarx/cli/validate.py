"""`sarx validate`: the scoreboard on the command line."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from typing import Any

from ..errors import SarxError
from ..files.writing import output_file, replacing

FORMATS = (".png", ".svg", ".pdf")


def add_command(commands: Any) -> None:
    """Adds `validate` to the subcommands of the analysis package."""
    what = "The scoreboard: published targets against simulated measurements."
    more = """

Runs a few experiments (a life course, bed rest, training, ...) and measures in them what the studies
measured. z is (simulated - published) in units of the tolerance, which comes from the study; within is
|z| <= 1. mcse is what luck does to the simulated value, a standard error by the jackknife over people; ~ marks a
verdict within two of it of its limit. Rows that were fitted and rows never fitted count apart.

A row that is wired wrongly (a name that is not there, nobody left to measure, a number that cannot be computed) is
told by file, line and id, all at once after the scores of the others, and the exit code is 2."""
    examples = """examples:
  sarx validate --quick
  sarx validate my_parameters.yaml --json > scores.json
  sarx validate --cascade muscle_first --picture muscle_first.png
  sarx validate --targets my_targets --only grip,my_trial"""
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
    sub.add_argument("--targets", type=pathlib.Path, metavar="FOLDER",
                     help="other targets of the same form: *.yaml and experiments/; default: those of the project")
    sub.add_argument("--seed", type=_seed, help="of every experiment, instead of its own: the same rows, other luck")
    sub.add_argument("--silent", action="store_true",
                     help="with --json one object of three lists: scored, silent (rows the model does not speak to, "
                          "and why), errors")
    sub.set_defaults(act=act)


def act(options: argparse.Namespace) -> None:
    """Scores, prints, draws."""
    from ..plot.scoreboard import scoreboard
    from ..telling.scoreboard import as_text
    from ..validating.scoreboard import silent_row, validate
    if options.picture and options.picture.suffix.lower() not in FORMATS:
        raise SarxError(f"'{options.picture}' is no picture: its name ends in {', '.join(FORMATS)}")
    if options.picture:
        output_file(options.picture)  # before the runs, not after them
    if options.silent and not options.json:
        raise SarxError("--silent goes with --json; the table shows the rows that are not scored anyway")
    board = validate(options.scenario, cascade=options.cascade, quick=options.quick, only=options.only,
                     targets_folder=options.targets, keep=options.keep, seed=options.seed,
                     say=lambda what: print(what, file=sys.stderr))
    scored = [one.as_row() for one in board.scores]
    if options.silent:
        print(json.dumps({"scored": scored, "silent": [silent_row(one) for one in board.silent],
                          "errors": board.errors}, indent=1))
    else:
        print(json.dumps(scored, indent=1) if options.json else as_text(board))
    if options.picture and board.scores:
        with replacing(options.picture) as file:
            scoreboard(board.scores).savefig(file, dpi=150)
        print(f"picture: {options.picture}", file=sys.stderr)
    if board.errors:
        raise SarxError(f"{len(board.errors)} problems; the other rows are scored:\n  " + "\n  ".join(board.errors))


def _seed(text: str) -> int:
    """A seed as `sarx run` takes it."""
    if not (text.isascii() and text.isdecimal()) or int(text) >= 2**64:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0 to 2^64 - 1")
    return int(text)
