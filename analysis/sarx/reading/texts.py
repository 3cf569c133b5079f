"""The texts that a result file holds: its scenario, what that names, and how it was run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import NamedTuple

import h5py

from ..errors import SarxError
from .result_file import checked

TABLES = ("people_csv", "parameter_draws_csv")
"""Datasets of /provenance that hold a CSV file which the scenario names."""


class NamedText(NamedTuple):
    """A file as it was written."""

    path: str
    """In the scenario's folder; of the scenario as it was given."""
    text: str


class Option(NamedTuple):
    """An option of the command line that shaped the plan."""

    name: str
    value: str


@dataclass(frozen=True)
class Texts:
    """What a run was made of."""

    scenario: NamedText
    beside: tuple[NamedText, ...]
    """Parents and tables that the scenario names."""
    options: tuple[Option, ...]
    parameters: dict[str, str]
    """Resolved values by name."""


def texts_of(path: str | os.PathLike[str]) -> Texts:
    """The texts of a result file.

    Raises:
        SarxError: where the file cannot be read or holds no scenario.
    """
    with h5py.File(checked(path), "r") as file:
        group = file.get("provenance")
        if group is None or "scenario" not in group:
            raise SarxError(f"{path} holds no scenario")
        beside = [NamedText(*pair) for pair in zip(_list(group, "parent"), _list(group, "parent_scenario"))]
        beside += [_named(group[name]) for name in TABLES if name in group]
        return Texts(_named(group["scenario"]), tuple(beside),
                     tuple(Option(*pair) for pair in zip(_list(group, "option_name"), _list(group, "option_value"))),
                     dict(zip(_list(group, "parameter"), _list(group, "parameter_value"))))


def _named(data: h5py.Dataset) -> NamedText:
    return NamedText(_text(data.attrs["path"]), _text(data[()]))


def _text(value: object) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _list(group: h5py.Group, name: str) -> list[str]:
    """A list of texts; empty where the file has none."""
    return [_text(value) for value in group[name][()]] if name in group else []
