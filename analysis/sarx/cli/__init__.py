"""Command line of the analysis: pictures, tables and exports of a result file."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import sys
from collections.abc import Callable, Sequence

import pandas as pd

from .. import plot
from ..comparing import (
    compare,
    compare_composite,
    compare_events,
    compare_prevalence,
    compare_risks,
    compare_years,
)
from ..comparing.estimand import ATTRIBUTE
from ..errors import SarxError, known, unknown
from ..estimating.prevalence import NothingInClasses
from ..exporting import EXPORTS
from ..files.spans import years_of
from ..files.writing import replacing
from ..levels import headlines_among
from ..reading import Run
from ..reporting import report
from ..telling.tables import as_text
from . import calibrate, origins, uncertainty, validate
from .lists import names, numbers

Action = Callable[[argparse.Namespace], None]

USAGE_ERROR = 2
INTERRUPTED = 130

TABLES: dict[str, Callable[..., pd.DataFrame]] = {
    "effects": compare, "events": compare_events, "risks": compare_risks, "years": compare_years,
    "prevalence": compare_prevalence, "composite": compare_composite,
}

USUAL_TABLES = ("effects", "events", "risks", "years", "prevalence")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 done, 1 failed, 2 bad input or usage, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        options.act(options)
    except SarxError as problem:
        print(f"sarx: {problem}", file=sys.stderr)
        return USAGE_ERROR
    except ModuleNotFoundError as missing:
        print(f"sarx: this needs the Python package {missing.name} (Debian: python3-{missing.name})", file=sys.stderr)
        return USAGE_ERROR
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left; nothing more to say
        return 0
    except (OSError, RuntimeError) as problem:  # a full disk; a file damaged inside, of which netCDF says HDF error
        print(f"sarx: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("sarx: interrupted", file=sys.stderr)
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sarx", description="Pictures and tables of what a run of sarx wrote.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, act: Action, what: str, example: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=what, description=what, epilog=f"example: {example}",
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        sub.add_argument("file", metavar="FILE", help="what `sarx run` wrote")
        sub.set_defaults(act=act)
        return sub

    def picture(name: str, what: str, example: str) -> argparse.ArgumentParser:
        sub = command(name, _draw, what, f"python -m sarx {name} {example}")
        sub.add_argument("-o", "--output", metavar="PICTURE",
                         help="png, svg or pdf; default: FILE with the picture's name")
        sub.set_defaults(picture=name)
        return sub

    sub = picture("cascade", "The picture of a run: the cascade from cells to diagnosis over age.",
                  "run.h5 -o run.png --sex female --muscle tibialis_anterior")
    sub.add_argument("--sex", choices=["female", "male", "all"], help="one column instead of women and men")
    sub.add_argument("--muscle", help="whose junctions, units and fibres; default: vastus_lateralis")
    sub.add_argument("--arms", type=names, help="only these, separated by commas")

    sub = picture("effect", "The effect of each arm on one variable, over age.", "run.h5 grip_strength_kg --sex male")
    sub.add_argument("variable")
    sub.add_argument("--sex", choices=["female", "male", "all"])
    sub.add_argument("--muscle", help="for a variable of a muscle; default: vastus_lateralis")
    sub.add_argument("--arms", type=names, help="only these, separated by commas")
    picture("flow", "Who got what: eligible, offered, reached, adherent, dropped.", "run.h5")
    for name, what in (("person", "One person's life in every arm, with its events."),
                       ("motor_units", "The motor units of one muscle of one person, snapshot by snapshot.")):
        sub = picture(name, what, "run.h5 --who 7 --muscle vastus_lateralis")
        sub.add_argument("--who", type=int, metavar="PERSON", help="the person's number in the file")
        sub.add_argument("--muscle", help="one muscle")
        sub.add_argument("--arms", type=names, help="only these, separated by commas")

    sub = command("compare", _compare, "Effects between arms: the same people, paired. What each table estimates stands "
                  "above it.", "python -m sarx compare run.h5 --at 70,80 --variables grip_strength_kg --by sex")
    sub.add_argument("--by", metavar="TRAIT", help="sex, or a trait or recorded variable in equal parts at the first record, "
                                                   "as in grip_strength_kg:4 (needs recorded people)")
    sub.add_argument("--among", metavar="CONDITION", help="only people for whom this holds at the first record, as in "
                                                          "'sex == female and grip_strength_kg < 20'")
    sub.add_argument("--at", type=numbers, help="ages in years, separated by commas, of which effects are and up to which "
                                                "events and years count; default: 70,80, and the end of follow-up")
    sub.add_argument("--since", type=_since, metavar="index|start|YEARS",
                     help="count from the first offer (index), the run's start, or years after it; default: index where "
                          "something is offered")
    sub.add_argument("--within", type=_years_within, metavar="YEARS", help="count so long, as in '10 years'")
    sub.add_argument("--population", type=names, metavar="NAMES", help="everyone, reached, per_protocol, separated by commas")
    sub.add_argument("--variables", type=names, help="names, separated by commas; default: all, but on paper the "
                     "levels of the cascade")
    sub.add_argument("--arms", type=names, help="only these, separated by commas")
    sub.add_argument("--muscles", type=names, help="of variables of a muscle only these, separated by commas")
    sub.add_argument("--reference", help="arm to compare with; default: the first")
    sub.add_argument("--table", choices=list(TABLES), help="only this one; for --csv effects where none is named")
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true",
                      help="one object with a list of rows for each table, and a list of `estimands`")
    form.add_argument("--csv", action="store_true", help="one table as comma-separated values")

    sub = command("export", _export, "Tidy tables with a dictionary of their columns.",
                  "python -m sarx export run.h5 --to csv tables/ --variables grip_strength_kg")
    sub.add_argument("--to", nargs="+", metavar=("csv", "FOLDER"), required=True,
                     help="csv or parquet, and where the tables go; default: FILE with _csv or _parquet")
    sub.add_argument("--variables", type=names, help="only these, separated by commas")

    sub = command("report", _report, "One page with pictures, tables and sources, that needs nothing beside it.",
                  "python -m sarx report run.h5 -o run.html")
    sub.add_argument("-o", "--output", metavar="HTML", help="default: FILE with .html")
    origins.add_commands(commands)
    uncertainty.add_command(commands)
    calibrate.add_command(commands)
    validate.add_command(commands)
    return parser


def _draw(options: argparse.Namespace) -> None:
    """Draws one picture and says where it is."""
    own = ("act", "picture", "file", "output")
    settings = {name: value for name, value in vars(options).items() if name not in own and value is not None}
    run = Run.of(options.file)
    output = pathlib.Path(options.output or f"{run.path.with_suffix('')}_{options.picture}.png")
    figure = getattr(plot, options.picture)(run, **settings)
    formats = figure.canvas.get_supported_filetypes()
    if output.suffix.lstrip(".").lower() not in formats:
        raise unknown("picture format", output.suffix, [f".{ending}" for ending in sorted(formats)])
    with replacing(output) as file:
        figure.savefig(file, format=output.suffix.lstrip("."))
    print(output)


def _since(text: str) -> str | float:
    """Index, start, or a number of years."""
    try:
        return float(text)
    except ValueError:
        return text


def _years_within(text: str) -> float:
    """A time in years, or with its unit: years, months, weeks or days."""
    try:
        return float(text)
    except ValueError:
        years = years_of(text)
    if years is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a time like 10, '10 years' or '26 weeks'")
    return years


OPTIONS = {
    "effects": ("variables", "at", "muscles"), "prevalence": ("at",), "events": ("at",), "risks": ("at",),
    "years": ("at",), "composite": ("at",),
}
"""Which of its options each table has beside those of all."""

SHARED_OPTIONS = ("by", "among", "arms", "reference", "since", "within", "population")


def _compare(options: argparse.Namespace) -> None:
    """Prints the tables as text, JSON or CSV."""
    run = Run.of(options.file)
    asked = [options.table] if options.table else ["effects"] if options.csv else list(USUAL_TABLES)
    tables = {}
    for name in asked:
        settings = {key: getattr(options, key) for key in (*SHARED_OPTIONS, *OPTIONS[name])}
        is_for_a_reader = not (options.json or options.csv)
        if name == "effects" and is_for_a_reader and options.variables is None:
            settings["variables"] = headlines_among(run.variables(run.by_time, "mean"))
            if options.muscles is None and run.muscles:
                settings["muscles"] = run.muscle_or_usual(None)
        try:
            tables[name] = TABLES[name](run, **settings)
        except NothingInClasses:
            if options.table:
                raise
    if options.json:
        rows: dict[str, object] = {name: json.loads(table.to_json(orient="records", double_precision=12))
                                   for name, table in tables.items()}
        estimands = [{"table": name, "reference": options.reference or run.arms[0]} | table.attrs[ATTRIBUTE]
                     for name, table in tables.items()]
        print(json.dumps(rows | {"estimands": estimands}, indent=1))
    elif options.csv:
        print(tables[asked[0]].to_csv(index=False, float_format="%.7g"), end="")
    else:
        print(as_text(run, tables))


def _export(options: argparse.Namespace) -> None:
    """Writes the tables and lists them."""
    form, *folders = options.to
    known("format", form, EXPORTS)
    if len(folders) > 1:
        raise SarxError(f"tables go to one folder, not to {len(folders)}")
    run = Run.of(options.file)
    folder = folders[0] if folders else f"{run.path.with_suffix('')}_{form}"
    for path in EXPORTS[form](run, folder, variables=options.variables):
        print(path)


def _report(options: argparse.Namespace) -> None:
    """Writes the page and says where it is."""
    run = Run.of(options.file)
    print(report(run, options.output or run.path.with_suffix(".html")))
