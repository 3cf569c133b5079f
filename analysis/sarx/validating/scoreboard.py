"""The scoreboard: published against simulated, row by row and domain by domain."""

from __future__ import annotations

import math
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from ..arrays import Flags, Floats, Whole
from ..errors import SarxError, unknown
from ..expressions import Expression
from ..running import description, refusal
from . import experiments
from .measuring import Experiment
from .samples import Sample, reported
from .statistics import Uncomputable, adjusted_means, monte_carlo_errors
from .target_files import Targets, folder, load_targets
from .targets import ROLES, Problems, Target, refuse_unknown

MOST_AT_ONCE = 8
"""Experiments that run side by side."""
ERRORS_TO_THE_LIMIT = 2.0
"""Monte Carlo standard errors within which of its limit a verdict could be luck."""


Numbers = dict[str, np.float64]
"""What is reported of groups, by name; a quotient over 0 of such numbers is infinite and no error."""


class Samples(NamedTuple):
    """Readings of a group, and of the group it is compared with."""

    own: Sample
    compared: Sample | None

    def without(self, people: Whole) -> Samples:
        """The same without some people."""
        return Samples(self.own.without(people), self.compared and self.compared.without(people))


@dataclass(frozen=True)
class Score:
    """One row, scored. `z` is (simulated - published) in units of the tolerance; `within` is |z| <= 1, for an order
    that all its inequalities hold. `mcse` is the Monte Carlo standard error of the simulated value (NaN for an order);
    `near_limit`: the verdict lies within two of them of its limit. `remark` says what of an order does not hold, or why
    there is no simulated value."""

    target: Target
    simulated: float
    z: float
    within: bool
    remark: str = ""
    mcse: float = math.nan
    near_limit: bool = False

    @property
    def z_error(self) -> float:
        """Two Monte Carlo standard errors of z."""
        return ERRORS_TO_THE_LIMIT * self.mcse / self.target.tolerance

    def as_row(self) -> dict[str, Any]:
        """What `validate --json` prints of the row; NaN as null."""
        target = self.target
        return {"id": target.id, "domain": target.domain, "role": target.role, "published": _plain(target.published),
                "simulated": _plain(self.simulated), "z": _plain(self.z), "within": self.within, "seen": target.seen,
                "mcse": _plain(self.mcse), "near_limit": self.near_limit, "unit": target.unit,
                "tolerance": _plain(target.tolerance), "tolerance_from": target.tolerance_from, "kind": target.kind,
                "design": target.design, "experiment": target.experiment, "says": target.says,
                "citation": target.citation, "doi": target.doi, "remark": self.remark}


@dataclass(frozen=True)
class Board:
    """A scored folder of targets: the scores, the rows that are silent as the model does not speak to them, and what
    is wrong with rows that are wired wrongly, each with file, line and id."""

    scores: list[Score]
    silent: list[Target] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def silent_row(target: Target) -> dict[str, Any]:
    """What `validate --json --silent` prints of a row that is not scored."""
    return {"id": target.id, "domain": target.domain, "role": target.role, "why": target.why, "says": target.says,
            "seen": target.seen, "citation": target.citation, "doi": target.doi}


def _plain(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def score(target: Target, experiment: Experiment, errors: bool = True) -> Score:
    """Measures what the row's study measured, in the experiment.

    Args:
        target: the row.
        experiment: what was simulated for it.
        errors: whether to find the Monte Carlo standard error too, which takes twenty times as long.

    Raises:
        SarxError: where the experiment lacks what the row names, or there is no such number of its people.
    """
    expressions = [Expression(text) for text in target.holds or [target.statistic]]
    used = set().union(*(one.names for one in expressions))
    samples = {name: _samples(target, name, experiment) for name in target.groups if name in used}
    values = _numbers(target, samples)
    simulated = np.array([one.value(values) for one in expressions], dtype=float)
    if not target.holds and not math.isfinite(simulated[0]):
        raise Uncomputable(f"'{target.statistic}' has no finite value")
    mcse = np.full(len(_margins(target, expressions, values)), np.nan)
    if errors:
        mcse = _errors(target, samples, expressions, len(mcse))
    if target.holds:
        return _score_of_order(target, expressions, values, simulated == 1.0, mcse)
    z = float(simulated[0] - target.published) / target.tolerance
    near = abs(abs(z) - 1.0) * target.tolerance < ERRORS_TO_THE_LIMIT * mcse[0]
    return Score(target, float(simulated[0]), z, abs(z) <= 1.0, mcse=float(mcse[0]), near_limit=bool(near))


def _samples(target: Target, name: str, experiment: Experiment) -> Samples:
    """The readings of a group, and of the one it is compared with."""
    group = target.groups[name]
    try:
        compared = experiment.sample(target.groups[group.against].compared_by(group)) if group.against else None
        return Samples(experiment.sample(group), compared)
    except SarxError as problem:
        raise SarxError(_of_group(name, problem)) from None


def _numbers(target: Target, samples: Mapping[str, Samples],
             left_out: Whole | None = None) -> Numbers:
    """What is reported of each group, without the people left out."""
    found: Numbers = {}
    read: dict[str, Sample] = {}
    for name, whole in samples.items():
        left = whole if left_out is None else whole.without(left_out)
        try:
            found[name] = np.float64(reported(target.groups[name], left.own, left.compared))
        except Uncomputable as problem:
            raise Uncomputable(_of_group(name, problem)) from None
        if target.groups[name].take == "mean" and left.own.others:
            read[name] = left.own
    return found | _adjusted(target, read)


def _adjusted(target: Target, samples: Mapping[str, Sample]) -> Numbers:
    """Means of groups with the same measure and covariates, these held equal."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for name in samples:
        group = target.groups[name]
        alike.setdefault((group.measure, group.muscle, group.adjust), []).append(name)
    means: Numbers = {}
    for names in alike.values():
        held = adjusted_means([samples[name].value for name in names], [samples[name].others for name in names])
        means.update(zip(names, map(np.float64, held)))
    return means


def _margins(target: Target, expressions: list[Expression], values: Numbers) -> list[float]:
    """What luck moves: the number, or how far apart the sides of each inequality are."""
    if not target.holds:
        return [float(expressions[0].value(values))]
    return [margin for one in expressions for margin in one.margins(values)]


def _errors(target: Target, samples: Mapping[str, Samples], expressions: list[Expression], count: int) -> Floats:
    """Monte Carlo standard errors of the margins; NaN where the people left have no such number."""
    people = np.unique(np.concatenate([one.person for pair in samples.values() for one in pair if one is not None]))

    def again(left_out: Whole) -> list[float]:
        try:
            return _margins(target, expressions, _numbers(target, samples, left_out))
        except Uncomputable:
            return [math.nan] * count

    return monte_carlo_errors(people, again)


def _of_group(name: str, problem: SarxError) -> str:
    return str(problem) if name == "x" else f"group '{name}': {problem}"


def _score_of_order(target: Target, expressions: list[Expression], values: Numbers, held: Flags,
                    mcse: Floats) -> Score:
    """An order: the share of its inequalities that hold; luck may decide where those that are in doubt turn it."""
    missing = [text for text, holds in zip(target.holds, held) if not holds]
    shown = ", ".join(f"{name} {number:.4g}" for name, number in values.items())
    doubt = iter(np.abs(_margins(target, expressions, values)) < ERRORS_TO_THE_LIMIT * mcse)
    doubtful = np.array([np.any([next(doubt) for _ in one.margins(values)]) for one in expressions])
    near = doubtful[~held].all() if missing else doubtful.any()
    return Score(target, float(held.mean()), 2.0 * (float(held.mean()) - 1.0), not missing,
                 f"not: {'; '.join(missing)} ({shown})" if missing else shown, near_limit=bool(near))


def validate(scenario: pathlib.Path | None = None, *, cascade: str | None = None, quick: bool = False,
             only: Iterable[str] = (), targets_folder: pathlib.Path | None = None, keep: pathlib.Path | None = None,
             seed: int | None = None, say: Callable[[str], None] = lambda _: None) -> Board:
    """Runs the experiments and scores all rows the model speaks to.

    Args:
        scenario: whose `model` (cascade and parameters) is tested; the defaults without it.
        cascade: another cascade by name.
        quick: a quarter of the people.
        only: ids, domains or experiments to score; all without it.
        targets_folder: other targets than those of the project.
        keep: a folder for the result files, which are thrown away without it.
        seed: of every experiment and of the errors of readings, instead of their own.
        say: told what is being run.

    Raises:
        SarxError: where scenario or model are not fit, or no row is wired rightly. Rows that are not are named in the
            board's errors.
    """
    where = targets_folder or folder()
    described = description()
    problems = Problems()
    found = load_targets(where, known=experiments.known(described), problems=problems)
    wanted = list(only)
    if found.rows or not problems:
        refuse_unknown(wanted, found.rows)
    rows = [one for one in found.rows if not wanted or {one.id, one.domain, one.experiment}.intersection(wanted)]
    by_experiment: dict[str, list[Target]] = {}
    for target in (one for one in rows if one.speaks):
        by_experiment.setdefault(target.experiment, []).append(target)
    model = _model_under_test(scenario, cascade, described)
    if scenario:
        experiments.insist_on_model(scenario, model)
    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory(prefix="sarx_validate_") as temporary:
        place = keep or pathlib.Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        if scenario:
            experiments.bring_draws(scenario, model, place)
        sound = _write(by_experiment, found, where, place, model, experiments.traits(described), quick, seed, problems)
        if problems and not sound:
            problems.raise_any()
        at_once = max(1, min(os.cpu_count() or 1, len(sound), MOST_AT_ONCE))
        threads = max(1, (os.cpu_count() or 1) // at_once)
        errors = experiments.reading_errors(described)
        with ThreadPoolExecutor(at_once) as pool:
            started = {pool.submit(experiments.run, name, place, errors, threads, seed or 0): name for name in sound}
            try:
                for number, done in enumerate(as_completed(started), 1):
                    name = started[done]
                    say(f"{name}: {number} of {len(sound)} experiments")
                    _score_all(by_experiment[name], done.result, name, scores, problems)
                    if keep is None:
                        (place / f"{name}.h5").unlink(missing_ok=True)
            finally:
                pool.shutdown(cancel_futures=True)
    return Board([scores[one.id] for one in rows if one.id in scores], [one for one in rows if not one.speaks],
                 list(problems))


def _model_under_test(scenario: pathlib.Path | None, cascade: str | None,
                      described: Mapping[str, Any]) -> dict[str, Any]:
    model = experiments.model_of(scenario) if scenario else {}
    if cascade:
        model = {**model, "cascade": cascade}
    known = [one["name"] for one in described["cascades"]]
    if isinstance(named := model.get("cascade", known[0]), str) and named not in known:
        raise SarxError(f"{'--cascade' if cascade else scenario}: {unknown('cascade', named, known)}")
    return model


def _write(by_experiment: Mapping[str, list[Target]], found: Targets, where: pathlib.Path, place: pathlib.Path,
           model: Mapping[str, Any], constant: set[str], quick: bool, seed: int | None,
           problems: Problems) -> list[str]:
    """Writes the scenarios of the experiments; those that the program would run."""
    sound = []
    for name, rows in by_experiment.items():
        try:
            whole = experiments.scenario_of(found.experiments[name], rows, model, constant, quick, seed)
            experiments.bring_people(where / "experiments", name, whole, place)
            experiments.write(name, whole, place)
            if why := refusal(place / f"{name}.yaml"):
                raise SarxError(why)
        except SarxError as problem:
            problems.add(f"experiments/{name}.yaml", "", f"{problem} ({len(rows)} rows are of it)")
        else:
            sound.append(name)
    return sound


def _score_all(rows: list[Target], result: Callable[[], Experiment], name: str, scores: dict[str, Score],
               problems: Problems) -> None:
    """Scores the rows of an experiment; what cannot be scored is a problem."""
    try:
        experiment = result()
    except SarxError as problem:
        problems.add(f"experiments/{name}.yaml", "", f"{problem} ({len(rows)} rows are of it)")
        return
    for target in rows:
        try:
            scores[target.id] = score(target, experiment)
        except SarxError as problem:
            problems.add(target.place, target.id, str(problem))


class Count(NamedTuple):
    """Rows within their tolerance, and rows in all."""

    within: int
    whole: int


def counts(scores: Iterable[Score]) -> dict[str, Count]:
    """How many rows are within their tolerance, by role."""
    by_role: dict[str, list[bool]] = {role: [] for role in ROLES}
    for one in scores:
        by_role[one.target.role].append(one.within)
    return {role: Count(sum(within), len(within)) for role, within in by_role.items()}


def by_domain(scores: Iterable[Score]) -> Mapping[str, list[Score]]:
    """Scores in groups of a domain, in the order of the files."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(one.target.domain, []).append(one)
    return groups
