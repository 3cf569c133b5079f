"""A result file of the people one gives, and no more: for measurements whose answer is known."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence

import h5py
import numpy as np
from made_up_run import _axis, _put


def write(path: pathlib.Path, variables: Mapping[str, np.ndarray], times: Sequence[float], *,
          arms: Sequence[str] = ("usual_life",), start_ages: np.ndarray | float = 60.0,
          muscles: Sequence[str] = ("vastus_lateralis",), female: np.ndarray | None = None) -> pathlib.Path:
    """Writes variables: (person) of traits, (arm, person, time) or (arm, person, muscle, time)."""
    axes = {1: ("person",), 3: ("arm", "person", "time_years"), 4: ("arm", "person", "muscle", "time_years")}
    people = next(iter(variables.values())).shape[0 if next(iter(variables.values())).ndim == 1 else 1]
    with h5py.File(path, "w") as file:
        file.attrs["title"], file.attrs["sarx_format"] = "Plain people", 1
        _axis(file, "arm", list(arms), text=True)
        _axis(file, "person", np.arange(people, dtype=np.int32))
        _axis(file, "muscle", list(muscles), text=True)
        _axis(file, "time_years", np.asarray(times, float), "year")
        _put(file, "start_age_years", np.broadcast_to(np.asarray(start_ages, np.float32), (people,)), ("person",))
        _put(file, "female", np.zeros(people, np.uint8) if female is None else female.astype(np.uint8), ("person",))
        for name, values in variables.items():
            _put(file, name, np.asarray(values, np.float64), axes[values.ndim], fill=np.nan)
    return path
