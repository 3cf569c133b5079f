"""A row of the target files, checked: all that is wrong with it is told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import SarxError, unknown
from ..estimating.intervals import NORMAL_POINT
from ..expressions import Expression
from .groups import DERIVED, ENTRY, ERRORS, FORMS, MEASUREMENT, PERS, TAKES, Group, age_band, years_of
from .instruments import INSTRUMENTS
from .targets import ROLES, Known, Problems, Target

OF_LEVEL = 0.10
OF_EFFECT = 0.25
LEAST = 0.05

KINDS = ("level", "effect", "order")
OWN_KEYS = {"id", "role", "domain", "kind", "says", "experiment", "groups", "statistic", "holds", "published", "unit",
            "spread", "tolerance", "cite", "doi", "note", "seen", "speaks", "why"}
SEEN = ("text", "recall")
NUMBERS = ("centile", "depart")
CHOICES = {"form": FORMS, "error": ERRORS, "per": PERS}
OF_THE_UNIT = ("mean", "median", "sd", "centile", "peak", "change")
SPREADS = {"sd", "n", "se", "ci95", "range"}
_OF_INSTRUMENTS = {name: instrument.unit for name, instrument in INSTRUMENTS.items()}


class Made(NamedTuple):
    """How the groups make the row's number, or the inequalities between them."""

    statistic: str
    holds: tuple[str, ...]


class Published(NamedTuple):
    """A published value with its tolerance, and where that is from."""

    value: float
    tolerance: float
    tolerance_from: str


class HalfWidth(NamedTuple):
    """Half the width of a study's 95 % interval, and what it was made of."""

    value: float
    origin: str


_IDLE: dict[str, Callable[[Group], bool]] = {
    "exposure": lambda group: not TAKES[group.take].exposure,
    "adjust": lambda group: not TAKES[group.take].adjusts or TAKES[group.take].exposure and not group.exposure,
    "per": lambda group: not TAKES[group.take].exposure or not group.exposure,
    "against": lambda group: not TAKES[group.take].against,
    "before": lambda group: not group.back,
    "where_at": lambda group: not group.where,
}
"""Keys that change what a number means, and when they would be ignored."""
_NEEDS = {
    "exposure": "no group takes a number that has one",
    "adjust": "no group takes a number that knows covariates",
    "per": "no group has an exposure",
    "against": "no group takes a number that compares two groups",
    "before": "nothing is read before the first reading",
    "where_at": "there is no 'where'",
}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _number(value: Any) -> float | None:
    """The number; None where it is none."""
    return float(value) if _is_number(value) else None


def _is_time(text: Any) -> bool:
    try:
        return years_of(text) >= 0.0
    except SarxError:
        return False


def _lasts_years(population: Mapping[str, Any]) -> float | None:
    """How long an experiment follows its people; None where that differs between them."""
    if _is_time(population.get("follow")):
        return years_of(population["follow"])
    start, end = population.get("start_age"), population.get("end_age")
    return years_of(str(end)) - years_of(str(start)) if _is_time(start) and _is_time(end) else None


def _covariates(value: Any) -> tuple[str, ...]:
    """A list of expressions, or names with spaces between them."""
    return tuple(str(one) for one in value) if isinstance(value, list) else tuple(str(value).split())


def _wrong_words(group: Group) -> Iterator[str]:
    """What is wrong in a group whatever the experiment."""
    if group.sex not in ("male", "female", "both"):
        yield f"the population has no sex '{group.sex}'; male, female or both"
    for key, choices in CHOICES.items():
        if getattr(group, key) not in choices:
            yield f"unknown {key} '{getattr(group, key)}'; there are {', '.join(choices)}"
    if not group.measure:
        yield "the measure is missing"
    if not 0.0 <= group.centile <= 100.0:
        yield f"there is no centile {group.centile:g}"
    times = [(years_of, time) for time in (group.time, group.since, group.over, group.before)]
    if group.where_at not in ("", ENTRY, MEASUREMENT):
        times.append((years_of, group.where_at))
    for reader, value in [(age_band, group.age), *times]:
        try:
            if value:
                reader(value)
        except SarxError as problem:
            yield str(problem)
    if group.take not in TAKES:
        yield f"unknown way to take a number '{group.take}'; there are {', '.join(TAKES)}"


def _wrong_needs(group: Group) -> Iterator[str]:
    """What the way to take a number lacks, or has no use for."""
    if group.take not in TAKES:
        return
    take = TAKES[group.take]
    if take.exposure and take.against:
        if bool(group.exposure) == bool(group.against):
            yield f"{group.take} needs an exposure, or a group to compare with (against), and not both"
    elif take.exposure and not group.exposure:
        yield f"{group.take} needs an exposure"
    elif take.against and not group.against:
        yield f"{group.take} needs a group to compare with (against)"


class Row:
    """Checks one row, telling all its problems."""

    def __init__(self, row: dict[str, Any], place: str, whole: Mapping[str, Any], experiments: Mapping[str, Any],
                 known: Known | None, problems: Problems) -> None:
        self.row, self.place, self.whole = row, place, whole
        self.experiments, self.known, self.problems = experiments, known, problems

    def wrong(self, what: str) -> None:
        """Notes what is wrong."""
        self.problems.add(self.place, self.row["id"], what)

    def target(self) -> Target:
        """The row as a target; not to be used where something was wrong with it."""
        row = self.row
        for key in sorted(set(row) - OWN_KEYS - set(Group.keys()), key=str):
            self.wrong(f"unknown key '{key}'")
        for key, choices in (("role", ROLES), ("seen", SEEN)):
            if row.get(key, "text" if key == "seen" else None) not in choices:
                self.wrong(f"{key} must be one of {', '.join(choices)}")
        for key in ("says", "cite"):
            if not isinstance(row.get(key), str):
                self.wrong(f"'{key}' is missing")
        doi = str(row.get("doi", ""))
        if doi and not re.fullmatch(r"10\.\d{4,}/\S+", doi):
            self.wrong(f"'{doi}' is not a DOI")
        common = {"id": row["id"], "domain": str(row.get("domain", self.whole["domain"])), "role": str(row.get("role")),
                  "says": str(row.get("says")), "place": self.place, "citation": str(row.get("cite")), "doi": doi,
                  "seen": str(row.get("seen", "text"))}
        if row.get("speaks") is False:
            if not isinstance(row.get("why"), str):
                self.wrong("a row that the model cannot speak to says why")
            return Target(**common, speaks=False, why=str(row.get("why")))
        kind = "order" if "holds" in row else str(row.get("kind", "level"))
        if kind not in KINDS:
            self.wrong(f"kind must be one of {', '.join(KINDS)}")
        experiment = str(row.get("experiment", self.whole.get("experiment", "")))
        if experiment not in self.experiments:
            self.wrong(str(unknown("experiment", experiment, self.experiments)) if experiment else
                       "the experiment is missing")
        groups = self._groups(experiment)
        made = self._statistic(groups)
        published = Published(1.0, math.nan, "all inequalities hold") if kind == "order" else self._published(kind)
        self._check_unit(groups, made.statistic)
        return Target(**common, kind=kind, experiment=experiment, groups=groups, statistic=made.statistic,
                      holds=made.holds, published=published.value, unit=str(row.get("unit")),
                      tolerance=published.tolerance, tolerance_from=published.tolerance_from)

    def _check_unit(self, groups: Mapping[str, Group], statistic: str) -> None:
        """The unit must be there, and be the measure's own where the number is one reading of it."""
        unit = self.row.get("unit")
        if not isinstance(unit, str):
            self.wrong("the unit is missing")
        elif self.known is not None and statistic == "x" and "x" in groups:
            group = groups["x"]
            own = {**self.known.units, **_OF_INSTRUMENTS, **DERIVED}.get(group.measure)
            if group.take in OF_THE_UNIT and group.form == "absolute" and own is not None and own != unit:
                self.wrong(f"the unit of {group.measure} is '{own}', not '{unit}'")

    def _groups(self, experiment: str) -> dict[str, Group]:
        keys = set(Group.keys())
        shared = {key: value for key, value in self.row.items() if key in keys}
        given = self.row.get("groups", {"x": {}})
        if not isinstance(given, dict) or not given or not all(isinstance(name, str) for name in given):
            self.wrong("groups need names")
            return {}
        groups = {}
        for name, own in given.items():
            if not isinstance(own, dict) or set(own) - keys:
                self.wrong(f"group '{name}' may hold {', '.join(sorted(keys))}")
                continue
            values = {**shared, **own}
            for key in NUMBERS:
                if key in values and not _is_number(values[key]):
                    self.wrong(f"group '{name}': {key} needs a number")
                    del values[key]
            groups[name] = Group(**{key: value if key in NUMBERS else _covariates(value) if key == "adjust" else
                                    str(value) for key, value in values.items()})
        compared = {group.against for group in groups.values()}
        for name, group in groups.items():
            before = f"group '{name}': " if name != "x" else ""
            needs = _wrong_needs(group) if name not in compared or self._is_named(name) else []
            for what in [*_wrong_words(group), *needs, *self._wrong_comparison(name, group, groups),
                         *self._wrong_variables(group, experiment), *self._wrong_people(group, experiment)]:
                self.wrong(before + what)
        for key, idle in _IDLE.items():
            used = [group for group in groups.values() if getattr(group, key) != getattr(Group(), key)]
            if used and all(group.take in TAKES and idle(group) for group in used):
                self.wrong(f"'{key}' does nothing here: {_NEEDS[key]}")
        return groups

    def _is_named(self, name: str) -> bool:
        """Whether the row's number is made of this group's own."""
        holds = self.row.get("holds", [])
        texts = [self.row.get("statistic", name if name == "x" else ""), *(holds if isinstance(holds, list) else [])]
        return any(re.search(rf"\b{re.escape(name)}\b", str(text)) for text in texts)

    def _wrong_comparison(self, name: str, group: Group, groups: Mapping[str, Group]) -> Iterator[str]:
        if group.against and (group.against == name or group.against not in groups):
            others = [other for other in groups if other != name]
            yield f"against names another group of the row: {unknown('group', group.against, others)}"

    def _wrong_variables(self, group: Group, experiment: str) -> Iterator[str]:
        try:
            names = group.variables
        except SarxError as problem:
            yield str(problem)
            return
        if self.known is None:
            return
        choices = [*self.known.units, *INSTRUMENTS, *DERIVED]
        for missing in sorted(names - set(choices)):
            yield f"{unknown('measure or variable', missing, choices)}"
        model = self.experiments.get(experiment, {}).get("model")
        muscles = (model.get("muscles") if isinstance(model, dict) else None) or self.known.muscles
        if group.muscle and muscles and group.muscle not in muscles:
            yield f"experiment {experiment}: {unknown('muscle', group.muscle, muscles)}"
        if not group.muscle and (of_muscle := sorted(names & self.known.of_muscle)):
            yield f"'{of_muscle[0]}' is of a muscle: muscle names one of {', '.join(muscles)}"

    def _wrong_people(self, group: Group, experiment: str) -> Iterator[str]:
        if (scenario := self.experiments.get(experiment)) is None:
            return
        arms = scenario.get("arms") or {"usual_life": []}
        if group.arm and group.arm not in arms:
            yield f"experiment {experiment}: {unknown('arm', group.arm, arms)}"
        lasts = _lasts_years(scenario["population"])
        for text in (group.time, group.since, group.over, group.where_at):
            if lasts is not None and _is_time(text) and years_of(text) > 1.1 * lasts:
                yield f"'{text}' lies beyond experiment {experiment}, which lasts {lasts:.3g} years"
        share = scenario["population"].get("female_fraction", 0.5)
        if (share == 0 and group.sex == "female") or (share == 1 and group.sex == "male"):
            yield f"experiment {experiment} has nobody of sex '{group.sex}'"

    def _statistic(self, groups: Mapping[str, Group]) -> Made:
        row = self.row
        holds = row.get("holds", [])
        if not isinstance(holds, list) or ("holds" in row and not holds):
            self.wrong("holds is a list of inequalities like 'old > young'")
            holds = []
        statistic = "" if holds else str(row.get("statistic", "x" if set(groups) == {"x"} else ""))
        if not statistic and not holds:
            self.wrong("the statistic is missing: how the groups make the number, like 'old / young - 1'")
        for text in [statistic, *holds]:
            if not text:
                continue
            try:
                expression = Expression(text)
            except SarxError as problem:
                self.wrong(str(problem))
                continue
            for name in sorted(expression.names - set(groups)):
                self.wrong(f"'{text}' names no group '{name}'")
            if text in holds and not expression.is_condition:
                self.wrong(f"'{text}' is not an inequality")
        return Made(statistic, tuple(str(text) for text in holds))

    def _published(self, kind: str) -> Published:
        row = self.row
        published = _number(row.get("published"))
        if published is None:
            self.wrong("the published value is missing or not a number")
            return Published(math.nan, math.nan, "")
        spread = row.get("spread", {})
        if not isinstance(spread, dict) or set(spread) - SPREADS:
            self.wrong(f"spread may hold {', '.join(sorted(SPREADS))}")
            spread = {}
        least = LEAST * abs(published)
        half = self._half_width(spread)
        stated = row.get("tolerance")
        if stated is not None:
            value = _number(stated.get("value")) if isinstance(stated, dict) and "because" in stated else None
            if value is None or not value > 0:
                self.wrong("a stated tolerance needs a value above 0 and a because")
                return Published(published, math.nan, "")
            return Published(published, value, str(stated["because"]))
        if half is not None:
            origin = half.origin if half.value >= least else f"5 % of the value; {half.origin} is narrower"
            return Published(published, max(half.value, least), origin)
        share, what = (OF_EFFECT, "an effect") if kind == "effect" else (OF_LEVEL, "a level")
        if published == 0:
            self.wrong("a published 0 needs a stated tolerance")
        return Published(published, share * abs(published), f"{100 * share:.0f} % of {what}")

    def _half_width(self, spread: Mapping[str, Any]) -> HalfWidth | None:
        """Half the 95 % interval of the study; None where it does not give one."""
        for key, value in spread.items():
            if key in ("ci95", "range"):
                sound = isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))
                sound = sound and value[0] < value[1]
            else:
                sound = _is_number(value) and value > 0
            if not sound:
                self.wrong(f"spread: {key} needs " + ("a lower and an upper number" if key in ("ci95", "range") else
                                                      "a number above 0"))
                return None
        if "ci95" in spread:
            return HalfWidth((spread["ci95"][1] - spread["ci95"][0]) / 2.0, "95 % interval of the study")
        if "se" in spread:
            return HalfWidth(NORMAL_POINT * spread["se"], "standard error of the study")
        if "sd" in spread and "n" in spread:
            return HalfWidth(NORMAL_POINT * spread["sd"] / math.sqrt(spread["n"]), "SD and number of people of the study")
        if "range" in spread:
            return HalfWidth((spread["range"][1] - spread["range"][0]) / 2.0, "range of the studies")
        return None
