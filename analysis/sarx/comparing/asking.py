"""What is asked of a table: which arms against which, of whom, from when and until when; every table asks alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np

from ..errors import SarxError, known, unknown
from ..estimating.comparison import EVERYONE, POPULATIONS
from ..estimating.effects import most_telling_record
from ..estimating.grouping import Groups, groups_of
from ..estimating.offering import Pairs, first_offer_years, follow_up, is_offered, longest_followed_years
from ..estimating.values import When
from ..estimating.window import INDEX, START, Since, Window
from ..reading import Run, Source

Names = Union[str, Sequence[str], None]

USUAL_AGES_YEARS = (70.0, 80.0)
"""Ages of which effects are told where none are asked for."""


@dataclass(frozen=True)
class Asked:
    """A question, checked against the file."""

    run: Run
    reference: str
    arms: tuple[str, ...]
    groups: Groups
    among: str | None
    populations: tuple[str, ...]
    windows: tuple[Window, ...]

    @property
    def horizon_in_words(self) -> str:
        """From when and until when, of all windows."""
        since = {INDEX: "from the first offer in the arm, the same date for the twin (never offered: the run's start)",
                 START: "from the run's start"}
        begins = since.get(str(self.windows[0].since), f"from {self.windows[0].since} years after the run's start")
        return f"{begins}, to {', '.join(horizon_words(self.run, window) for window in self.windows)}"


def horizon_words(run: Run, window: Window) -> str:
    """Until when a window goes."""
    if window.until is not None:
        if run.start_age_years is not None:
            return f"{run.start_age_years + window.until:g} years of age"
        return f"{window.until:g} years after the start"
    if np.isfinite(window.within):
        return f"{window.within:g} years after"
    return f"the end of follow-up ({_length_of_follow_up(run)})"


def _length_of_follow_up(run: Run) -> str:
    """How long people are followed in the run."""
    told = follow_up(run)
    if told is None:
        return f"{float(run.by_time['time_years'].values[-1]):g} years after the start"
    differs = told.longest_years - told.shortest_years >= 1e-6
    span = f"{told.shortest_years:.3g} to {told.longest_years:.3g}" if differs else f"{told.longest_years:.4g}"
    return f"{span} years after the start"


def asked(
    source: Source,
    *,
    by: str | None = None,
    among: str | None = None,
    arms: Names = None,
    reference: str | None = None,
    since: Since | None = None,
    within: float | None = None,
    at: Iterable[float] | None = None,
    population: Names = None,
    usual_populations: tuple[str, ...] = (EVERYONE,),
    one_arm_will_do: bool = False,
    counts_time: bool = True,
) -> Asked:
    """Checks a question.

    Args:
        source: a path, a dataset from `sarx.open`, also one cut to some people, arms or times, or a `Run`.
        by: "sex", or a trait or recorded variable with parts; None for all together.
        among: a condition at the first record.
        arms: names; None for all but the reference.
        reference: its name; None for the file's first.
        since: "index", "start" or years after the start; None for "index" where something is offered.
        within: years after that; None for the end of follow-up.
        at: instead, ages (or times) at which counting ends.
        population: of POPULATIONS; None for the usual ones of the table.
        usual_populations: those.
        one_arm_will_do: whether a file with one arm has something to tell.
        counts_time: whether the table counts over a stretch of time; else it looks at records.

    Raises:
        SarxError: for a name, condition, age or time that is not there, or people that were not recorded.
    """
    run = Run.of(source, may_be_cut=True)
    pairs = _pairs(run, arms, reference, one_arm_will_do)
    return Asked(run, pairs.reference, tuple(pairs.arms), groups_of(run, by, among), among,
                 _populations(run, pairs, population, usual_populations),
                 _windows(run, pairs, since, within, at, counts_time))


def listed(kind: str, names: Names) -> list[str] | None:
    """A list of names, None where none is asked for; a single one may stand for itself.

    Raises:
        SarxError: for an empty list.
    """
    found = [names] if isinstance(names, str) else None if names is None else list(names)
    if found is not None and not found:
        raise SarxError(f"no {kind} is named: leave the option out for all, or name one or more")
    return found


def _pairs(run: Run, arms: Names, named: str | None, one_will_do: bool) -> Pairs:
    """The reference and the arms to compare with it."""
    reference = run.arms[0] if named is None else known("arm", named, run.arms)
    wanted = [known("arm", arm, run.arms) for arm in listed("arm", arms) or run.arms]
    if len(run.arms) < 2:
        if one_will_do:
            return Pairs(reference, (reference,))
        raise SarxError(f"{run.path} has one arm ('{reference}'): there is nothing to compare it with; add an arm to the "
                        "scenario and run it again")
    compared = tuple(dict.fromkeys(arm for arm in wanted if arm != reference))  # an arm has no effect against itself
    if not compared:
        others = ", ".join(arm for arm in run.arms if arm != reference)
        raise SarxError(f"'{reference}' is the reference: name another arm to compare with it ({others})")
    return Pairs(reference, compared)


def _populations(run: Run, pairs: Pairs, names: Names, usual: tuple[str, ...]) -> tuple[str, ...]:
    if names is not None:
        wanted = tuple(dict.fromkeys(known("population", name, POPULATIONS)
                                     for name in listed("population", names) or ()))
        if wanted != (EVERYONE,) and not is_offered(run, pairs):
            raise SarxError(f"{run.path.name} does not tell whom a delivery reached: only population 'everyone' can be had")
        return wanted
    return usual if is_offered(run, pairs) else tuple(name for name in usual if name == EVERYONE)


def _windows(run: Run, pairs: Pairs, since: Since | None, within: float | None, at: Iterable[float] | None,
             counts_time: bool) -> tuple[Window, ...]:
    """The windows that are asked for, one for each age of `at`."""
    since = _since(run, pairs, since)
    if within is not None and at is not None:
        raise SarxError("--within and --at both say until when: give one of them")
    if within is not None:
        if not 0.0 < within < np.inf:
            raise SarxError(f"--within {within:g}: a number of years above 0")
        _reached_by_somebody(run, pairs, Window(since, float(within)))
    if "time_years" in run.kept and not counts_time and within is None:
        return (Window(START),)
    if "time_years" in run.kept:
        return _windows_of_cut(run, since, within, at)
    if at is None:
        return (Window(since, np.inf if within is None else float(within)),)
    ends = [float(run.by_time["time_years"].values[place]) for place in dict.fromkeys(records(run, at))]
    if not isinstance(since, str) and any(end <= since for end in ends):
        raise SarxError(f"--since {since:g}: years after the start, which must come before what --at names")
    windows = tuple(Window(since, until=end) for end in ends)
    if since == INDEX and counts_time:
        for window in windows:
            _after_an_offer(run, pairs, window)
    return windows


def _since(run: Run, pairs: Pairs, since: Since | None) -> Since:
    """From when is counted; None: from the first offer where there is one."""
    if since is None:
        return INDEX if is_offered(run, pairs) and "time_years" not in run.kept else START
    if not isinstance(since, str):
        last = float(run.by_time["time_years"].values[-1])
        if not 0.0 <= since < last:
            raise SarxError(f"--since {since:g}: years after the start, from 0 to below {last:g}")
        return since
    if since not in (INDEX, START):
        raise unknown("beginning", since, [INDEX, START, "years after the start"])
    if since == INDEX and not is_offered(run, pairs):
        raise SarxError(f"{run.path.name} does not tell when something was first offered: use --since start")
    return since


def _after_an_offer(run: Run, pairs: Pairs, window: Window) -> None:
    """Refuses an end that comes before anything is offered to anybody."""
    first = first_offer_years(run, pairs)
    if first is None or window.until is None:
        return
    if not first < window.until:
        raise SarxError(f"nothing is offered to anybody before {horizon_words(run, window)}: give a later one, or count "
                        "with --since start")


def _reached_by_somebody(run: Run, pairs: Pairs, window: Window) -> None:
    """Refuses a horizon that lies beyond everybody's follow-up."""
    longest = longest_followed_years(run, pairs, window)
    if window.within > longest + 1e-3:  # a few hours: 26 weeks are not quite half a year
        raise SarxError(f"--within {window.within:g}: nobody is followed so long from there on, at most {longest:.4g} years")


def _windows_of_cut(run: Run, since: Since, within: float | None, at: Iterable[float] | None) -> tuple[Window, ...]:
    """Of trajectories whose times were cut: from their first to their last record."""
    times = run.times_years
    if since != START or within is not None or at is not None:
        raise SarxError("the times of this dataset were cut, which says from when and until when: leave out since, within "
                        "and at, or give the whole file")
    if len(times) < 2:
        raise SarxError("this dataset was cut to one record: events and years need a stretch of time")
    return (Window(float(times[0]) or START, until=float(times[-1])),)


def records(run: Run, at: Iterable[float]) -> list[int]:
    """Indices of the records nearest to ages (or times) that are asked for.

    Raises:
        SarxError: for one that the run does not span.
    """
    axis = run.age_axis(run.by_time)
    values = axis.values
    step = float(np.diff(values).max()) if len(values) > 1 else 1.0
    found = []
    wanted = [float(value) for value in np.atleast_1d(list(at) if isinstance(at, Iterable) else at)]
    if not wanted:
        raise SarxError(f"--at names no {axis.quantity}: give one or more from {values[0]:g} to {values[-1]:g}")
    for value in wanted:
        index = int(np.abs(values - value).argmin()) if np.isfinite(value) else 0
        if not np.isfinite(value) or abs(values[index] - value) > step / 2 + 1e-9:
            raise SarxError(f"{axis.quantity} {value:g} is not in this run, which goes from "
                            f"{values[0]:g} to {values[-1]:g} years")
        found.append(index)
    return found


def whens(of: Asked, at: Iterable[float] | None, within: float | None) -> list[When]:
    """The records, or the end of each one's own window, that are asked for.

    Args:
        of: the question.
        at: ages or times; None for the usual ones.
        within: years after each one's zero, instead.

    Raises:
        SarxError: for a record that is not there.
    """
    run = of.run
    if within is not None:
        return [When(None, of.windows[0])]
    wanted = records(run, at) if at is not None else usual_records(run)
    if "time_years" in run.kept:
        left = run.kept["time_years"]
        wanted = [record for record in wanted if record in left] if at is None else wanted
        for record in wanted:
            known("record", str(record), [str(place) for place in left])
        wanted = wanted or [int(left[-1])]
    return [When(record, Window(until=float(run.by_time["time_years"].values[record]))) for record in wanted]


def usual_records(run: Run) -> list[int]:
    """70 and 80 years of age where the run has them, else where arms differ most, and the last."""
    ages_years = run.age_axis(run.by_time).values
    usual = USUAL_AGES_YEARS if run.start_age_years is not None else ()
    ages = [age for age in usual if ages_years[0] < age <= ages_years[-1]]
    return records(run, ages) if ages else sorted({most_telling_record(run), len(ages_years) - 1})
