"""Groups of people to compare within: a sex, or parts of the people by a trait or by what they had at the first record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import Floats, Whole
from ..errors import SarxError, unknown
from ..expressions import Expression
from ..reading import SEXES, Run
from .comparison import Group

QUANTILES = 4
"""Parts a trait with many values is cut into where none are asked for."""

FEW_VALUES = 6
"""Most values of a trait that are groups of their own."""

AGE_BAND_YEARS = 10.0
"""Width of the bands of age within which people are cut into parts."""

PART_WORDS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}

SEX_IN_CONDITION = re.compile(r"\bsex\s*(==|!=)\s*(female|male)\b|\b(female|male)\s*(==|!=)\s*sex\b")


@dataclass(frozen=True)
class Groups:
    """All groups of a table, and whether the first and the last are to be set against each other."""

    groups: tuple[Group, ...]
    are_ordered: bool = False
    """Whether they are parts from lowest to highest."""
    told: str = ""
    """How they were made, in words."""


def traits(run: Run) -> list[str]:
    """Names of what is known of each recorded person for life."""
    if "person" not in run.root.sizes:
        return []
    return [str(name) for name in run.root.data_vars
            if run.root[name].dims == ("person",) and np.issubdtype(run.root[name].dtype, np.number)]


def measured(run: Run) -> list[str]:
    """Names of what was recorded of each person at the first record; of muscles as "variable.muscle"."""
    names = []
    for name, data in run.root.data_vars.items():
        if "time_years" in data.dims and "person" in data.dims and np.issubdtype(data.dtype, np.number):
            names += [f"{name}.{muscle}" for muscle in run.muscles] if "muscle" in data.dims else [str(name)]
    return names


def at_baseline(run: Run, name: str) -> Floats:
    """A trait, or a variable at the first record in the reference arm: (person).

    Raises:
        SarxError: for a name that is not there, or a variable of muscles without its muscle.
    """
    if name == "age_years":
        name = "start_age_years"
    if name == "time_years":
        return np.zeros(run.root.sizes["person"])
    if name in traits(run):
        return run.root[name].values.astype(float)
    variable, _, muscle = name.partition(".")
    known = measured(run)
    if name in known:
        data = run.at_first_record[variable]
        return (data.sel(muscle=muscle) if muscle else data).values.astype(float)
    if any(other.startswith(f"{name}.") for other in known):
        raise SarxError(f"'{name}' is of muscles: say of which, as in {name}.{run.muscles[0]}")
    raise unknown("trait or recorded variable", name, ["sex", "age_years", *traits(run), *known])


def _needs_people(run: Run, option: str) -> None:
    if "person" not in run.root.sizes:
        raise SarxError(f"{option} needs people one by one, and {run.path.name} holds summaries only: only --by sex can "
                        "be had from them; record people (`record: {people: all}`)")


def places_among(run: Run, condition: str | None) -> Whole | None:
    """Places of the recorded people for whom a condition holds at the first record; None without a condition.

    Args:
        run: the file.
        condition: as in a scenario: "sex == female and grip_strength_kg < 20".

    Raises:
        SarxError: where it is no condition, names what is not there, or holds for nobody.
    """
    if condition is None:
        return None
    _needs_people(run, f"--among '{condition}'")
    checked = Expression(SEX_IN_CONDITION.sub(_sex_as_number, condition))
    if not checked.is_condition:
        raise SarxError(f"'{condition}' is not a condition like 'sex == female and grip_strength_kg < 20'")
    if "sex" in checked.names:
        raise SarxError(f"'{condition}': sex is compared with female or male, as in 'sex == female'")
    names = {name: at_baseline(run, name) for name in checked.names}
    holds = np.broadcast_to(np.asarray(checked.value(names), float), run.root.sizes["person"])
    places = np.flatnonzero(holds == 1.0)
    if not len(places):
        raise SarxError(f"'{condition}' holds for none of the {run.root.sizes['person']:,} recorded people at the first "
                        "record")
    return places


def _sex_as_number(found: re.Match[str]) -> str:
    sex = found[2] or found[3]
    return f"female {found[1] or found[4]} {1 if sex == 'female' else 0}"


def groups_of(run: Run, by: str | None, among: str | None = None) -> Groups:
    """The groups that `by` names, of the people that `among` leaves.

    Args:
        run: the file.
        by: None for everyone together, "sex", or a trait or recorded variable, as "grip_strength_kg:4" for four equal
            parts of it at the first record, within each sex and ten years of age.
        among: a condition at the first record, or None.

    Raises:
        SarxError: for a name that is not there, parts that are no number, or where no people were recorded.
    """
    places = places_among(run, among)
    if by is None:
        return Groups((Group(members=places),))
    if by == "sex":
        return Groups(tuple(Group(sex=sex, members=places) for sex in SEXES))
    name, _, text = by.partition(":")
    _needs_people(run, f"--by {by}")
    values = at_baseline(run, name)
    if text and not (text.isdigit() and 2 <= int(text) <= 100):
        raise SarxError(f"'{text}' in --by {by} is not a number of parts from 2 to 100")
    who = np.arange(len(values)) if places is None else places
    who = who[np.isfinite(values[who])]
    distinct = np.unique(values[who])
    if not text and len(distinct) <= FEW_VALUES:
        words = _codes(run.root[name.partition(".")[0]].attrs) if name != "age_years" else {}
        return Groups(tuple(Group(words.get(value, f"{name} {value:g}"), members=who[values[who] == value])
                            for value in distinct))
    return _parts(run, name, values, who, int(text) if text else QUANTILES)


def _codes(attributes: Mapping[str, Any]) -> dict[float, str]:
    """Words of a trait's codes."""
    if "flag_meanings" not in attributes:
        return {}
    return {float(value): word for value, word in
            zip(np.atleast_1d(attributes["flag_values"]), str(attributes["flag_meanings"]).split())}


def _parts(run: Run, name: str, values: Floats, who: Whole, parts: int) -> Groups:
    """Equal parts within each sex and band of age, lowest first; equal values stay together."""
    if len(who) < parts:
        raise SarxError(f"{len(who)} people cannot be cut into {parts} parts by {name}")
    part = parts_within(values[who], strata_of(run)[who], parts)
    if len(np.unique(part)) < 2:
        raise SarxError(f"people are too alike in {name} to be cut into {parts} parts within sex and ten years of age")
    word = PART_WORDS.get(parts, f"of {parts} parts")
    groups = [Group(f"{name}, {_ordinal(i, parts)} {word}", members=who[part == i]) for i in range(parts)]
    return Groups(tuple(group for group in groups if group.members is not None and len(group.members)), are_ordered=True,
                  told=f"{parts} equal parts by {name} at the first record within each sex and ten years of age")


def strata_of(run: Run) -> Floats:
    """Of each recorded person a number for sex and ten years of age."""
    root = run.root
    female = root["female"].values.astype(float) if "female" in root else np.zeros(root.sizes["person"])
    age = root["start_age_years"].values.astype(float) if "start_age_years" in root else np.zeros(root.sizes["person"])
    strata: Floats = 1000.0 * female + np.floor(age / AGE_BAND_YEARS)
    return strata


def parts_within(values: Floats, strata: Floats, parts: int) -> Whole:
    """Of each person the part of its stratum, from 0; equal values are in one part."""
    part = np.zeros(len(values), int)
    for stratum in np.unique(strata):
        those = strata == stratum
        inside = values[those]
        edges = np.quantile(inside, np.linspace(0.0, 1.0, parts + 1)[1:-1])
        part[those] = np.searchsorted(edges, inside, side="right")
    return part


def _ordinal(part: int, parts: int) -> str:
    """Which part this is, in words."""
    if part == 0:
        return "lowest"
    if part == parts - 1:
        return "highest"
    return {1: "second", 2: "third", 3: "fourth"}.get(part, f"{part + 1}th")
