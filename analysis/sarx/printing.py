"""Tables of comparisons as text for a reader at a terminal, with what they estimate and how their intervals were made."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from .comparing.estimand import ATTRIBUTE
from .estimating.intervals import METHODS, TOO_FEW
from .levels import headlines_among
from .plot.style import SEX_TITLES, USUAL_MUSCLE, spoken
from .reading import Run

WIDTH = 118
INTERVALS = ("Intervals are 95 % intervals of Monte Carlo error: what other chance in a run of as many people would "
             "give. They say nothing of how well the model's parameters are known.")

MOST_BY_PAIRING = 1000.0
"""Times fewer people beyond which no number is told."""


def headlines(run: Run) -> list[str] | None:
    """The variables a reader sees first: one or two a level of the cascade; None where none of them was recorded."""
    return headlines_among(run.variables(run.by_time, "mean"))


def as_text(run: Run, tables: dict[str, pd.DataFrame]) -> str:
    """Tables of comparisons for a reader.

    Args:
        run: the file they are of.
        tables: by the names in BLOCKS.

    Returns:
        A heading; for each table what it estimates, its blocks, and what its columns mean.
    """
    people = f"{run.people:,} people" if run.people is not None else "people"
    parts = [f"{run.title}\n{people}, the same in every arm; {run.file_people:,} of them recorded one by one."
             f"{_survey_words(run)}"]
    for name, table in tables.items():
        title, block, meaning = BLOCKS[name]
        parts.append(_wrapped(f"{title}. {table.attrs[ATTRIBUTE]['in_words']}{_looked_at(table)}"))
        parts += [f"{_heading(title, part)}\n{block(part)}" for part in _parts(table)]
        parts.append(_wrapped(meaning))
    ways = dict.fromkeys(way for table in tables.values() for way in table.interval if way in METHODS)
    hows = "; ".join(f"{way}: {METHODS[way]}" for way in ways)
    return "\n\n".join([*parts, _wrapped(f"{INTERVALS}{' How: ' + hows + '.' if hows else ''}")])


def _survey_words(run: Run) -> str:
    """What a survey's weights and design do to the tables; empty without them."""
    if "weight" not in run.root:
        return ""
    told = "\nSurvey weights count in all figures, so that counts of events are sums of weights."
    return told + (" Intervals are by a jackknife over sampling units within strata." if "sampling_unit" in run.root else "")


def _looked_at(table: pd.DataFrame) -> str:
    """How many contrasts between groups a table holds, before anybody picks one."""
    told = f" Groups: {table.attrs['groups']}." if "groups" in table.attrs else ""
    contrasts = int(table.attrs.get("contrasts", 0))
    if not contrasts:
        return told
    return (f"{told} {contrasts} contrast{'s' if contrasts > 1 else ''} of the highest against the lowest part "
            f"{'were' if contrasts > 1 else 'was'} looked at: one in twenty leaves out 0 where there is nothing.")


def _parts(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows of one horizon or time, population, sex and group; of effects of one arm."""
    keys = ["horizon", "population", "sex", "group"]
    if "variable" in table and "time_years" in table:
        keys = ["arm", "time_years", *keys]
    return [part for _, part in table.groupby(keys, sort=False, dropna=False)]


def _heading(title: str, part: pd.DataFrame) -> str:
    """Of what a block is."""
    row = part.iloc[0]
    whose = f"{spoken(row.arm)} against {spoken(row.reference)}, {_when(part)}" if "time_years" in part else _span_words(row)
    who = "".join(f"   [{words}]" for words in [_who(row.sex, row.group)] if words)
    of_whom = "" if row.population == "everyone" else f", {spoken(row.population)}"
    counted = "n" if "n" in part else "n_both_alive"
    count = part[counted].max()
    people = f"{count:,.0f} " if np.isfinite(count) else ""
    source = "recorded people" if (part.of == "recorded people").any() else "people, everyone simulated"
    if counted == "n_both_alive" and np.isfinite(count):
        best = part.loc[part.n_both_alive.astype(float).idxmax()]
        source += (f", alive in both arms; alive only in {spoken(row.arm)} (saved): {best.survivors_saved:,.0f}, only in "
                   f"{spoken(row.reference)} (lost): {best.survivors_lost:,.0f}")
    return f"{title.upper()}  {whose}{of_whom}{who}\n{people}{source}"


def _span_words(row: pd.Series) -> str:
    """From when and until when, of a row."""
    since = {"index": "from the first offer", "start": "from the run's start"}
    return f"{since.get(str(row.since), f'from {row.since} years after the start')} to {row.horizon}"


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
    if np.isfinite(age):
        return f"at {age:.4g} years of age"
    return f"{time:.4g} years after the start" if np.isfinite(time) else f"at {part.horizon.iloc[0]}"


def _named(part: pd.DataFrame) -> list[str]:
    """Variables with their muscles."""
    return [name + (f", {spoken(muscle)}" if muscle else "") for name, muscle in zip(part.variable, part.muscle)]


def _span(lower: float, upper: float) -> str:
    """An interval."""
    return f"{short(lower)} to {short(upper)}" if np.isfinite(lower) and np.isfinite(upper) else ""


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH))


def short(value: float) -> str:
    """A number with four figures; empty for NaN."""
    if not np.isfinite(value):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}" if abs(value) >= 0.001 else f"{value:.2g}"


def to_its_error(value: float, lower: float, upper: float) -> tuple[str, str]:
    """A value and its interval with the figures that its error leaves it: two of the shorter half of the interval.

    Returns:
        The value, two figures where it has no interval; and the interval, empty where there is none.
    """
    if not np.isfinite(value):
        return "", ""
    if not (np.isfinite(lower) and np.isfinite(upper)) or not upper > lower:
        return "0" if value == 0 else f"{float(f'{value:.2g}'):,g}", ""
    halves = [half for half in (value - lower, upper - value) if half > 0.0] or [upper - lower]
    places = 1 - int(np.floor(np.log10(min(halves))))

    def told(number: float) -> str:
        rounded = round(number, places)
        return f"{rounded + 0.0:,.{max(places, 0)}f}"

    return told(value), f"{told(lower)} to {told(upper)}"


def with_interval(value: float, lower: float, upper: float) -> str:
    """A value with its interval."""
    told, span = to_its_error(value, lower, upper)
    return f"{told} ({span})" if span else told


def fewer_by_pairing(gain: float, lower: float, upper: float) -> str:
    """How many times fewer people the pairing needs, to its error; empty where too few differ to tell."""
    if not np.isfinite([gain, lower, upper]).all():
        return ""
    return f">{MOST_BY_PAIRING:,.0f} x" if gain > MOST_BY_PAIRING else f"{float(f'{gain:.2g}'):g} x"


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


def _three(part: pd.DataFrame, value: str, lower: str = "lower", upper: str = "upper", factor: float = 1.0) -> list[str]:
    """Values with their intervals."""
    return [with_interval(*(factor * number for number in numbers)) for numbers in
            zip(part[value].astype(float), part[lower].astype(float), part[upper].astype(float))]


def _percent(shares: Iterable[float]) -> list[str]:
    """Shares as per cent, to a tenth."""
    return ["" if not np.isfinite(share) else f"{100 * share:.1f}" for share in shares]


def _without_empty(columns: dict[str, Sequence[str]]) -> pd.DataFrame:
    """Columns that say something."""
    return pd.DataFrame({name: list(texts) for name, texts in columns.items() if any(texts)})


def _effects(part: pd.DataFrame) -> str:
    gained = [f">{value:+.0f} y" if floor else ("" if not np.isfinite(low) else f"{text} y")
              for value, low, floor, text in zip(part.age_gained_years, part.age_gained_lower, part.age_gained_is_floor,
                                                 _three(part, "age_gained_years", "age_gained_lower", "age_gained_upper"))]
    return _grid(_without_empty({
        "variable": _named(part),
        "unit": list(part.unit),
        "reference": [short(value) for value in part.reference_mean],
        "effect (95 %)": _three(part, "effect"),
        "how": list(part.interval),
        "delta": [f"{value:+.2f}" if np.isfinite(value) and way != TOO_FEW else ""
                  for value, way in zip(part.glass_delta, part.interval)],
        "better %": [f"{100 * value:.0f}" if np.isfinite(value) else "" for value in part.benefit_fraction],
        "worse %": [f"{100 * value:.0f}" if np.isfinite(value) else "" for value in part.worse_fraction],
        "gained": gained,
        "fewer": [fewer_by_pairing(*three) for three in zip(part.pairing_gain, part.lower, part.upper)],
    }))


def _events(part: pd.DataFrame) -> str:
    return _grid(_without_empty({
        "event, arm": [f"{spoken(event)}, {spoken(arm)}" for event, arm in zip(part.event, part.arm)],
        "events": [short(count) for count in part.events],
        "reference rate": [short(rate) for rate in part.reference_rate_per_1000_person_years],
        "rate": [short(rate) for rate in part.rate_per_1000_person_years],
        "rate ratio (95 %)": _three(part, "rate_ratio"),
        "averted per 1,000 (95 %)": _three(part, "averted_per_1000_people", "averted_lower", "averted_upper"),
        "per 100 treated years (95 %)": _three(part, "averted_per_100_treated_years", "treated_lower", "treated_upper"),
        "how": list(part.interval),
    }))


def _risks(part: pd.DataFrame) -> str:
    return _grid(_without_empty({
        "first event, arm": [f"{spoken(event)}, {spoken(arm)}" for event, arm in zip(part.event, part.arm)],
        "reference %": _percent(part.reference_risk),
        "risk %": _percent(part.risk),
        "ratio (95 %)": _three(part, "risk_ratio", "ratio_lower", "ratio_upper"),
        "averted, points (95 %)": _three(part, "risk_averted", factor=100.0),
        "needed to treat (95 %)": [
            text if np.isfinite(low) else "" for text, low in
            zip(_three(part, "number_needed_to_treat", "needed_lower", "needed_upper"), part.needed_lower)],
        "how": list(part.interval),
    }))


def _years(part: pd.DataFrame) -> str:
    return _grid(_without_empty({
        "measure, arm": [f"{spoken(measure)}, {spoken(arm)}" for measure, arm in zip(part.measure, part.arm)],
        "reference": [f"{years:.2f}" if np.isfinite(years) else "" for years in part.reference_years_per_person],
        "years": [f"{years:.2f}" if np.isfinite(years) else "" for years in part.years_per_person],
        "gained (95 %)": _three(part, "gained_years"),
        "how": list(part.interval),
    }))


def _prevalence(part: pd.DataFrame) -> str:
    return _grid(_without_empty({
        "variable, class": [f"{spoken(name)}, {spoken(label)}" for name, label in zip(part.variable, part["class"])],
        "reference %": _percent(part.reference_share),
        "share %": _percent(part.share),
        "difference, points (95 %)": _three(part, "difference", factor=100.0),
        "how": list(part.interval),
    }))


def _composite(part: pd.DataFrame) -> str:
    return _grid(_without_empty({
        "arm": [spoken(arm) for arm in part.arm],
        "alive, twin dead": [f"{count:,}" for count in part.lives_longer],
        "shorter": [f"{count:,}" for count in part.lives_shorter],
        "better": [f"{count:,}" for count in part.better],
        "worse": [f"{count:,}" for count in part.worse],
        "alike": [f"{count:,}" for count in part.alike],
        "win ratio (95 %)": _three(part, "win_ratio", "ratio_lower", "ratio_upper"),
        "net benefit, points (95 %)": _three(part, "net_benefit", factor=100.0),
        "how": list(part.interval),
    }))


BLOCKS: dict[str, tuple[str, Callable[[pd.DataFrame], str], str]] = {
    "effects": ("Effects", _effects, (
        "Effect: mean difference of the same people between the arm and the reference. Delta: Glass's delta, the effect "
        "over the reference's spread between people of a sex, women's and men's averaged by their number. Better, worse: "
        "share of people by the smallest worthwhile difference or more; it depends on the luck that arms share. Gained: "
        "years until the arm is where the reference was at 70, of the recorded people (> where it is not there by the end "
        "of the run). Fewer: how many times fewer people this pairing needs than two separate groups.")),
    "events": ("Events", _events, (
        "Rates are for each 1,000 person-years. Averted: events fewer for each 1,000 people within the horizon, and for each "
        "100 years that those reached lived with it. An arm that lets people live longer gives them years to fall in: read "
        "rates beside counts.")),
    "risks": ("Risks", _risks, (
        "Share of those at risk (of once-only events: who had none before) with a first event within the horizon; who dies "
        "before it is without. Averted: reference less arm, in percentage points. Needed to treat: people reached for one event fewer within the horizon (negative: one more), "
        "told where the interval leaves out none.")),
    "years": ("Years", _years, (
        "Years for each person within the horizon, the dead with those they had, so nobody is selected by survival.")),
    "prevalence": ("Prevalence", _prevalence, (
        "Shares of all who began and are in follow-up, the dead as a class.")),
    "composite": ("Composite", _composite, (
        "Each person against their own twin in the reference arm: who dies later within the horizon fares better; of those "
        "alive in both arms at its end, who is better by the worthwhile difference. Win ratio: better fates over worse. Net "
        "benefit: their difference, in percentage points of people.")),
}
"""Of each table its title, what draws a block of it, and what its columns mean."""
