"""Tables of a page: effects, events and years in numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..comparing import compare, compare_events, compare_risks, compare_years
from ..errors import SarxError
from ..levels import headlines_among, levels_shown
from ..reading import Run
from ..telling.figures import fewer_by_pairing, percent, short, told_column
from ..telling.words import spoken


def headlines(run: Run) -> list[str] | None:
    """The variables a reader sees first: one or two a level of the cascade; None where none of them was recorded."""
    return headlines_among(run.variables(run.by_time, "mean"))


def effects(run: Run) -> pd.DataFrame:
    """Effects on the levels of the cascade, as a reader wants them."""
    muscle = run.muscle_or_usual(None)
    names = headlines(run) or [shown.variable for shown in levels_shown(run.variables(run.effects, "mean"), muscle)]
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
        "years gained": ["" if np.isnan(gained) else f"{'>' if floor else ''}{gained:+.1f}"
                         for gained, floor in zip(table.age_gained_years.astype(float), table.age_gained_is_floor)],
        "95 % interval of years": _spans(table, "age_gained_years", "age_gained_lower", "age_gained_upper"),
        "fewer people by pairing": [fewer_by_pairing(*three) for three in zip(table.pairing_gain, table.lower, table.upper)],
    })


def events(run: Run) -> pd.DataFrame:
    """Events of everyone, and of those reached where something is offered; empty where the file does not tell them."""
    try:
        table, risks = compare_events(run), compare_risks(run)
    except SarxError:
        return pd.DataFrame()
    needed = table[["population", "arm", "event"]].merge(risks, how="left", on=["population", "arm", "event"])
    return pd.DataFrame({
        "of": table.population.map(spoken), "event": table.event.map(spoken), "arm": table.arm.map(spoken),
        "events": table.events.map(short), "reference per 1,000 person-years":
        table.reference_rate_per_1000_person_years.map(short),
        "per 1,000 person-years": table.rate_per_1000_person_years.map(short),
        "rate ratio": _values(table, "rate_ratio"), "95 % interval": _spans(table, "rate_ratio"),
        "averted per 1,000 people": _values(table, "averted_per_1000_people", "averted_lower", "averted_upper"),
        "95 % interval of averted": _spans(table, "averted_per_1000_people", "averted_lower", "averted_upper"),
        "people reached for one fewer": [told.value if told.interval else "" for told in told_column(
            needed, "number_needed_to_treat", "needed_lower", "needed_upper")],
        "how": table.interval,
    })


def years(run: Run) -> pd.DataFrame:
    """Years lived, with and without burdens; empty where the file does not tell them."""
    try:
        table = compare_years(run)
    except SarxError:
        return pd.DataFrame()
    return pd.DataFrame({
        "of": table.population.map(spoken), "measure": table.measure.map(spoken), "arm": table.arm.map(spoken),
        "reference years": [f"{value:.2f}" for value in table.reference_years_per_person],
        "years a person": [f"{value:.2f}" for value in table.years_per_person],
        "gained": _values(table, "gained_years"), "95 % interval": _spans(table, "gained_years"), "how": table.interval,
    })


def _values(table: pd.DataFrame, value: str, lower: str = "lower", upper: str = "upper") -> list[str]:
    """Values with the figures that their error leaves them."""
    return [told.value for told in told_column(table, value, lower, upper)]


def _spans(table: pd.DataFrame, value: str, lower: str = "lower", upper: str = "upper") -> list[str]:
    """Their intervals; empty where there is none."""
    return [told.interval for told in told_column(table, value, lower, upper)]


def _percent(shares: pd.Series) -> list[str]:
    """Shares as per cent."""
    return [f"{text} %" if text else "" for text in percent(shares)]
