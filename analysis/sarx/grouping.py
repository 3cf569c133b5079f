"""Groups of people to compare within: a sex, or a part of the people by a trait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .errors import SarxError, unknown
from .reading import Run

QUANTILES = 4
"""Parts a trait with many values is cut into where none are asked for."""

FEW_VALUES = 6
"""Most values of a trait that are groups of their own."""


@dataclass(frozen=True)
class Group:
    """Some of the people."""

    label: str
    """In words; empty for everyone or a sex."""
    sex: str
    """"female", "male" or "all"."""
    members: np.ndarray | None = None
    """Places of the people in the file; None where the sex alone tells, so that summaries suffice."""


def traits(run: Run) -> list[str]:
    """Names of what is known of each recorded person for life."""
    if "person" not in run.root.sizes:
        return []
    return [str(name) for name in run.root.data_vars
            if run.root[name].dims == ("person",) and np.issubdtype(run.root[name].dtype, np.number)]


def groups_of(run: Run, by: str | None) -> list[Group]:
    """The groups that `by` names.

    Args:
        run: the file.
        by: None for everyone together, "sex", a trait, or "trait:4" for four equal parts of a trait.

    Raises:
        SarxError: for a trait that is not there, parts that are no number, or where no people were recorded.
    """
    if by is None:
        return [Group("", "all")]
    if by == "sex":
        return [Group("", "female"), Group("", "male")]
    name, _, text = by.partition(":")
    if "person" not in run.root.sizes:
        raise SarxError(f"--by {by} needs people one by one, and {run.path.name} holds summaries only: "
                        "only --by sex can be had from them; record people (`record: {people: all}`)")
    known = traits(run)
    if name not in known:
        raise unknown("trait", name, ["sex", *known])
    if text and not (text.isdigit() and 2 <= int(text) <= 100):
        raise SarxError(f"'{text}' in --by {by} is not a number of parts from 2 to 100")
    values = run.root[name].values.astype(float)
    distinct = np.unique(values[np.isfinite(values)])
    words = _codes(run.root[name].attrs)
    if not text and len(distinct) <= FEW_VALUES:
        return [Group(words.get(value, f"{name} {value:g}"), "all", np.flatnonzero(values == value))
                for value in distinct]
    return _parts(name, values, int(text) if text else QUANTILES)


def _codes(attributes: Mapping[str, object]) -> dict[float, str]:
    """Words of a trait's codes."""
    if "flag_meanings" not in attributes:
        return {}
    return {float(value): word for value, word in
            zip(np.atleast_1d(attributes["flag_values"]), str(attributes["flag_meanings"]).split())}


def _parts(name: str, values: np.ndarray, parts: int) -> list[Group]:
    """Equal parts of the people by a trait, lowest first; equal values stay together."""
    known = values[np.isfinite(values)]
    if len(known) < parts:
        raise SarxError(f"{len(known)} people cannot be cut into {parts} parts by {name}")
    edges = np.unique(np.quantile(known, np.linspace(0.0, 1.0, parts + 1)))
    part = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, max(len(edges) - 2, 0))
    digits = _digits(edges)
    groups = []
    for i in range(max(len(edges) - 1, 1)):
        low, high = edges[i], edges[min(i + 1, len(edges) - 1)]
        members = np.flatnonzero((part == i) & np.isfinite(values))
        if len(members):
            groups.append(Group(f"{name} {low:.{digits}f} to {high:.{digits}f}", "all", members))
    return groups


def _digits(edges: np.ndarray) -> int:
    """Digits after the point that tell the edges of parts apart, with one to spare."""
    narrowest = float(np.diff(edges).min()) if len(edges) > 1 else 0.0
    return min(max(0, int(np.ceil(-np.log10(narrowest))) + 1), 9) if narrowest > 0.0 else 3
