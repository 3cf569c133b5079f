"""What is compared: which arm with which, of whom, from when and until when."""

from __future__ import annotations

from dataclasses import dataclass

from ..arrays import Whole
from .window import Window

EVERYONE, REACHED, PER_PROTOCOL = "everyone", "reached", "per_protocol"
POPULATIONS = (EVERYONE, REACHED, PER_PROTOCOL)

OF_EVERYONE, OF_RECORDED = "everyone", "recorded people"
"""Who answers: all that were simulated, or those recorded one by one."""


@dataclass(frozen=True)
class Group:
    """Some of the people."""

    label: str = ""
    """In words; empty for everyone or a sex."""
    sex: str = "all"
    """"female", "male" or "all"."""
    members: Whole | None = None
    """Places of the people among those recorded; None where the sex alone tells, so that sums of everyone suffice."""


@dataclass(frozen=True)
class Comparison:
    """An arm set against the reference arm, the same people in both."""

    arm: str
    reference: str
    population: str
    """One of POPULATIONS."""
    window: Window
    group: Group
