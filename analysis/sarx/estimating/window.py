"""From when and until when events and years are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Union

import numpy as np

from ..arrays import Flags, Floats

INDEX, START = "index", "start"

Since = Union[str, float]

TOLERANCE = 1e-5
"""Times nearer than this [years] are one, as in `/outcomes`: offers are kept in single precision."""


class Span(NamedTuple):
    """Of each person the zero and the end of what is counted, in years after the run's start: (person)."""

    zero: Floats
    end: Floats
    is_followed: Flags
    """Whether planned follow-up reaches the end."""


@dataclass(frozen=True)
class Window:
    """A person's zero, and the end of what is counted."""

    since: Since = START
    """"index": the first offer (never offered: the run's start); "start": the run's; else years after that."""
    within: float = np.inf
    """Years after the zero; infinity: to the end of each one's follow-up."""
    until: float | None = None
    """Instead: years after the run's start at which counting ends for everyone."""

    @property
    def is_to_the_end(self) -> bool:
        """Whether counting goes on to the end of each one's follow-up."""
        return self.until is None and bool(np.isinf(self.within))

    def span(self, first_offer: Floats, follow_up: Floats) -> Span:
        """Of each person the zero, the end, and whether planned follow-up reaches the end.

        Args:
            first_offer: years after the run's start, NaN where never: (person).
            follow_up: planned years in the run: (person).
        """
        if self.since == INDEX:
            zero = np.where(np.isfinite(first_offer), first_offer, 0.0)
        else:
            zero = np.full(follow_up.shape, 0.0 if self.since == START else float(self.since))
        if self.is_to_the_end:
            return Span(zero, np.maximum(follow_up, zero), follow_up > zero - TOLERANCE)
        end = zero + self.within if self.until is None else np.full(follow_up.shape, self.until)
        return Span(zero, end, (end <= follow_up + TOLERANCE) & (end >= zero))
