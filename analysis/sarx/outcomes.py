"""What includes everyone, the dead too: events, years lived, years lived free of sarcopenia and disability."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from .comparing import Z95
from .grouping import Group, groups_of
from .reading import Run, Source

BURDENS = {"sarcopenia": ("sarcopenia_ewgsop2", 2), "disability": ("disability", 1)}
"""Of each burden the recorded variable, and the code from which on a person has it."""

FEWEST_PAIRS = 30
"""Recorded people below which their spread is not taken for that of everyone."""

EVENTS_AT_ONCE = 500_000
"""Events held in memory at a time."""

PAIRED = "paired"
INDEPENDENT = "Poisson, arms as independent"
NONE = "none: too few people, or not the variable, recorded one by one"

EVENT_COLUMNS = [
    "arm", "reference", "sex", "group", "event", "events", "person_years", "rate_per_1000_person_years", "rate_ratio",
    "lower", "upper", "averted_per_1000_people", "averted_lower", "averted_upper", "number_needed_to_treat",
    "needed_lower", "needed_upper", "interval",
]
YEAR_COLUMNS = ["arm", "reference", "sex", "group", "measure", "years_per_person", "gained_years", "lower", "upper",
                "interval"]


class Lives:
    """The recorded people's lives in every arm: years lived, years free of each burden, events."""

    def __init__(self, run: Run) -> None:
        root = run.root
        alive = root["alive"].values  # (arm, person, time); NaN beyond follow-up
        times = root["time_years"].values.astype(float)
        followed = np.isfinite(alive)
        last = followed.shape[-1] - 1 - np.argmax(followed[..., ::-1], axis=-1)
        self.years = {"years_lived": times[last]}
        self.events: dict[str, np.ndarray] = {}
        self._read_events(run)
        gaps = np.diff(times)
        for burden, (variable, code) in BURDENS.items():
            if variable in root:
                with np.errstate(invalid="ignore"):
                    free = ((alive == 1) & (root[variable].values < code)).astype(np.float32)
                self.years[f"years_without_{burden}"] = 0.5 * (free[..., 1:] + free[..., :-1]) @ gaps

    def _read_events(self, run: Run) -> None:
        """Counts of each kind, and the time of death; some of the events at a time."""
        table = run.group("events")
        shape = self.years["years_lived"].shape
        kinds = str(table["kind"].attrs["flag_meanings"]).split()
        counts = np.zeros((len(kinds), shape[0] * shape[1]))
        for first in range(0, table.sizes["event"], EVENTS_AT_ONCE):
            part = table.isel(event=slice(first, first + EVENTS_AT_ONCE))
            place = part["arm"].values.astype(np.int64) * shape[1] + part["person"].values
            kind = part["kind"].values.astype(int)
            for code, name in enumerate(kinds):
                these = kind == code
                counts[code] += np.bincount(place[these], minlength=shape[0] * shape[1])
                if name == "death":
                    self.years["years_lived"].flat[place[these]] = part["time_years"].values[these]
        self.events = dict(zip(kinds, counts.reshape(len(kinds), *shape)))

    def members(self, run: Run, group: Group) -> np.ndarray:
        """Places of a group's people."""
        if group.members is not None:
            return group.members
        female = run.root["female"].values
        if group.sex == "all":
            return np.arange(len(female))
        return np.flatnonzero((female == 1) == (group.sex == "female"))


@lru_cache(maxsize=2)
def lives_of(run: Run) -> Lives | None:
    """The recorded lives of a run; None where people or what is needed of them were not recorded."""
    needed = "person" in run.root.sizes and "alive" in run.root and "female" in run.root and "events" in run.groups
    return Lives(run) if needed else None


def _totals(run: Run, name: str, sex: str) -> dict[str, float]:
    """Sum of a summary over the whole run, by arm."""
    return {arm: float(np.nansum(run.series("summary", name, arm, sex))) for arm in run.arms}


def _compared(run: Run, arms: Sequence[str] | None) -> list[str]:
    """The reference and the arms asked for."""
    return [arm for arm in run.arms if not arms or arm in arms or arm == run.arms[0]]


def compare_events(source: Source, *, by: str | None = None, arms: Sequence[str] | None = None) -> pd.DataFrame:
    """Events of everyone, the dead until they died, as rates and as what an arm averts.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        by: "sex", a trait as "reinnervation_capacity:4" (over the recorded people), or None.
        arms: which beside the reference; None for all.

    Returns:
        A row for each arm, group and kind of event: `events`, `person_years`, `rate_per_1000_person_years`;
        `rate_ratio` with its 95 % interval `lower`, `upper`; `averted_per_1000_people` over the whole run, with
        its interval; `number_needed_to_treat`, people for one event fewer over the run (negative: one more), with
        an interval where that of the averted events leaves out 0. `interval` says how the intervals were made:
        "paired" from how the same recorded people differ between arms, else from Poisson counts of independent
        arms, which is too wide in that arms share their luck and too narrow where few people have most events.
    """
    run = Run.of(source)
    lives = lives_of(run)
    rows = []
    kinds = [kind for kind in run.variables(run.by_time, "events") if not kind.startswith("intervention_")]
    base = run.arms[0]
    for group in groups_of(run, by):
        who = lives.members(run, group) if lives else np.empty(0, int)
        for kind in kinds:
            if group.members is None:
                people = float(run.people_of(group.sex) or 0)
                years, events = (_totals(run, name, group.sex) for name in ("person_years", f"{kind}_events"))
            else:
                people = float(len(who))
                years, events = ({arm: float(values[i, who].sum()) for i, arm in enumerate(run.arms)}
                                 for values in (lives.years["years_lived"], lives.events[kind]))
            for arm in _compared(run, arms):
                rate = 1000.0 * events[arm] / years[arm] if years[arm] else np.nan
                effect: tuple[object, ...] = (np.nan,) * 9 + ("",)
                if arm != base and people:
                    spread = _spread(run, lives, who, kind, arm) if lives else None
                    effect = _event_effect(events[base], events[arm], years[base], years[arm], people, spread)
                rows.append((arm, base, group.sex, group.label, kind, int(events[arm]), years[arm], rate, *effect))
    return pd.DataFrame(rows, columns=EVENT_COLUMNS)


def _spread(run: Run, lives: Lives, who: np.ndarray, kind: str, arm: str) -> tuple[float, float] | None:
    """Between recorded people: spread of the influence on the logarithm of the rate ratio, and of events averted."""
    if len(who) < FEWEST_PAIRS or kind not in lives.events:
        return None
    place = run.arms.index(arm)
    events, years = (values[[0, place]][:, who] for values in (lives.events[kind], lives.years["years_lived"]))
    totals = events.sum(axis=1)
    if not totals.all():
        return None
    residual = (events - years * (totals / years.sum(axis=1))[:, None]) / (totals / len(who))[:, None]
    return float(np.std(residual[1] - residual[0], ddof=1)), float(np.std(events[0] - events[1], ddof=1))


def _event_effect(
    base_events: float, arm_events: float, base_years: float, arm_years: float, people: float,
    spread: tuple[float, float] | None,
) -> tuple[object, ...]:
    """Ratio, averted events and number needed, each with its interval, and how that was made."""
    ratio = low = high = np.nan
    if base_events and arm_events and base_years and arm_years:
        ratio = (arm_events / arm_years) / (base_events / base_years)
        error = spread[0] / np.sqrt(people) if spread else np.sqrt(1.0 / arm_events + 1.0 / base_events)
        low, high = ratio * np.exp(-Z95 * error), ratio * np.exp(Z95 * error)
    averted = (base_events - arm_events) / people
    half = Z95 * (spread[1] / np.sqrt(people) if spread else np.sqrt(base_events + arm_events) / people)
    needed = 1.0 / averted if averted else np.nan
    ends = (averted - half, averted + half)
    needed_ends = (1.0 / ends[1], 1.0 / ends[0]) if ends[0] * ends[1] > 0 else (np.nan, np.nan)
    return (ratio, low, high, 1000.0 * averted, 1000.0 * ends[0], 1000.0 * ends[1], needed, *needed_ends,
            PAIRED if spread else INDEPENDENT)


def compare_years(source: Source, *, by: str | None = None, arms: Sequence[str] | None = None) -> pd.DataFrame:
    """Years a person lives in the run, and how many of them with and without a burden; everyone counts.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        by: "sex", a trait as "reinnervation_capacity:4" (over the recorded people), or None.
        arms: which beside the reference; None for all.

    Returns:
        A row for each arm, group and measure (`years_lived`, `years_without_sarcopenia`,
        `years_with_sarcopenia`, ...): `years_per_person` and `gained_years`, its difference from the reference
        arm, with its 95 % interval `lower`, `upper` (Monte Carlo; from how recorded people differ between arms)
        where enough were recorded. Of a group by a trait, years with a burden are read at the records.
    """
    run = Run.of(source)
    lives = lives_of(run)
    free = [str(name) for name in run.by_time.data_vars if str(name).startswith("years_without_")]
    rows = []
    for group in groups_of(run, by):
        who = lives.members(run, group) if lives else np.empty(0, int)
        stored = {measure: _totals(run, name, group.sex)
                  for measure, name in (("years_lived", "person_years"), *zip(free, free))}
        people = float(run.people_of(group.sex) or 0)
        for measure in _measures(free):
            differ = _lived(lives, measure, who) if lives else None
            if group.members is not None:
                if differ is None:
                    continue
                totals, people = differ.sum(axis=1), float(len(who))
            else:
                totals = np.array([_stored(stored, measure)[arm] for arm in run.arms])
            for arm in _compared(run, arms):
                place = run.arms.index(arm)
                mean = totals[place] / people if people else np.nan
                gained = (totals[place] - totals[0]) / people if people else np.nan
                half, how = np.nan, NONE
                if place == 0:
                    gained, how = 0.0, ""
                elif differ is not None and len(who) >= FEWEST_PAIRS:
                    half = Z95 * float(np.std(differ[place] - differ[0], ddof=1)) / np.sqrt(people)
                    how = PAIRED
                rows.append((arm, run.arms[0], group.sex, group.label, measure, mean, gained, gained - half,
                             gained + half, how))
    return pd.DataFrame(rows, columns=YEAR_COLUMNS)


def _measures(free: Sequence[str]) -> list[str]:
    """Years lived, then of each burden without and with it."""
    return ["years_lived", *(name for burden in free for name in (burden, burden.replace("_without_", "_with_")))]


def _stored(stored: dict[str, dict[str, float]], measure: str) -> dict[str, float]:
    """Totals of a measure by arm; with a burden are those lived less those without."""
    if "_with_" not in measure:
        return stored[measure]
    without = stored[measure.replace("_with_", "_without_")]
    return {arm: lived - without[arm] for arm, lived in stored["years_lived"].items()}


def _lived(lives: Lives, measure: str, who: np.ndarray) -> np.ndarray | None:
    """A measure of the recorded people: (arm, person); None where the file does not tell."""
    if "_with_" in measure:
        without = lives.years.get(measure.replace("_with_", "_without_"))
        return None if without is None else np.maximum(lives.years["years_lived"][:, who] - without[:, who], 0.0)
    values = lives.years.get(measure)
    return None if values is None else values[:, who]
