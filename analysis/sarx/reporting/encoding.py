"""Numbers and names as JSON inside a page: four figures, nothing that could end the script early."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

FIGURES = 4
"""Significant figures of a number in a page: finer than any picture."""


def encode(value: Any) -> str:
    """A value as JSON text.

    Args:
        value: dictionaries, lists, texts, numbers, and arrays of numbers of any shape; NaN becomes null.
    """
    if isinstance(value, dict):
        return "{" + ",".join(f"{_text(str(key))}:{encode(item)}" for key, item in value.items()) + "}"
    if isinstance(value, np.ndarray):
        if value.ndim > 1:
            return "[" + ",".join(encode(row) for row in value) + "]"
        return "[" + ",".join(_number(number) for number in value.tolist()) + "]"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(encode(item) for item in value) + "]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, (int, float, np.number)):
        return _number(float(value))
    return _text(str(value))


def _number(value: float) -> str:
    return f"{value:.{FIGURES}g}" if np.isfinite(value) else "null"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
