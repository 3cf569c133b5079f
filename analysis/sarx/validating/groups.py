"""What a row of the targets asks of people: who is measured, when, how, and what is made of the readings."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from ..errors import SarxError
from ..expressions import BACK, ONWARD, Expression
from ..files import spans
from .instruments import INSTRUMENTS


@dataclass(frozen=True)
class Take:
    """One way to make a number of readings.

    `twice`: of two readings of a person, or of all between them; `scattered`: readings hold the error of their
    instrument by default; `exposure`, `against`: what it needs; `adjusts`: whether it knows covariates.
    """

    twice: bool = False
    scattered: bool = False
    exposure: bool = False
    against: bool = False
    adjusts: bool = False


TAKES = {
    "mean": Take(adjusts=True),
    "median": Take(),
    "sd": Take(scattered=True),
    "centile": Take(scattered=True),
    "change": Take(twice=True),
    "rate": Take(twice=True),
    "any": Take(twice=True),
    "slope": Take(),
    "peak": Take(),
    "onset": Take(),
    "change_point": Take(),
    "relation": Take(scattered=True, exposure=True, adjusts=True),
    "standardised_relation": Take(scattered=True, exposure=True, adjusts=True),
    "correlation": Take(scattered=True, exposure=True, adjusts=True),
    "odds_ratio": Take(scattered=True, exposure=True, adjusts=True),
    "hazard_ratio": Take(twice=True, scattered=True, exposure=True, against=True, adjusts=True),  # either of the two
    "auc": Take(scattered=True, exposure=True),
    "incidence": Take(twice=True),
    "median_time": Take(twice=True),
    "mean_time": Take(twice=True),
    "cohen_d": Take(scattered=True, against=True),
    "glass_delta": Take(scattered=True, against=True),
}
"""What can be made of readings; README.md of the targets says what each is."""

FORMS = ("absolute", "fraction", "percent", "per_year", "percent_per_year", "fraction_per_year")
ERRORS = ("default", "none")
PERS = ("unit", "sd")
ENTRY, MEASUREMENT = "entry", "measurement"
NOT = "not "
DERIVED = {"age_years": "year"}
"""Names that every experiment has beside its variables, with their units."""


def years_of(text: str) -> float:
    """A span of time in years.

    Raises:
        SarxError: where it is none.
    """
    years = spans.years_of(str(text))
    if years is None:
        raise SarxError(f"'{text}' is not a time like '14 days' or '3 years'")
    return years


def age_band(text: str) -> tuple[float, float]:
    """Ages from (included) to (not included), in years: "60-69 years", "80+ years", "71 years" (70 up to 72).

    Raises:
        SarxError: where it is none, or nobody has it.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:(\+)|-\s*(\d+(?:\.\d+)?))?\s*years?\s*", str(text))
    if not match:
        raise SarxError(f"'{text}' is not an age like '71 years', '60-69 years' or '80+ years'")
    low = float(match[1])
    low, high = (low, 130.0) if match[2] else (low, float(match[3]) + 1.0) if match[3] else (low - 1.0, low + 1.0)
    if not (15.0 <= low < high) or low >= 110.0:
        raise SarxError(f"nobody has the age '{text}'")
    return low, high


@dataclass(frozen=True)
class Group:
    """Who is measured, when, how, and what is taken of the readings.

    `age` is a band at the time of the reading, of two readings at the first; `time` counts from the start of the
    experiment, `since` is the earlier of two times (default: the start); `over` follows everyone from each age of the
    band for so long instead. `where` is a condition at baseline: at the first reading of who is found at an
    age, at entry of who is read at a time since the start; `where_at` says otherwise. `exposure` is an expression,
    `adjust` names covariates; both are of the first reading. `grew` names a variable that must have risen between the
    two times ("not NAME": must not have), `had` one that must have risen in the time `before` them (default: as long
    as from one to the other). `against` names the group of the row to compare with. `error: none` reads the truth.
    """

    measure: str = ""
    muscle: str = ""
    sex: str = "both"
    age: str = ""
    arm: str = ""
    time: str = ""
    since: str = ""
    over: str = ""
    before: str = ""
    where: str = ""
    where_at: str = ""
    grew: str = ""
    had: str = ""
    take: str = "mean"
    form: str = "absolute"
    centile: float = 50.0
    exposure: str = ""
    per: str = "unit"
    adjust: tuple[str, ...] = ()
    against: str = ""
    error: str = "default"
    depart: float = 0.05

    @staticmethod
    def keys() -> list[str]:
        """What a group may hold."""
        return [field.name for field in fields(Group)]

    @property
    def expressions(self) -> list[Expression]:
        """All that is read.

        Raises:
            SarxError: where one is no expression.
        """
        texts = (self.measure, self.where, self.exposure, self.grew.removeprefix(NOT), self.had, *self.adjust)
        return [Expression(text, over_time=True) for text in texts if text]

    @property
    def variables(self) -> set[str]:
        """Recorded variables that the group needs."""
        names = set().union(*(one.names for one in self.expressions))
        found: set[str] = set()
        while names:
            name = names.pop()
            if name in INSTRUMENTS:
                names |= INSTRUMENTS[name].expression.names
            elif name not in DERIVED:
                found.add(name)
        return found

    @property
    def onward(self) -> bool:
        """Whether there are two readings, the second after the first."""
        return bool(self.over) or TAKES[self.take].twice or self.becomes or self._uses(ONWARD)

    @property
    def becomes(self) -> bool:
        """Whether the outcome is what happens between two readings, rather than the state at one."""
        return self.take == "hazard_ratio" or (self.take in ("odds_ratio", "auc") and bool(self.over or self.since))

    @property
    def back(self) -> bool:
        """Whether something is read before the first reading."""
        return bool(self.had) or self._uses(BACK)

    def compared_by(self, other: Group) -> Group:
        """This group read as another reads itself, that compares itself with it."""
        return replace(self, take=other.take, against=other.against, error=other.error)

    def _uses(self, functions: tuple[str, ...]) -> bool:
        return any(one.functions.intersection(functions) for one in self.expressions)
