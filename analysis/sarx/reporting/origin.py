"""Where a page's numbers come from: parameters with their sources, scenario, plan, version and seed."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Any

from ..reading import Run
from ..telling.words import spoken


FACTS = ("version", "commit", "code_hash", "seed", "command", "plan_digest", "written_at")
"""What of /provenance stands above the parameters."""


def origin(run: Run) -> str:
    """The last section of the page."""
    told = run.provenance
    facts = [(name, str(told[name])) for name in FACTS if name in told]
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
