"""A run as one page that needs nothing beside it: pictures, tables, where the numbers come from."""

from __future__ import annotations

import base64
import html
import io
import os
import pathlib
from collections import Counter

import pandas as pd
from matplotlib.figure import Figure

from . import plot
from .comparing import compare, compare_events, compare_years
from .errors import SarxError
from .plot.cascade import levels_shown
from .plot.style import meaning, muscle_or_default, spoken
from .reading import Run, Source

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #ddd; }
img { max-width: 100%; height: auto; } .note { color: #555; font-size: .9rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; }
th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid #eee; white-space: nowrap; }
th { border-bottom: 2px solid #bbb; } th:first-child, td:first-child { text-align: left; }
pre { background: #f6f6f6; padding: 1rem; overflow-x: auto; font-size: .8rem; }
"""


def report(source: Source, output: str | os.PathLike[str]) -> pathlib.Path:
    """Writes a page about a run: cascade, effects, events, years, flow, sources, scenario.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        output: the HTML file.

    Returns:
        The file's path.

    Raises:
        SarxError: where the run cannot be read or the page cannot be written.
    """
    run = Run.of(source)
    parts = [_head(run), _section("The cascade", _cascade(run))]
    if run.effects is not None:
        parts.append(_section("Effects", *_effects(run)))
    parts.append(_section("Events", _table(compare_events(run)), _note(
        "Rates for each 1,000 person-years of everyone simulated; intervals take counts as Poisson and arms as "
        "independent.")))
    parts.append(_section("Years", _table(compare_years(run)), _note("Years a person, within the run.")))
    if "flow" in run.groups:
        parts.append(_section("Who got what", _picture(plot.flow(run), "people eligible, offered, reached, adherent")))
    parts.append(_section("Where the numbers come from", *_origin(run)))
    title = html.escape(run.title)
    page = (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n'
            f"<body>\n{''.join(parts)}</body></html>\n")
    path = pathlib.Path(output)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as problem:
        raise SarxError(f"cannot write {path}: {problem.strerror}") from None
    return path


def _section(title: str, *content: str) -> str:
    return f"<h2>{html.escape(title)}</h2>\n{''.join(content)}\n"


def _note(text: str) -> str:
    return f'<p class="note">{html.escape(text)}</p>\n'


def _picture(figure: Figure, description: str) -> str:
    """A figure inside the page."""
    data = io.BytesIO()
    figure.savefig(data, format="png", metadata={"Software": None})
    code = base64.b64encode(data.getvalue()).decode("ascii")
    return f'<p><img alt="{html.escape(description)}" src="data:image/png;base64,{code}"></p>\n'


def _table(frame: pd.DataFrame) -> str:
    """A table whose constant columns are left out and whose numbers are short."""
    shown = frame[[name for name in frame if name not in ("reference", "sex")]]
    shown = shown.rename(columns=spoken)
    return f'<div class="wide">{shown.to_html(index=False, border=0, float_format="{:.4g}".format, na_rep="")}</div>\n'


def _head(run: Run) -> str:
    about = run.root.attrs.get("description", "")
    arms = ", ".join(spoken(arm) for arm in run.arms)
    count = f"{run.people:,} simulated people" if run.people is not None else "Simulated people"
    return (f"<h1>{html.escape(run.title)}</h1>\n" + (f"<p>{html.escape(str(about))}</p>\n" if about else "")
            + f"<p>{count}, each in every arm: {html.escape(arms)}. "
            "These are results of a model, not of a trial.</p>\n")


def _cascade(run: Run) -> str:
    """The picture of the run; where it recorded nothing of the cascade, a sentence."""
    try:
        return _picture(plot.cascade(run), "the cascade over age, arms in colours")
    except SarxError as problem:
        return _note(str(problem))


def _effects(run: Run) -> list[str]:
    """The effect on each level of the cascade, as a table and, for strength, as a picture."""
    muscle = muscle_or_default(run, None)
    shown = [name for _, name in levels_shown(run.variables(run.effects, "mean"), muscle)]
    if not shown:
        return [_note("The run recorded none of the cascade's variables.")]
    table = compare(run, variables=shown)
    table = table[table["muscle"].isin(["", muscle])]
    when = "age_years" if table.age_years.notna().all() else "time_years"
    columns = ["arm", when, "variable", "unit", "reference_mean", "effect", "lower", "upper", "standardised",
               "benefit_fraction", "n_both_alive", "age_gained_years"]
    strength = shown[-1]
    words = meaning(strength, run.attributes(strength))
    return [_picture(plot.effect(run, strength, muscle=muscle), f"effect of each arm on {words} over age"),
            _table(table[columns]),
            _note(f"Paired differences from {spoken(run.arms[0])}, person by person, among those alive in both arms; "
                  "lower and upper end a 95 % interval. Age gained: age at which the arm reaches what the reference "
                  "had at 70, less 70.")]


def _origin(run: Run) -> list[str]:
    """Version, seed and command, how well the parameters are founded, the scenario."""
    told = run.provenance
    facts = [(name, str(told[name])) for name in ("version", "commit", "seed", "command", "written_at") if name in told]
    rows = "".join(f"<tr><td>{spoken(name)}</td><td>{html.escape(value)}</td></tr>" for name, value in facts)
    parts = [f'<div class="wide"><table>{rows}</table></div>\n']
    if isinstance(classes := told.get("parameter_evidence"), list):
        counts = Counter(classes)
        parts.append(_note(f"{len(classes)} parameter values: " + ", ".join(
            f"{count} {name}" for name, count in counts.most_common()) + ". Each with its source is in /provenance."))
    for name in ("scenario", "resolved_plan"):
        if text := told.get(name):
            parts.append(f"<details><summary>{spoken(name)}</summary><pre>{html.escape(str(text))}</pre></details>\n")
    return parts
