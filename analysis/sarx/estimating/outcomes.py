"""What is counted of lives: events, first events, years; of which file, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..errors import SarxError
from ..levels import BURDENS
from ..reading import Run, codes

RECURRENT = ("fall", "fracture", "hospital_stay")
"""Events that come again, of files that do not tell it (`/outcomes` does)."""

WITH, WITHOUT = "years_with_", "years_without_"


class Counted(Enum):
    """How an outcome is counted, by the attribute `outcome_kind` of the file."""

    COUNT = "count"
    FIRST = "first"
    EVER = "ever"
    YEARS = "years"


@dataclass(frozen=True)
class Outcome:
    """One thing that is counted, as `/outcomes` names it."""

    name: str
    counted: Counted
    event: str = ""
    """Of which event; empty for years."""

    @property
    def is_of_events(self) -> bool:
        """Whether events are counted, not years."""
        return self.counted is not Counted.YEARS

    @property
    def burden(self) -> str | None:
        """The burden that years are with or without."""
        for start in (WITHOUT, WITH):
            if self.name.startswith(start):
                return self.name.removeprefix(start)
        return None

    @property
    def is_with(self) -> bool:
        """Whether years with the burden are counted."""
        return self.name.startswith(WITH)


def outcomes_of(run: Run) -> list[Outcome]:
    """What can be counted of a file: as `/outcomes` names it, else by the kinds of its recorded events.

    Raises:
        SarxError: where it holds neither.
    """
    if (outcomes := run.outcomes) is not None:
        return _in_order([Outcome(str(name), Counted(str(data.attrs["outcome_kind"])), str(data.attrs.get("event", "")))
                          for name, data in outcomes.data_vars.items() if "outcome_kind" in data.attrs])
    if "events" not in run.groups or "person" not in run.root.sizes:
        raise SarxError(f"{run.path.name} holds neither events and years of everyone (/outcomes) nor of recorded people: "
                        "simulate it again with today's program")
    kinds = codes(run.group("events")["kind"])
    found: list[Outcome] = []
    for kind in kinds:
        if kind.startswith("intervention_") or kind.endswith(("_begins", "_ends")):
            continue
        if kind in RECURRENT:
            found += [Outcome(kind, Counted.COUNT, kind), Outcome(f"{kind}_first", Counted.FIRST, kind)]
        else:
            found.append(Outcome(kind, Counted.EVER, kind))
    found.append(Outcome("years_lived", Counted.YEARS))
    for burden in BURDENS:
        if f"{burden.name}_begins" in kinds or burden.variable in run.root:
            found += [Outcome(f"{WITHOUT}{burden.name}", Counted.YEARS), Outcome(f"{WITH}{burden.name}", Counted.YEARS)]
    return _in_order(found)


def _in_order(outcomes: list[Outcome]) -> list[Outcome]:
    """Events by name, years lived, years without and with each burden: the same whatever the file's order is."""
    return sorted(outcomes, key=lambda one: (not one.is_of_events, bool(one.burden), one.event, one.burden or "",
                                             one.is_with, one.name))
