"""Runs the experiments that targets ask for: few scenarios, each with the arms of many studies."""

from __future__ import annotations

import copy
import pathlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import SarxError
from ..files.yaml_text import as_yaml, joined, read_scenario
from ..running import refusal, simulated
from .measuring import Experiment
from .targets import Known, Target

QUICK_SHARE = 0.25
QUICK_LEAST = 160


def known(described: Mapping[str, Any]) -> Known:
    """What rows can be made of: variables and traits of people and muscles."""
    recorded = [one for one in described["variables"] if one.get("level") != "motor unit"]
    return Known({one["name"]: one["unit"] for one in recorded},
                 frozenset(one["name"] for one in recorded if one.get("level") == "muscle"),
                 tuple(one["name"] for one in described["muscles"] if one["default"]))


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
    return read_scenario(scenario).get("model") or {}


def bring_draws(scenario: pathlib.Path, model: Mapping[str, Any], where: pathlib.Path) -> None:
    """Copies the table of parameter sets that a scenario's model draws from to a folder of experiments.

    Raises:
        SarxError: where it cannot be read.
    """
    if (named := model.get("draws_from")) is None:
        return
    try:
        _copy(scenario.parent, str(named), where / str(named))
    except SarxError as problem:
        raise SarxError(f"{scenario}: model.draws_from: {problem}") from None


def insist_on_model(scenario: pathlib.Path, model: Mapping[str, Any]) -> None:
    """Refuses a model that the program refuses once, not in every experiment.

    Raises:
        SarxError: with the program's message.
    """
    alone = {"sarx": 1, "population": {"people": 1, "start_age": "20 years", "end_age": "21 years"},
             "model": dict(model), "arms": {"usual_life": []}}
    with tempfile.TemporaryDirectory(prefix="sarx_model_") as place:
        bring_draws(scenario, model, pathlib.Path(place))
        write("model", alone, pathlib.Path(place))
        if why := refusal(pathlib.Path(place) / "model.yaml"):
            said = re.sub(r"\S*model\.yaml:(\d+:)* ", "", why)  # lines of no file that the user has
            raise SarxError(f"the model of {scenario} is refused:\n{said}")


def bring_people(where: pathlib.Path, name: str, experiment: dict[str, Any], place: pathlib.Path) -> None:
    """Copies an experiment's file of people, which lies beside it, to where it runs.

    Args:
        where: the folder of the experiment.
        name: of the experiment.
        experiment: its scenario, which names the copy from then on.
        place: the folder it runs in.

    Raises:
        SarxError: where the file cannot be read.
    """
    if (named := experiment["population"].get("from")) is None:
        return
    try:
        _copy(where, str(named), place / f"{name}_people.csv")
    except SarxError as problem:
        raise SarxError(f"population.from: {problem}") from None
    experiment["population"]["from"] = f"{name}_people.csv"


def _copy(where: pathlib.Path, named: str, to: pathlib.Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(where / named, to)
    except OSError as problem:
        raise SarxError(f"'{named}' cannot be read: {problem.strerror}") from None


def scenario_of(experiment: Mapping[str, Any], targets: Iterable[Target], model: Mapping[str, Any], constant: set[str],
                quick: bool = False, seed: int | None = None) -> dict[str, Any]:
    """An experiment's scenario with the model under test, recording what its targets need."""
    whole = copy.deepcopy(dict(experiment))
    own = whole.get("model") or {}
    tested = {key: value for key, value in model.items() if key != "muscles"}
    whole["model"] = joined(tested, own)
    wanted = set().union(*(target.variables for target in targets))
    whole["record"] = {"variables": sorted(wanted - constant - {"alive"})}
    if seed is not None:
        whole["seed"] = seed
    if quick:
        limit_people(whole, QUICK_SHARE, QUICK_LEAST)
    return whole


def limit_people(scenario: dict[str, Any], share: float, least: int) -> None:
    """Takes a share of the people, but so many at least; those of a file stay."""
    people = scenario["population"].get("people")
    if isinstance(people, int):
        scenario["population"]["people"] = min(people, max(least, round(people * share)))


def write(name: str, scenario: Mapping[str, Any], where: pathlib.Path) -> None:
    """Writes an experiment's scenario to the folder it runs in."""
    (where / f"{name}.yaml").write_text(as_yaml(scenario), encoding="utf-8")


def run(name: str, where: pathlib.Path, errors: Mapping[str, float], threads: int = 0, seed: int = 0) -> Experiment:
    """Runs one experiment that is written in a folder.

    Args:
        name: of the experiment.
        where: the folder.
        errors: relative error of a reading, by the path of its parameter.
        threads: how many (0: all).
        seed: of the errors of readings.

    Raises:
        SarxError: with the program's message where it refuses the scenario or fails.
    """
    scenario, output = where / f"{name}.yaml", where / f"{name}.h5"
    output.unlink(missing_ok=True)
    if why := simulated(scenario, output, ["--threads", str(threads)] if threads else []):
        raise SarxError(why)
    return Experiment(output, errors, seed)
