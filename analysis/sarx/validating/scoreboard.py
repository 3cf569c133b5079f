"""The scoreboard: published against simulated, row by row and domain by domain."""

from __future__ import annotations

import math
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import SarxError, unknown
from . import experiments
from .expressions import Expression
from .quantities import Experiment
from .targets import ROLES, Problems, Target, folder, load_targets, read_experiments, refuse_unknown

SHOWN = 4.0
"""Largest |z| that the picture shows in place; what lies beyond stands at its edge."""
MOST_AT_ONCE = 8
"""Experiments that run side by side."""
SPACE = 1.5
"""Rows that the heading of a domain takes in the picture."""
ROWS_OF_A_COLUMN = 70


@dataclass(frozen=True)
class Score:
    """One row, scored. `z` is (simulated - published) in units of the tolerance; `within` is |z| <= 1, for an order
    that all its inequalities hold. `remark` says why a row has no simulated value."""

    target: Target
    simulated: float
    z: float
    within: bool
    remark: str = ""

    def as_row(self) -> dict[str, Any]:
        """What `validate --json` prints of the row; NaN as null."""
        target = self.target
        return {"id": target.id, "domain": target.domain, "role": target.role, "published": _plain(target.published),
                "simulated": _plain(self.simulated), "z": _plain(self.z), "within": self.within, "unit": target.unit,
                "tolerance": _plain(target.tolerance), "tolerance_from": target.tolerance_from, "kind": target.kind,
                "design": target.design,
                "experiment": target.experiment, "says": target.says, "citation": target.citation, "doi": target.doi,
                "remark": self.remark}


def _plain(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def score(target: Target, experiment: Experiment) -> Score:
    """Measures what the row's study measured, in the experiment."""
    try:
        numbers = {name: experiment.number(group) for name, group in target.groups.items()}
    except SarxError as problem:
        return Score(target, math.nan, math.nan, False, str(problem))
    if target.kind == "order":
        held = [bool(Expression(text).value(numbers) == 1.0) for text in target.holds]
        missing = [text for text, holds in zip(target.holds, held) if not holds]
        share = sum(held) / len(held)
        values = ", ".join(f"{name} {number:.4g}" for name, number in numbers.items())
        remark = f"not: {'; '.join(missing)} ({values})" if missing else values
        return Score(target, share, 2.0 * (share - 1.0), not missing, remark)
    simulated = float(Expression(target.statistic).value(numbers))
    if not math.isfinite(simulated):
        return Score(target, math.nan, math.nan, False, "too few people or nothing to compare")
    z = (simulated - target.published) / target.tolerance
    return Score(target, simulated, z, abs(z) <= 1.0)


def validate(scenario: pathlib.Path | None = None, *, cascade: str | None = None, quick: bool = False,
             only: Iterable[str] = (), targets_folder: pathlib.Path | None = None, keep: pathlib.Path | None = None,
             say: Callable[[str], None] = lambda _: None) -> list[Score]:
    """Runs the experiments and scores all rows the model speaks to.

    Args:
        scenario: whose `model` (cascade and parameters) is tested; the defaults without it.
        cascade: another cascade by name.
        quick: a quarter of the people.
        only: ids, domains or experiments to score; all without it.
        targets_folder: other targets than those of the project.
        keep: a folder for the result files, which are thrown away without it.
        say: told what is being run.

    Raises:
        SarxError: where targets, scenario or model are not fit.
    """
    where = targets_folder or folder()
    described = experiments.description()
    rows = load_targets(where, variables=experiments.recordable(described))
    wanted = list(only)
    refuse_unknown(wanted, rows)
    targets = [one for one in rows if one.speaks
               and (not wanted or {one.id, one.domain, one.experiment}.intersection(wanted))]
    model = experiments.model_of(scenario) if scenario else {}
    if cascade:
        model = {**model, "cascade": cascade}
    known = [one["name"] for one in described["cascades"]]
    if isinstance(named := model.get("cascade", known[0]), str) and named not in known:
        raise SarxError(f"{'--cascade' if cascade else scenario}: {unknown('cascade', named, known)}")
    problems = Problems()
    scenarios = read_experiments(where / "experiments", problems)
    problems.raise_any()
    by_experiment: dict[str, list[Target]] = {}
    for target in targets:
        by_experiment.setdefault(target.experiment, []).append(target)
    errors, constant = experiments.reading_errors(described), experiments.traits(described)
    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory(prefix="sarx_validate_") as temporary:
        place = keep or pathlib.Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        if scenario:
            experiments.bring_draws(scenario, model, place)
        texts = {name: experiments.scenario_text(scenarios[name], rows, model, constant, quick)
                 for name, rows in by_experiment.items()}
        at_once = max(1, min(os.cpu_count() or 1, len(texts), MOST_AT_ONCE))
        threads = max(1, (os.cpu_count() or 1) // at_once)
        with ThreadPoolExecutor(at_once) as pool:
            started = {pool.submit(experiments.run, name, text, place, errors, threads): name
                       for name, text in texts.items()}
            try:
                for number, done in enumerate(as_completed(started), 1):
                    name = started[done]
                    experiment = done.result()
                    say(f"{name}: {number} of {len(texts)} experiments")
                    scores.update((target.id, score(target, experiment)) for target in by_experiment[name])
                    if keep is None:
                        (place / f"{name}.h5").unlink()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    return [scores[target.id] for target in targets]


def summary(scores: Iterable[Score]) -> dict[str, tuple[int, int]]:
    """Rows within their tolerance and rows in all, by role."""
    counts = {role: (0, 0) for role in ROLES}
    for one in scores:
        within, whole = counts[one.target.role]
        counts[one.target.role] = (within + one.within, whole + 1)
    return counts


def by_domain(scores: Iterable[Score]) -> Mapping[str, list[Score]]:
    """Scores in groups of a domain, in the order of the files."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(one.target.domain, []).append(one)
    return groups


def as_text(scores: list[Score]) -> str:
    """The scoreboard for a reader: a table for each domain, then the counts."""
    lines = []
    for domain, rows in by_domain(scores).items():
        width = max(len(one.target.id) for one in rows)
        within = sum(one.within for one in rows)
        lines.append(f"{domain.upper().replace('_', ' ')}   {within} of {len(rows)} within")
        heads = f"{'published':>10} {'simulated':>10} {'tolerance':>10} {'z':>7}"
        lines.append(f"  {'row':<{width}}  {heads}  {'':6} {'role':<12} says")
        for one in rows:
            target = one.target
            numbers = " ".join(f"{_short(x):>10}" for x in (target.published, one.simulated, target.tolerance))
            z = f"{one.z:7.2f}" if math.isfinite(one.z) else "      -"
            says = target.says + (f"   [{one.remark}]" if one.remark and not one.within else "")
            lines.append(f"  {target.id:<{width}}  {numbers} {z}  {'within' if one.within else 'MISSES'} "
                         f"{target.role:<12} {says}")
        lines.append("")
    for role, (within, whole) in summary(scores).items():
        if whole:
            lines.append(f"{role.replace('_', ' ')}: {within} of {whole} within ({100 * within / whole:.0f} %)")
    return "\n".join(lines)


def _short(number: float) -> str:
    return f"{number:.4g}" if math.isfinite(number) else "-"


def picture(scores: list[Score]) -> Any:
    """A forest plot: z of every row, domain by domain, fitted rows hollow and rows never fitted filled.

    Returns:
        A matplotlib figure of as many columns as keep it readable.
    """
    from matplotlib.figure import Figure

    columns = _in_columns(by_domain(scores))
    tallest = max(sum(len(rows) + SPACE for _, rows in column) for column in columns)
    figure = Figure(figsize=(5.2 * len(columns), max(3.0, 0.125 * tallest + 1.3)), layout="constrained")
    for axes, column in zip(figure.subplots(1, len(columns), squeeze=False)[0], columns):
        _draw_column(axes, column, tallest)
    counts = ", ".join(f"{role.replace('_', ' ')} {within} of {whole} within"
                       for role, (within, whole) in summary(scores).items() if whole)
    key = "filled: never fitted; hollow: fitted; band: the tolerance"
    figure.suptitle(f"Published targets: {counts}\n{key}", fontsize=10)
    return figure


def _in_columns(groups: Mapping[str, list[Score]]) -> list[list[tuple[str, list[Score]]]]:
    """Domains shared out over columns of about equal height, in their order."""
    height = sum(len(rows) + SPACE for rows in groups.values())
    wanted = max(1, min(3, round(height / ROWS_OF_A_COLUMN)))
    columns: list[list[tuple[str, list[Score]]]] = [[]]
    filled = 0.0
    for domain, rows in groups.items():
        if filled + 0.5 * len(rows) > height * len(columns) / wanted and len(columns) < wanted:
            columns.append([])
        columns[-1].append((domain, rows))
        filled += len(rows) + SPACE
    return columns


def _draw_column(axes: Any, column: list[tuple[str, list[Score]]], height: float) -> None:
    """One column of domains on its axes."""
    axes.axvspan(-1.0, 1.0, color="#dfeee3", zorder=0)
    axes.axvline(0.0, color="#667066", linewidth=0.8, zorder=1)
    labels: list[tuple[float, str, bool]] = []
    y = 0.0
    for domain, rows in column:
        y += SPACE
        labels.append((y, domain.replace("_", " "), True))
        for one in rows:
            y += 1.0
            labels.append((y, one.target.id, False))
            _draw_row(axes, y, one)
    axes.set_ylim(height + 1.5, 0.0)
    axes.set_xlim(-SHOWN - 0.3, SHOWN + 0.3)
    axes.set_yticks([at for at, _, _ in labels])
    axes.set_yticklabels([text for _, text, _ in labels], fontsize=6)
    for tick, (_, _, heading) in zip(axes.get_yticklabels(), labels):
        if heading:
            tick.set_fontweight("bold")
            tick.set_fontsize(7.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("z: (simulated - published) / tolerance", fontsize=8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _draw_row(axes: Any, y: float, one: Score) -> None:
    """One row: a line from 0 to its z, an arrow where z lies beyond the picture."""
    if not math.isfinite(one.z):
        axes.text(0.0, y, "not simulated", fontsize=5, va="center", ha="center", color="#888888")
        return
    shown = float(np.clip(one.z, -SHOWN, SHOWN))
    marker = "o" if shown == one.z else (">" if one.z > 0 else "<")
    colour = "#1b7837" if one.within else "#b2182b"
    axes.plot([0.0, shown], [y, y], color=colour, linewidth=0.7, zorder=2)
    axes.plot([shown], [y], marker=marker, markersize=4, color=colour, zorder=3,
              markerfacecolor=colour if one.target.role == "never_fitted" else "white")
