"""Reading text that a user wrote: UTF-8, or a sentence that says what it is instead."""

from __future__ import annotations

import os
import pathlib
import re

from ..errors import SarxError

WAY_OUT = "save it as UTF-8"


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file, without a byte-order mark.

    Raises:
        SarxError: where it cannot be read, or is no text in UTF-8 whose lines end in LF or CRLF.
    """
    try:
        raw = pathlib.Path(path).read_bytes()
    except OSError as problem:
        raise SarxError(f"{path} cannot be read: {problem.strerror}") from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:1000].count(0) > len(raw[:1000]) / 4:
        raise SarxError(f"{path} is UTF-16: {WAY_OUT}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start].decode("utf-8-sig")
        raise SarxError(f"{path}:{_place(before)}: a byte that is not UTF-8, 0x{raw[problem.start]:02x}: an older "
                        f"encoding, such as ISO 8859-1 or Windows-1252; {WAY_OUT}") from None
    if "\0" in text:
        raise SarxError(f"{path}:{_place(text[: text.index(chr(0))])}: a NUL byte; no text holds one")
    if lone := re.search(r"\r+(?![\r\n]|\Z)", text):
        raise SarxError(f"{path}:{_place(text[: lone.start()])}: a line ends in CR alone, as on old Macs; "
                        f"save it with lines that end in LF or CRLF")
    return text


def _place(before: str) -> str:
    """Line and column of what follows."""
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
