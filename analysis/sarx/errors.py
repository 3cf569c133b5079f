"""What goes wrong, told in sentences."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SarxError(Exception):
    """A problem of the user's input or file, told in a sentence that says what to do."""


def unknown(kind: str, name: str, known: Iterable[str]) -> SarxError:
    """The error for a name that is not there, with the nearest that is.

    Args:
        kind: what was named, as in "variable" or "arm".
        name: what the user wrote.
        known: the names there are.
    """
    names = list(known)
    if not names:
        return SarxError(f"there is no {kind} '{name}': this file holds none")
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return SarxError(f"there is no {kind} '{name}'; did you mean '{near[0]}'?")
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return SarxError(f"there is no {kind} '{name}'; there are: {shown}")
