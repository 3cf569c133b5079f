"""Text for a reader at a terminal: wrapped sentences, tables in a grid."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd

WIDTH = 118


def wrapped(text: str) -> str:
    """A paragraph."""
    return "\n".join(textwrap.wrap(text, WIDTH))


def grid(frame: pd.DataFrame) -> str:
    """A table whose first column is set left."""
    first = frame.columns[0]
    width = max([len(str(text)) for text in frame[first]] + [len(first)])
    shown = frame.assign(**{first: [str(text).ljust(width) for text in frame[first]]})
    return str(shown.rename(columns={first: first.ljust(width)}).to_string(index=False, justify="right"))


def without_empty(columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """The columns that say something."""
    told = {name: list(map(str, texts)) for name, texts in columns.items()}
    return pd.DataFrame({name: texts for name, texts in told.items() if any(texts)})
