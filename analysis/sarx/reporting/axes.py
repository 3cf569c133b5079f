"""Axes of a page's pictures."""

from __future__ import annotations

from typing import Any

from ..reading import Axis


def told(axis: Axis) -> dict[str, Any]:
    """What an axis is, ready for `encode`."""
    return {"title": axis.title, "quantity": axis.quantity, "unit": axis.unit, "isAge": axis.is_age}
