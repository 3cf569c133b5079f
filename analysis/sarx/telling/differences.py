"""What tells two runs apart, as text."""

from __future__ import annotations

from typing import Any

LINES_SHOWN = 20
"""Of each part."""


def as_text(found: dict[str, Any], a: str, b: str) -> str:
    """What differs, for reading."""
    if found["same"]:
        return "nothing differs"
    parts = [f"- {a}\n+ {b}"]

    def part(title: str, lines: list[str]) -> None:
        if lines:
            more = [f"  ... and {len(lines) - LINES_SHOWN} more"] if len(lines) > LINES_SHOWN else []
            parts.append("\n".join([title, *(f"  {line}" for line in lines[:LINES_SHOWN]), *more]))

    part("PROGRAM", [f"{name}: {said['a']} -> {said['b']}" for name, said in found["program"].items()])
    part("OPTIONS", [f"{sign} {' '.join(words)}" for sign, key in (("-", "a"), ("+", "b"))
                     for words in found["options"].get(key, [])])
    for text in found["texts"]:
        part(f"TEXT OF {text['file']}", text["lines"])
    part("PARAMETERS", [f"{row['parameter']}: {row['a']} -> {row['b']}" for row in found["parameters"]])
    part("PLAN", found["plan"])
    part("ONLY IN THE FIRST", found["only_in_a"])
    part("ONLY IN THE SECOND", found["only_in_b"])
    part("NUMBERS", [_number_line(row) for row in found["numbers"]])
    if not found["numbers"]:
        parts.append("NUMBERS\n  the same at all labels that both have")
    return "\n\n".join(parts)


def _number_line(row: dict[str, Any]) -> str:
    unit = "" if row["unit"] in ("", "1") else f" {row['unit']}"
    if row["largest"] is None:
        return f"{row['name']}: {row['differing']} of {row['values']} differ ({row['at']})"
    return (f"{row['name']}: {row['differing']} of {row['values']} differ, most by {row['largest']:.4g}{unit} "
            f"({row['a']:.6g} -> {row['b']:.6g}; {row['at']})")
