"""The motor units of one muscle of one person, snapshot by snapshot: fewer, and larger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from ..errors import SarxError, chosen
from ..reading import Run, Source, unit_pools
from ..telling.words import spoken
from . import style

SNAPSHOTS_SHOWN = 6


def motor_units(
    source: Source, who: int | None = None, *, muscle: str | None = None, arms: Sequence[str] | None = None
) -> Figure:
    """Draws each motor unit by its recruitment rank and innervation number, a panel a snapshot.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        who: the person; None for the first with snapshots.
        muscle: None for vastus lateralis, or the first there is.
        arms: names of the arms to draw; None for all.

    Raises:
        SarxError: where the run holds no snapshots, or none of that person, muscle or arm.
    """
    run = Run.of(source)
    pools = unit_pools(run)
    arms = chosen("arm", arms, run.arms)
    who = pools[0].person if who is None else who
    people = sorted({pool.person for pool in pools})
    if who not in people:
        raise SarxError(f"there are no motor units of person {who}; there are of {', '.join(map(str, people[:12]))}")
    muscle = run.muscle_or_usual(muscle)
    mine = {(pool.arm, pool.time_years): pool for pool in reversed(pools) if pool.person == who and pool.muscle == muscle}
    times = np.unique([pool.time_years for pool in mine.values()])
    shown = times[np.unique(np.linspace(0, len(times) - 1, SNAPSHOTS_SHOWN).round().astype(int))]
    start = 0.0
    if "start_age_years" in run.root:
        start = float(run.root["start_age_years"].sel(person=who))

    with style.look():
        figure = Figure(figsize=(1.1 + 1.55 * max(len(shown), 4), 3.6))
        width = figure.get_figwidth()
        panels = figure.subplots(1, len(shown), sharex=True, sharey=True, squeeze=False)[0]
        figure.subplots_adjust(left=0.75 / width, right=1 - 0.2 / width, top=0.7, bottom=0.25, wspace=0.1)
        for axes, time in zip(panels, shown):
            for place, arm in enumerate(arms):
                if (arm, time) not in mine:
                    continue
                pool, shade = mine[arm, time], style.colour(run, arm)
                axes.plot(pool.rank, pool.fibres, ".", color=shade, markersize=3.5, alpha=0.7)
                axes.annotate(f"{spoken(arm)}: {len(pool.rank)}", (0.04, 0.97), xycoords="axes fraction", va="top",
                              xytext=(0, -10 * place), textcoords="offset points", fontsize=7.5, color=shade, zorder=5,
                              path_effects=[withStroke(linewidth=2.5, foreground="white")])
            when = f"at {start + time:.0f}" if start else f"after {time:g} years"
            axes.set_title(when, loc="left", fontweight="bold")
            axes.set_yscale("log")
        panels[0].set_ylabel("fibres of the unit (count)")
        figure.text(0.5, 0.13, "recruitment rank in youth (0 first, 1 last)", ha="center", fontsize=8, color="#333333")
        style.title(figure, f"{run.title}: motor units, {spoken(str(muscle))}",
                    f"person {who}; a dot is a unit, numbers are how many are left")
        style.caption(figure, run, "Units are lost and survivors adopt their fibres.", width=int(16 * width))
    return figure
