"""What tells two runs apart: program, scenario, parameters, numbers."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import xarray as xr

from ..reading import groups, open_run, provenance, texts_of
from .scenarios import scenario

PROGRAM = ("version", "commit", "code_hash")
"""What of /provenance says which program wrote a file."""

STATISTICS = ("summary", "summary_by_age", "effects", "outcomes", "prevalence", "flow")
"""Groups over everyone simulated, whose numbers are compared; what stands in the root is compared too."""

PEOPLE_AT_ONCE = 10_000
"""Memory does not grow with people."""

Rows = list[dict[str, Any]]


def diff(a: str | os.PathLike[str], b: str | os.PathLike[str]) -> dict[str, Any]:
    """What tells two result files apart.

    Args:
        a, b: files that `sarx run` or `sarx merge` wrote.

    Returns:
        same: whether nothing does, apart from when, where and how the runs were called.
        program: {"a": ..., "b": ...} for version, commit and code_hash, where they differ.
        options: the command lines' options that shaped the plans, likewise.
        texts: a list of {file, lines}: unified differences of scenario, parents and tables.
        parameters: a list of {parameter, a, b}; None where a file does not have it.
        plan: lines of the resolved plans that differ, parameters left out, as "- ..." and "+ ...".
        only_in_a, only_in_b: names of datasets, labels of axes ("arm power").
        numbers: a list of {name, unit, values, differing, largest, a, b, at}: of those at the same labels, how many
            there are, how many differ, and where they do most.

    Raises:
        SarxError: where a file cannot be read.
    """
    told = (provenance(a), provenance(b))
    first, second = scenario(a), scenario(b)
    only_a: list[str] = []
    only_b: list[str] = []
    numbers = _numbers(a, b, only_a, only_b)
    result: dict[str, Any] = {
        "program": {name: {"a": told[0].get(name), "b": told[1].get(name)} for name in PROGRAM
                    if told[0].get(name) != told[1].get(name)},
        "options": {} if first.options == second.options else {"a": first.options, "b": second.options},
        "texts": _texts_apart(first.files, second.files),
        "parameters": _parameters(texts_of(a).parameters, texts_of(b).parameters),
        "plan": _plan_lines(str(told[0].get("resolved_plan", "")), str(told[1].get("resolved_plan", ""))),
        "only_in_a": only_a,
        "only_in_b": only_b,
        "numbers": numbers,
    }
    return {"same": not any(result.values()), **result}


def _texts_apart(a: dict[str, str], b: dict[str, str]) -> Rows:
    """Unified differences of files of the same place: the scenarios, whatever they are called, and what they name."""
    pairs = [(next(iter(a)), next(iter(b)))]
    pairs += [(name, name) for name in dict.fromkeys([*list(a)[1:], *list(b)[1:]])]
    rows = []
    for one, other in pairs:
        lines = list(difflib.unified_diff(a.get(one, "").splitlines(), b.get(other, "").splitlines(), one, other, n=0,
                                          lineterm=""))
        if lines:
            rows.append({"file": one, "lines": lines[2:]})
    return rows


def _parameters(a: Mapping[str, str], b: Mapping[str, str]) -> Rows:
    """Resolved parameters that differ, or that one of the two does not have."""
    return [{"parameter": name, "a": a.get(name), "b": b.get(name)}
            for name in dict.fromkeys([*a, *b]) if a.get(name) != b.get(name)]


def _plan_lines(a: str, b: str) -> list[str]:
    """Lines of resolved plans that differ, but for parameters, which have their own table."""
    def lines(text: str) -> list[str]:
        kept, inside = [], False
        for line in text.splitlines():
            if line.startswith(("version:", "title:")):
                continue
            if not line.startswith("    "):
                inside = line in ("  parameters:", "  changed:")
            if not inside:
                kept.append(line)
        return kept

    return [f"{line[0]} {line[1:].strip()}" for line in difflib.unified_diff(lines(a), lines(b), n=0, lineterm="")
            if line[0] in "+-" and not line.startswith(("+++", "---"))]


def _numbers(a: str | os.PathLike[str], b: str | os.PathLike[str], only_a: list[str], only_b: list[str]) -> Rows:
    """Numbers that differ at the same labels, the largest share of differing ones first."""
    rows: Rows = []
    for group in (None, *STATISTICS):
        if group is not None and not _both_have(group, (a, b), (only_a, only_b)):
            continue
        with open_run(a, group) as one, open_run(b, group) as other:
            for here, there, only in ((one, other, only_a), (other, one, only_b)):
                only += [f"{group}/{name}" if group else str(name) for name in here.data_vars if name not in there]
                if group is None:
                    only += [f"{axis} {label}" for axis in ("arm", "muscle") if axis in here and axis in there
                             for label in here[axis].values if label not in there[axis].values]
            for name in one.data_vars:
                if name in other and np.issubdtype(one[name].dtype, np.number):
                    row = _difference(f"{group}/{name}" if group else str(name), one[name], other[name])
                    if row:
                        rows.append(row)
    return sorted(rows, key=lambda row: -float(row["differing"] / row["values"]))


def _both_have(group: str, paths: tuple[Any, Any], only: tuple[list[str], list[str]]) -> bool:
    """Whether both files have a group; where one has, it is noted."""
    there = [group in groups(path) for path in paths]
    if any(there) and not all(there):
        only[there.index(True)].append(group)
    return all(there)


def _difference(name: str, a: xr.DataArray, b: xr.DataArray) -> dict[str, Any] | None:
    """How much one dataset differs where both have labels; None where it does not."""
    if a.dims != b.dims:
        return {"name": name, "unit": "", "values": 1, "differing": 1, "largest": None, "a": None, "b": None,
                "at": f"axes {', '.join(map(str, a.dims))} against {', '.join(map(str, b.dims))}"}
    a, b = xr.align(a, b, join="inner")  # pylint: disable=unbalanced-tuple-unpacking  # as many as it is given
    differing, largest, found = 0, -1.0, None
    for one, other in _pieces(a, b):
        x, y = one.values.astype(float), other.values.astype(float)
        differs = ~((x == y) | (np.isnan(x) & np.isnan(y)))
        if not differs.any():
            continue
        differing += int(differs.sum())
        # A number against a missing one differs by no amount: it counts only where nothing else does.
        with np.errstate(invalid="ignore"):
            apart = np.where(differs, np.nan_to_num(np.abs(x - y), nan=0.0), -1.0)
        place = np.unravel_index(int(np.argmax(apart)), apart.shape)
        if apart[place] > largest:
            largest = float(apart[place])
            found = {"largest": _number(abs(x[place] - y[place])), "a": _number(x[place]), "b": _number(y[place]),
                     "at": ", ".join(_label(one, axis, index) for axis, index in zip(one.dims, place))}
    if found is None:
        return None
    return {"name": name, "unit": str(a.attrs.get("units", "")), "values": int(a.size), "differing": differing, **found}


def _pieces(a: xr.DataArray, b: xr.DataArray) -> Iterator[tuple[xr.DataArray, xr.DataArray]]:
    """Two datasets of the same labels, some people at a time."""
    if "person" not in a.dims:
        yield a, b
        return
    for first in range(0, a.sizes["person"], PEOPLE_AT_ONCE):
        some = slice(first, first + PEOPLE_AT_ONCE)
        yield a.isel(person=some), b.isel(person=some)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _label(data: xr.DataArray, axis: Any, index: Any) -> str:
    """ "power" for an arm, "time_years 3" for a number."""
    if axis not in data.coords:
        return f"{axis} {int(index)}"
    label = data[axis].values[index]
    return f"{axis} {label:g}" if np.issubdtype(data[axis].dtype, np.number) else str(label)
