"""What the model's parameters leave open of an effect, from runs with plausible parameter sets."""

from __future__ import annotations

import csv
import io
import os
import pathlib
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from ..errors import SarxError, unknown
from ..estimating.parameter_sets import OverSets, over_sets
from ..files.text import read_text
from ..files.yaml_text import read_scenario
from ..running import description, refusal, run
from .effects import compare

DRAWS = pathlib.Path(__file__).resolve().parents[2] / "calibrations" / "parameter_draws.csv"
"""The sets that come with the model, written by `sarx calibrate --draws`."""

PREFIX = "model.parameters."
WHICH = ["arm", "reference", "muscle", "time_years", "age_years", "variable", "unit"]
COLUMNS = [*WHICH, "effect", "monte_carlo_lower", "monte_carlo_upper", *OverSets._fields]


def read_sets(draws: pathlib.Path, count: int) -> list[dict[str, str]]:
    """The first parameter sets of a CSV file: values as text, by path.

    Raises:
        SarxError: where the file cannot be read, a column is no parameter, a row has not a value for each
            column, or there are fewer rows than `count`, which is at least 2.
    """
    if count < 2:
        raise SarxError(f"--count is a whole number of at least 2, not {count}: one set has no spread")
    try:
        header, *rows = list(csv.reader(io.StringIO(read_text(draws), newline=""), strict=True)) or [[]]
    except csv.Error as problem:
        raise SarxError(f"{draws} is not a table of comma-separated values: {problem}") from None
    rows = [row for row in rows if row]
    if len(rows) < count:
        raise SarxError(f"{draws} holds {len(rows)} parameter sets, fewer than --count {count}")
    paths = [parameter["path"] for parameter in description()["parameters"]]
    for column in header:
        path = ".".join(column.removeprefix(PREFIX).split(".")[:2])
        if path not in paths:
            raise SarxError(f"column '{column}' of {draws} is no parameter: {unknown('parameter', path, paths)}")
        if not column.startswith(PREFIX):
            raise SarxError(f"column '{column}' of {draws} is no path of --set: write '{PREFIX}{column}'")
        if header.count(column) > 1:
            raise SarxError(f"column '{column}' stands twice in {draws}")
    for number, row in enumerate(rows[:count], 1):
        if len(row) != len(header) or not all(cell.strip() for cell in row):
            raise SarxError(f"set {number} of {draws} has not a value in each of the {len(header)} columns")
    return [dict(zip(header, row)) for row in rows[:count]]


def uncertainty(
    scenario: str | os.PathLike[str],
    sets: Sequence[Mapping[str, str]],
    *,
    people: int | None = None,
    at: Iterable[float] | None = None,
    say: Callable[[str], None] = lambda what: None,
) -> pd.DataFrame:
    """Effects of a scenario with the defaults and over parameter sets.

    Args:
        scenario: the YAML file, of two arms or more.
        sets: at least two parameter sets, values by path.
        people: in each run, instead of the scenario's number.
        at: ages or times as in `compare`, which chooses where None.
        say: told of progress.

    Returns:
        A row for each time, variable, muscle and arm:

        - `effect`, `monte_carlo_lower`, `monte_carlo_upper`: with the defaults, and its 95 % interval of
          Monte Carlo error (as in `compare`);
        - `sets`: sets with such an effect; `sets_lower`, `sets_upper`: 2.5 % and 97.5 % quantiles over them,
          Monte Carlo noise of each run included; `sets_sd`: standard deviation between them;
        - `parameter_sd`: the same with the mean Monte Carlo variance of the runs taken off, at least 0. All runs
          share people and luck, and with it a part of that noise: the spread that comes from the parameters is
          between this and `sets_sd`.

    Raises:
        SarxError: where the program refuses the scenario or a set, or there is one arm only.
    """
    _accept(scenario, sets, people)
    if len(arms := read_scenario(pathlib.Path(scenario)).get("arms") or {}) < 2:
        raise SarxError(f"{scenario} has one arm{''.join(f' ({arm})' for arm in arms)}: an effect is a difference "
                        "between two")
    with tempfile.TemporaryDirectory(prefix="sarx_uncertainty_") as folder:
        def effects(name: str, settings: Mapping[str, str], ages: Sequence[float] | None) -> pd.DataFrame:
            file = pathlib.Path(folder) / f"{name}.h5"
            with run(scenario, file, people=people, settings=settings) as written:
                table = compare(written, at=ages)
            file.unlink()
            return table

        say(f"the scenario as it is, then {len(sets)} parameter sets")
        began = time.monotonic()
        ages = list(at or []) or None
        defaults = effects("defaults", {}, ages)
        if ages is None:  # where arms differ most must be the same place in all runs
            ages = list(dict.fromkeys(defaults.age_years.where(defaults.age_years.notna(), defaults.time_years)))
        tables = []
        for done, settings in enumerate(sets):
            left = (time.monotonic() - began) / (done + 1) * (len(sets) - done)
            say(f"set {done + 1} of {len(sets)}, {_spoken(left)} left")
            tables.append(effects(f"set_{done + 1}", settings, ages))
    return _joined(defaults, tables)


def _accept(scenario: str | os.PathLike[str], sets: Sequence[Mapping[str, str]], people: int | None) -> None:
    """Refuses before the first run what the program would refuse in the last."""
    if why := refusal(scenario, people=people):
        raise SarxError(why)
    for number, settings in enumerate(sets, 1):
        if why := refusal(scenario, people=people, settings=settings):
            raise SarxError(f"parameter set {number} does not fit {scenario}: {why}")


def _spoken(seconds: float) -> str:
    """A time left, in the unit that one would say."""
    return f"about {seconds:.0f} s" if seconds < 100 else f"about {seconds / 60:.0f} min"


def _joined(defaults: pd.DataFrame, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One row for each row of the defaults; the tables of the sets have the same rows in the same order."""
    effects, lower, upper = (np.stack([table[name].to_numpy(float) for table in tables])
                             for name in ("effect", "lower", "upper"))
    rows = [over_sets(*of_row) for of_row in zip(effects.T, lower.T, upper.T)]
    renamed = defaults.rename(columns={"lower": "monte_carlo_lower", "upper": "monte_carlo_upper"})
    return pd.concat([renamed, pd.DataFrame(rows, columns=list(OverSets._fields))], axis=1)[COLUMNS]
