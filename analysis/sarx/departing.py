"""When a measure leaves youth, in two ways, and what share of people has a burden: courses of summaries."""

from __future__ import annotations

import numpy as np
import xarray as xr

from .reading import Run

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


def summary_course(run: Run, name: str, arm: str, sex: str, muscle: str | None) -> np.ndarray:
    """One arm's series of a summary: (time)."""
    data: xr.DataArray = run.summary[name].sel(arm=arm, sex=sex)
    if "muscle" in data.dims:
        data = data.sel(muscle=muscle)
    return data.values.astype(float)


def mean_course(run: Run, variable: str, arm: str, sex: str, muscle: str | None) -> np.ndarray:
    """Means of a variable over those alive, (time); medians in files that hold no means."""
    statistic = "mean" if f"{variable}_mean" in run.summary else "p50"
    return summary_course(run, f"{variable}_{statistic}", arm, sex, muscle)


def prevalence(run: Run, burden: str, arm: str, sex: str) -> np.ndarray:
    """Share of person-time with a burden in the interval that ends at each record; NaN where nobody lived.

    Summaries by age hold no person-time: there it is the share of people with it.
    """
    if f"years_without_{burden}" not in run.summary:
        return summary_course(run, f"{burden}_mean", arm, sex, None)
    lived = summary_course(run, "person_years", arm, sex, None)
    without = summary_course(run, f"years_without_{burden}", arm, sex, None)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(lived > 0, 1.0 - without / lived, np.nan)


def departure_age(
    ages: np.ndarray, values: np.ndarray, reference: np.ndarray | None = None
) -> tuple[float, float] | None:
    """Where a course is first, and from then on, a tenth off the value in youth, by linear interpolation.

    Args:
        ages: years, rising; a course that begins after LATEST_YOUTH has no youth.
        values: the course at those ages.
        reference: the reference arm's course, whose youth it is; None for the course itself.

    Returns:
        Age and value there; None where the course never leaves youth for good.
    """
    youth = _youth(ages, values if reference is None else reference)
    if not youth:
        return None
    return last_passage(ages, np.abs(values / youth - 1.0), DEPARTURE, values)


def own_way_age(
    ages: np.ndarray, values: np.ndarray, reference: np.ndarray | None = None
) -> tuple[float, float] | None:
    """Where a course has gone a quarter of a measure's own way from youth to 85, or to its last age before that, for good.

    The way is that of the reference arm for every arm: an arm that keeps more at 85 would else have a shorter way, and
    seem to go a quarter of it before anything was done.

    Args:
        ages: years, rising; they must span SHORTEST_WAY from youth.
        values: the course at those ages.
        reference: the reference arm's course, whose way it is; None for the course itself.

    Returns:
        Age and value there; None without a youth, where the run is too short or the reference goes nowhere.
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


def _youth(ages: np.ndarray, values: np.ndarray) -> float | None:
    """Mean of a course over its first years; None where it begins too late or is not known then."""
    youth = (ages <= ages[0] + YOUTH_YEARS) & np.isfinite(values)
    return float(values[youth].mean()) if ages[0] <= LATEST_YOUTH and youth.any() else None


def last_passage(
    ages: np.ndarray, course: np.ndarray, threshold: float, values: np.ndarray
) -> tuple[float, float] | None:
    """Age and value from which on `course` stays at or above the threshold."""
    known = np.isfinite(course)
    ages, course, values = ages[known], course[known], values[known]
    if not len(course) or course[-1] < threshold:
        return None
    below = np.flatnonzero(course < threshold)
    if not len(below):
        return None
    i = int(below[-1])
    share = (threshold - course[i]) / (course[i + 1] - course[i])
    return float(ages[i] + share * (ages[i + 1] - ages[i])), float(values[i] + share * (values[i + 1] - values[i]))
