"""Writing files: at the end of their links, whole or not at all, and never in place of what is no regular file."""

from __future__ import annotations

import contextlib
import os
import pathlib
import stat
from collections.abc import Iterator

from ..errors import SarxError

KINDS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
         (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
"""What must not be replaced by a file."""

HDF5_BEGINS = b"\x89HDF\r\n\x1a\n"


def what_is_no_file(mode: int) -> str:
    """What a file of this mode is, as in "a pipe"; empty for a regular file."""
    return next((what for is_it, what in KINDS if is_it(mode)), "")


def output_file(path: str | os.PathLike[str]) -> pathlib.Path:
    """The file that an output stands for: at the end of its links, whether it is there yet or not.

    Raises:
        SarxError: where it is no regular file, or its links go round in a circle.
    """
    try:
        file = pathlib.Path(os.path.realpath(path))
        mode = os.lstat(file).st_mode
    except FileNotFoundError:
        return file
    except OSError as problem:
        raise SarxError(f"cannot write {path}: {problem.strerror}") from None
    if stat.S_ISLNK(mode):
        raise SarxError(f"cannot write {path}: its links go round in a circle")
    if what := what_is_no_file(mode):
        raise SarxError(f"cannot write {path}: it is {what}")
    with contextlib.suppress(OSError), open(file, "rb") as there:
        if there.read(len(HDF5_BEGINS)) == HDF5_BEGINS:
            raise SarxError(f"cannot write {path}: it holds results (HDF5), which nothing here replaces; give another name")
    return file


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[pathlib.Path]:
    """A new file, to be written; takes the place of the output when the block ends well, and is gone when it does not.

    The folder is made where it is missing.

    Raises:
        SarxError: as `output_file`, and where the file cannot be written.
    """
    file = output_file(path)
    partial = file.with_name(f"{file.stem}.partial{file.suffix}")
    output_file(partial)  # what lies in its place is not written into either
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        if partial.exists():  # nothing to write is no file
            os.replace(partial, file)
    except OSError as problem:
        raise SarxError(f"cannot write {path}: {problem.strerror or problem}") from None
    finally:
        partial.unlink(missing_ok=True)
