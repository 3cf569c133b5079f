"""Every kernel against another hand's reading of its header, in plain Python and double precision.

    test_equations.py TAKE_STEPS [SEED...]

TAKE_STEPS (take_steps.cpp) takes one step of each stage from made-up states. The modules beside this one hold, by level, a
function a stage, called as the stage, written from the equation block of its header and not from its kernel: it gets a
`Now` and returns {column: value after the step} for every column that the stage writes or adds to.
"""

import json
import pathlib
import subprocess
import sys
from importlib import import_module

import numpy as np

HERE = pathlib.Path(__file__).parent
LEVELS = ("life", "cells", "junctions", "motor_units", "fibres", "function", "outcomes", "measures")
# Kernels compute in single precision: relative to the value, and to the largest of its column where it is near 0.
RELATIVE, OF_LARGEST = 2e-5, 2e-6


class Now:
    """What a stage sees: columns by name, parameters by path, `dt_years` and `age_years` a person.

    A person's column is [people], a muscle's [muscles, people]; a unit's or a wide one is a list, a muscle each, of
    [units or places, people], as muscles differ in units. A parameter is [people], or [muscles, people] where it differs
    by muscle.
    """

    def __init__(self, said: dict) -> None:
        self.dt_years = np.array(said["dt_years"])
        self.age_years = np.array(said["age_years"])
        self._columns = {name: shaped(values) for name, values in said["before"].items()}
        self._parameters = {
            path: np.array(values[0] if len(values) == 1 else values) for path, values in said["parameters"].items()
        }

    def __getitem__(self, name: str):
        return self._columns[name]

    def parameter(self, path: str) -> np.ndarray:
        return self._parameters[path]

    @property
    def muscle_count(self) -> int:
        return next(len(values) for values in self._columns.values() if not isinstance(values, np.ndarray) or values.ndim == 2)


def shaped(values):
    depth = 1 if not isinstance(values[0], list) else 2 if not isinstance(values[0][0], list) else 3
    return [np.array(muscle) for muscle in values] if depth == 3 else np.array(values)


def differences(name: str, kernel, reading) -> list[str]:
    """Where the two are further apart than rounding explains."""
    if isinstance(kernel, list):
        return [d for m, (a, b) in enumerate(zip(kernel, reading, strict=True)) for d in differences(f"{name}, muscle {m}", a, b)]
    reading = np.broadcast_to(np.asarray(reading, dtype=float), kernel.shape)
    allowed = RELATIVE * np.abs(reading) + OF_LARGEST * np.nanmax(np.abs(reading), initial=0.0)
    apart = ~(np.abs(kernel - reading) <= allowed)
    if not apart.any():
        return []
    place = tuple(int(i) for i in np.argwhere(apart)[0])
    return [f"{name}: {apart.sum()} of {apart.size} apart, first at {place}: kernel {kernel[place]!r}, header {reading[place]!r}"]


def readings() -> dict:
    sys.path.insert(0, str(HERE))
    modules = [import_module(level) for level in LEVELS if (HERE / f"{level}.py").exists()]
    return {name: f for module in modules for name, f in vars(module).items() if callable(f) and f.__module__ == module.__name__}


def main() -> int:
    program, seeds = sys.argv[1], sys.argv[2:] or ["1", "2", "3"]
    known, problems, compared = readings(), [], set()
    for seed in seeds:
        told = subprocess.run([program, seed], check=True, capture_output=True, text=True).stdout
        for said in map(json.loads, told.splitlines()):
            stage = said["stage"]
            if stage not in known:
                print(f"{stage}: nobody else has read its header yet")
                continue
            compared.add(stage)
            got = known[stage](Now(said))
            kernel = {name: shaped(values) for name, values in said.get("after", {}).items()}
            if missing := set(kernel) ^ set(got):
                problems.append(f"{stage}: returns other columns than the stage moves: {sorted(missing)}")
                continue
            for name, values in kernel.items():
                problems += [f"{stage}, seed {seed}: {d}" for d in differences(name, values, got[name])]
    print("\n".join(sorted(set(problems))) or f"{len(compared)} stages are what their headers say, {len(seeds)} states of 16 people each")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
