"""When a measure leaves youth, in two ways: courses of summaries."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Floats

YOUTH_YEARS, LATEST_YOUTH = 5.0, 30.0
"""How long a course is averaged as its youth; a run that begins later than this age has none to compare with."""

DEPARTURE = 0.1
"""The share off youth at which a level is marked as having left it."""

OWN_WAY, OWN_WAY_TO, SHORTEST_WAY = 0.25, 85.0, 40.0
"""The part of its own way from youth to an age that is marked too, and the years a run must last to tell it."""

LEAST_WAY = 0.02
"""A course that moves less than this share of its youth in all that time goes no way of its own."""

WHY_TWO = ("The two orders differ because levels fall to different depths: what falls far is soon a tenth off youth, "
           "while a quarter of its own way tells when a level's own decline sets in.")


class Passage(NamedTuple):
    """Where a course passes a mark for good."""

    age: float
    """In years, between two records."""
    value: float
    """Of the course there, in its unit."""


def departure_age(ages: Floats, values: Floats, reference: Floats | None = None) -> Passage | None:
    """Where a course is first, and from then on, a tenth off the value in youth, by linear interpolation.

    Args:
        ages: years, rising; a course that begins after LATEST_YOUTH has no youth.
        values: the course at those ages.
        reference: the reference arm's course, whose youth it is; None for the course itself.

    Returns:
        Where that is; None where the course never leaves youth for good.
    """
    youth = _youth(ages, values if reference is None else reference)
    if not youth:
        return None
    return last_passage(ages, np.abs(values / youth - 1.0), DEPARTURE, values)


def own_way_age(ages: Floats, values: Floats, reference: Floats | None = None) -> Passage | None:
    """Where a course has gone a quarter of a measure's own way from youth to 85, or to its last age before that, for good.

    The way is that of the reference arm for every arm: an arm that keeps more at 85 would else have a shorter way, and
    seem to go a quarter of it before anything was done.

    Args:
        ages: years, rising; they must span SHORTEST_WAY from youth.
        values: the course at those ages.
        reference: the reference arm's course, whose way it is; None for the course itself.

    Returns:
        Where that is; None without a youth, where the run is too short or the reference goes nowhere.
    """
    reference = values if reference is None else reference
    youth = _youth(ages, reference)
    lived = np.isfinite(reference) & (ages <= OWN_WAY_TO)
    if youth is None or not lived.any() or ages[lived][-1] - ages[0] < SHORTEST_WAY:
        return None
    way = float(reference[lived][-1]) - youth
    if abs(way) <= LEAST_WAY * abs(youth):
        return None
    until = ages <= OWN_WAY_TO
    return last_passage(ages[until], (values[until] - youth) / way, OWN_WAY, values[until])


def _youth(ages: Floats, values: Floats) -> float | None:
    """Mean of a course over its first years; None where it begins too late or is not known then."""
    youth = (ages <= ages[0] + YOUTH_YEARS) & np.isfinite(values)
    return float(values[youth].mean()) if ages[0] <= LATEST_YOUTH and youth.any() else None


def last_passage(ages: Floats, course: Floats, threshold: float, values: Floats) -> Passage | None:
    """From where on `course` stays at or above the threshold, with the value of another course there."""
    known = np.isfinite(course)
    ages, course, values = ages[known], course[known], values[known]
    if not len(course) or course[-1] < threshold:
        return None
    below = np.flatnonzero(course < threshold)
    if not len(below):
        return None
    i = int(below[-1])
    share = (threshold - course[i]) / (course[i + 1] - course[i])
    return Passage(float(ages[i] + share * (ages[i + 1] - ages[i])),
                   float(values[i] + share * (values[i + 1] - values[i])))


def burden_age(ages: Floats, share: Floats) -> Passage | None:
    """From when on a tenth of the living have a burden.

    Args:
        ages: years, rising.
        share: of them with it.
    """
    return last_passage(ages, share, DEPARTURE, share)


def way_ends(ages: Floats) -> float:
    """The age up to which a measure's own way is counted in a run over these ages."""
    return min(OWN_WAY_TO, float(ages[-1]))
