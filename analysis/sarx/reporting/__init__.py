"""A run as one page that needs nothing beside it: pictures that answer, tables, where the numbers come from."""

from __future__ import annotations

import os
import pathlib

from ..files.writing import replacing
from ..reading import Run, Source
from .page import page

LARGEST_PAGE_BYTES = 5_000_000
"""What a page must stay below, so that it travels by mail."""

NUMBERS_SHOWN, FEWEST_NUMBERS = 550_000, 20_000
"""How many numbers of courses a page holds, and what is not gone below to make it smaller."""


def report(source: Source, output: str | os.PathLike[str]) -> pathlib.Path:
    """Writes a page about a run: the cascade, its order, effects, events, years, who gains, single lives, sources.

    Args:
        source: a path, a dataset from `sarx.open`, or a `Run`.
        output: the HTML file.

    Returns:
        The file's path. The page loads nothing; its pictures are drawn by the browser from the numbers inside.

    Raises:
        SarxError: where the run cannot be read or the page cannot be written.
    """
    run = Run.of(source)
    numbers = NUMBERS_SHOWN
    while len((text := page(run, numbers)).encode("utf-8")) > LARGEST_PAGE_BYTES and numbers > FEWEST_NUMBERS:
        numbers //= 2
    path = pathlib.Path(output)
    with replacing(path) as file:
        file.write_text(text, encoding="utf-8")
    return path
