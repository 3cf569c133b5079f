"""Reading YAML that a user wrote."""

from __future__ import annotations

import pathlib
from typing import Any

import yaml

from .errors import SarxError
from .text_files import read_text


def read_yaml(path: pathlib.Path) -> Any:
    """What a YAML file holds.

    Raises:
        SarxError: where it cannot be read or is not YAML.
    """
    try:
        return yaml.safe_load(read_text(path))
    except yaml.YAMLError as problem:
        raise SarxError(f"{path} is not YAML: {problem}") from None
