"""What goes wrong, told in sentences."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class SarxError(Exception):
    """A problem of the user's input or file, told in a sentence that says what to do."""


def unknown(kind: str, name: str, there: Iterable[str]) -> SarxError:
    """The error for a name that is not there, with the nearest that is.

    Args:
        kind: what was named, as in "variable" or "arm".
        name: what the user wrote.
        there: the names there are.
    """
    names = list(there)
    if not names:
        return SarxError(f"there is no {kind} '{name}': this file holds none")
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return SarxError(f"there is no {kind} '{name}'; did you mean '{near[0]}'?")
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return SarxError(f"there is no {kind} '{name}'; there are: {shown}")


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """The name, if it is one of those there are.

    Raises:
        SarxError: naming the nearest that is.
    """
    there = list(names)
    if name not in there:
        raise unknown(kind, name, there)
    return name


def chosen(kind: str, asked: Sequence[str] | None, names: Iterable[str]) -> list[str]:
    """The names asked for in the order of those there are; all where none are.

    Raises:
        SarxError: for one that is not there.
    """
    there = list(names)
    for name in asked or ():
        known(kind, name, there)
    return [name for name in there if asked is None or name in asked]
