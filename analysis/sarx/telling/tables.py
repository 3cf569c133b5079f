"""Tables of comparisons as text for a reader at a terminal, with what they estimate and how their intervals were made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..comparing.estimand import ATTRIBUTE
from ..estimating.comparison import EVERYONE, OF_RECORDED
from ..estimating.intervals import METHODS, TOO_FEW
from ..reading import Run
from .figures import fewer_by_pairing, percent, short, told_column
from .layout import grid, without_empty, wrapped
from .words import SEX_WORDS, spoken

INTERVALS = ("Intervals are 95 % intervals of Monte Carlo error: what other chance in a run of as many people would "
             "give. They say nothing of how well the model's parameters are known.")


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
        how = BLOCKS[name]
        parts.append(wrapped(f"{how.title}. {table.attrs[ATTRIBUTE]['in_words']}{_looked_at(table)}"))
        parts += [f"{_heading(how.title, part)}\n{how.block(part)}" for part in _parts(table)]
        parts.append(wrapped(how.meaning))
    ways = dict.fromkeys(way for table in tables.values() for way in table.interval if way in METHODS)
    hows = "; ".join(f"{way}: {METHODS[way]}" for way in ways)
    return "\n\n".join([*parts, wrapped(f"{INTERVALS}{' How: ' + hows + '.' if hows else ''}")])


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
    whose = f"{spoken(row.arm)} against {spoken(row.reference)}, {when(part)}" if "time_years" in part else _span_words(row)
    who = "".join(f"   [{words}]" for words in [_who(row.sex, row.group)] if words)
    of_whom = "" if row.population == EVERYONE else f", {spoken(row.population)}"
    counted = "n" if "n" in part else "n_both_alive"
    count = part[counted].max()
    people = f"{count:,.0f} " if np.isfinite(count) else ""
    source = "recorded people" if (part.of == OF_RECORDED).any() else "people, everyone simulated"
    if counted == "n_both_alive" and np.isfinite(count):
        best = part.loc[part.n_both_alive.astype(float).idxmax()]
        source += (f", alive in both arms; alive only in {spoken(row.arm)} (saved): {best.survivors_saved:,.0f}, only in "
                   f"{spoken(row.reference)} (lost): {best.survivors_lost:,.0f}")
    return f"{title.upper()}  {whose}{of_whom}{who}\n{people}{source}"


def _span_words(row: pd.Series) -> str:
    """From when and until when, of a row."""
    since = {"index": "from the first offer", "start": "from the run's start"}
    return f"{since.get(str(row.since), f'from {row.since} years after the start')} to {row.horizon}"


def when(part: pd.DataFrame) -> str:
    """Of which age or time rows are."""
    age, time = part.age_years.iloc[0], part.time_years.iloc[0]
    if np.isfinite(age):
        return f"at {age:.4g} years of age"
    return f"{time:.4g} years after the start" if np.isfinite(time) else f"at {part.horizon.iloc[0]}"


def named(part: pd.DataFrame) -> list[str]:
    """Variables with their muscles."""
    return [name + (f", {spoken(muscle)}" if muscle else "") for name, muscle in zip(part.variable, part.muscle)]


def _who(sex: str, group: str) -> str:
    """Of whom a row is."""
    return ", ".join(text for text in (SEX_WORDS[sex] if sex != "all" else "", spoken(group)) if text)


def _effects(part: pd.DataFrame) -> str:
    told = told_column(part, "age_gained_years", "age_gained_lower", "age_gained_upper")
    gained = [f">{value:+.0f} y" if floor else ("" if not np.isfinite(low) else f"{text} y")
              for value, low, floor, text in zip(part.age_gained_years, part.age_gained_lower, part.age_gained_is_floor,
                                                 told)]
    return grid(without_empty({
        "variable": named(part),
        "unit": list(part.unit),
        "reference": [short(value) for value in part.reference_mean],
        "effect (95 %)": told_column(part, "effect"),
        "how": list(part.interval),
        "delta": [f"{value:+.2f}" if np.isfinite(value) and way != TOO_FEW else ""
                  for value, way in zip(part.glass_delta, part.interval)],
        "better %": percent(part.benefit_fraction),
        "worse %": percent(part.worse_fraction),
        "gained": gained,
        "fewer": [fewer_by_pairing(*three) for three in zip(part.pairing_gain, part.lower, part.upper)],
    }))


def _events(part: pd.DataFrame) -> str:
    return grid(without_empty({
        "event, arm": [f"{spoken(event)}, {spoken(arm)}" for event, arm in zip(part.event, part.arm)],
        "events": [short(count) for count in part.events],
        "reference rate": [short(rate) for rate in part.reference_rate_per_1000_person_years],
        "rate": [short(rate) for rate in part.rate_per_1000_person_years],
        "rate ratio (95 %)": told_column(part, "rate_ratio"),
        "averted per 1,000 (95 %)": told_column(part, "averted_per_1000_people", "averted_lower", "averted_upper"),
        "per 100 treated years (95 %)": told_column(part, "averted_per_100_treated_years", "treated_lower",
                                                    "treated_upper"),
        "how": list(part.interval),
    }))


def _risks(part: pd.DataFrame) -> str:
    return grid(without_empty({
        "first event, arm": [f"{spoken(event)}, {spoken(arm)}" for event, arm in zip(part.event, part.arm)],
        "reference %": percent(part.reference_risk, 1),
        "risk %": percent(part.risk, 1),
        "ratio (95 %)": told_column(part, "risk_ratio", "ratio_lower", "ratio_upper"),
        "averted, points (95 %)": told_column(part, "risk_averted", factor=100.0),
        "needed to treat (95 %)": [
            text if np.isfinite(low) else "" for text, low in
            zip(told_column(part, "number_needed_to_treat", "needed_lower", "needed_upper"), part.needed_lower)],
        "how": list(part.interval),
    }))


def _years(part: pd.DataFrame) -> str:
    return grid(without_empty({
        "measure, arm": [f"{spoken(measure)}, {spoken(arm)}" for measure, arm in zip(part.measure, part.arm)],
        "reference": [f"{years:.2f}" if np.isfinite(years) else "" for years in part.reference_years_per_person],
        "years": [f"{years:.2f}" if np.isfinite(years) else "" for years in part.years_per_person],
        "gained (95 %)": told_column(part, "gained_years"),
        "how": list(part.interval),
    }))


def _prevalence(part: pd.DataFrame) -> str:
    return grid(without_empty({
        "variable, class": [f"{spoken(name)}, {spoken(label)}" for name, label in zip(part.variable, part["class"])],
        "reference %": percent(part.reference_share, 1),
        "share %": percent(part.share, 1),
        "difference, points (95 %)": told_column(part, "difference", factor=100.0),
        "how": list(part.interval),
    }))


def _composite(part: pd.DataFrame) -> str:
    return grid(without_empty({
        "arm": [spoken(arm) for arm in part.arm],
        "alive, twin dead": [f"{count:,}" for count in part.lives_longer],
        "shorter": [f"{count:,}" for count in part.lives_shorter],
        "better": [f"{count:,}" for count in part.better],
        "worse": [f"{count:,}" for count in part.worse],
        "alike": [f"{count:,}" for count in part.alike],
        "win ratio (95 %)": told_column(part, "win_ratio", "ratio_lower", "ratio_upper"),
        "net benefit, points (95 %)": told_column(part, "net_benefit", factor=100.0),
        "how": list(part.interval),
    }))


@dataclass(frozen=True)
class Block:
    """How a table is told."""

    title: str
    block: Callable[[pd.DataFrame], str]
    """Draws its rows of one horizon, population and group."""
    meaning: str
    """Of its columns."""


BLOCKS = {
    "effects": Block("Effects", _effects, (
        "Effect: mean difference of the same people between the arm and the reference. Delta: Glass's delta, the effect "
        "over the reference's spread between people of a sex, women's and men's averaged by their number. Better, worse: "
        "share of people by the smallest worthwhile difference or more; it depends on the luck that arms share. Gained: "
        "years until the arm is where the reference was at 70, of the recorded people (> where it is not there by the end "
        "of the run). Fewer: how many times fewer people this pairing needs than two separate groups.")),
    "events": Block("Events", _events, (
        "Rates are for each 1,000 person-years. Averted: events fewer for each 1,000 people within the horizon, and for each "
        "100 years that those reached lived with it. An arm that lets people live longer gives them years to fall in: read "
        "rates beside counts.")),
    "risks": Block("Risks", _risks, (
        "Share of those at risk (of once-only events: who had none before) with a first event within the horizon; who dies "
        "before it is without. Averted: reference less arm, in percentage points. Needed to treat: people reached for one "
        "event fewer within the horizon (negative: one more), told where the interval leaves out none.")),
    "years": Block("Years", _years, (
        "Years for each person within the horizon, the dead with those they had, so nobody is selected by survival.")),
    "prevalence": Block("Prevalence", _prevalence, (
        "Shares of all who began and are in follow-up, the dead as a class.")),
    "composite": Block("Composite", _composite, (
        "Each person against their own twin in the reference arm: who dies later within the horizon fares better; of those "
        "alive in both arms at its end, who is better by the worthwhile difference. Win ratio: better fates over worse. Net "
        "benefit: their difference, in percentage points of people.")),
}
"""By the name of the table."""
