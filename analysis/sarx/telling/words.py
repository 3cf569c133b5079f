"""Names, units and people as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SEX_WORDS = {"female": "women", "male": "men", "all": "women and men"}

_PRETTY_UNITS = {
    "1": "", "um2": "µm²", "us": "µs", "N m": "N·m", "cm2": "cm²", "N/cm2": "N/cm²", "kg/m2": "kg/m²",
    "m/s": "m/s", "1/year": "per year", "year": "years", "pmol/l": "pmol/l", "g/kg/day": "g/kg/day",
}

_KINDS_BY_ENDING = {"_count": "count", "_fraction": "fraction", "_ratio": "ratio", "_score": "points",
                    "_deficits": "count"}


def spoken(name: str) -> str:
    """A name as words: "usual_life" is "usual life"."""
    return name.replace("_", " ")


def unit_text(attributes: Mapping[str, Any]) -> str:
    """A unit as it is printed; empty for a pure number."""
    unit = str(attributes.get("units", "1"))
    return _PRETTY_UNITS.get(unit, unit)


def axis_title(variable: str, attributes: Mapping[str, Any]) -> str:
    """What the numbers on an axis are: the unit, or for a pure number its kind."""
    unit = unit_text(attributes)
    if unit:
        return unit
    for ending, kind in _KINDS_BY_ENDING.items():
        if variable.endswith(ending):
            return kind
    return "relative to youth" if re.search(r"1 = (\w+ )?youth", str(attributes.get("long_name", ""))) else "index"


def meaning(variable: str, attributes: Mapping[str, Any]) -> str:
    """A variable in words: its long name without what the axis says already."""
    text = str(attributes.get("long_name") or spoken(variable))
    return re.split(", [01] = ", text, maxsplit=1)[0]
