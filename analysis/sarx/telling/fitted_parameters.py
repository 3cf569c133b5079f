"""A calibration as a parameter file that scenarios extend, with what is known of each number."""

from __future__ import annotations

import math

from ..calibrating.fitting import Fit
from ..files.yaml_text import as_yaml


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
    return "\n".join(lines) + "\n" + as_yaml({"sarx": 1, "model": model})
