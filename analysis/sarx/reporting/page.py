"""The page's sections, in the order a reader meets them."""

from __future__ import annotations

import html
import importlib.resources
import re

import pandas as pd

from ..estimating.departing import way_ends
from ..reading import Run
from ..telling.words import spoken
from .headings import CHARTS, ONE_ARM_EXPLORED, Chart
from .encoding import encode
from .origin import origin
from .payload import payload
from .tables import effects, events, years

SCRIPTS = ("charts.js", "sections.js", "lives.js", "start.js")
"""What draws the pictures, in the order it is loaded."""


def _part(name: str) -> str:
    """A file of the page that stands beside this one."""
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def page(run: Run, numbers: int) -> str:
    """The whole page.

    Args:
        run: the file.
        numbers: most numbers of courses in it.
    """
    data = payload(run, numbers)
    has_effects = run.effects is not None
    body = [_head(run), '<div id="controls" class="controls"></div>', '<main>', _chart("cascade")]
    if data["timeline"]:
        body.append(_chart("timeline", way_ends=f"{way_ends(run.age_axis(run.summary).values):.0f}"))
    if has_effects:
        body += [_chart("forest"), _table(effects(run), "Effects in numbers"), _chart("explore")]
    else:
        body.append(_chart("explore", of=ONE_ARM_EXPLORED))
    body.append(_chart("survival"))
    if has_effects:
        body.append(_chart("years"))
    body.append(_table(years(run), "Years in numbers"))
    body.append(_chart("events") if has_effects else "<section><h2>Events</h2></section>")
    body.append(_table(events(run), "Events in numbers"))
    if data["flow"]:
        body.append(_chart("flow"))
    if data.get("groups"):
        body.append(_chart("groups", contrasts=data["groups"]["contrasts"]))
    body += [_chart(name) for name in ("lives", "units") if data[name]]
    body += ["</main>", origin(run)]
    title = html.escape(run.title)
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark"><style>{_part("page.css")}</style></head>\n'
            f'<body>\n{"".join(body)}\n<div id="tip" role="status"></div>\n'
            f'<script type="application/json" id="data">{encode(data)}</script>\n'
            f'<script>{"".join(map(_part, SCRIPTS))}</script>\n</body></html>\n')


def _chart(name: str, of: Chart | None = None, **facts: object) -> str:
    """A section whose pictures the browser draws.

    Args:
        name: of the section.
        of: what stands above them; None for the usual.
        facts: what its words leave open.
    """
    told = of or CHARTS[name]
    words = told.words.format(**facts)
    return (f'<section id="{name}-section"><h2>{html.escape(told.title)}</h2><p class="note">{html.escape(words)}</p>'
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
    lines: list[str] = []
    for line in scenario.splitlines():
        if not line.startswith("#") or (lines and re.match(r"# *([A-Z][\w ]*|yaml-language-server):", line)):
            break
        lines.append(line.lstrip("# ").strip())
    text = " ".join(lines)
    question = text.removeprefix("Question:").strip()
    return question[:1].upper() + question[1:] if text.startswith("Question:") and "none of its own" not in text else ""
