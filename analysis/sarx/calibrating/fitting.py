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
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from ..arrays import Floats
from ..errors import SarxError
from ..validating import experiments
from ..validating.measuring import Experiment
from ..validating.scoreboard import Score, score
from ..validating.target_files import folder, load_targets
from ..validating.targets import Target, refuse_unknown
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
    x: Floats
    covariance: Floats
    informed: Floats
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


class Draws(NamedTuple):
    """Plausible parameter sets."""

    paths: list[str]
    values: Floats
    """(set, path), in the unit of each parameter."""


@dataclass
class Fit:
    """A whole calibration: its stages and the parameters that came of them, as a scenario would set them."""

    calibration: Calibration
    model: dict[str, Any]
    stages: list[StageFit]

    def draws(self, count: int, seed: int = 20260101) -> Draws:
        """Plausible parameter sets: `count` rows of values from the Gaussian approximation of each stage,
        drawn again where they leave the plausible range."""
        random = np.random.default_rng(seed)
        paths = [one.path for stage in self.stages for one in stage.stage.fitted]
        columns = [_truncated(random, stage, count) for stage in self.stages]
        return Draws(paths, np.exp(np.hstack(columns)))


def _truncated(random: np.random.Generator, stage: StageFit, count: int) -> Floats:
    low = np.array([one.log_low for one in stage.stage.fitted])
    high = np.array([one.log_high for one in stage.stage.fitted])
    drawn = random.multivariate_normal(stage.x, stage.covariance, size=count, method="eigh")
    for _ in range(50):
        outside = ((drawn < low) | (drawn > high)).any(axis=1)
        if not outside.any():
            break
        drawn[outside] = random.multivariate_normal(stage.x, stage.covariance, size=int(outside.sum()), method="eigh")
    return np.clip(drawn, low, high)


class Scored(NamedTuple):
    """Rows with some values of the parameters."""

    z: Floats
    rows: list[dict[str, Any]]
    """As `validate --json` gives them."""


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

    def z(self, values: Mapping[str, float], rows: list[Target]) -> Scored:
        """The rows, scored with these values by path."""
        model = self.model(values)
        scores: dict[str, Score] = {}
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
        return Scored(z, [one.as_row() for one in listed])


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


def weights_of(rows: list[Target]) -> Floats:
    """One for each study, shared among its rows."""
    studies = Counter(one.citation for one in rows)
    return np.array([1.0 / studies[one.citation] for one in rows])


class _State(NamedTuple):
    """Logarithms of the parameters of a stage, and what comes of them."""

    x: Floats
    z: Floats
    """Of each row."""
    rows: list[dict[str, Any]]
    """As `validate --json` gives them."""
    loss: float


class _Search:
    """One stage on its way; the best state is always kept."""

    def __init__(self, stage: FitStage, found: Mapping[str, float], bench: Bench, say: Say) -> None:
        """Runs the start.

        Args:
            stage: what to fit to what.
            found: what earlier stages have fitted, by path.
            bench: that runs the experiments.
            say: told how it goes.
        """
        self.stage, self._found, self._bench, self._say = stage, found, bench, say
        self.rows = bench.rows_of(stage)
        self.weights = weights_of(self.rows)
        self.start = np.log([found.get(one.path, one.start) for one in stage.fitted])
        self.spread = np.array([one.spread for one in stage.fitted])
        self.jacobian = np.zeros((len(self.rows), len(self.start)))
        self.remarks: list[str] = []
        self.best = self._run(self.start)
        self.first_loss = self.best.loss
        say(f"{stage.title}: {len(self.rows)} rows, {len(stage.fitted)} parameters, loss {self.first_loss:.3f}")

    def _run(self, x: Floats) -> _State:
        values = {**self._found, **{one.path: math.exp(v) for one, v in zip(self.stage.fitted, x)}}
        scored = self._bench.z(values, self.rows)
        return _State(x, scored.z, scored.rows, self._loss(scored.z, x))

    def _loss(self, z: Floats, x: Floats) -> float:
        return float(self.weights @ (np.sqrt(1.0 + z * z) - 1.0) + 0.5 * (((x - self.start) / self.spread) ** 2).sum())

    def _slopes(self) -> Floats:
        """Change of each row's z for each logarithm: (row, parameter)."""
        found = np.zeros((len(self.rows), len(self.start)))
        for j, one in enumerate(self.stage.fitted):
            step = 0.4 * self.spread[j] * (1.0 if self.best.x[j] < 0.5 * (one.log_low + one.log_high) else -1.0)
            moved = self.best.x.copy()
            moved[j] += step
            found[:, j] = (self._run(moved).z - self.best.z) / step
        return found

    def advance(self, number: int) -> bool:
        """One round from the present state, which only a better one replaces; whether another is worth it."""
        self.jacobian = self._slopes()
        if np.abs(self.jacobian).max() < STILL:
            self.remarks.append("nothing that is fitted moves any row: the start is kept")
            return False
        reach = LONGEST_STEP
        for _ in range(3):
            tried = self._run(self.best.x + self._step(reach))
            if tried.loss < self.best.loss:
                improvement = self.best.loss - tried.loss
                self.best = tried
                within = int((np.abs(tried.z) <= 1).sum())
                self._say(f"  round {number}: loss {tried.loss:.3f}, {within} of {len(self.rows)} within")
                return improvement >= 0.01 * tried.loss
            reach *= 0.4
        if number == 1:
            self.remarks.append("no step from the start made it better: the start is kept")
        return False

    def _step(self, reach: float) -> Floats:
        """The best step no longer than this in any logarithm, by the slopes."""
        x, z = self.best.x, self.best.z
        box = [(max(one.log_low - v, -reach), min(one.log_high - v, reach)) for one, v in zip(self.stage.fitted, x)]
        step: Floats = minimize(lambda d: self._loss(z + self.jacobian @ d, x + d), np.zeros(len(x)), method="L-BFGS-B",
                                bounds=box).x
        return step

    def remark_on_ends(self) -> None:
        """Notes what ran into the end of its range, and what moves nothing."""
        for one, value, column in zip(self.stage.fitted, self.best.x, self.jacobian.T):
            for name, end in (("lower", one.log_low), ("upper", one.log_high)):
                if abs(value - end) < AT_THE_END * (one.log_high - one.log_low):
                    self.remarks.append(f"{one.path} ran into the {name} end of its range, {math.exp(end):.4g} {one.unit}")
            if np.abs(self.jacobian).max() >= STILL > np.abs(column).max():
                self.remarks.append(f"{one.path} moves no row: nothing is learnt of it")

    def with_uncertainty(self, cut_short: bool) -> StageFit:
        """Gaussian approximation around the best state, from the Jacobian of the last round."""
        say = self.weights / np.sqrt(1.0 + self.best.z * self.best.z)
        told = self.jacobian.T @ (say[:, None] * self.jacobian)
        covariance = np.linalg.inv(told + np.diag(self.spread**-2.0))
        leading = []
        for j in range(len(self.best.x)):
            share = say * self.jacobian[:, j] ** 2
            order = np.argsort(-share)[:LEADING_ROWS]
            leading.append([self.rows[i].id for i in order if share[i] > 0.05 * share.sum()])
        return StageFit(
            stage=self.stage, x=self.best.x, covariance=covariance,
            informed=1.0 - np.diag(covariance) / self.spread**2, leading=leading, blind=self._blind(told),
            loss_before=self.first_loss, loss=self.best.loss, rows=self.best.rows, remarks=self.remarks,
            cut_short=cut_short)

    def _blind(self, told: Floats) -> list[str]:
        """Directions of which the rows say less than the plausible range did."""
        sizes, directions = np.linalg.eigh(told * np.outer(self.spread, self.spread))
        blind = []
        for size, direction in zip(sizes, directions.T):
            if size < 1.0:
                parts = [(abs(part), part, one.path) for part, one in zip(direction, self.stage.fitted) if abs(part) > 0.3]
                blind.append(" ".join(f"{'+' if part > 0 else '-'}{path}" for _, part, path in sorted(parts, reverse=True)))
        return blind


def _fit_stage(stage: FitStage, found: Mapping[str, float], bench: Bench, rounds: int, say: Say) -> StageFit:
    """Fits one stage: at most so many rounds, or until another is not worth it, or something ends it."""
    search = _Search(stage, found, bench, say)
    cut_short = False
    try:
        for number in range(1, rounds + 1):
            if not search.advance(number):
                break
        else:
            search.remarks.append(f"stopped after its {rounds} rounds while it still improved: the best state is kept, more "
                                  "rounds may find a better one")
    except KeyboardInterrupt:
        cut_short = True
        search.remarks.append("interrupted: the best state so far is kept, and later stages were not fitted")
    except SarxError as problem:
        cut_short = True
        search.remarks.append("stopped early: the best state so far is kept, and later stages were not fitted; "
                              f"{problem}")
    search.remark_on_ends()
    for remark in search.remarks:
        say(f"  {remark}")
    return search.with_uncertainty(cut_short)
