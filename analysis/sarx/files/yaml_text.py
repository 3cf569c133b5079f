"""YAML that a user wrote, scenarios among it, and YAML for users."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Mapping
from typing import Any

import yaml

from ..errors import SarxError
from .text import read_text


def read_yaml(path: pathlib.Path) -> Any:
    """What a YAML file holds.

    Raises:
        SarxError: where it cannot be read or is not YAML.
    """
    try:
        return yaml.safe_load(read_text(path))
    except yaml.YAMLError as problem:
        raise SarxError(f"{path} is not YAML: {problem}") from None


def lines_of(path: pathlib.Path, key: str) -> list[int]:
    """The lines, from 1, at which the items of a list begin.

    Args:
        path: of a file that holds a map.
        key: of the list in it.
    """
    tree = yaml.compose(read_text(path), Loader=yaml.SafeLoader)
    listed = next(value for name, value in tree.value if name.value == key)
    return [item.start_mark.line + 1 for item in listed.value]


def as_yaml(value: Mapping[str, Any]) -> str:
    """A map as YAML, in its order."""
    return str(yaml.safe_dump(dict(value), sort_keys=False, allow_unicode=True, width=120))


def in_one_line(value: Mapping[str, Any]) -> str:
    """A map as YAML in braces."""
    return str(yaml.safe_dump(dict(value), default_flow_style=True, width=math.inf)).strip()


def read_scenario(path: pathlib.Path) -> dict[str, Any]:
    """A scenario joined with those it extends.

    Raises:
        SarxError: where one of them cannot be read or is no map.
    """
    read = read_yaml(path)
    if not isinstance(read, dict):
        raise SarxError(f"{path} is not a scenario")
    extends = read.pop("extends", None)
    return joined(read_scenario(path.parent / str(extends)) if extends is not None else {}, read)


def joined(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Maps joined key by key; what stands above wins."""
    out = dict(below)
    for key, value in above.items():
        out[key] = joined(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out
