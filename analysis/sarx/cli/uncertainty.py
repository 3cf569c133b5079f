"""`sarx uncertainty`: effects with what the model's parameters leave open, on the command line."""

from __future__ import annotations

import argparse
import pathlib
import sys
from typing import Any

from ..errors import SarxError
from ..files.writing import output_file, replacing
from ..telling.parameter_sets import of_sets
from .lists import numbers


def add_command(commands: Any) -> None:
    """Adds `uncertainty` to the subcommands of the analysis package."""
    what = "Effects between arms, with what the model's parameters leave open."
    more = """

Runs the scenario as it is and once with each of COUNT plausible parameter sets (a row each; columns are paths of
`sarx run --set`; what a set names replaces the scenario's own value), always with the same people and the same luck.
Files of the runs are deleted."""
    sub = commands.add_parser("uncertainty", help=what, formatter_class=argparse.RawDescriptionHelpFormatter,
                              description=what + more,
                              epilog="example: sarx uncertainty scenarios/train_the_nerve.yaml --people 500 --at 70,80")
    sub.add_argument("scenario", type=pathlib.Path, metavar="SCENARIO", help="with two arms or more")
    sub.add_argument("--draws", type=pathlib.Path, metavar="CSV",
                     help="parameter sets, as `sarx calibrate --draws` writes them; default: those of the model")
    sub.add_argument("--count", type=int, default=20, help="how many of them, from the first on (20)")
    sub.add_argument("--people", type=int, help="number of people in each run, instead of the scenario's")
    sub.add_argument("--at", type=numbers, help="ages in years, separated by commas; default: 70,80")
    sub.add_argument("-o", "--output", type=pathlib.Path, metavar="CSV",
                     help="also write the whole table; on paper stand the levels of the cascade")
    sub.set_defaults(act=act)


def act(options: argparse.Namespace) -> None:
    """Runs, prints, writes."""
    from ..comparing.over_sets import DRAWS, read_sets, uncertainty
    output = options.output
    if output and not output_file(output).parent.is_dir():  # before the runs, not after them
        raise SarxError(f"cannot write {output}: its folder is not there")
    sets = read_sets(options.draws or DRAWS, options.count)
    table = uncertainty(options.scenario, sets, people=options.people, at=options.at,
                        say=lambda what: print(what, file=sys.stderr, flush=True))
    try:
        if output:
            with replacing(output) as file:
                table.to_csv(file, index=False, float_format="%.7g")
    finally:  # a full disk costs the file, not what the runs have shown
        print(of_sets(table))
