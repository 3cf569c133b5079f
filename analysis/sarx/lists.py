"""Lists on the command line: words with commas between them."""

from __future__ import annotations

import argparse


def names(text: str) -> list[str]:
    """The words of a list like "usual_life,power"."""
    return [name.strip() for name in text.split(",") if name.strip()]


def numbers(text: str) -> list[float]:
    """The numbers of a list like "70,80"."""
    try:
        return [float(number) for number in names(text)]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of numbers like 70,80") from None
