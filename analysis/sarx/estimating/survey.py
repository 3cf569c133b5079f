"""A survey's design: groups of sampling units within strata, left out one at a time for a jackknife's interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..arrays import Array, Whole
from ..errors import SarxError
from .estimates import FEWEST, Estimate, Kind
from .intervals import FEW_EVENTS, JACKKNIFE, NO_INTERVAL, Interval, student
from .sums import Differences, PairedSums, first_order, total

GROUPS_OF_UNITS = 64
"""Most groups of sampling units that a jackknife leaves out in turn."""


class UnitGroups(NamedTuple):
    """Of each person a group of sampling units, and the stratum of that group: (person)."""

    group: Whole
    stratum: Whole


@dataclass(frozen=True)
class SurveyGroup:
    """The sums of a group of sampling units, to be left out in turn."""

    stratum: int
    sums: PairedSums


def grouped_units(stratum: Array, unit: Array) -> UnitGroups:
    """Sampling units within strata in at most 64 groups; a stratum of one unit joins its neighbour.

    Args:
        stratum: labels: (person).
        unit: labels, which may come again in another stratum: (person).

    Raises:
        SarxError: where all people are of one unit.
    """
    stratum = _numbered(stratum)
    unit = np.ravel(np.unique(np.stack([stratum, _numbered(unit)]), axis=1, return_inverse=True)[1])
    units_of = {s: np.unique(unit[stratum == s]) for s in range(int(stratum.max()) + 1)}
    if len(np.unique(unit)) < 2:
        raise SarxError("all people are of one sampling unit: a survey of one unit tells nothing of its spread")
    merged: list[list[Whole]] = []
    together = -(-len(units_of) // (GROUPS_OF_UNITS // 2))  # strata that are one, so that each has two groups
    for units in units_of.values():
        if merged and (len(merged[-1]) < together or sum(map(len, merged[-1])) < 2):
            merged[-1].append(units)
        else:
            merged.append([units])
    if len(merged) > 1 and sum(map(len, merged[-1])) < 2:
        merged[-2] += merged.pop()
    share = max(2, GROUPS_OF_UNITS // len(merged))
    group, of_group = np.zeros(len(unit), int), np.zeros(len(unit), int)
    next_group = 0
    for s, parts in enumerate(merged):
        units = np.concatenate(parts)
        count = min(len(units), share)
        for place, one in enumerate(units):
            group[unit == one] = next_group + place % count
            of_group[unit == one] = s
        next_group += count
    return UnitGroups(group, of_group)


def _numbered(labels: Array) -> Whole:
    """Labels as numbers from 0 in their order."""
    numbers: Whole = np.unique(labels, return_inverse=True)[1]
    return numbers


def jackknifed(groups: list[SurveyGroup], estimate: Callable[[PairedSums], float], *,
               logarithm: bool = False) -> Estimate:
    """An estimate with its design-based interval: groups of sampling units are left out one at a time.

    Args:
        groups: of sampling units, at least two in a stratum.
        estimate: from sums to the value.
        logarithm: whether the interval is made on the logarithmic scale.
    """
    strata: dict[int, list[PairedSums]] = {}
    for group in groups:
        strata.setdefault(group.stratum, []).append(group.sums)
    of_stratum = {stratum: total(parts) for stratum, parts in strata.items()}
    whole = total(list(of_stratum.values()))
    value = estimate(whole)

    def scale(number: float) -> float:
        return float(np.log(number)) if logarithm and number > 0 else np.nan if logarithm else number

    variance = 0.0
    for stratum, parts in strata.items():
        others = total([sums for name, sums in of_stratum.items() if name != stratum])
        factor = len(parts) / (len(parts) - 1.0)
        for part in parts:
            left = of_stratum[stratum] + first_order(part, -1.0)
            variance += (scale(estimate(others + first_order(left, factor))) - scale(value))**2 / factor
    degrees = len(groups) - len(strata)
    interval = student(scale(value), float(np.sqrt(variance)), degrees, JACKKNIFE)
    if logarithm and interval.is_known:
        interval = Interval(float(np.exp(interval.lower)), float(np.exp(interval.upper)), JACKKNIFE)
    return Estimate(value, interval if variance > 0 else NO_INTERVAL)


def in_survey(survey: tuple[SurveyGroup, ...], differences: Differences, kind: Kind,
              estimate: Callable[[PairedSums], float], *, logarithm: bool = False) -> Estimate:
    """An estimate with a jackknife's interval, where enough people differ for groups of them to tell a spread.

    Args:
        survey: the sums of each group of sampling units.
        differences: of all people together.
        kind: of what differs.
        estimate: from sums to the value.
        logarithm: whether the interval is made on the logarithmic scale.
    """
    found = jackknifed(list(survey), estimate, logarithm=logarithm)
    enough = differences.differ >= max(FEWEST[kind], FEW_EVENTS)
    if not enough:
        return Estimate(found.value, NO_INTERVAL)
    return found.within_shares if kind is Kind.YES_OR_NO and not logarithm else found
