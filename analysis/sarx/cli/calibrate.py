"""`sarx calibrate`: fits named parameters to chosen rows on the command line."""

from __future__ import annotations

import argparse
import csv
import pathlib
import sys
from typing import Any

from ..errors import SarxError
from ..files.writing import output_file, replacing
from ..running import description


def add_command(commands: Any) -> None:
    """Adds `calibrate` to the subcommands of the analysis package."""
    what = "Fits named parameters to chosen rows of the scoreboard, with uncertainty."
    more = """

Stage after stage, upstream first. The rows are those of `sarx validate`; each study has the same say. Every number
stays in its plausible range and is pulled a little to where it started. Writes a parameter file that scenarios
extend, and with --draws plausible parameter sets, one a row, for `sarx run --set`."""
    sub = commands.add_parser("calibrate", help=what, formatter_class=argparse.RawDescriptionHelpFormatter,
                              description=what + more,
                              epilog="example: sarx calibrate motor_units.yaml -o fitted.yaml --draws draws.csv")
    sub.add_argument("config", type=pathlib.Path, metavar="CONFIG", help="what to fit to what")
    sub.add_argument("-o", "--output", type=pathlib.Path, metavar="FILE", help="default: CONFIG with _fitted.yaml")
    sub.add_argument("--draws", type=pathlib.Path, metavar="CSV", help="also write plausible parameter sets")
    sub.add_argument("--count", type=int, default=100, help="how many of them (100)")
    sub.set_defaults(act=act)


def act(options: argparse.Namespace) -> None:
    """Fits, writes, says where."""
    from ..calibrating.config import as_setting, read_config
    from ..calibrating.fitting import fit
    from ..telling.fitted_parameters import parameter_file
    if options.count < 1:
        raise SarxError("--count is a whole number of at least 1")
    described = description()
    output = options.output or options.config.with_name(options.config.stem + "_fitted.yaml")
    output_file(output)  # before the fit, not after it
    if options.draws:
        output_file(options.draws)
    result = fit(read_config(options.config, described), described, say=lambda what: print(what, file=sys.stderr))
    with replacing(output) as whole:
        whole.write_text(parameter_file(result), encoding="utf-8")
    print(output)
    if options.draws:
        paths, values = result.draws(options.count)
        with replacing(options.draws) as whole, whole.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([f"model.parameters.{path}" for path in paths])
            known = {one["path"]: one["value"] for one in described["parameters"]}
            written = [(known[".".join(path.split(".")[:2])], path.split(".")[2:]) for path in paths]
            writer.writerows([[as_setting(*one, value) for one, value in zip(written, row)] for row in values])
        print(options.draws)
