"""What to fit to what: the configuration of a calibration.

    sarx: 1
    title: Motor units
    scenario: start.yaml          # optional: whose model is the start, beside this file
    people: 600                   # in the life course; other experiments keep their own number
    rounds: 4                     # of improvement, for each stage
    stages:                       # upstream first: what a stage has fitted, later stages take as given
    - title: Motor units and junctions
      parameters:
        motor_unit_loss.age_coupling: {}                                   # from its default, within its plausible range
        motor_unit_loss.withdrawal_rate_at_20_per_year.vastus_lateralis: {start: 0.004, from: 0.002, to: 0.012}
      rows: [motor_unit, nmj]     # ids, domains or experiments; `but` leaves some of them out
      but: [mu.sex]
"""

from __future__ import annotations

import math
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import SarxError, unknown
from ..files.yaml_text import in_one_line, read_yaml

FORMAT = 1
LEAST_SHARE_OF_RANGE = 1e-3
"""A range that begins at 0 is fitted from this share of its end, as what is fitted is a logarithm."""


@dataclass(frozen=True)
class Fitted:
    """One number to fit: its path as `describe` names it, with the muscle or sex behind it where it differs by them.

    `start`, `low` and `high` are in the unit of the parameter, all above 0; it is fitted in its logarithm."""

    path: str
    unit: str
    start: float
    low: float
    high: float

    @property
    def log_low(self) -> float:
        """Logarithm of the least value."""
        return math.log(self.low)

    @property
    def log_high(self) -> float:
        """Logarithm of the largest."""
        return math.log(self.high)

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm before any row is seen: a quarter of the plausible range."""
        return 0.25 * math.log(self.high / self.low)


@dataclass(frozen=True)
class FitStage:
    """Parameters that are fitted together, and the rows they are fitted to."""

    title: str
    fitted: tuple[Fitted, ...]
    rows: tuple[str, ...]
    but: tuple[str, ...]


@dataclass(frozen=True)
class Calibration:
    """A whole calibration, stage after stage."""

    title: str
    scenario: pathlib.Path | None
    people: int
    rounds: int
    stages: tuple[FitStage, ...]


def read_config(path: pathlib.Path, described: Mapping[str, Any]) -> Calibration:
    """Reads a configuration.

    Args:
        path: of the YAML file.
        described: what `sarx describe --json` says of the model.

    Raises:
        SarxError: with all that is wrong in it.
    """
    read = read_yaml(path)
    problems: list[str] = []
    if not isinstance(read, dict) or read.get("sarx") != FORMAT:
        raise SarxError(f"{path} is no configuration of a calibration: it begins with 'sarx: {FORMAT}'")
    _unknown(read, {"sarx", "title", "scenario", "people", "rounds", "stages"}, "the configuration", problems)
    known = {one["path"]: one for one in described["parameters"]}
    stages = []
    listed = read.get("stages")
    for number, stage in enumerate(listed if isinstance(listed, list) else [], 1):
        stages.append(_stage(stage, f"stage {number}", known, problems))
    if not stages:
        problems.append("stages: a list of at least one stage is needed")
    people, rounds = (_count(read, name, default, problems) for name, default in (("people", 600), ("rounds", 4)))
    if problems:
        raise SarxError(f"{path}:\n" + "\n".join(f"  {one}" for one in problems))
    beside = path.parent / str(read["scenario"]) if "scenario" in read else None
    return Calibration(str(read.get("title", path.stem)), beside, people, rounds, tuple(stages))


def _unknown(read: Mapping[str, Any], wanted: set[str], where: str, problems: list[str]) -> None:
    problems += [f"{where}: '{key}' is not known; it may have {', '.join(sorted(wanted))}" for key in read
                 if key not in wanted]


def _count(read: Mapping[str, Any], name: str, default: int, problems: list[str]) -> int:
    value = read.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        problems.append(f"{name}: a whole number of at least 1 is needed, not {value!r}")
        return default
    return value


def _stage(read: Any, where: str, known: Mapping[str, Any], problems: list[str]) -> FitStage:
    if not isinstance(read, dict):
        problems.append(f"{where}: a map with parameters and rows is needed")
        return FitStage(where, (), (), ())
    _unknown(read, {"title", "parameters", "rows", "but"}, where, problems)
    named = read.get("parameters")
    if not isinstance(named, dict) or not named:
        problems.append(f"{where}: parameters: a map of at least one parameter is needed")
        named = {}
    fitted = [_fitted(str(name), own if isinstance(own, dict) else {}, where, known, problems)
              for name, own in named.items()]
    rows, but = (read.get(name, []) for name in ("rows", "but"))
    if not isinstance(rows, list) or not rows:
        problems.append(f"{where}: rows: a list of ids, domains or experiments is needed")
        rows = []
    return FitStage(str(read.get("title", where)), tuple(one for one in fitted if one), tuple(map(str, rows)),
                    tuple(map(str, but if isinstance(but, list) else [])))


def _fitted(name: str, own: Mapping[str, Any], where: str, known: Mapping[str, Any],
            problems: list[str]) -> Fitted | None:
    _unknown(own, {"from", "to", "start"}, f"{where}: {name}", problems)
    parameter = known.get(".".join(name.split(".")[:2]))
    if parameter is None:
        problems.append(f"{where}: {unknown('parameter', '.'.join(name.split('.')[:2]), known)}")
        return None
    strange = [key for key, number in own.items() if isinstance(number, bool) or not isinstance(number, (int, float))
               or not math.isfinite(number)]
    if strange:
        problems += [f"{where}: {name}: '{key}' is a number, not {own[key]!r}" for key in strange]
        return None
    try:
        start = float(own.get("start", centre(value_at(parameter["value"], name.split(".")[2:]))))
        plausible = parameter.get("plausible") or [parameter["low"], parameter["high"]]
        low, high = float(own.get("from", plausible[0])), float(own.get("to", plausible[1]))
    except (KeyError, TypeError, ValueError):
        problems.append(f"{where}: '{name}' is not one number; where it differs by muscle or sex, name one: "
                        f"{name}.vastus_lateralis")
        return None
    if not high > 0:
        problems.append(f"{where}: {name}: only what is above 0 can be fitted")
        return None
    low = max(low, LEAST_SHARE_OF_RANGE * high)
    if not low < high:
        problems.append(f"{where}: {name}: 'from' must be below 'to'")
        return None
    if "start" in own and not low <= start <= high:
        problems.append(f"{where}: {name}: 'start' must lie from {low:g} to {high:g}, not at {start:g}")
        return None
    return Fitted(name, str(parameter.get("unit", "1")), min(max(start, low), high), low, high)


def value_at(value: Any, keys: list[str]) -> Any:
    """The value of a parameter behind keys of muscle and sex."""
    for key in keys:
        value = value[key]
    return value


def centre(value: Any) -> float:
    """The number that stands for a value: itself, or the median or mean of a distribution between people."""
    if isinstance(value, Mapping):
        for family in ("lognormal", "normal", "gamma"):
            if family in value:
                return float(value[family].get("median", value[family].get("mean")))
        raise ValueError("not one number")
    return float(value)


def with_centre(value: Any, keys: list[str], number: float) -> Any:
    """A parameter's value with another number behind the keys; a distribution keeps its relative spread."""
    if keys:
        return {**value, keys[0]: with_centre(value[keys[0]], keys[1:], number)}
    if not isinstance(value, Mapping):
        return number
    family = next(name for name in ("lognormal", "normal", "gamma") if name in value)
    shape = dict(value[family])
    which = "median" if "median" in shape else "mean"
    if "sd" in shape:
        shape["sd"] = shape["sd"] * number / shape[which]
    shape[which] = number
    return {**value, family: shape}


def as_setting(value: Any, keys: list[str], number: float) -> str:
    """What `--set` takes to give a parameter this number behind the keys; a distribution keeps its relative spread."""
    own = with_centre(value_at(value, keys), [], float(f"{number:.6g}"))
    if not isinstance(own, Mapping):
        return f"{own:.6g}"
    return in_one_line(own)
