"""The scenario that a result file holds, with its parents and tables, and how it is run again."""

from __future__ import annotations

import os
import pathlib
import shlex
from dataclasses import dataclass

from ..errors import SarxError
from ..files.writing import output_file, replacing
from ..reading import Option, texts_of


@dataclass(frozen=True)
class Scenario:
    """What a run was made of."""

    name: str
    """File name of the scenario, without its folder."""

    text: str
    """The scenario as it was written."""

    beside: dict[str, str]
    """Texts of the files it names, parents and tables, by their path in the scenario's folder."""

    options: list[Option]
    """Options of the command line that shaped the plan, as ("--set", "seed=7")."""

    @property
    def files(self) -> dict[str, str]:
        """All texts by path, the scenario's first."""
        return {self.name: self.text, **self.beside}

    def command(self, folder: str | os.PathLike[str] = "") -> str:
        """The command that runs it again from a folder that holds its files."""
        words = ["sarx", "run", str(pathlib.Path(folder) / self.name)]
        for option in self.options:
            words += option
        return shlex.join(words)

    def write(self, folder: str | os.PathLike[str]) -> list[pathlib.Path]:
        """Writes all files into a folder, so that the scenario runs again from there.

        Returns:
            The files, the scenario first.

        Raises:
            SarxError: where one of them is there already, before any is written.
        """
        places = {pathlib.Path(folder) / _inside(path): text for path, text in self.files.items()}
        there = [str(place) for place in places if os.path.lexists(place)]
        if there:
            raise SarxError(f"{', '.join(there)} {'is' if len(there) == 1 else 'are'} there already; nothing was "
                            f"written: give another folder")
        for place in places:
            output_file(place)
        for place, text in places.items():
            with replacing(place) as file:
                file.write_bytes(text.encode("utf-8"))  # as it was read, line ends and all
        return list(places)


def _inside(path: str) -> pathlib.Path:
    """A path of a result file, which must not lead out of the folder it is written to."""
    relative = pathlib.PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts or not relative.parts:
        raise SarxError(f"the file names '{path}', which lies outside the scenario's folder; nothing was written")
    return pathlib.Path(relative)


def scenario(path: str | os.PathLike[str]) -> Scenario:
    """The scenario that a result file holds.

    Args:
        path: a file that `sarx run` or `sarx merge` wrote.

    Raises:
        SarxError: where the file cannot be read or holds no scenario.
    """
    found = texts_of(path)
    return Scenario(name=pathlib.PurePosixPath(found.scenario.path).name, text=found.scenario.text,
                    beside={one.path: one.text for one in found.beside}, options=list(found.options))
