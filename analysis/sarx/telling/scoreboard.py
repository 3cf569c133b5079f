"""The scoreboard as text."""

from __future__ import annotations

import math

from ..validating.scoreboard import Board, by_domain, counts
from .words import spoken


def as_text(board: Board) -> str:
    """The scoreboard for a reader: a table for each domain, the counts, then the rows that are not scored."""
    lines = []
    for domain, rows in by_domain(board.scores).items():
        width = max(len(one.target.id) for one in rows)
        within = sum(one.within for one in rows)
        lines.append(f"{spoken(domain).upper()}   {within} of {len(rows)} within")
        heads = " ".join(f"{head:>10}" for head in ("published", "simulated", "mcse", "tolerance"))
        lines.append(f"  {'row':<{width}}  {heads} {'z':>7}  {'':8} {'role':<12} says")
        for one in rows:
            target = one.target
            shown = (target.published, one.simulated, one.mcse, target.tolerance)
            numbers = " ".join(f"{_short(number):>10}" for number in shown)
            verdict = ("within" if one.within else "MISSES") + (" ~" if one.near_limit else "")
            says = target.says + (f"   [{one.remark}]" if one.remark and not one.within else "")
            says += "   [remembered, not read]" if target.seen == "recall" else ""
            lines.append(f"  {target.id:<{width}}  {numbers} {one.z:7.2f}  {verdict:<8} {target.role:<12} {says}")
        lines.append("")
    if any(one.near_limit for one in board.scores):
        lines.append("~ within two Monte Carlo standard errors (mcse) of the limit: other luck may turn it (--seed)")
    for role, count in counts(board.scores).items():
        if count.whole:
            lines.append(f"{spoken(role)}: {count.within} of {count.whole} within ({100 * count.within / count.whole:.0f} %)")
    if board.silent:
        lines += ["", f"{len(board.silent)} rows are not scored, as the model does not speak to them:"]
        width = max(len(one.id) for one in board.silent)
        lines += [f"  {one.id:<{width}}  {one.role:<12} {one.says}: {one.why}" for one in board.silent]
    return "\n".join(lines)


def _short(number: float) -> str:
    return f"{number:.4g}" if math.isfinite(number) else "-"
