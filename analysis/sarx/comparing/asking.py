"""What is asked of a table: which arms against which, of whom, from when and until when; every table asks alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np

from ..errors import SarxError, unknown
from ..estimating.clock import INDEX, START, TOLERANCE, Clock, Since
from ..estimating.people import EVERYONE, POPULATIONS, people_of
from ..grouping import Groups, groups_of
from ..reading import Run, Source

Names = Union[str, Sequence[str], None]


@dataclass(frozen=True)
class Asked:
    """A question, checked against the file."""

    run: Run
    reference: str
    arms: tuple[str, ...]
    groups: Groups
    among: str | None
    populations: tuple[str, ...]
    clocks: tuple[Clock, ...]

    @property
    def horizon_in_words(self) -> str:
        """From when and until when, of all clocks."""
        since = {INDEX: "from the first offer in the arm, the same date for the twin (never offered: the run's start)",
                 START: "from the run's start"}
        begins = since.get(str(self.clocks[0].since), f"from {self.clocks[0].since} years after the run's start")
        return f"{begins}, to {', '.join(horizon_words(self.run, clock) for clock in self.clocks)}"


def horizon_words(run: Run, clock: Clock) -> str:
    """Until when a clock counts."""
    if clock.until is not None:
        if run.start_age_years is not None:
            return f"{run.start_age_years + clock.until:g} years of age"
        return f"{clock.until:g} years after the start"
    if np.isfinite(clock.within):
        return f"{clock.within:g} years after"
    return f"the end of follow-up ({_length_of_follow_up(run)})"


def _length_of_follow_up(run: Run) -> str:
    """How long people are followed in the run."""
    people = people_of(run) if "person" in run.root.sizes and "follow_up_years" in run.root else None
    if people is None:
        return f"{float(run.by_time['time_years'].values[-1]):g} years after the start"
    shortest, longest = np.nanmin(people.follow_up_years), np.nanmax(people.follow_up_years)
    span = f"{longest:.4g}" if longest - shortest < 1e-6 else f"{shortest:.3g} to {longest:.3g}"
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
    """
    run = Run.of(source, may_be_cut=True)
    base, compared = chosen_arms(run, arms, reference, one_arm_will_do)
    return Asked(run, base, compared, groups_of(run, by, among), among,
                 _populations(run, base, compared, population, usual_populations),
                 clocks_of(run, base, compared, since, within, at, counts_time))


def listed(kind: str, names: Names) -> list[str] | None:
    """A list of names, None where none is asked for; a single one may stand for itself."""
    found = [names] if isinstance(names, str) else None if names is None else list(names)
    if found is not None and not found:
        raise SarxError(f"no {kind} is named: leave the option out for all, or name one or more")
    return found


def known(kind: str, name: str, names: Sequence[str]) -> str:
    """The name, if it is one of those there are."""
    if name not in names:
        raise unknown(kind, name, names)
    return name


def chosen_arms(run: Run, arms: Names, reference: str | None, one_will_do: bool) -> tuple[str, tuple[str, ...]]:
    """The reference and the arms to compare with it."""
    base = run.arms[0] if reference is None else known("arm", reference, run.arms)
    wanted = [known("arm", arm, run.arms) for arm in listed("arm", arms) or run.arms]
    if len(run.arms) < 2:
        if one_will_do:
            return base, (base,)
        raise SarxError(f"{run.path} has one arm ('{base}'): there is nothing to compare it with; add an arm to the "
                        "scenario and run it again")
    compared = tuple(dict.fromkeys(arm for arm in wanted if arm != base))  # an arm has no effect against itself
    if not compared:
        others = ", ".join(arm for arm in run.arms if arm != base)
        raise SarxError(f"'{base}' is the reference: name another arm to compare with it ({others})")
    return base, compared


def is_offered(run: Run, base: str, compared: Sequence[str]) -> bool:
    """Whether the file tells when something was first offered, in one of the arms, to anybody."""
    if (people := people_of(run)) is not None:
        return any(bool(np.isfinite(people.of_pair(people.first_offer_years, arm, base)).any()) for arm in compared)
    if run.outcomes is None:
        return False
    counted = next(data for data in run.outcomes.data_vars.values() if "outcome_kind" in data.attrs)
    reached = counted.sel(statistic="n", view="reached").values
    return bool(np.nansum(reached) > 0)


def _populations(run: Run, base: str, compared: Sequence[str], names: Names,
                 usual: tuple[str, ...]) -> tuple[str, ...]:
    if names is not None:
        wanted = tuple(dict.fromkeys(known("population", name, POPULATIONS)
                                     for name in listed("population", names) or ()))
        if wanted != (EVERYONE,) and not is_offered(run, base, compared):
            raise SarxError(f"{run.path.name} does not tell whom a delivery reached: only population 'everyone' can be had")
        return wanted
    return usual if is_offered(run, base, compared) else tuple(name for name in usual if name == EVERYONE)


def clocks_of(run: Run, base: str, compared: Sequence[str], since: Since | None, within: float | None,
              at: Iterable[float] | None, counts_time: bool) -> tuple[Clock, ...]:
    """The clocks that are asked for, one for each age of `at`."""
    if since is None:
        since = INDEX if is_offered(run, base, compared) and "time_years" not in run.kept else START
    elif isinstance(since, str):
        if since not in (INDEX, START):
            raise unknown("beginning", since, [INDEX, START, "years after the start"])
        if since == INDEX and not is_offered(run, base, compared):
            raise SarxError(f"{run.path.name} does not tell when something was first offered: use --since start")
    else:
        last = float(run.by_time["time_years"].values[-1])
        if not 0.0 <= since < last:
            raise SarxError(f"--since {since:g}: years after the start, from 0 to below {last:g}")
    if within is not None and at is not None:
        raise SarxError("--within and --at both say until when: give one of them")
    if within is not None and not 0.0 < within < np.inf:
        raise SarxError(f"--within {within:g}: a number of years above 0")
    if within is not None:
        _reached_by_somebody(run, compared, base, Clock(since, float(within)))
    if "time_years" in run.kept and not counts_time and within is None:
        return (Clock(START),)
    if "time_years" in run.kept:
        return _clocks_of_cut(run, since, within, at)
    if at is None:
        return (Clock(since, np.inf if within is None else float(within)),)
    clocks = tuple(Clock(since, until=float(run.by_time["time_years"].values[place])) for place in dict.fromkeys(records(run, at)))
    if not isinstance(since, str) and any(clock.until is not None and clock.until <= since for clock in clocks):
        raise SarxError(f"--since {since:g}: years after the start, which must come before what --at names")
    if since == INDEX and counts_time:
        for clock in clocks:
            _after_an_offer(run, compared, base, clock)
    return clocks


def _after_an_offer(run: Run, compared: Sequence[str], base: str, clock: Clock) -> None:
    """Refuses an end that comes before anything is offered to anybody."""
    people = people_of(run)
    if people is None or clock.until is None:
        return
    offers = np.concatenate([people.of_pair(people.first_offer_years, arm, base) for arm in compared])
    first = float(np.min(offers[np.isfinite(offers)], initial=np.inf))
    if not first < clock.until:
        raise SarxError(f"nothing is offered to anybody before {horizon_words(run, clock)}: give a later one, or count "
                        "with --since start")


def _reached_by_somebody(run: Run, compared: Sequence[str], base: str, clock: Clock) -> None:
    """Refuses a horizon that lies beyond everybody's follow-up, of those offered where the offer is the beginning."""
    people = people_of(run)
    if people is None:
        longest = float(run.by_time["time_years"].values[-1])
    else:
        longest = 0.0
        for arm in compared:
            offers = people.of_pair(people.first_offer_years, arm, base)
            zero, _, _ = clock.span(offers, people.follow_up_years)
            counted = np.isfinite(offers) if clock.since == INDEX else np.ones(len(offers), bool)
            longest = max(longest, float(np.max((people.follow_up_years - zero)[counted], initial=0.0)))
    if clock.within > longest + 1e-3:  # a few hours: 26 weeks are not quite half a year
        raise SarxError(f"--within {clock.within:g}: nobody is followed so long from there on, at most {longest:.4g} years")


def _clocks_of_cut(run: Run, since: Since, within: float | None, at: Iterable[float] | None) -> tuple[Clock, ...]:
    """Of trajectories whose times were cut: from their first to their last record."""
    times = run.root["time_years"].values.astype(float)
    if since != START or within is not None or at is not None:
        raise SarxError("the times of this dataset were cut, which says from when and until when: leave out since, within "
                        "and at, or give the whole file")
    if len(times) < 2:
        raise SarxError("this dataset was cut to one record: events and years need a stretch of time")
    return (Clock(float(times[0]) or START, until=float(times[-1])),)


def records(run: Run, at: Iterable[float]) -> list[int]:
    """Indices of the records nearest to ages (or times) that are asked for."""
    _, axis, title = run.age_axis(run.by_time)
    step = float(np.diff(axis).max()) if len(axis) > 1 else 1.0
    found = []
    wanted = [float(value) for value in np.atleast_1d(list(at) if isinstance(at, Iterable) else at)]
    if not wanted:
        raise SarxError(f"--at names no {title.split(' (')[0]}: give one or more from {axis[0]:g} to {axis[-1]:g}")
    for value in wanted:
        index = int(np.abs(axis - value).argmin()) if np.isfinite(value) else 0
        if not np.isfinite(value) or abs(axis[index] - value) > step / 2 + 1e-9:
            raise SarxError(f"{title.split(' (')[0]} {value:g} is not in this run, which goes from "
                            f"{axis[0]:g} to {axis[-1]:g} years")
        found.append(index)
    return found
