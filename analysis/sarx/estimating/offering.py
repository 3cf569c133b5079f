"""When something is offered to somebody, and how long people are followed: what windows of time must fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..reading import Run
from .people import people_of
from .window import INDEX, Window


class Pairs(NamedTuple):
    """The reference arm, and the arms that are compared with it."""

    reference: str
    arms: Sequence[str]


def is_offered(run: Run, pairs: Pairs) -> bool:
    """Whether the file tells when something was first offered, in one of the arms, to anybody."""
    if (people := people_of(run)) is not None:
        return any(bool(np.isfinite(people.offers(arm, pairs.reference)).any()) for arm in pairs.arms)
    if run.outcomes is None:
        return False
    counted = next(data for data in run.outcomes.data_vars.values() if "outcome_kind" in data.attrs)
    reached = counted.sel(statistic="n", view="reached").values
    return bool(np.nansum(reached) > 0)


def first_offer_years(run: Run, pairs: Pairs) -> float | None:
    """When something is first offered to anybody, infinity: never; None where nobody was recorded."""
    people = people_of(run)
    if people is None:
        return None
    offers = np.concatenate([people.offers(arm, pairs.reference) for arm in pairs.arms])
    return float(np.min(offers[np.isfinite(offers)], initial=np.inf))


def longest_followed_years(run: Run, pairs: Pairs, window: Window) -> float:
    """The longest that anybody is followed from the zero of a window, of those offered where the offer is the zero."""
    people = people_of(run)
    if people is None:
        return float(run.by_time["time_years"].values[-1])
    longest = 0.0
    for arm in pairs.arms:
        offers = people.offers(arm, pairs.reference)
        zero = window.span(offers, people.follow_up_years).zero
        counted = np.isfinite(offers) if window.since == INDEX else np.ones(len(offers), bool)
        longest = max(longest, float(np.max((people.follow_up_years - zero)[counted], initial=0.0)))
    return longest


class FollowUp(NamedTuple):
    """How long people are followed, in years after the start."""

    shortest_years: float
    longest_years: float


def follow_up(run: Run) -> FollowUp | None:
    """How long the recorded people are followed; None where the file does not tell it of each."""
    people = people_of(run) if "follow_up_years" in run.root else None
    if people is None:
        return None
    return FollowUp(float(np.nanmin(people.follow_up_years)), float(np.nanmax(people.follow_up_years)))
