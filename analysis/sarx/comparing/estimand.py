"""What a table estimates, in the five parts of an estimand (ICH E9(R1)) and its horizon."""

from __future__ import annotations

from dataclasses import asdict, dataclass

ATTRIBUTE = "estimand"
"""Name of the attribute of a table that holds it."""

ALIVE_IN_BOTH = "those alive in both arms (principal stratum; both lives of each are known here)"

STOPPING = {
    "everyone": "drop-out and missed doses are part of it (treatment policy)",
    "reached": "drop-out and missed doses are part of it (treatment policy)",
    "per_protocol": "at least 80 % of the dose taken and no drop-out by the horizon (per protocol)",
}
POPULATION_WORDS = {
    "everyone": "everyone (intention to treat)",
    "reached": "those reached",
    "per_protocol": "those who kept to the protocol",
}


@dataclass(frozen=True)
class Estimand:
    """What is estimated."""

    population: str
    variable: str
    death: str
    stopping: str
    summary: str
    horizon: str

    def __str__(self) -> str:
        return (f"Estimand: {self.summary}, of {self.variable}; {self.horizon}. In {self.population}; {self.stopping}. "
                f"Death: {self.death}.")

    def as_dict(self) -> dict[str, str]:
        """By part."""
        return asdict(self)


def populations_in_words(populations: tuple[str, ...], among: str | None) -> str:
    """Of whom a table is."""
    words = " and ".join(POPULATION_WORDS[name] for name in populations)
    return f"{words}, where at the first record {among}" if among else words


def stopping_in_words(populations: tuple[str, ...]) -> str:
    """How those who stopped are handled."""
    return "; ".join(dict.fromkeys(STOPPING[name] for name in populations))
