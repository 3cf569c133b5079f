"""Tables of a result file, row by row: events of a person, deliveries, snapshots of motor units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array, Floats, Whole
from ..errors import SarxError
from .result_file import decoded, labels
from .run import Run

NEEDED_OF_UNITS = ("unit_rank", "unit_fibres")


@dataclass(frozen=True)
class Event:
    """What happened to a person in an arm."""

    arm: str
    kind: str
    time_years: float
    """After the run's start."""


def events_of(run: Run, person: int) -> list[Event]:
    """What happened to a recorded person in every arm, in the file's order; nothing where the file holds no events.

    Args:
        run: the file.
        person: the person's number in the file.
    """
    if "events" not in run.groups:
        return []
    table = run.group("events")
    people: Whole = run.remembered("people of events", lambda: table["person"].values.astype(np.int32))
    part = table.isel(event=np.flatnonzero(people == person)).load()
    arms = run.file_arms
    return [Event(arms[int(arm)], str(kind), float(time))
            for arm, kind, time in zip(part["arm"].values, decoded(part["kind"]), part["time_years"].values)]


@dataclass(frozen=True)
class Delivery:
    """Who got what of a delivery: people so far, but for `adherent`, who are counted at each time: (time)."""

    arm: str
    intervention: str
    eligible: Whole
    offered: Whole
    reached: Whole
    adherent: Whole
    dropped: Whole
    taken_years: Floats | None = None
    """Person-years that were taken; None in older files, as are those treated."""
    treated_years: Floats | None = None


def deliveries(run: Run) -> list[Delivery]:
    """Every delivery of the run; none where no arm gives anything."""
    if "flow" not in run.groups:
        return []
    data = run.group("flow").load()
    found = []
    for place, label in enumerate(labels(data, "delivery")):
        of = data.isel(delivery=place)
        arm, _, intervention = label.partition("/")
        counts = {name: of[name].values.astype(int) for name in ("eligible", "offered", "reached", "adherent", "dropped")}
        years = {name: of[name].values.astype(float) for name in ("taken_years", "treated_years") if name in of}
        found.append(Delivery(arm, intervention, **counts, **years))
    return found


@dataclass(frozen=True)
class UnitPool:
    """The living motor units of one muscle of one person at a time: an entry a unit, from small to large in youth."""

    person: int
    arm: str
    muscle: str
    time_years: float
    rank: Floats
    """In recruitment in youth: 0 first, 1 last."""
    fibres: Array
    """Innervated now."""
    youth_fibres: Array
    """In youth; those of now in files that do not tell."""


def unit_pools(run: Run) -> list[UnitPool]:
    """All snapshots of motor units, in the file's order.

    Raises:
        SarxError: where the file holds none, or not what they are told by.
    """
    if "motor_units" not in run.groups:
        raise SarxError(f"{run.path} holds no motor units: ask for them with "
                        "`record: {motor_units: {people: 10, every: 10 years}}`")
    data = run.group("motor_units").load()
    if not data.sizes["snapshot"]:
        raise SarxError(f"{run.path} holds no snapshot of motor units")
    if missing := [name for name in NEEDED_OF_UNITS if name not in data]:
        raise SarxError(f"the snapshots of {run.path} lack {' and '.join(missing)}")
    ends = np.cumsum(data["row_size"].values.astype(int))
    begins = ends - data["row_size"].values.astype(int)
    youth = data["unit_youth_fibres" if "unit_youth_fibres" in data else "unit_fibres"].values
    return [UnitPool(int(data["person"].values[i]), run.file_arms[int(data["arm"].values[i])],
                     run.muscles[int(data["muscle"].values[i])], float(data["time_years"].values[i]),
                     data["unit_rank"].values[begin:end], data["unit_fibres"].values[begin:end], youth[begin:end])
            for i, (begin, end) in enumerate(zip(begins, ends))]
