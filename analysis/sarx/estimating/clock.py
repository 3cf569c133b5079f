"""From when and until when events and years are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

import numpy as np

INDEX, START = "index", "start"

Since = Union[str, float]


@dataclass(frozen=True)
class Clock:
    """A person's zero, and the end of what is counted."""

    since: Since = START
    """"index": the first offer (never offered: the run's start); "start": the run's; else years after that."""
    within: float = np.inf
    """Years after the zero; infinity: to the end of each one's follow-up."""
    until: float | None = None
    """Instead: years after the run's start at which counting ends for everyone."""

    def span(self, first_offer: np.ndarray, follow_up: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each person the zero, the end, and whether planned follow-up reaches the end.

        Args:
            first_offer: years after the run's start, NaN where never: (person).
            follow_up: planned years in the run: (person).
        """
        if self.since == INDEX:
            zero = np.where(np.isfinite(first_offer), first_offer, 0.0)
        else:
            zero = np.full(follow_up.shape, 0.0 if self.since == START else float(self.since))
        end = zero + self.within if self.until is None else np.full(follow_up.shape, self.until)
        if np.isinf(self.within) and self.until is None:
            return zero, np.maximum(follow_up, zero), follow_up > zero - TOLERANCE
        return zero, end, (end <= follow_up + TOLERANCE) & (end >= zero)


TOLERANCE = 1e-5
"""Times nearer than this [years] are one, as in `/outcomes`: offers are kept in single precision."""
