"""Lists on the command line: words with commas between them."""

from __future__ import annotations

import argparse
import math


def names(text: str) -> list[str]:
    """The words of a list like "usual_life,power"."""
    return [name.strip() for name in text.split(",") if name.strip()]


def numbers(text: str) -> list[float]:
    """The numbers of a list like "70,80"."""
    try:
        found = [float(number) for number in names(text)]
    except ValueError:
        found = []
    if not found or not all(map(math.isfinite, found)):
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of numbers like 70,80")
    return found
