"""What is counted of lives: events, first events, years; of which file, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..errors import SarxError
from ..reading import Run

RECURRENT = ("fall", "fracture", "hospital_stay")
"""Events that come again, of files that do not tell it (`/outcomes` does)."""


class Counted(Enum):
    """How a measure is counted, by the attribute `outcome_kind` of the file."""

    COUNT = "count"
    FIRST = "first"
    EVER = "ever"
    YEARS = "years"


@dataclass(frozen=True)
class Measure:
    """One thing that is counted."""

    name: str
    kind: Counted
    event: str = ""
    """Of which event; empty for years."""

    @property
    def is_of_events(self) -> bool:
        """Whether events are counted, not years."""
        return self.kind is not Counted.YEARS

    @property
    def burden(self) -> str | None:
        """The burden that years are with or without."""
        for start in ("years_without_", "years_with_"):
            if self.name.startswith(start):
                return self.name.removeprefix(start)
        return None

    @property
    def is_with(self) -> bool:
        """Whether years with the burden are counted."""
        return self.name.startswith("years_with_")


def measures_of(run: Run) -> list[Measure]:
    """What can be counted of a file: as `/outcomes` names it, else by the kinds of its recorded events."""
    if (outcomes := run.outcomes) is not None:
        return _in_order([Measure(str(name), Counted(str(data.attrs["outcome_kind"])), str(data.attrs.get("event", "")))
                          for name, data in outcomes.data_vars.items() if "outcome_kind" in data.attrs])
    if "events" not in run.groups or "person" not in run.root.sizes:
        raise SarxError(f"{run.path.name} holds neither events and years of everyone (/outcomes) nor of recorded people: "
                        "simulate it again with today's program")
    kinds = str(run.group("events")["kind"].attrs["flag_meanings"]).split()
    found: list[Measure] = []
    for kind in kinds:
        if kind.startswith("intervention_") or kind.endswith(("_begins", "_ends")):
            continue
        if kind in RECURRENT:
            found += [Measure(kind, Counted.COUNT, kind), Measure(f"{kind}_first", Counted.FIRST, kind)]
        else:
            found.append(Measure(kind, Counted.EVER, kind))
    found.append(Measure("years_lived", Counted.YEARS))
    for burden, variable in (("sarcopenia", "sarcopenia_ewgsop2"), ("disability", "disability")):
        if f"{burden}_begins" in kinds or variable in run.root:
            found += [Measure(f"years_without_{burden}", Counted.YEARS), Measure(f"years_with_{burden}", Counted.YEARS)]
    return _in_order(found)


def _in_order(measures: list[Measure]) -> list[Measure]:
    """Events by name, years lived, years without and with each burden: the same whatever the file's order is."""
    return sorted(measures, key=lambda measure: (not measure.is_of_events, bool(measure.burden), measure.event,
                                                 measure.burden or "", measure.is_with, measure.name))
