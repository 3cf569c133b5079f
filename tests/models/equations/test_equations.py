"""Every kernel against another hand's reading of its header, in plain Python and double precision.

    test_equations.py TAKE_STEPS [SEED...]

TAKE_STEPS (take_steps.cpp) takes steps of each stage from made-up states. The modules beside this one hold, by level, a
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
# Kernels compute in single precision: relative to the value, and where it is near 0 to what is usual in its column, which
# nine of ten stay below.
RELATIVE, OF_USUAL = 2e-5, 2e-6
# Who may be further away, and why: by no more than a reading says where it is asked for what is `missed`.
SHORT_FORMS = {
    "habits": "a place that no bout takes may hold anything: nothing reads it",
    "nmj_instability": "units move without exponentials: share_gone_fast, and x - x^2/2 for fibres that are let go",
    "atrophy": "the logarithm of a unit's load is the coarse one",
}


class Now:
    """What a stage sees: columns by name, parameters by path, `dt_years` and `age_years` a person.

    A person's column is [people], a muscle's [muscles, people]; a unit's or a wide one is a list, a muscle each, of
    [units or places, people], as muscles differ in units. A parameter is [people], or [muscles, people] where it differs
    by muscle. `missed` asks for numbers that miss the equation by as much as its header admits of a short form, or NaN where
    it promises nothing.
    """

    def __init__(self, said: dict, missed: bool = False) -> None:
        self.missed = missed
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


def shaped(values):
    depth = 1 if not isinstance(values[0], list) else 2 if not isinstance(values[0][0], list) else 3
    return [np.array(muscle) for muscle in values] if depth == 3 else np.array(values)


def differences(name: str, kernel, reading, missed) -> list[str]:
    """Where the two are further apart than rounding, and short forms that miss by what they admit, explain."""
    if isinstance(kernel, list):
        muscles = enumerate(zip(kernel, reading, missed, strict=True))
        return [d for m, three in muscles for d in differences(f"{name}, muscle {m}", *three)]
    reading = np.broadcast_to(np.asarray(reading, dtype=float), kernel.shape)
    allowed = RELATIVE * np.abs(reading) + OF_USUAL * np.quantile(np.abs(reading), 0.9) + np.abs(missed - reading)
    apart = ~(np.abs(kernel - reading) <= allowed) & (np.isfinite(missed) | ~np.isfinite(reading))
    if not apart.any():
        return []
    place = tuple(int(i) for i in np.argwhere(apart)[0])
    return [f"{name}: {apart.sum()} of {apart.size} apart, first at {place}: kernel {kernel[place]!r}, "
            f"header {reading[place]!r}"]


def readings() -> dict:
    sys.path.insert(0, str(HERE))
    modules = [import_module(level) for level in LEVELS]
    return {
        name: f
        for module in modules
        for name, f in vars(module).items()
        if callable(f) and f.__module__ == module.__name__ and not name.startswith("_")
    }


def main() -> int:
    program, seeds = sys.argv[1], sys.argv[2:] or ["1", "2", "3"]
    known, problems, compared, steps = readings(), {}, set(), 0
    for seed in seeds:
        told = subprocess.run([program, seed], check=True, capture_output=True, text=True).stdout
        for said in map(json.loads, told.splitlines()):
            stage = said["stage"]
            compared.add(stage)
            steps += 1
            if stage not in known:
                problems[stage] = ("nobody else has read its header: write what its equation block says into the module of "
                                   "its level")
                continue
            got = known[stage](Now(said))
            missed = known[stage](Now(said, missed=True)) if stage in SHORT_FORMS else got
            kernel = {name: shaped(values) for name, values in said.get("after", {}).items()}
            if missing := set(kernel) ^ set(got):
                problems[stage] = f"seed {seed}: returns other columns than the stage moves: {sorted(missing)}"
                continue
            for name, values in kernel.items():
                for difference in differences(name, values, got[name], missed[name]):
                    problems.setdefault(f"{stage}, seed {seed}", difference)
    problems |= {name: "a reading of no stage: helpers begin with _" for name in known.keys() - compared}
    print("\n".join(f"{where}: {what}" for where, what in sorted(problems.items())) or
          f"{len(compared)} stages are what their headers say, {steps} steps of 16 people each")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
