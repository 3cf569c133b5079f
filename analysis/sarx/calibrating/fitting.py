"""The fit: Gauss-Newton on logarithms of parameters, stage after stage, the best state always kept.

Least is the sum over rows of w (sqrt(1 + z^2) - 1), which lets no single row pull without end, w giving each study
the same say however many rows it has; plus half the squared distance of each logarithm from its start, in units of
a quarter of the plausible range. Every run has the same people and the same luck, so differences are small but for
what the parameters do.
"""

from __future__ import annotations

import math
import pathlib
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from ..errors import SarxError
from ..validating import experiments
from ..validating.measuring import Experiment
from ..validating.scoreboard import Score, score
from ..validating.targets import Target, folder, load_targets, refuse_unknown
from .config import Calibration, FitStage, with_centre

LONGEST_STEP = 0.5
"""Largest change of a logarithm in one round."""
MISSING_Z = 3.0
"""Stands for z where a row could not be measured."""
LEADING_ROWS = 4
STILL = 1e-9
"""Change of z per unit of a logarithm that counts as none."""
AT_THE_END = 1e-3
"""Share of a parameter's range, in logarithms, within which it counts as at its end."""

Say = Callable[[str], None]


@dataclass
class StageFit:
    """What became of one stage. Logarithms throughout: `x` fitted, `covariance` around it; `informed` is the share of
    a parameter's first variance that the rows took away; `blind` the directions that no row speaks to; `remarks` what
    the user must know of how it ended."""

    stage: FitStage
    x: np.ndarray
    covariance: np.ndarray
    informed: np.ndarray
    leading: list[list[str]]
    blind: list[str]
    loss_before: float
    loss: float
    rows: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    cut_short: bool = False

    def values(self) -> dict[str, float]:
        """Fitted values by path."""
        return {one.path: math.exp(x) for one, x in zip(self.stage.fitted, self.x)}


@dataclass
class Fit:
    """A whole calibration: its stages and the parameters that came of them, as a scenario would set them."""

    calibration: Calibration
    model: dict[str, Any]
    stages: list[StageFit]

    def draws(self, count: int, seed: int = 20260101) -> tuple[list[str], np.ndarray]:
        """Plausible parameter sets: paths, and `count` rows of values from the Gaussian approximation of each stage,
        drawn again where they leave the plausible range."""
        random = np.random.default_rng(seed)
        paths = [one.path for stage in self.stages for one in stage.stage.fitted]
        columns = [_truncated(random, stage, count) for stage in self.stages]
        return paths, np.exp(np.hstack(columns))


def _truncated(random: np.random.Generator, stage: StageFit, count: int) -> np.ndarray:
    low = np.log([one.low for one in stage.stage.fitted])
    high = np.log([one.high for one in stage.stage.fitted])
    drawn = random.multivariate_normal(stage.x, stage.covariance, size=count, method="eigh")
    for _ in range(50):
        outside = ((drawn < low) | (drawn > high)).any(axis=1)
        if not outside.any():
            break
        drawn[outside] = random.multivariate_normal(stage.x, stage.covariance, size=int(outside.sum()), method="eigh")
    return np.clip(drawn, low, high)


class Bench:
    """Runs the experiments that rows need with any parameters, and scores the rows."""

    def __init__(self, calibration: Calibration, described: Mapping[str, Any], place: pathlib.Path) -> None:
        self._where = folder()
        found = load_targets(self._where, known=experiments.known(described))
        self.rows, self._scenarios = found.rows, found.experiments
        self.targets = [one for one in self.rows if one.speaks]
        self._errors, self._constant = experiments.reading_errors(described), experiments.traits(described)
        self._people, self._place = calibration.people, place
        self.base = experiments.model_of(calibration.scenario) if calibration.scenario else {}
        if calibration.scenario:
            experiments.bring_draws(calibration.scenario, self.base, place)
        self.known = {one["path"]: one["value"] for one in described["parameters"]}

    def rows_of(self, stage: FitStage) -> list[Target]:
        """The rows of a stage that have a tolerance to count in, fitted ones alone.

        Raises:
            SarxError: where a name stands for no row, or nothing is left to fit to.
        """
        refuse_unknown((*stage.rows, *stage.but), self.rows, f"{stage.title}: ")

        def among(one: Target, listed: tuple[str, ...]) -> bool:
            return bool({one.id, one.domain, one.experiment} & set(listed))

        rows = [one for one in self.targets if among(one, stage.rows) and not among(one, stage.but)
                and (one.role == "fitted" or one.id in stage.rows) and one.kind != "order"]
        if not rows:
            raise SarxError(f"{stage.title}: no row to fit to")
        return rows

    def model(self, values: Mapping[str, float]) -> dict[str, Any]:
        """The model under test with other values by path."""
        parameters = dict(self.base.get("parameters") or {})
        for path, value in values.items():
            name, keys = ".".join(path.split(".")[:2]), path.split(".")[2:]
            parameters[name] = with_centre(parameters.get(name, self.known[name]), keys, float(f"{value:.6g}"))
        return {**self.base, "parameters": parameters}

    def z(self, values: Mapping[str, float], rows: list[Target]) -> tuple[np.ndarray, list[dict[str, Any]]]:
        """z of the rows with these values, and the rows as `validate --json` gives them."""
        model = self.model(values)
        scores = {}
        for name in dict.fromkeys(one.experiment for one in rows):
            own = [one for one in rows if one.experiment == name]
            scenario = experiments.scenario_of(self._scenarios[name], own, model, self._constant)
            experiments.limit_people(scenario, 0.0, self._people)
            experiments.bring_people(self._where / "experiments", name, scenario, self._place)
            experiments.write(name, scenario, self._place)
            try:
                measured = experiments.run(name, self._place, self._errors)
            except SarxError as problem:
                raise SarxError(f"experiment {name} failed:\n{problem}") from None
            scores.update((one.id, _scored(one, measured)) for one in own)
            (self._place / f"{name}.h5").unlink(missing_ok=True)
        listed = [scores[one.id] for one in rows]
        z = np.array([one.z if math.isfinite(one.z) else MISSING_Z for one in listed])
        return z, [one.as_row() for one in listed]


def _scored(target: Target, experiment: Experiment) -> Score:
    """The score of a row; without a value where these parameters leave nobody to measure."""
    try:
        return score(target, experiment, errors=False)
    except SarxError as problem:
        return Score(target, math.nan, math.nan, False, str(problem))


def fit(calibration: Calibration, described: Mapping[str, Any], say: Say = lambda _: None) -> Fit:
    """Fits stage after stage.

    Args:
        calibration: what to fit to what.
        described: what `sarx describe --json` says of the model.
        say: told how it goes.

    Raises:
        SarxError: naming every unknown row before anything runs, or where the program refuses the start.
    """
    stages: list[StageFit] = []
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="sarx_calibrate_") as place:
        bench = Bench(calibration, described, pathlib.Path(place))
        wrong = []
        for stage in calibration.stages:
            try:
                bench.rows_of(stage)
            except SarxError as error:
                wrong.append(str(error))
        if wrong:
            raise SarxError("\n".join(wrong))
        for stage in calibration.stages:
            one = _fit_stage(stage, found, bench, calibration.rounds, say)
            stages.append(one)
            found.update(one.values())
            if one.cut_short:
                break
        return Fit(calibration, bench.model(found), stages)


def weights_of(rows: list[Target]) -> np.ndarray:
    """One for each study, shared among its rows."""
    studies = Counter(one.citation for one in rows)
    return np.array([1.0 / studies[one.citation] for one in rows])


def _fit_stage(stage: FitStage, found: Mapping[str, float], bench: Bench, rounds: int, say: Say) -> StageFit:
    rows = bench.rows_of(stage)
    weights = weights_of(rows)
    start = np.log([found.get(one.path, one.start) for one in stage.fitted])
    spread = np.array([one.spread for one in stage.fitted])
    limits = [(math.log(one.low), math.log(one.high)) for one in stage.fitted]

    def run(x: np.ndarray) -> tuple[np.ndarray, list[dict[str, Any]]]:
        return bench.z({**found, **{one.path: math.exp(v) for one, v in zip(stage.fitted, x)}}, rows)

    def loss(z: np.ndarray, x: np.ndarray) -> float:
        return float(weights @ (np.sqrt(1.0 + z * z) - 1.0) + 0.5 * (((x - start) / spread) ** 2).sum())

    x, (z, scored) = start, run(start)
    best = first = loss(z, x)
    say(f"{stage.title}: {len(rows)} rows, {len(stage.fitted)} parameters, loss {first:.3f}")
    jacobian = np.zeros((len(rows), len(start)))
    remarks, cut_short, ended = [], False, False

    def slopes() -> np.ndarray:
        found_slopes = np.zeros((len(rows), len(start)))
        for j, (low, high) in enumerate(limits):
            step = 0.4 * spread[j] * (1.0 if x[j] < 0.5 * (low + high) else -1.0)
            moved = x.copy()
            moved[j] += step
            found_slopes[:, j] = (run(moved)[0] - z) / step
        return found_slopes

    def advance(number: int) -> bool:
        """One round from the present state, which only a better one replaces; whether another is worth it."""
        nonlocal x, z, scored, best, jacobian
        jacobian = slopes()
        if np.abs(jacobian).max() < STILL:
            remarks.append("nothing that is fitted moves any row: the start is kept")
            return False
        reach = LONGEST_STEP
        for _ in range(3):
            box = [(max(low - v, -reach), min(high - v, reach)) for (low, high), v in zip(limits, x)]
            step = minimize(lambda d: loss(z + jacobian @ d, x + d), np.zeros(len(x)), method="L-BFGS-B", bounds=box).x
            tried_z, tried_rows = run(x + step)
            tried = loss(tried_z, x + step)
            if tried < best:
                improvement = best - tried
                x, z, scored, best = x + step, tried_z, tried_rows, tried
                say(f"  round {number}: loss {best:.3f}, {int((np.abs(z) <= 1).sum())} of {len(rows)} within")
                return improvement >= 0.01 * best
            reach *= 0.4
        if number == 1:
            remarks.append("no step from the start made it better: the start is kept")
        return False

    try:
        for number in range(1, rounds + 1):
            if ended := not advance(number):
                break
        if not ended:
            remarks.append(f"stopped after its {rounds} rounds while it still improved: the best state is kept, more rounds "
                           "may find a better one")
    except KeyboardInterrupt:
        cut_short = True
        remarks.append("interrupted: the best state so far is kept, and later stages were not fitted")
    except SarxError as problem:
        cut_short = True
        remarks.append(f"stopped early: the best state so far is kept, and later stages were not fitted; {problem}")
    for one, value, (low, high), column in zip(stage.fitted, x, limits, jacobian.T):
        for name, end in (("lower", low), ("upper", high)):
            if abs(value - end) < AT_THE_END * (high - low):
                remarks.append(f"{one.path} ran into the {name} end of its range, {math.exp(end):.4g} {one.unit}")
        if np.abs(jacobian).max() >= STILL > np.abs(column).max():
            remarks.append(f"{one.path} moves no row: nothing is learnt of it")
    for remark in remarks:
        say(f"  {remark}")
    fitted = _with_uncertainty(stage, rows, weights, x, z, jacobian, spread, first, best, scored)
    fitted.remarks, fitted.cut_short = remarks, cut_short
    return fitted


def _with_uncertainty(stage: FitStage, rows: list[Target], weights: np.ndarray, x: np.ndarray, z: np.ndarray,
                      jacobian: np.ndarray, spread: np.ndarray, first: float, best: float,
                      scored: list[dict[str, Any]]) -> StageFit:
    """Gaussian approximation around the best state, from the Jacobian of the last round."""
    say = weights / np.sqrt(1.0 + z * z)
    told = jacobian.T @ (say[:, None] * jacobian)
    covariance = np.linalg.inv(told + np.diag(spread**-2.0))
    informed = 1.0 - np.diag(covariance) / spread**2
    leading = []
    for j in range(len(x)):
        share = say * jacobian[:, j] ** 2
        order = np.argsort(-share)[:LEADING_ROWS]
        leading.append([rows[i].id for i in order if share[i] > 0.05 * share.sum()])
    sizes, directions = np.linalg.eigh(told * np.outer(spread, spread))
    blind = []
    for size, direction in zip(sizes, directions.T):
        if size < 1.0:  # the rows say less than the plausible range did
            parts = [(abs(part), part, one.path) for part, one in zip(direction, stage.fitted) if abs(part) > 0.3]
            blind.append(" ".join(f"{'+' if part > 0 else '-'}{path}" for _, part, path in sorted(parts, reverse=True)))
    return StageFit(stage, x, covariance, informed, leading, blind, first, best, scored)


def parameter_file(result: Fit) -> str:
    """The fit as a scenario to extend from: fitted values with their ranges, and what no row speaks to."""
    lines = [f"# {result.calibration.title}: fitted parameters, each with its 68 % range, the share of its plausible",
             "# range that rows took away, and the rows that say most. Use: extends, or `sarx validate` on this file."]
    for one in result.stages:
        within = sum(bool(row["within"]) for row in one.rows)
        lines += ["#", f"# {one.stage.title}: loss {one.loss_before:.3f} -> {one.loss:.3f}, {within} of "
                       f"{len(one.rows)} rows within their tolerance"]
        for j, fitted in enumerate(one.stage.fitted):
            sd = math.sqrt(one.covariance[j, j])
            low, middle, high = (math.exp(one.x[j] + k * sd) for k in (-1, 0, 1))
            rows = ", ".join(one.leading[j]) or "no row"
            lines.append(f"#   {fitted.path}: {middle:.4g} ({low:.4g} to {high:.4g}) {fitted.unit}; "
                         f"{100 * one.informed[j]:.0f} % by {rows}")
        lines += [f"#   no row speaks to: {direction}" for direction in one.blind]
        lines += [f"#   {' '.join(remark.split())}" for remark in one.remarks]
    model = {**result.model, "parameters": dict(sorted(result.model["parameters"].items()))}
    return "\n".join(lines) + "\n" + yaml.safe_dump({"sarx": 1, "model": model}, sort_keys=False, width=120)
