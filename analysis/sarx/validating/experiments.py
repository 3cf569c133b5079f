"""Runs the experiments that targets ask for: few scenarios, each with the arms of many studies."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from ..errors import SarxError
from ..running import find_program
from ..yaml_files import read_yaml
from .quantities import Experiment
from .targets import Target

QUICK_SHARE = 0.25
QUICK_LEAST = 160


def description() -> dict[str, Any]:
    """What `sarx describe --json` says of the model."""
    done = subprocess.run([str(find_program()), "describe", "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        raise SarxError(f"sarx describe failed:\n{done.stderr.strip()}")
    return json.loads(done.stdout)


def recordable(described: Mapping[str, Any]) -> dict[str, str]:
    """Units of the variables and traits of people and muscles, by name."""
    return {one["name"]: one["unit"] for one in described["variables"] if one.get("level") != "motor unit"}


def traits(described: Mapping[str, Any]) -> set[str]:
    """Names of what is constant in a person, and written without being asked for."""
    return {one["name"] for one in described["variables"]
            if one.get("recorded") == "trait" and one.get("level") == "person"}


def reading_errors(described: Mapping[str, Any]) -> dict[str, float]:
    """Relative error of a reading by the path of its parameter: the median over muscles and sexes."""
    errors = {}
    for parameter in described["parameters"]:
        if parameter["path"].startswith("measures."):
            numbers = sorted(_numbers(parameter.get("value")))
            if numbers:
                errors[parameter["path"]] = numbers[len(numbers) // 2]
    return errors


def _numbers(value: Any) -> list[float]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [float(value)]
    if isinstance(value, Mapping):
        for centre in ("mean", "median"):
            if centre in value:
                return _numbers(value[centre])
        return [number for part in value.values() for number in _numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in _numbers(part)]
    return []


def model_of(scenario: pathlib.Path) -> dict[str, Any]:
    """The `model` of a scenario and of those it extends."""
    return whole_of(scenario).get("model") or {}


def bring_draws(scenario: pathlib.Path, model: Mapping[str, Any], where: pathlib.Path) -> None:
    """Copies the table of parameter sets that a scenario's model draws from to a folder of experiments.

    Raises:
        SarxError: where it cannot be read.
    """
    if (named := model.get("draws_from")) is None:
        return
    try:
        (where / str(named)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(scenario.parent / str(named), where / str(named))
    except OSError as problem:
        raise SarxError(f"{scenario}: model.draws_from: '{named}' cannot be read: {problem.strerror}") from None


def whole_of(scenario: pathlib.Path) -> dict[str, Any]:
    """A scenario joined with those it extends."""
    read = read_yaml(scenario)
    if not isinstance(read, dict):
        raise SarxError(f"{scenario} is not a scenario")
    extends = read.pop("extends", None)
    return merged(whole_of(scenario.parent / str(extends)) if extends is not None else {}, read)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Maps joined key by key; what stands above wins."""
    out = dict(below)
    for key, value in above.items():
        out[key] = merged(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out


def scenario_text(experiment: Mapping[str, Any], targets: Iterable[Target], model: Mapping[str, Any],
                  constant: set[str], quick: bool) -> str:
    """An experiment's scenario with the model under test, recording what its targets need."""
    whole = json.loads(json.dumps(experiment))
    own = whole.get("model") or {}
    tested = {key: value for key, value in model.items() if key != "muscles"}
    whole["model"] = merged(tested, own)
    wanted = set().union(*(target.variables for target in targets))
    whole["record"] = {"variables": sorted(wanted - constant - {"alive"})}
    if quick:
        people = int(whole["population"]["people"])
        whole["population"]["people"] = min(people, max(QUICK_LEAST, round(people * QUICK_SHARE)))
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=120)


def run(name: str, text: str, where: pathlib.Path, errors: Mapping[str, float], threads: int = 0) -> Experiment:
    """Runs one experiment in a folder, on as many threads as given (0: all).

    Raises:
        SarxError: with the program's message where it refuses the scenario or fails.
    """
    scenario, output = where / f"{name}.yaml", where / f"{name}.h5"
    scenario.write_text(text, encoding="utf-8")
    output.unlink(missing_ok=True)
    command = [str(find_program()), "run", str(scenario), "-o", str(output), "--quiet"]
    if threads:
        command += ["--threads", str(threads)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SarxError(f"experiment {name} failed:\n{done.stderr.strip() or done.stdout.strip()}")
    return Experiment(output, errors)
