"""Spans of time as users write them: "14 days", "26 weeks", "6 months", "3 years"."""

from __future__ import annotations

import re

DAYS_PER_YEAR = 365.25

PER_YEAR = {"day": DAYS_PER_YEAR, "week": DAYS_PER_YEAR / 7.0, "month": 12.0, "year": 1.0}


def years_of(text: str) -> float | None:
    """A span of time in years; None where it is none."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(day|week|month|year)s?\s*", text)
    return float(match[1]) / PER_YEAR[match[2]] if match else None
