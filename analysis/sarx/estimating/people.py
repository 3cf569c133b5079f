"""The recorded people's lives: what each of them has in an arm between two times, by the definitions of `/outcomes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import xarray as xr

from ..arrays import Array, Flags, Floats, Whole
from ..errors import SarxError
from ..levels import BURDENS, Burden
from ..reading import Run, codes, labels
from .comparison import EVERYONE, REACHED, Comparison, Group
from .outcomes import Counted, Outcome
from .sums import PairedSums, Twins
from .survey import SurveyGroup, UnitGroups, grouped_units
from .window import TOLERANCE, Span

EVENTS_AT_ONCE = 2_000_000
"""Events held in memory while they are sorted by kind."""

COUNTINGS_KEPT = 16
"""What was counted of all people, kept for the next group of them."""


@dataclass(frozen=True)
class Happened:
    """All events of a kind in one arm, by person and time: (event)."""

    person: Whole
    """The place of the person."""
    time_years: Floats


class Lived(NamedTuple):
    """What each person has of an outcome in an arm: (person)."""

    events: Floats
    years: Floats


@dataclass(frozen=True)
class Counting:
    """What each recorded person has in both arms, and who counts."""

    twins: Twins
    counts: Flags


class People:
    """The recorded people of a run; places are those of its `person` axis after any cut."""

    def __init__(self, run: Run) -> None:
        """The people of a run that has recorded some."""
        self.run = run
        self.count = int(run.root.sizes["person"])
        self._countings: dict[tuple[object, ...], Counting] = {}

    def _trait(self, name: str, missing: float) -> Floats:
        root = self.run.root
        values: Floats = root[name].values.astype(float) if name in root else np.full(self.count, missing)
        return values

    @cached_property
    def female(self) -> Floats:
        """1 for women."""
        return self._trait("female", np.nan)

    @cached_property
    def weight(self) -> Floats:
        """Survey weights; 1 where there are none."""
        return self._trait("weight", 1.0)

    @cached_property
    def follow_up_years(self) -> Floats:
        """Planned follow-up; of files that do not tell it, up to the last record that is of anybody."""
        if "follow_up_years" in self.run.root:
            return self._trait("follow_up_years", np.nan)
        followed = np.isfinite(self.alive).any(axis=0)
        last: Floats = self.run.times_years[followed.shape[-1] - 1 - np.argmax(followed[..., ::-1], axis=-1)]
        return last

    @cached_property
    def alive(self) -> Array:
        """1 while alive, NaN beyond follow-up: (arm, person, time)."""
        if "alive" not in self.run.root:
            raise SarxError(f"{self.run.path.name} does not hold 'alive' of recorded people: record it to count their "
                            "years")
        values: Array = self.run.root["alive"].values
        return values

    def _of_effects(self, name: str) -> dict[str, Floats]:
        """A time of each person by arm; arms that are not there (the reference) have none."""
        run = self.run
        nobody = np.full(self.count, np.nan)
        if "effects" not in run.groups or name not in (effects := run.group("effects")):
            return {arm: nobody for arm in run.arms}
        arms = labels(effects, "arm")
        values = effects[name].transpose("arm", "person").values.astype(float)[:, run.people_places]
        return {arm: values[arms.index(arm)] if arm in arms else nobody for arm in run.arms}

    @cached_property
    def first_offer_years(self) -> dict[str, Floats]:
        """When something was first offered, by arm; NaN where never."""
        return self._of_effects("first_offer_years")

    @cached_property
    def first_reach_years(self) -> dict[str, Floats]:
        """When a delivery first reached the person."""
        return self._of_effects("first_reach_years")

    @cached_property
    def protocol_years(self) -> dict[str, Floats]:
        """Until when the protocol was kept; infinity: to the end; NaN: never reached."""
        return self._of_effects("protocol_years")

    def of_pair(self, times: Mapping[str, Floats], arm: str, reference: str) -> Floats:
        """A time of a pair of arms: the other arm's where one is the file's first, else the earlier of the two."""
        first = self.run.first_arm
        if reference == first:
            return times[arm]
        if arm == first:
            return times[reference]
        earlier: Floats = np.fmin(times[arm], times[reference])
        return earlier

    def offers(self, arm: str, reference: str) -> Floats:
        """When something was first offered in a pair of arms; NaN where never."""
        return self.of_pair(self.first_offer_years, arm, reference)

    def span(self, comparison: Comparison) -> Span:
        """Of each person the zero and the end of what is counted in a comparison."""
        return comparison.window.span(self.offers(comparison.arm, comparison.reference), self.follow_up_years)

    @cached_property
    def events(self) -> dict[tuple[str, str], Happened]:
        """Events by kind and arm."""
        run = self.run
        if "events" not in run.groups:
            raise SarxError(f"{run.path.name} holds no events of recorded people")
        table: xr.Dataset = run.group("events")
        kinds = codes(table["kind"])
        places = np.full(run.file_people, -1)
        places[run.people_places] = np.arange(self.count)
        found: dict[tuple[str, str], list[Happened]] = {}
        for first in range(0, table.sizes["event"], EVENTS_AT_ONCE):
            part = table.isel(event=slice(first, first + EVENTS_AT_ONCE))
            kind_of, arm_of = part["kind"].values.astype(int), part["arm"].values.astype(int)
            person, time = places[run.place_of_person(part["person"].values.astype(int))], part["time_years"].values
            for a, arm in enumerate(run.file_arms):
                for code, kind in enumerate(kinds):
                    these = (kind_of == code) & (arm_of == a) & (person >= 0)
                    if arm in run.arms:
                        found.setdefault((kind, arm), []).append(Happened(person[these], time[these].astype(float)))
        return {key: _sorted(parts) for key, parts in found.items()}

    @property
    def kinds(self) -> list[str]:
        """Kinds of events there are."""
        return list(dict.fromkeys(kind for kind, _ in self.events))

    def happened(self, kind: str, arm: str) -> Happened:
        """All events of a kind in an arm."""
        return self.events.get((kind, arm), Happened(np.empty(0, int), np.empty(0)))

    def first_after(self, kind: str, arm: str, zero: Floats | None = None) -> Floats:
        """When each person first has an event after the zero; infinity where never."""
        all_of = self.happened(kind, arm)
        first = np.full(self.count, np.inf)
        times = all_of.time_years
        if zero is not None:
            times = np.where(times > zero[all_of.person] + TOLERANCE, times, np.inf)
        np.minimum.at(first, all_of.person, times)
        return first

    def death_years(self, arm: str) -> Floats:
        """When each dies; infinity where not within follow-up."""
        return self.first_after("death", arm)

    def had_before(self, event: str) -> Flags:
        """Whether each had a once-only event before the run; files that do not tell are taken to say nobody."""
        return self._trait(f"{event}_before_entry", 0.0) > 0

    def years_with(self, burden: str, arm: str, zero: Floats, until: Floats) -> Floats:
        """Time with a burden between two times."""
        if f"{burden}_begins" not in self.kinds:
            return self._years_with_at_records(burden, arm, zero, until)
        begins, ends = self.happened(f"{burden}_begins", arm), self.happened(f"{burden}_ends", arm)
        years = np.zeros(self.count)
        for of, sign in ((begins, 1.0), (ends, -1.0)):
            left = np.maximum(until[of.person] - np.maximum(of.time_years, zero[of.person]), 0)
            np.add.at(years, of.person, sign * left)
        return years

    def _years_with_at_records(self, burden: str, arm: str, zero: Floats, until: Floats) -> Floats:
        """The same of older files, read at the records: half a gap where it changes between two."""
        told = next((one for one in BURDENS if one.name == burden), Burden(burden, burden, 1))
        if told.variable not in self.run.root:
            raise SarxError(f"{self.run.path.name} does not tell when {burden} begins and ends: record '{told.variable}'")
        times = self.run.times_years
        values = self.run.root[told.variable].sel(arm=arm).values
        with np.errstate(invalid="ignore"):
            has = (values >= told.from_code).astype(float)
        low, high = np.maximum(times[:-1], zero[:, None]), np.minimum(times[1:], until[:, None])
        years: Floats = (np.maximum(high - low, 0.0) * 0.5 * (has[:, 1:] + has[:, :-1])).sum(axis=1)
        return years

    def lived(self, outcome: Outcome, arm: str, span: Span) -> Lived:
        """Events and years of each person between the zero and the end, while alive.

        Args:
            outcome: what is counted.
            arm: in which arm.
            span: where each one's counting begins and ends.
        """
        zero = span.zero
        death = self.death_years(arm)
        until = np.minimum(np.minimum(span.end, death), self.follow_up_years)
        lived = np.maximum(until - zero, 0.0)
        nothing = np.zeros(self.count)
        if outcome.counted is Counted.YEARS:
            if outcome.burden is None:
                return Lived(nothing, lived)
            burdened = np.minimum(self.years_with(outcome.burden, arm, zero, np.maximum(until, zero)), lived)
            return Lived(nothing, burdened if outcome.is_with else lived - burdened)
        if outcome.counted is Counted.COUNT:
            all_of = self.happened(outcome.event, arm)
            within = ((all_of.time_years > zero[all_of.person] + TOLERANCE) &
                      (all_of.time_years <= until[all_of.person] + TOLERANCE))
            return Lived(np.bincount(all_of.person[within], minlength=self.count).astype(float), lived)
        first = self.first_after(outcome.event, arm, zero)
        at_risk = death > zero
        if outcome.counted is Counted.EVER:
            at_risk &= ~self.had_before(outcome.event) & (self.first_after(outcome.event, arm) > zero + TOLERANCE)
        happened = at_risk & (first <= until + TOLERANCE)
        years = np.where(at_risk, np.maximum(np.minimum(first, until) - zero, 0.0), 0.0)
        return Lived(happened.astype(float), years)

    def in_population(self, comparison: Comparison, span: Span) -> Flags:
        """Who belongs to the population of a comparison, by the end of what is counted: (person)."""
        if comparison.population == EVERYONE:
            return np.ones(self.count, bool)
        arm, reference = comparison.arm, comparison.reference
        reached: Flags = np.isfinite(self.of_pair(self.first_reach_years, arm, reference))
        if comparison.population == REACHED:
            return reached
        kept = self.of_pair(self.protocol_years, arm, reference)
        with np.errstate(invalid="ignore"):
            return reached & (np.isposinf(kept) if comparison.window.is_to_the_end else kept >= span.end - TOLERANCE)

    def counting(self, outcome: Outcome, comparison: Comparison) -> Counting:
        """What each recorded person has in an arm and in the reference arm, and who of all groups counts."""
        key = (outcome, comparison.arm, comparison.reference, comparison.population, comparison.window)
        if key not in self._countings:
            if len(self._countings) >= COUNTINGS_KEPT:
                del self._countings[next(iter(self._countings))]
            span = self.span(comparison)
            counts = span.is_followed & self.in_population(comparison, span)
            own, twin = (self.lived(outcome, arm, span) for arm in (comparison.arm, comparison.reference))
            self._countings[key] = Counting(Twins(own.events, own.years, twin.events, twin.years), counts)
        return self._countings[key]

    @cached_property
    def unit_groups(self) -> UnitGroups | None:
        """Groups of sampling units, for a jackknife; None without a survey's design."""
        root = self.run.root
        if "sampling_unit" not in root:
            return None
        stratum = root["stratum"].values if "stratum" in root else np.zeros(self.count)
        return grouped_units(np.asarray(stratum), np.asarray(root["sampling_unit"].values))

    def survey(self, who: Whole, twins: Twins) -> tuple[SurveyGroup, ...]:
        """The sums of each group of sampling units; none without a survey's design.

        Args:
            who: places of those who count.
            twins: what these have.
        """
        if self.unit_groups is None:
            return ()
        of_person, of_group = self.unit_groups
        stratum = dict(zip(of_person, of_group))
        there = of_person[who]
        return tuple(SurveyGroup(int(stratum[one]), PairedSums.of_people(twins.of(there == one),
                                                                         self.weight[who][there == one]))
                     for one in np.unique(of_person))

    def members(self, group: Group) -> Whole:
        """Places of a group's people."""
        who: Whole = np.arange(self.count) if group.members is None else np.asarray(group.members, int)
        if group.sex == "all":
            return who
        of_sex: Whole = who[self.female[who] == (1.0 if group.sex == "female" else 0.0)]
        return of_sex


def _sorted(parts: Sequence[Happened]) -> Happened:
    """Events by person and time."""
    person, time = np.concatenate([one.person for one in parts]), np.concatenate([one.time_years for one in parts])
    order = np.lexsort((time, person))
    return Happened(person[order], time[order])


def people_of(run: Run) -> People | None:
    """The recorded people of a run; None where nobody was recorded."""
    return run.remembered(People, lambda: People(run) if run.has_people else None)


def needed_people(run: Run, why: str) -> People:
    """The recorded people, where only they can tell.

    Args:
        run: the file.
        why: they are needed, for the sentence.

    Raises:
        SarxError: where nobody was recorded.
    """
    people = people_of(run)
    if people is None:
        raise SarxError(f"this needs people one by one, and {run.path.name} holds nobody's: {why}; record people "
                        "(`record: {people: all}`)")
    return people
