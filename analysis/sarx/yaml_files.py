"""Reading YAML that a user wrote."""

from __future__ import annotations

import pathlib
from typing import Any

import yaml

from .errors import SarxError


def read_yaml(path: pathlib.Path) -> Any:
    """What a YAML file holds.

    Raises:
        SarxError: where it cannot be read or is not YAML.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SarxError(f"{path} cannot be read: {problem.strerror}") from None
    except (UnicodeDecodeError, yaml.YAMLError) as problem:
        raise SarxError(f"{path} is not YAML: {problem}") from None
