"""A result file as tidy tables (CSV, Parquet) with a dictionary, written as it is read, in little memory."""

from __future__ import annotations

import importlib.util
import os
import pathlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from .errors import SarxError, known
from .files.writing import replacing
from .reading import Run, Source, decoded

ROWS_AT_ONCE = 200_000
"""Rows of a trajectory table held in memory at a time."""

STATISTICS = re.compile(
    r"(.+?)_(mean|sd|p05|p25|p50|p75|p95|n|mcse|lower|upper|third|differ_n|benefit_fraction|worse_fraction|events)$")

MEANINGS = {
    "arm": ("1", "arm of the scenario; the first of the run is the reference"),
    "person": ("1", "person, the same in every arm"),
    "muscle": ("1", "muscle; empty where a variable is the person's"),
    "sex": ("1", "female, male, or all"),
    "time_years": ("year", "time since the start of the run"),
    "age_years": ("year", "age"),
    "variable": ("1", "what the value is of; unit and meaning stand in this dictionary under `variables`"),
    "statistic": ("1", "which statistic of the variable"),
    "value": ("as the variable", "the value"),
    "event": ("1", "kind of event"),
    "intervention": ("1", "intervention of the scenario"),
    "snapshot": ("1", "one muscle of one person at one time"),
}
"""Unit and meaning of columns that are no datasets of the file."""

Dictionary = dict[tuple[str, str], dict[str, Any]]


Writer = Callable[[pathlib.Path, Iterator[pd.DataFrame]], bool]


def export_csv(
    source: Source, directory: str | os.PathLike[str], *, variables: Sequence[str] | None = None
) -> list[pathlib.Path]:
    """Writes a run as CSV tables into a folder, with dictionary.csv: unit, meaning and codes of every column.

    Trajectories hold a row for each arm, person (muscle) and time while the person lives; statistics are long
    tables of variable, statistic and value. Numbers are written with the digits that give the same bits back.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        directory: is made where it is missing; tables there are written anew.
        variables: only these; None for all.

    Returns:
        The files, in the order they were written.

    Raises:
        SarxError: for a variable that is not in the file, or a folder that cannot be written.
    """
    return _export(source, directory, variables, "csv", _write_csv)


def export_parquet(
    source: Source, directory: str | os.PathLike[str], *, variables: Sequence[str] | None = None
) -> list[pathlib.Path]:
    """Writes a run as Parquet tables into a folder, the same as `export_csv` does, with dictionary.csv.

    Args, returns: as `export_csv`.

    Raises:
        SarxError: as `export_csv`, and where the Python package pyarrow is missing.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise SarxError("Parquet needs the Python package pyarrow (pip install pyarrow); `--to csv` needs nothing")
    return _export(source, directory, variables, "parquet", _write_parquet)


EXPORTS = {"csv": export_csv, "parquet": export_parquet}
"""What writes each format."""


def _export(
    source: Source, directory: str | os.PathLike[str], variables: Sequence[str] | None, ending: str, write: Writer
) -> list[pathlib.Path]:
    """All tables in one format, then the dictionary."""
    run = Run.of(source)
    chosen = _chosen_variables(run, variables)
    folder = pathlib.Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SarxError(f"cannot make the folder {folder}: {problem.strerror}") from None
    dictionary: Dictionary = {}
    for name in chosen:
        _describe(dictionary, "variables", name, run.attributes(name))
    written = []
    for table, parts in _tables(run, chosen, dictionary):
        path = folder / f"{table}.{ending}"
        with replacing(path) as file:
            if write(file, parts):
                written.append(path)
    path = folder / "dictionary.csv"
    rows = [{"table": table, "column": column, **facts} for (table, column), facts in dictionary.items()]
    with replacing(path) as file:
        pd.DataFrame(rows).to_csv(file, index=False)
    return [*written, path]


def _chosen_variables(run: Run, variables: Sequence[str] | None) -> list[str]:
    """Names of the variables to write: those of the trajectories and of the summaries."""
    there = list(dict.fromkeys([*(str(name) for name in run.root.data_vars if "time_years" in run.root[name].dims),
                                *run.variables(run.by_time, "mean")]))
    return [known("variable", name, there) for name in variables] if variables else there


def _tables(
    run: Run, variables: Sequence[str], dictionary: Dictionary
) -> Iterator[tuple[str, Iterator[pd.DataFrame]]]:
    """Each table's name and its rows, in parts."""
    yield "people", _traits(run, dictionary, "people", ("person",))
    yield "people_by_muscle", _traits(run, dictionary, "people_by_muscle", ("person", "muscle"))
    for table, of_muscle in (("trajectories", False), ("muscle_trajectories", True)):
        names = [name for name in variables if name in run.root and ("muscle" in run.root[name].dims) == of_muscle]
        yield table, _trajectories(run, dictionary, table, names)
    for group in ("summary", "summary_by_age", "effects"):
        if group in run.groups:
            yield group, _statistics(run, dictionary, group, variables)
    for group, rows in (("events", _events), ("flow", _flow), ("motor_units", _motor_units)):
        if group in run.groups:
            yield group, rows(run, dictionary)


def _write_csv(path: pathlib.Path, parts: Iterator[pd.DataFrame]) -> bool:
    """Appends the parts to a file, the first with a heading; whether there was anything to write."""
    begun = False
    for part in parts:
        # Nine digits give a 32-bit number back exactly; without a format pandas writes what gives 64 bits back.
        for name in part.columns[part.dtypes == np.float32]:
            part[name] = ["" if np.isnan(value) else f"{value:.9g}" for value in part[name].to_numpy()]
        part.to_csv(path, mode="a" if begun else "w", header=not begun, index=False)
        begun = True
    return begun


def _write_parquet(path: pathlib.Path, parts: Iterator[pd.DataFrame]) -> bool:
    """Appends the parts to a file as row groups; whether there was anything to write."""
    import pyarrow
    import pyarrow.parquet

    writer = None
    try:
        for part in parts:
            table = pyarrow.Table.from_pandas(part, preserve_index=False)
            if writer is None:
                writer = pyarrow.parquet.ParquetWriter(path, table.schema)
            writer.write_table(table.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()
    return writer is not None


def _describe(dictionary: Dictionary, table: str, column: str, attributes: dict[str, Any]) -> None:
    """Adds a column to the dictionary; codes as "0 none, 1 probable"."""
    unit, words = MEANINGS.get(column, ("1", ""))
    codes = ""
    if "flag_meanings" in attributes:
        values = np.atleast_1d(attributes.get("flag_values", []))
        codes = ", ".join(f"{value} {word}" for value, word in zip(values, str(attributes["flag_meanings"]).split()))
    dictionary[table, column] = {
        "unit": attributes.get("units", unit), "meaning": attributes.get("long_name", words), "codes": codes,
        "valid_min": attributes.get("valid_min", ""), "valid_max": attributes.get("valid_max", ""),
        "source": attributes.get("source", ""),
    }


def _describe_all(dictionary: Dictionary, table: str, frame: pd.DataFrame, dataset: xr.Dataset | None = None) -> None:
    """Adds all columns of a table that are not described yet."""
    for column in frame.columns:
        if (table, column) not in dictionary:
            _describe(dictionary, table, column, dict(dataset[column].attrs)
                      if dataset is not None and column in dataset.variables else {})


def _traits(run: Run, dictionary: Dictionary, table: str, axes: tuple[str, ...]) -> Iterator[pd.DataFrame]:
    """What stays the same through a life: a row a person, or a person's muscle."""
    names = [name for name in run.root.data_vars if run.root[name].dims == axes]
    if names:
        frame = run.root[names].to_dataframe().reset_index()[[*axes, *names]]
        _describe_all(dictionary, table, frame, run.root)
        yield frame


def _trajectories(
    run: Run, dictionary: Dictionary, table: str, names: Sequence[str]
) -> Iterator[pd.DataFrame]:
    """Trajectories of the living, some people of one arm at a time."""
    if not names:
        return
    root = run.root
    axes = [axis for axis in root[names[0]].dims if axis != "arm"]
    people = root.sizes["person"]
    rows_a_person = int(np.prod([root.sizes[axis] for axis in axes if axis != "person"]))
    block = max(1, ROWS_AT_ONCE // rows_a_person)
    ages = root["start_age_years"].values if "start_age_years" in root else None
    for arm in run.arms:
        for first in range(0, people, block):
            part = root[list(names)].sel(arm=arm).isel(person=slice(first, first + block)).load()
            frame = part.to_dataframe().reset_index().drop(columns="arm")
            states = [name for name in names if name != "alive"]
            living = frame[states].notna().any(axis=1) if states else frame["alive"] == 1
            frame = frame[living]
            frame.insert(0, "arm", arm)
            if ages is not None:
                position = np.searchsorted(root["person"].values, frame["person"].values)
                frame.insert(frame.columns.get_loc("time_years") + 1, "age_years",
                             ages[position] + frame["time_years"].values)
            keys = ["arm", *axes, *(["age_years"] if ages is not None else [])]
            frame = frame[[*keys, *names]]
            _describe_all(dictionary, table, frame, root)
            yield frame


def _statistics(run: Run, dictionary: Dictionary, group: str, variables: Sequence[str]) -> Iterator[pd.DataFrame]:
    """A group of statistics as a long table: axes, variable, statistic, value."""
    dataset = run.group(group)
    axis = "age_years" if "age_years" in dataset.dims else "time_years"
    for name in map(str, dataset.data_vars):
        matched = STATISTICS.match(name)
        if "person" in dataset[name].dims or (matched and matched[2] != "events" and matched[1] not in variables):
            continue
        variable, statistic = (matched[1], matched[2]) if matched else (name, "sum")
        frame = dataset[name].to_dataframe(name="value").reset_index()
        if "muscle" not in dataset[name].dims:
            frame["muscle"] = ""
        frame["variable"], frame["statistic"] = variable, statistic
        frame = frame[["arm", "sex", "muscle", axis, "variable", "statistic", "value"]].dropna(subset=["value"])
        _describe_all(dictionary, group, frame)
        if ("variables", variable) not in dictionary:
            _describe(dictionary, "variables", variable, dict(dataset[name].attrs))
        yield frame


def _events(run: Run, dictionary: Dictionary) -> Iterator[pd.DataFrame]:
    """Events of the recorded people, some at a time."""
    dataset = run.group("events")
    arms = np.array(run.arms, dtype=object)
    for first in range(0, dataset.sizes["event"], ROWS_AT_ONCE):
        part = dataset.isel(event=slice(first, first + ROWS_AT_ONCE)).load()
        frame = pd.DataFrame({
            "arm": arms[part["arm"].values], "person": part["person"].values, "time_years": part["time_years"].values,
            "event": decoded(part["kind"]), "value": part["value"].values,
        })
        for column in ("person", "time_years", "value"):
            _describe(dictionary, "events", column, dict(part[column].attrs))
        _describe_all(dictionary, "events", frame)
        yield frame


def _flow(run: Run, dictionary: Dictionary) -> Iterator[pd.DataFrame]:
    """Who got what, delivery by delivery."""
    dataset = run.group("flow")
    frame = dataset.to_dataframe().reset_index()
    names = frame.pop("delivery").str.split("/", n=1, expand=True)
    frame.insert(0, "arm", names[0])
    frame.insert(1, "intervention", names[1])
    _describe_all(dictionary, "flow", frame, dataset)
    yield frame


def _motor_units(run: Run, dictionary: Dictionary) -> Iterator[pd.DataFrame]:
    """Motor units of the snapshots: a row a unit."""
    dataset = run.group("motor_units").load()
    sizes = dataset["row_size"].values.astype(int)
    snapshot = np.repeat(np.arange(len(sizes)), sizes)
    arms, muscles = np.array(run.arms, dtype=object), np.array(run.muscles, dtype=object)
    columns = {"arm": arms[dataset["arm"].values[snapshot]], "person": dataset["person"].values[snapshot],
               "muscle": muscles[dataset["muscle"].values[snapshot]],
               "time_years": dataset["time_years"].values[snapshot]}
    columns |= {str(name): data.values for name, data in dataset.data_vars.items() if data.dims == ("unit",)}
    frame = pd.DataFrame(columns)
    _describe_all(dictionary, "motor_units", frame, dataset)
    yield frame
