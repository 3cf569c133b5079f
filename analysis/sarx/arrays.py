"""Names for arrays in signatures; docstrings say shape and unit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Of any kind, as it stands in a file."""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
"""Counts, codes and places."""

Flags = NDArray[np.bool_]
