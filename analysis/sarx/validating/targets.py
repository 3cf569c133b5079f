"""Published targets as data, each with its tolerance.

A row of analysis/targets/*.yaml says in the project's own words what a study found and how to get the same number of
a simulated experiment. Tolerances are set here, before anything is fitted, by one rule for all rows:

1. where the study gives a standard error, a standard deviation with the number of people, or a 95 % interval, the
   tolerance is half the width of the 95 % interval, and at least 5 % of the published value, as people and instruments
   of another study differ by that much;
2. else 10 % of a level (`kind: level`), 25 % of an effect (`kind: effect`), or what the row states with its reason.

An inequality (`holds`) has no tolerance: all of it holds, or it does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import SarxError, unknown
from .groups import Group

ROLES = ("fitted", "never_fitted")


@dataclass(frozen=True)
class Target:
    """One row: what was published, and how the same is measured in a simulated experiment. `seen` says whether the
    published number was read ("text") or is remembered ("recall")."""

    id: str
    domain: str
    role: str
    says: str
    place: str
    speaks: bool = True
    why: str = ""
    kind: str = "level"
    experiment: str = ""
    groups: Mapping[str, Group] = field(default_factory=dict)
    statistic: str = ""
    holds: tuple[str, ...] = ()
    published: float = math.nan
    unit: str = ""
    tolerance: float = math.nan
    tolerance_from: str = ""
    citation: str = ""
    doi: str = ""
    seen: str = "text"

    @property
    def variables(self) -> set[str]:
        """Recorded variables that the row needs."""
        return set().union(*(group.variables for group in self.groups.values()))

    @property
    def design(self) -> str:
        """"trial" where somebody is given something, "follow-up" where people are seen twice, else "cross-section"."""
        groups = self.groups.values()
        if any(group.arm not in ("", "usual_life") for group in groups):
            return "trial"
        return "follow-up" if any(group.onward or group.back for group in groups) else "cross-section"


@dataclass(frozen=True)
class Known:
    """What the model can record: units of variables by name, those of a muscle, and its muscles."""

    units: Mapping[str, str]
    of_muscle: frozenset[str] = frozenset()
    muscles: tuple[str, ...] = ()


class Problems(list[str]):
    """Everything wrong with the target files; raised as one error."""

    def add(self, place: str, row: str, what: str) -> None:
        """Notes what is wrong, with file and line, and the row's id where it is of a row."""
        self.append(f"{place}: {row}: {what}" if row else f"{place}: {what}")

    def raise_any(self) -> None:
        """Raises all there are.

        Raises:
            SarxError: where there is one.
        """
        if self:
            raise SarxError("the targets cannot be used:\n  " + "\n  ".join(self))


def refuse_unknown(names: Iterable[str], targets: Iterable[Target], where: str = "") -> None:
    """Insists that each name is a row that is compared, a domain or an experiment.

    Args:
        names: what was asked for.
        targets: all rows, those too that the model has nothing to say about.
        where: said before each sentence.

    Raises:
        SarxError: naming every other name, with the nearest that is, or why the row is not compared.
    """
    rows = list(targets)
    known = sorted({name for one in rows if one.speaks for name in (one.id, one.domain, one.experiment)})
    why = {one.id: one.why for one in rows if not one.speaks}
    lost = [name for name in dict.fromkeys(names) if name not in known]
    if lost:
        raise SarxError("\n".join(where + (f"row '{name}' is not compared: {why[name]}" if name in why else
                                           str(unknown("row, domain or experiment", name, known))) for name in lost))
