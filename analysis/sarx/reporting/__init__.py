"""A run as one page that needs nothing beside it: pictures that answer, tables, where the numbers come from."""

from __future__ import annotations

import html
import importlib.resources
import os
import pathlib
import re
from collections import Counter
from typing import Any

import pandas as pd

from ..comparing import compare, compare_events, compare_risks, compare_years
from ..departing import OWN_WAY_TO, WHY_TWO
from ..errors import SarxError
from ..levels import levels_shown
from ..plot.style import muscle_or_default, spoken
from ..printing import INTERVALS, fewer_by_pairing, headlines, short, to_its_error
from ..reading import Run, Source
from ..writing import replacing
from .encoding import encode
from .payload import payload

LARGEST_PAGE_BYTES = 5_000_000
"""What a page must stay below, so that it travels by mail."""


SCRIPTS = ("charts.js", "sections.js", "lives.js", "start.js")
"""What draws the pictures, in the order it is loaded."""

NUMBERS_SHOWN, FEWEST_NUMBERS = 550_000, 20_000
"""How many numbers of courses a page holds, and what is not gone below to make it smaller."""


def report(source: Source, output: str | os.PathLike[str]) -> pathlib.Path:
    """Writes a page about a run: the cascade, its order, effects, events, years, who gains, single lives, sources.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        output: the HTML file.

    Returns:
        The file's path. The page loads nothing; its pictures are drawn by the browser from the numbers inside.

    Raises:
        SarxError: where the run cannot be read or the page cannot be written.
    """
    run = Run.of(source)
    numbers = NUMBERS_SHOWN
    while len((page := _page(run, numbers)).encode("utf-8")) > LARGEST_PAGE_BYTES and numbers > FEWEST_NUMBERS:
        numbers //= 2
    path = pathlib.Path(output)
    with replacing(path) as file:
        file.write_text(page, encoding="utf-8")
    return path


def _part(name: str) -> str:
    """A file of the page that stands beside this one."""
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _page(run: Run, numbers: int) -> str:
    """The whole page, with at most so many numbers of courses."""
    data = payload(run, numbers)
    body = [_head(run), '<div id="controls" class="controls"></div>', '<main>']
    body += [
        _chart("cascade", "The cascade", "From cells to diagnosis, in the order of the model. Lines are medians of "
                                         "those alive; the band is the middle half of people in the "
                                         "reference arm, and in the others where at most three arms are shown. The "
                                         "diagnosis is the share of person-time with it. Women and men are best read "
                                         "apart: where the two differ much, a median of both may jump from one to the "
                                         "other."),
    ]
    if data["timeline"]:
        body.append(_chart("timeline", "What moves first",
                           "At what age the mean of those alive has left youth, told in two ways, and how long before or "
                           "after the grip. A tenth off youth: for good (sarcopenia, disability: a tenth have it). A "
                           f"quarter of its own way: from youth to {_way_ends(run):.0f}. {WHY_TWO}"))
    if run.effects is not None:
        body += [
            _chart("forest", "Effects", "What an arm does to the same people: mean paired difference from the "
                                        "reference, in units of the spread between people of a sex (Glass's delta; women's and "
                                        "men's averaged), so that levels can be set side by side. Right is better where "
                                        "better is known. " + INTERVALS),
            _table(_effects(run), "Effects in numbers"),
            _chart("explore", "One variable", "Any recorded variable: its course, and the paired difference from the "
                                              "reference with its 95 % interval (Monte Carlo)."),
        ]
    else:
        body.append(_chart("explore", "One variable", "Any recorded variable: median and middle half of people."))
    body.append(_chart("survival", "Survival and healthy years",
                       "Share of everyone who began that is alive, and that is alive and free of "
                                            "sarcopenia or disability. Nobody is selected by survival here."))
    if run.effects is not None:
        body.append(_chart("years", "Years gained", "Years for each person, the dead included, against the same people "
                                                    "in the reference arm, from the first offer (never offered: the "
                                                    "run's start) to the end of follow-up. Lines are 95 % intervals "
                                                    "(Monte Carlo); where there is none too few people differ."))
    body.append(_table(_years(run), "Years in numbers"))
    body.append(_chart("events", "Events", "Rate over that of the same people in the reference arm, from the first "
                                           "offer (never offered: the run's start), everyone counted until death; of "
                                           "once-only events the first ever, in those at risk. The axis is logarithmic. "
                                           "Lines are 95 % intervals (Monte Carlo); where there is none too few people "
                                           "differ.")
                if run.effects is not None
                else "<section><h2>Events</h2></section>")
    body.append(_table(_events(run), "Events in numbers"))
    if data.get("flow"):
        body.append(_chart("flow", "Who got what", "The flow of people through each delivery. Counts add up to the "
                                                   "end of the run; those who adhere are counted ten years after the "
                                                   "first was reached, when those who have died are no longer among "
                                                   "them, or in a shorter run when most of them took part."))
    if data.get("groups"):
        body.append(_chart("groups", "Who gains", "The effect within four equal parts of the recorded people by what "
                                                  "they were born or live with, cut within each sex and ten years of age; "
                                                  "in brackets how many pairs. Dots are mean paired differences, "
                                                  "lines 95 % intervals (Monte Carlo); the vertical line is the "
                                                  f"effect on everyone. {data['groups']['contrasts']} contrasts of a highest "
                                                  "against a lowest part lie in these pictures: one in twenty is beyond "
                                                  "chance where there is nothing."))
    if data.get("lives"):
        body.append(_chart("lives", "Single lives", "Five people, from weak to strong for their sex, each followed "
                                                    "through all stages in every arm: what is the same is luck. A "
                                                    "course ends with death."))
    if data.get("units"):
        body.append(_chart("units", "Motor units", "Each bar is a motor unit of one person's muscle, in the order of "
                                                   "recruitment. Pale: its fibres in youth. Solid: its fibres now. "
                                                   "Where only the pale bar is left the unit is lost; a solid bar "
                                                   "that stands above its pale one has adopted orphaned fibres."))
    body += ["</main>", _origin(run)]
    title = html.escape(run.title)
    page = (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark"><style>{_part("page.css")}</style></head>\n'
            f'<body>\n{"".join(body)}\n<div id="tip" role="status"></div>\n'
            f'<script type="application/json" id="data">{encode(data)}</script>\n'
            f'<script>{"".join(map(_part, SCRIPTS))}</script>\n</body></html>\n')
    return page


def _way_ends(run: Run) -> float:
    """The age up to which a measure's own way is counted."""
    return min(OWN_WAY_TO, float(run.age_axis(run.summary)[1][-1]))


def _chart(name: str, title: str, words: str) -> str:
    """A section whose pictures the browser draws."""
    return (f'<section id="{name}-section"><h2>{html.escape(title)}</h2><p class="note">{html.escape(words)}</p>'
            f'<div id="{name}-controls" class="own"></div><figure id="{name}"></figure></section>\n')


def _table(frame: pd.DataFrame, title: str) -> str:
    """A table that opens on demand."""
    cells = frame.to_html(index=False, border=0, na_rep="")
    return (f'<details class="numbers"><summary>{html.escape(title)}</summary>'
            f'<div class="wide">{cells}</div></details>\n')


def _head(run: Run) -> str:
    """What was asked, of whom."""
    about = str(run.root.attrs.get("description", "")).strip()
    question = _question(str(run.provenance.get("scenario", "")))
    count = f"{run.people:,} simulated people" if run.people is not None else "Simulated people"
    arms = ", ".join(spoken(arm) for arm in run.arms)
    each = f"each in every arm: {arms}; the first is the reference" if len(run.arms) > 1 else f"one arm: {arms}"
    told = run.provenance
    facts = " · ".join(f"{name} {told[name]}" for name in ("seed", "version") if name in told)
    return (f"<header><h1>{html.escape(run.title)}</h1>\n"
            + (f'<p class="question">{html.escape(question)}</p>\n' if question else "")
            + (f"<p>{html.escape(about)}</p>\n" if about else "")
            + f'<p>{html.escape(count)}, {html.escape(each)}. These are results of a model, not of a trial.'
            + (f' <span class="note">sarx · {html.escape(facts)}</span>' if facts else "") + "</p>\n"
            + "<noscript><p>The pictures are drawn by the browser, and this one runs no scripts: the tables below "
              "hold effects, events and years in numbers.</p></noscript></header>\n")


def _question(scenario: str) -> str:
    """The question a scenario asks in its first comment; empty where it asks none."""
    lines = []
    for line in scenario.splitlines():
        if not line.startswith("#") or (lines and re.match(r"# *([A-Z][\w ]*|yaml-language-server):", line)):
            break
        lines.append(line.lstrip("# ").strip())
    text = " ".join(lines)
    question = text.removeprefix("Question:").strip()
    return question[:1].upper() + question[1:] if text.startswith("Question:") and "none of its own" not in text else ""


def _effects(run: Run) -> pd.DataFrame:
    """Effects on the levels of the cascade, as a reader wants them."""
    muscle = muscle_or_default(run, None)
    names = headlines(run) or [name for _, name in levels_shown(run.variables(run.effects, "mean"), muscle)]
    if not names:
        return pd.DataFrame()
    table = compare(run, variables=names, muscles=[muscle] if muscle else None)
    when = "age_years" if table.age_years.notna().all() else "time_years"
    return pd.DataFrame({
        "arm": table.arm.map(spoken), spoken(when): [f"{value:.4g}" for value in table[when]],
        "variable": table.variable.map(spoken), "unit": table.unit,
        "reference": table.reference_mean.map(short), "effect": _values(table, "effect"),
        "95 % interval": _spans(table, "effect"), "how": table.interval, "Glass's delta": table.glass_delta.map(short),
        "better off": _percent(table.benefit_fraction), "worse off": _percent(table.worse_fraction),
        "alive in both": table.n_both_alive, "saved": table.survivors_saved, "lost": table.survivors_lost,
        "years gained": ["" if years != years else f"{'>' if floor else ''}{years:+.1f}"
                         for years, floor in zip(table.age_gained_years, table.age_gained_is_floor)],
        "95 % interval of years": _spans(table, "age_gained_years", "age_gained_lower", "age_gained_upper"),
        "fewer people by pairing": [fewer_by_pairing(*three) for three in zip(table.pairing_gain, table.lower, table.upper)],
    })


def _events(run: Run) -> pd.DataFrame:
    """Events of everyone, and of those reached where something is offered; empty where the file does not tell them."""
    try:
        table, risks = compare_events(run), compare_risks(run)
    except SarxError:
        return pd.DataFrame()
    needed = risks.set_index(["population", "arm", "event"])[["number_needed_to_treat", "needed_lower", "needed_upper"]]
    of_rows = needed.reindex(pd.MultiIndex.from_frame(table[["population", "arm", "event"]])).reset_index(drop=True)
    return pd.DataFrame({
        "of": table.population.map(spoken), "event": table.event.map(spoken), "arm": table.arm.map(spoken),
        "events": table.events.map(short), "reference per 1,000 person-years":
        table.reference_rate_per_1000_person_years.map(short),
        "per 1,000 person-years": table.rate_per_1000_person_years.map(short),
        "rate ratio": _values(table, "rate_ratio"), "95 % interval": _spans(table, "rate_ratio"),
        "averted per 1,000 people": _values(table, "averted_per_1000_people", "averted_lower", "averted_upper"),
        "95 % interval of averted": _spans(table, "averted_per_1000_people", "averted_lower", "averted_upper"),
        "people reached for one fewer": [value if span else "" for value, span in zip(
            _values(of_rows, "number_needed_to_treat", "needed_lower", "needed_upper"),
            _spans(of_rows, "number_needed_to_treat", "needed_lower", "needed_upper"))],
        "how": table.interval,
    })


def _years(run: Run) -> pd.DataFrame:
    """Years lived, with and without burdens; empty where the file does not tell them."""
    try:
        table = compare_years(run)
    except SarxError:
        return pd.DataFrame()
    return pd.DataFrame({
        "of": table.population.map(spoken), "measure": table.measure.map(spoken), "arm": table.arm.map(spoken),
        "reference years": [f"{years:.2f}" for years in table.reference_years_per_person],
        "years a person": [f"{years:.2f}" for years in table.years_per_person],
        "gained": _values(table, "gained_years"), "95 % interval": _spans(table, "gained_years"), "how": table.interval,
    })


def _values(table: pd.DataFrame, value: str, lower: str = "lower", upper: str = "upper") -> list[str]:
    """Values with the figures that their error leaves them."""
    return [to_its_error(*three)[0] for three in zip(table[value], table[lower], table[upper])]


def _spans(table: pd.DataFrame, value: str, lower: str = "lower", upper: str = "upper") -> list[str]:
    """Their intervals; empty where there is none."""
    return [to_its_error(*three)[1] for three in zip(table[value], table[lower], table[upper])]


def _percent(shares: pd.Series) -> list[str]:
    """Shares as per cent."""
    return [f"{100 * share:.0f} %" if share == share else "" for share in shares]


def _origin(run: Run) -> str:
    """Parameters with their sources, scenario, plan, version and seed."""
    told = run.provenance
    facts = [(name, str(told[name])) for name in ("version", "commit", "code_hash", "seed", "command", "plan_digest", "written_at")
             if name in told]
    rows = "".join(f"<tr><td>{spoken(name)}</td><td>{html.escape(value)}</td></tr>" for name, value in facts)
    parts = ['<section id="origin"><h2>Where the numbers come from</h2>',
             f'<div class="wide"><table>{rows}</table></div>']
    parts.append(_parameters(told))
    for name, words in (("scenario", "The scenario as it was written"),
                        ("resolved_plan", "The plan with every default")):
        if text := told.get(name):
            parts.append(f"<details><summary>{words}</summary><pre>{html.escape(str(text))}</pre></details>\n")
    return "".join(parts) + "</section>\n"


def _parameters(told: dict[str, Any]) -> str:
    """Every parameter with value, unit, evidence and source."""
    names = told.get("parameter")
    if not isinstance(names, list):
        return ""
    columns = [told.get(f"parameter_{name}") or [""] * len(names)
               for name in ("value", "unit", "evidence", "source", "applies_to")]
    rows = []
    for name, value, unit, evidence, source, population in zip(names, *columns):
        where = html.escape(str(source)) + (f" <i>({html.escape(str(population))})</i>" if population else "")
        where = re.sub(r"doi:(10\.[^\s;,()]+[^\s;,().])", r'<a href="https://doi.org/\1">doi:\1</a>', where)
        rows.append(f"<tr><td>{html.escape(str(name))}</td><td>{html.escape(str(value))}</td>"
                    f"<td>{html.escape(str(unit))}</td><td>{html.escape(str(evidence))}</td><td>{where}</td></tr>")
    counts = ", ".join(f"{count} {name}" for name, count in Counter(map(str, columns[2])).most_common())
    return (f'<p class="note">{len(names)} parameter values: {html.escape(counts)}.</p>'
            '<details id="parameters"><summary>Every parameter, with its source</summary>'
            '<label class="own">Find <input type="search" id="find" aria-label="name, evidence or source" '
            'title="name, evidence or source"></label>'
            '<div class="wide"><table class="texts"><thead><tr><th>parameter</th><th>value</th><th>unit</th>'
            f'<th>evidence</th><th>source</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div></details>\n')
