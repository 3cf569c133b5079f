"""Tables of effects as text for a reader at a terminal, with what their intervals mean."""

from __future__ import annotations

import textwrap
from collections.abc import Collection

import numpy as np
import pandas as pd

from .plot.cascade import LEVELS
from .plot.style import SEX_TITLES, USUAL_MUSCLE, spoken
from .reading import Run

WIDTH = 118
INTERVALS = ("Intervals are 95 % intervals of Monte Carlo error: what other chance in a run of as many people would "
             "give. They "
             "say nothing of how well the model's parameters are known.")

OF_FUNCTION = ("grip_strength_kg", "leg_power_W", "gait_speed_m_per_s", "chair_rise_s")


def headlines(run: Run) -> list[str] | None:
    """The variables a reader sees first: one or two a level of the cascade; None where none of them was recorded."""
    return headlines_among(run.variables(run.by_time, "mean"))


def headlines_among(known: Collection[str]) -> list[str] | None:
    """The variables of some that a reader sees first; None where none of them is there."""
    names = [name for level in LEVELS for name in [n for n in level.variables if n in known][:2]]
    names += [name for name in OF_FUNCTION if name in known and name not in names]
    return names or None


def as_text(run: Run, tables: dict[str, pd.DataFrame]) -> str:
    """Tables of `compare`, `compare_events` and `compare_years` for a reader.

    Args:
        run: the file they are of.
        tables: by the names "effects", "events", "years".

    Returns:
        A heading, a block for each table, and what intervals and columns mean.
    """
    people = f"{run.people:,} people" if run.people is not None else "people"
    recorded = run.root.sizes.get("person", 0)
    parts = [f"{run.title}\n{people}, the same in every arm; {recorded:,} of them recorded one by one."]
    if "effects" in tables:
        parts += [_effects(tables["effects"]), _wrapped(
            "Effect: mean difference of the same people between the arm and the reference, among those alive in both. "
            f"{INTERVALS} Std: effect over the spread between "
            "people. Better: share who are better off. Gained: years until the arm is where the reference was at 70 "
            "(> where it is not there by the end of the run). Fewer: how many times fewer people this pairing needs "
            "than "
            "two separate groups.")]
    if "events" in tables:
        parts += [_events(tables["events"]), _wrapped(
            "Rates are for each 1,000 person-years; everyone counts until death. Averted: events fewer for each 1,000 "
            "people "
            "over the whole run. Needed: people treated for one event fewer over the run (negative: one more), told "
            "where the interval leaves out none. An arm that lets people live longer gives them years to fall in: read "
            "rates beside counts." + _how(tables["events"]))]
    if "years" in tables:
        parts += [_years(tables["years"]), _wrapped(
            "Years for each person who began, the dead included, so nobody is selected by "
            "survival." + _how(tables["years"]))]
    return "\n\n".join(parts)


def of_sets(table: pd.DataFrame) -> str:
    """The table of `uncertainty` for a reader: levels of the cascade, of muscles the usual one, else the first.

    Args:
        table: all rows, in the order of `compare`.

    Returns:
        A block for each arm and age, and what the two intervals mean.
    """
    names = headlines_among(set(table.variable))
    muscles = [name for name in dict.fromkeys(table.muscle) if name]
    muscle = USUAL_MUSCLE if USUAL_MUSCLE in muscles else muscles[0] if muscles else ""
    shown = table[table.muscle.isin(["", muscle]) & (table.variable.isin(names) if names else True)]
    blocks = []
    for (arm, _), part in shown.groupby(["arm", "time_years"], sort=False):
        blocks.append(f"EFFECTS  {spoken(arm)} against {spoken(part.reference.iloc[0])}, {_when(part)}\n"
                      + _grid(pd.DataFrame({
                          "variable": _named(part),
                          "unit": part.unit.values,
                          "effect": [short(value) for value in part.effect],
                          "Monte Carlo 95 %": [_span(*ends) for ends in zip(part.monte_carlo_lower,
                                                                            part.monte_carlo_upper)],
                          "over sets 95 %": [_span(*ends) for ends in zip(part.sets_lower, part.sets_upper)],
                          "sd of sets": [short(value) for value in part.sets_sd],
                          "parameter part": [short(value) for value in part.parameter_sd],
                      })))
    blocks.append(_wrapped(
        "Effect: mean difference of the same people between the arm and the reference, with the scenario's own "
        "parameters. Monte Carlo 95 %: what other chance in a run of as many people would give with those parameters. "
        f"Over sets 95 %: from the 2.5 % to the 97.5 % quantile of the effect over {table.sets.max()} plausible "
        "parameter sets; it includes the Monte Carlo noise of each run. Sd of sets: standard deviation between the "
        "sets. Parameter part: the same with the mean Monte Carlo variance of the runs taken off (0 where that is "
        "the larger). The runs share people and luck, so that they share a part of that noise too: what comes from "
        "the parameters is between the two."))
    return "\n\n".join(blocks)


def _when(part: pd.DataFrame) -> str:
    """Of which age or time rows are."""
    age, time = part.age_years.iloc[0], part.time_years.iloc[0]
    return f"at {age:.4g} years of age" if np.isfinite(age) else f"{time:.4g} years after the start"


def _named(part: pd.DataFrame) -> list[str]:
    """Variables with their muscles."""
    return [name + (f", {spoken(muscle)}" if muscle else "") for name, muscle in zip(part.variable, part.muscle)]


def _span(lower: float, upper: float) -> str:
    """An interval."""
    return f"{short(lower)} to {short(upper)}" if np.isfinite(lower) and np.isfinite(upper) else ""


def _how(table: pd.DataFrame) -> str:
    """How the intervals of a table were made."""
    ways = [way for way in table.interval.unique() if way]
    return f" 95 % intervals (Monte Carlo): {'; '.join(ways)}." if ways else ""


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH))


def short(value: float) -> str:
    """A number with four figures; empty for NaN."""
    if not np.isfinite(value):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}" if abs(value) >= 0.001 else f"{value:.2g}"


def _with_interval(value: float, lower: float, upper: float) -> str:
    """A value with its interval."""
    if not np.isfinite(value):
        return ""
    return short(value) + (f" ({span})" if (span := _span(lower, upper)) else "")


def _who(sex: str, group: str) -> str:
    """Of whom a row is."""
    return ", ".join(text for text in (SEX_TITLES[sex] if sex != "all" else "", spoken(group)) if text)


def _grid(frame: pd.DataFrame) -> str:
    """A table whose first column is set left."""
    first = frame.columns[0]
    width = max([len(str(text)) for text in frame[first]] + [len(first)])
    shown = frame.assign(**{first: [str(text).ljust(width) for text in frame[first]]})
    shown = shown.rename(columns={first: first.ljust(width)})
    return shown.to_string(index=False, justify="right")


def _effects(table: pd.DataFrame) -> str:
    """A block for each arm, group and age."""
    blocks = []
    for (arm, sex, group, _), part in table.groupby(["arm", "sex", "group", "time_years"], sort=False):
        who = f"   [{_who(sex, group)}]" if _who(sex, group) else ""
        pairs = part.n_both_alive.max()
        row = part.loc[part.n_both_alive.idxmax()]
        heading = (f"EFFECTS  {spoken(arm)} against {spoken(part.reference.iloc[0])}, {_when(part)}{who}\n"
                   f"{pairs:,} alive in both arms; alive only in {spoken(arm)} (saved): {row.survivors_saved:,}, "
                   f"only in {spoken(row.reference)} (lost): {row.survivors_lost:,}")
        blocks.append(heading + "\n" + _grid(pd.DataFrame({
            "variable": _named(part),
            "unit": part.unit.values,
            "reference": [short(value) for value in part.reference_mean],
            "effect (95 %)": [_with_interval(*three) for three in zip(part.effect, part.lower, part.upper)],
            "std": [f"{value:+.2f}" if np.isfinite(value) else "" for value in part.standardised],
            "better": [f"{100 * value:.0f} %" if np.isfinite(value) else "" for value in part.benefit_fraction],
            "gained": ["" if not np.isfinite(years) else f"{'>' if floor else ''}{years:+.1f} y"
                       for years, floor in zip(part.age_gained_years, part.age_gained_is_floor)],
            "fewer": [f"{value:,.0f} x" if np.isfinite(value) else "" for value in part.pairing_gain],
        })))
    return "\n\n".join(blocks)


def _events(table: pd.DataFrame) -> str:
    """A row for each kind of event and arm, the reference without a ratio."""
    blocks = []
    for (sex, group), part in table.groupby(["sex", "group"], sort=False):
        part = part.sort_values("event", kind="stable", key=lambda names: names.map(
            {name: i for i, name in enumerate(dict.fromkeys(part.event))}))
        who = f"   [{_who(sex, group)}]" if _who(sex, group) else ""
        blocks.append(f"EVENTS  over the whole run{who}\n" + _grid(pd.DataFrame({
            "event, arm": [f"{spoken(event)}, {spoken(arm)}" for event, arm in zip(part.event, part.arm)],
            "events": [f"{count:,}" for count in part.events],
            "rate": [short(rate) for rate in part.rate_per_1000_person_years],
            "rate ratio (95 %)": [_with_interval(*three) for three in zip(part.rate_ratio, part.lower, part.upper)],
            "averted per 1,000 (95 %)": [_with_interval(*three) for three in zip(
                part.averted_per_1000_people, part.averted_lower, part.averted_upper)],
            "needed (95 %)": [_with_interval(*three) if np.isfinite(three[1]) else "" for three in zip(
                part.number_needed_to_treat, part.needed_lower, part.needed_upper)],
        })))
    return "\n\n".join(blocks)


def _years(table: pd.DataFrame) -> str:
    """A row for each measure and arm."""
    blocks = []
    for (sex, group), part in table.groupby(["sex", "group"], sort=False):
        who = f"   [{_who(sex, group)}]" if _who(sex, group) else ""
        blocks.append(f"YEARS  a person, within the run{who}\n" + _grid(pd.DataFrame({
            "measure, arm": [f"{spoken(measure)}, {spoken(arm)}" for measure, arm in zip(part.measure, part.arm)],
            "years": [f"{years:.2f}" for years in part.years_per_person],
            "gained (95 %)": ["" if arm == base else _with_interval(*three) for arm, base, *three in zip(
                part.arm, part.reference, part.gained_years, part.lower, part.upper)],
        })))
    return "\n\n".join(blocks)
