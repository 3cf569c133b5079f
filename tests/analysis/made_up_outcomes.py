"""Sums of events and years of made-up lives, reckoned person by person, in the layout of /outcomes and /prevalence."""

from __future__ import annotations

from dataclasses import dataclass, field

import h5py
import numpy as np

TEXT = h5py.string_dtype("utf-8")
VIEWS = ("run", "index", "reached", "per_protocol")
EVENT_SUMS = {
    "events": lambda w, e, y, e0, y0: w * e, "reference_events": lambda w, e, y, e0, y0: w * e0,
    "events_w2": lambda w, e, y, e0, y0: w * w * e, "reference_events_w2": lambda w, e, y, e0, y0: w * w * e0,
    "ee": lambda w, e, y, e0, y0: w * w * e * e, "e0e0": lambda w, e, y, e0, y0: w * w * e0 * e0,
    "ee0": lambda w, e, y, e0, y0: w * w * e * e0, "ey": lambda w, e, y, e0, y0: w * w * e * y,
    "e0y0": lambda w, e, y, e0, y0: w * w * e0 * y0, "ey0": lambda w, e, y, e0, y0: w * w * e * y0,
    "ye0": lambda w, e, y, e0, y0: w * w * y * e0,
    "people_at_risk": lambda w, e, y, e0, y0: (y > 0) & (y0 > 0),
    "weight_at_risk": lambda w, e, y, e0, y0: w * ((y > 0) & (y0 > 0)),
    "weight_at_risk_squares": lambda w, e, y, e0, y0: w * w * ((y > 0) & (y0 > 0)),
    "people_fewer": lambda w, e, y, e0, y0: e < e0, "people_more": lambda w, e, y, e0, y0: e > e0,
    "fewer": lambda w, e, y, e0, y0: w * (e0 - e) * (e < e0), "more": lambda w, e, y, e0, y0: w * (e - e0) * (e > e0),
    "fewer_w2": lambda w, e, y, e0, y0: (w * (e0 - e) * (e < e0))**2,
    "more_w2": lambda w, e, y, e0, y0: (w * (e - e0) * (e > e0))**2,
    "fewer_w3": lambda w, e, y, e0, y0: (w * (e0 - e) * (e < e0))**3,
    "more_w3": lambda w, e, y, e0, y0: (w * (e - e0) * (e > e0))**3,
}
YEAR_SUMS = {
    "years": lambda w, e, y, e0, y0: w * y, "reference_years": lambda w, e, y, e0, y0: w * y0,
    "years_w2": lambda w, e, y, e0, y0: w * w * y, "reference_years_w2": lambda w, e, y, e0, y0: w * w * y0,
    "yy": lambda w, e, y, e0, y0: w * w * y * y, "y0y0": lambda w, e, y, e0, y0: w * w * y0 * y0,
    "yy0": lambda w, e, y, e0, y0: w * w * y * y0,
}
DIFFERING_YEARS = {
    "people_longer": lambda w, e, y, e0, y0: y > y0, "people_shorter": lambda w, e, y, e0, y0: y < y0,
    "longer": lambda w, e, y, e0, y0: w * (y - y0) * (y > y0), "shorter": lambda w, e, y, e0, y0: w * (y0 - y) * (y < y0),
    "longer_w2": lambda w, e, y, e0, y0: (w * (y - y0) * (y > y0))**2,
    "shorter_w2": lambda w, e, y, e0, y0: (w * (y0 - y) * (y < y0))**2,
    "longer_w3": lambda w, e, y, e0, y0: (w * (y - y0) * (y > y0))**3,
    "shorter_w3": lambda w, e, y, e0, y0: (w * (y0 - y) * (y < y0))**3,
}
STATISTICS = ("n", "weight", "weight_squares", *EVENT_SUMS, *YEAR_SUMS, *DIFFERING_YEARS)


@dataclass
class Lives:
    """What happened to made-up people, by arm and person."""

    arms: tuple[str, ...]
    female: np.ndarray
    follow_up: np.ndarray
    offer: np.ndarray
    """(arm, person), NaN where never; so are `reach` and `protocol` (infinity: never broken)."""
    reach: np.ndarray
    protocol: np.ndarray
    weight: np.ndarray
    events: dict[str, dict[tuple[int, int], list[float]]] = field(default_factory=dict)
    """Times by kind, arm and person."""
    spells: dict[str, dict[tuple[int, int], list[tuple[float, float]]]] = field(default_factory=dict)
    """Beginnings and ends by burden, arm and person."""
    before: dict[str, np.ndarray] = field(default_factory=dict)
    """Who had a once-only event before the run."""
    recurrent: tuple[str, ...] = ("fall", "fracture", "hospital_stay")

    @property
    def people(self) -> int:
        return len(self.female)

    def death(self, arm: int, person: int) -> float:
        return min(self.events.get("death", {}).get((arm, person), [np.inf]))

    def measures(self) -> list[tuple[str, str, str]]:
        """Name, kind, event."""
        names = []
        for kind in self.events:
            names += ([(kind, "count", kind), (f"{kind}_first", "first", kind)] if kind in self.recurrent
                      else [(kind, "ever", kind)])
        return [*names, ("years_lived", "years", ""), *((f"years_{how}_{burden}", "years", "") for burden in self.spells
                                                        for how in ("without", "with"))]

    def counted(self, name: str, kind: str, event: str, arm: int, person: int, zero: float, end: float) -> tuple[float, float]:
        """Events and years of one person between two times."""
        until = min(end, self.death(arm, person), self.follow_up[person])
        lived = max(until - zero, 0.0)
        times = sorted(self.events.get(event, {}).get((arm, person), []))
        if kind == "count":
            return float(sum(zero < t <= until for t in times)), lived
        if kind in ("first", "ever"):
            if kind == "ever" and (self.before.get(event, np.zeros(self.people))[person] or any(t <= zero for t in times)):
                return 0.0, 0.0
            first = min([t for t in times if t > zero], default=np.inf)
            if self.death(arm, person) <= zero:
                return 0.0, 0.0
            return float(first <= until), max(min(first, until) - zero, 0.0)
        if name == "years_lived":
            return 0.0, lived
        burden = name.removeprefix("years_without_").removeprefix("years_with_")
        having = sum(max(min(stop, until) - max(start, zero), 0.0)
                     for start, stop in self.spells[burden].get((arm, person), []))
        return 0.0, having if name.startswith("years_with_") else lived - having

    def in_view(self, view: str, arm: int, person: int, zero: float, horizon: float) -> bool:
        if np.isfinite(horizon) and zero + horizon > self.follow_up[person] + 1e-9:
            return False
        if view in ("run", "index"):
            return True
        if not np.isfinite(self.reach[arm, person]):
            return False
        kept = self.protocol[arm, person]
        return view == "reached" or (np.isposinf(kept) if np.isinf(horizon) else kept >= zero + horizon - 1e-9)


def write_outcomes(file: h5py.File, lives: Lives, times: np.ndarray) -> None:
    """Writes /outcomes."""
    group = file.create_group("outcomes")
    horizons = np.append(times, np.inf)
    for name, labels in (("statistic", STATISTICS), ("view", VIEWS), ("arm", lives.arms), ("sex", ("female", "male"))):
        group.create_dataset(name, data=list(labels), dtype=TEXT).make_scale(name)
    group.create_dataset("horizon_years", data=horizons).make_scale("horizon_years")
    shape = (len(STATISTICS), len(VIEWS), len(lives.arms), 2, len(horizons))
    for name, kind, event in lives.measures():
        sums = EVENT_SUMS | YEAR_SUMS if kind != "years" else YEAR_SUMS | DIFFERING_YEARS
        values = np.full(shape, np.nan)
        values[[STATISTICS.index(one) for one in ("n", "weight", "weight_squares", *sums)]] = 0.0
        for v, view in enumerate(VIEWS):
            for a in range(len(lives.arms)):
                for p in range(lives.people):
                    _add(values[:, v, a, 1 - int(lives.female[p])], lives, (name, kind, event), view, a, p, horizons, sums)
        data = group.create_dataset(name, data=values)
        for i, axis in enumerate(("statistic", "view", "arm", "sex", "horizon_years")):
            data.dims[i].attach_scale(group[axis])
        data.attrs["outcome_kind"] = kind
        if event:
            data.attrs["event"] = event


def _add(values: np.ndarray, lives: Lives, measure: tuple[str, str, str], view: str, arm: int, person: int,
         horizons: np.ndarray, sums: dict) -> None:
    """Adds one person to the sums of a view, arm and sex: (statistic, horizon)."""
    offer = lives.offer[arm, person]
    zero = offer if view != "run" and np.isfinite(offer) else 0.0
    there = np.array([lives.in_view(view, arm, person, zero, h) for h in horizons])
    if not there.any():
        return
    own = np.array([lives.counted(*measure, arm, person, zero, zero + h) for h in horizons]).T
    twin = np.array([lives.counted(*measure, 0, person, zero, zero + h) for h in horizons]).T
    w = lives.weight[person]
    for name, amount in (("n", 1.0), ("weight", w), ("weight_squares", w * w)):
        values[STATISTICS.index(name)] += amount * there
    for name, of in sums.items():
        values[STATISTICS.index(name)] += there * of(w, *own, *twin)


def write_prevalence(file: h5py.File, lives: Lives, times: np.ndarray,
                     classes: dict[str, tuple[list[str], np.ndarray]]) -> None:
    """Writes /prevalence of variables with labels and codes (arm, person, time), NaN for the dead."""
    group = file.create_group("prevalence")
    for name, labels in (("statistic", ("n", "weight", "weight_squares")), ("arm", lives.arms), ("sex", ("female", "male"))):
        group.create_dataset(name, data=list(labels), dtype=TEXT).make_scale(name)
    group.create_dataset("time_years", data=times).make_scale("time_years")
    for name, (labels, codes) in classes.items():
        words = [*labels, "dead"]
        for axis in (f"{name}_reference", f"{name}_class"):
            group.create_dataset(axis, data=words, dtype=TEXT).make_scale(axis)
        coded = np.where(np.isfinite(codes), codes, len(labels)).astype(int)
        values = np.zeros((3, len(lives.arms), 2, len(words), len(words), len(times)))
        for a in range(len(lives.arms)):
            for p in range(lives.people):
                for t in np.flatnonzero(times <= lives.follow_up[p] + 1e-9):
                    values[:, a, 1 - int(lives.female[p]), coded[0, p, t], coded[a, p, t], t] += lives.weight[p]**np.arange(3)
        data = group.create_dataset(name, data=values)
        for i, axis in enumerate(("statistic", "arm", "sex", f"{name}_reference", f"{name}_class", "time_years")):
            data.dims[i].attach_scale(group[axis])


def write_people(file: h5py.File, lives: Lives, recorded: int | None = None) -> None:
    """Writes what /outcomes needs of each recorded person: follow-up, offers, what was before; spells go to the events."""
    people = file["person"]
    for name, values in (("follow_up_years", lives.follow_up.astype(np.float32)),
                         *((f"{event}_before_entry", had.astype(np.uint8)) for event, had in lives.before.items())):
        data = file.create_dataset(name, data=values[:recorded])
        data.dims[0].attach_scale(people)
        data.attrs["long_name"] = name.replace("_", " ")
    effects = file["effects"]
    for name, values in (("first_offer_years", lives.offer), ("first_reach_years", lives.reach),
                         ("protocol_years", lives.protocol)):
        data = effects.create_dataset(name, data=values[1:, :recorded].astype(np.float32))
        data.dims[0].attach_scale(effects["arm"])
        data.dims[1].attach_scale(effects["person"])
