"""The recorded people's lives: what each of them has in an arm between two times, by the definitions of `/outcomes`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import xarray as xr

from ..errors import SarxError
from ..reading import Run
from .clock import TOLERANCE, Clock
from .measures import Counted, Measure
from .sums import Twins

BURDEN_VARIABLES = {"sarcopenia": ("sarcopenia_ewgsop2", 2), "disability": ("disability", 1)}
"""Of files whose events do not tell when burdens begin: the variable, and the code from which on a person has it."""

EVERYONE, REACHED, PER_PROTOCOL = "everyone", "reached", "per_protocol"
POPULATIONS = (EVERYONE, REACHED, PER_PROTOCOL)

EVENTS_AT_ONCE = 2_000_000
"""Events held in memory while they are sorted by kind."""

GROUPS_OF_UNITS = 64
"""Most groups of sampling units that a jackknife leaves out in turn."""


@dataclass(frozen=True)
class Happened:
    """All events of a kind in one arm: who and when, by person and time."""

    person: np.ndarray
    time: np.ndarray


class People:
    """The recorded people of a run; places are those of its `person` axis after any cut."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.count = int(run.root.sizes["person"])

    def _trait(self, name: str, missing: float) -> np.ndarray:
        root = self.run.root
        return root[name].values.astype(float) if name in root else np.full(self.count, missing)

    @cached_property
    def female(self) -> np.ndarray:
        """1 for women."""
        return self._trait("female", np.nan)

    @cached_property
    def weight(self) -> np.ndarray:
        """Survey weights; 1 where there are none."""
        return self._trait("weight", 1.0)

    @cached_property
    def start_age_years(self) -> np.ndarray:
        """Age at the start."""
        return self._trait("start_age_years", np.nan)

    @cached_property
    def follow_up_years(self) -> np.ndarray:
        """Planned follow-up; of files that do not tell it, up to the last record that is of anybody."""
        root = self.run.root
        if "follow_up_years" in root:
            return root["follow_up_years"].values.astype(float)
        times = root["time_years"].values.astype(float)
        followed = np.isfinite(self.alive).any(axis=0)
        return times[followed.shape[-1] - 1 - np.argmax(followed[..., ::-1], axis=-1)]

    @cached_property
    def alive(self) -> np.ndarray:
        """1 while alive, NaN beyond follow-up: (arm, person, time)."""
        if "alive" not in self.run.root:
            raise SarxError(f"{self.run.path.name} does not hold 'alive' of recorded people: record it to count their "
                            "years")
        return self.run.root["alive"].values

    def _of_effects(self, name: str) -> dict[str, np.ndarray]:
        """A time of each person by arm; arms that are not there (the reference) have none."""
        run = self.run
        nobody = np.full(self.count, np.nan)
        if "effects" not in run.groups or name not in (effects := run.group("effects")):
            return {arm: nobody for arm in run.arms}
        arms = [str(arm) for arm in effects["arm"].values]
        values = effects[name].transpose("arm", "person").values.astype(float)[:, run.people_places]
        return {arm: values[arms.index(arm)] if arm in arms else nobody for arm in run.arms}

    @cached_property
    def first_offer_years(self) -> dict[str, np.ndarray]:
        """When something was first offered, by arm; NaN where never."""
        return self._of_effects("first_offer_years")

    @cached_property
    def first_reach_years(self) -> dict[str, np.ndarray]:
        """When a delivery first reached the person."""
        return self._of_effects("first_reach_years")

    @cached_property
    def protocol_years(self) -> dict[str, np.ndarray]:
        """Until when the protocol was kept; infinity: to the end; NaN: never reached."""
        return self._of_effects("protocol_years")

    def of_pair(self, times: dict[str, np.ndarray], arm: str, reference: str) -> np.ndarray:
        """A time of a pair of arms: the other arm's where one is the file's first, else the earlier of the two."""
        first = self.run.first_arm
        if reference == first:
            return times[arm]
        if arm == first:
            return times[reference]
        return np.fmin(times[arm], times[reference])

    @cached_property
    def events(self) -> dict[tuple[str, str], Happened]:
        """Events by kind and arm."""
        run = self.run
        if "events" not in run.groups:
            raise SarxError(f"{run.path.name} holds no events of recorded people")
        table: xr.Dataset = run.group("events")
        kinds = str(table["kind"].attrs["flag_meanings"]).split()
        places = np.full(int(run.file_people), -1)
        places[run.people_places] = np.arange(self.count)
        found: dict[tuple[str, str], list[tuple[np.ndarray, np.ndarray]]] = {}
        for first in range(0, table.sizes["event"], EVENTS_AT_ONCE):
            part = table.isel(event=slice(first, first + EVENTS_AT_ONCE))
            codes, arms, time = part["kind"].values.astype(int), part["arm"].values.astype(int), part["time_years"].values
            person = places[run.place_of_person(part["person"].values.astype(int))]
            for a, arm in enumerate(run.file_arms):
                for code, kind in enumerate(kinds):
                    these = (codes == code) & (arms == a) & (person >= 0)
                    if arm in run.arms:
                        found.setdefault((kind, arm), []).append((person[these], time[these].astype(float)))
        return {key: _sorted(parts) for key, parts in found.items()}

    @property
    def kinds(self) -> list[str]:
        """Kinds of events there are."""
        return list(dict.fromkeys(kind for kind, _ in self.events))

    def happened(self, kind: str, arm: str) -> Happened:
        """All events of a kind in an arm."""
        return self.events.get((kind, arm), Happened(np.empty(0, int), np.empty(0)))

    def first_after(self, kind: str, arm: str, zero: np.ndarray | None = None) -> np.ndarray:
        """When each person first has an event after the zero; infinity where never."""
        all_of = self.happened(kind, arm)
        later = slice(None) if zero is None else all_of.time > zero[all_of.person] + TOLERANCE
        first = np.full(self.count, np.inf)
        np.minimum.at(first, all_of.person[later], all_of.time[later])
        return first

    def death_years(self, arm: str) -> np.ndarray:
        """When each dies; infinity where not within follow-up."""
        return self.first_after("death", arm)

    def had_before(self, event: str) -> np.ndarray:
        """Whether each had a once-only event before the run; files that do not tell are taken to say nobody."""
        return self._trait(f"{event}_before_entry", 0.0) > 0

    def years_with(self, burden: str, arm: str, zero: np.ndarray, until: np.ndarray) -> np.ndarray:
        """Time with a burden between two times."""
        if f"{burden}_begins" not in self.kinds:
            return self._years_with_at_records(burden, arm, zero, until)
        begins, ends = self.happened(f"{burden}_begins", arm), self.happened(f"{burden}_ends", arm)
        years = np.zeros(self.count)
        np.add.at(years, begins.person, np.maximum(until[begins.person] - np.maximum(begins.time, zero[begins.person]), 0))
        np.add.at(years, ends.person, -np.maximum(until[ends.person] - np.maximum(ends.time, zero[ends.person]), 0))
        return years

    def _years_with_at_records(self, burden: str, arm: str, zero: np.ndarray, until: np.ndarray) -> np.ndarray:
        """The same of older files, read at the records: half a gap where it changes between two."""
        variable, code = BURDEN_VARIABLES.get(burden, (burden, 1))
        if variable not in self.run.root:
            raise SarxError(f"{self.run.path.name} does not tell when {burden} begins and ends: record '{variable}'")
        times = self.run.root["time_years"].values.astype(float)
        values = self.run.root[variable].sel(arm=arm).values
        with np.errstate(invalid="ignore"):
            has = (values >= code).astype(float)
        low, high = np.maximum(times[:-1], zero[:, None]), np.minimum(times[1:], until[:, None])
        return (np.maximum(high - low, 0.0) * 0.5 * (has[:, 1:] + has[:, :-1])).sum(axis=1)

    def counted(self, measure: Measure, arm: str, zero: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Events and years of each person between the zero and the end, while alive.

        Args:
            measure: what is counted.
            arm: in which arm.
            zero: where the person's clock begins: (person).
            end: where counting ends: (person).
        """
        death = self.death_years(arm)
        until = np.minimum(np.minimum(end, death), self.follow_up_years)
        lived = np.maximum(until - zero, 0.0)
        nothing = np.zeros(self.count)
        if measure.kind is Counted.YEARS:
            if measure.burden is None:
                return nothing, lived
            burdened = np.minimum(self.years_with(measure.burden, arm, zero, np.maximum(until, zero)), lived)
            return nothing, burdened if measure.is_with else lived - burdened
        all_of = self.happened(measure.event, arm)
        within = ((all_of.time > zero[all_of.person] + TOLERANCE) &
                  (all_of.time <= until[all_of.person] + TOLERANCE))
        if measure.kind is Counted.COUNT:
            return np.bincount(all_of.person[within], minlength=self.count).astype(float), lived
        first = self.first_after(measure.event, arm, zero)
        at_risk = death > zero
        if measure.kind is Counted.EVER:
            at_risk &= ~self.had_before(measure.event) & (self.first_after(measure.event, arm) > zero + TOLERANCE)
        happened = at_risk & (first <= until + TOLERANCE)
        years = np.where(at_risk, np.maximum(np.minimum(first, until) - zero, 0.0), 0.0)
        return happened.astype(float), years

    def in_population(self, population: str, arm: str, reference: str, zero: np.ndarray, end: np.ndarray,
                      to_the_end: bool) -> np.ndarray:
        """Who belongs to a population of a pair of arms: (person).

        Args:
            population: one of POPULATIONS.
            arm: the arm compared.
            reference: with this one.
            zero: where the clock begins.
            end: where counting ends.
            to_the_end: whether that is the end of follow-up, so that the protocol must never be broken.
        """
        everyone = np.ones(self.count, bool)
        if population == EVERYONE:
            return everyone
        reached = np.isfinite(self.of_pair(self.first_reach_years, arm, reference))
        if population == REACHED:
            return reached
        kept = self.of_pair(self.protocol_years, arm, reference)
        with np.errstate(invalid="ignore"):
            return reached & (np.isposinf(kept) if to_the_end else kept >= end - TOLERANCE)

    @cached_property
    def survey_groups(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Of each person a group of sampling units and its stratum, for a jackknife; None without a survey's design."""
        root = self.run.root
        if "sampling_unit" not in root:
            return None
        stratum = root["stratum"].values if "stratum" in root else np.zeros(self.count)
        return grouped_units(np.asarray(stratum), np.asarray(root["sampling_unit"].values))


def _sorted(parts: list[tuple[np.ndarray, np.ndarray]]) -> Happened:
    """Events by person and time."""
    person, time = (np.concatenate([part[i] for part in parts]) for i in (0, 1))
    order = np.lexsort((time, person))
    return Happened(person[order], time[order])


def grouped_units(stratum: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sampling units within strata in at most 64 groups; a stratum of one unit joins its neighbour.

    Returns:
        Of each person the group, and the stratum of the group.
    """
    _, stratum = np.unique(stratum, return_inverse=True)
    _, unit = np.unique(np.stack([stratum, np.unique(unit, return_inverse=True)[1]]), axis=1, return_inverse=True)
    unit = np.ravel(unit)
    units_of = {s: np.unique(unit[stratum == s]) for s in range(stratum.max() + 1)}
    if len(np.unique(unit)) < 2:
        raise SarxError("all people are of one sampling unit: a survey of one unit tells nothing of its spread")
    merged: list[list[np.ndarray]] = []
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
    return group, of_group


@dataclass(frozen=True)
class Counting:
    """What each recorded person has in both arms, and who counts."""

    twins: Twins
    counts: np.ndarray


@lru_cache(maxsize=16)
def counted_of_pair(people: People, measure: Measure, arm: str, reference: str, clock: Clock,
                    population: str) -> Counting:
    """What each recorded person has in an arm and in the reference arm by the same clock."""
    offered = people.of_pair(people.first_offer_years, arm, reference)
    zero, end, reaches = clock.span(offered, people.follow_up_years)
    to_the_end = clock.until is None and bool(np.isinf(clock.within))
    counts = reaches & people.in_population(population, arm, reference, zero, end, to_the_end)
    events, years = people.counted(measure, arm, zero, end)
    events0, years0 = people.counted(measure, reference, zero, end)
    return Counting(Twins(events, years, events0, years0), counts)


@lru_cache(maxsize=4)
def people_of(run: Run) -> People | None:
    """The recorded people of a run; None where nobody was recorded."""
    return People(run) if run.root.sizes.get("person", 0) else None


def members(people: People, sex: str, places: Sequence[int] | np.ndarray | None) -> np.ndarray:
    """Places of a group's people: of those named, or all; of a sex or both."""
    who = np.arange(people.count) if places is None else np.asarray(places, int)
    if sex == "all":
        return who
    return who[people.female[who] == (1.0 if sex == "female" else 0.0)]
