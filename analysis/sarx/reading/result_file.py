"""A result file, opened: the trajectories and the groups as xarray datasets, the provenance as a dictionary."""

from __future__ import annotations

import importlib.util
import os
import pathlib
from typing import Any

import h5py
import numpy as np
import xarray as xr

from ..arrays import Array
from ..errors import SarxError, known

FORMAT = 1
"""Newest version of the file's layout that this package reads."""

FILE_ATTRIBUTE, GROUP_ATTRIBUTE = "sarx_file", "sarx_group"
"""Attributes of an opened dataset that hold the path of its file, and which group of it this is."""


def checked(path: str | os.PathLike[str]) -> pathlib.Path:
    """The path of a readable result file.

    Raises:
        SarxError: where it is missing, unfinished, not HDF5, cut short or newer than this package.
    """
    file = pathlib.Path(path)
    if not file.exists():
        started = sorted(file.parent.glob(file.name + ".part*")) if file.parent.is_dir() else []
        if started:
            raise SarxError(f"{file} is not finished: only {started[0].name} is there, still being written or "
                            f"interrupted; "
                            f"`sarx run SCENARIO -o {file} --resume` goes on with an interrupted one")
        raise SarxError(f"there is no file {file}")
    if file.is_dir():
        raise SarxError(f"{file} is a folder, not a result file")
    if file.stat().st_size == 0:
        raise SarxError(f"{file} is empty")
    if not h5py.is_hdf5(file):
        raise SarxError(f"{file} is not an HDF5 file; results are what `sarx run SCENARIO -o FILE` writes")
    try:
        with h5py.File(file, "r") as opened:
            version = opened.attrs.get("sarx_format", FORMAT)
            has_axes = "arm" in opened and "time_years" in opened
    except OSError as problem:
        short = "truncated" in str(problem)
        raise SarxError(f"{file} is cut short: it was not copied or written to its end" if short
                        else f"{file} cannot be read: {problem}") from None
    if int(version) > FORMAT:
        raise SarxError(f"{file} has format {int(version)}, this package reads up to {FORMAT}: update the sarx package")
    if not has_axes:
        raise SarxError(f"{file} is HDF5, but not a result of sarx: it has no /arm and /time_years")
    return file


def engine() -> str:
    """The library that xarray reads netCDF-4 with."""
    for module, name in (("netCDF4", "netcdf4"), ("h5netcdf", "h5netcdf")):
        if importlib.util.find_spec(module):
            return name
    raise SarxError("reading needs the Python package netCDF4 or h5netcdf (Debian: python3-netcdf4)")


def groups(path: str | os.PathLike[str]) -> list[str]:
    """Names of the groups of a result file, for `open_run(path, group)`."""
    with h5py.File(checked(path), "r") as file:
        return sorted(name for name, item in file.items() if isinstance(item, h5py.Group))


def open_run(path: str | os.PathLike[str], group: str | None = None) -> xr.Dataset:
    """Opens a result file, or a group of it; values are read when they are used.

    Args:
        path: a file that `sarx run` wrote.
        group: None for the trajectories in the root, or "summary", "effects", "outcomes", "prevalence", "events",
            "flow", "motor_units", "summary_by_age".

    Returns:
        The dataset, with its axes (arm, person, muscle, time_years, sex) as labels. After death and beyond
        follow-up values are NaN.

    Raises:
        SarxError: where the file cannot be read or has no such group.
    """
    file = checked(path)
    if group is not None:
        known("group", group, groups(file))
    try:
        dataset = xr.open_dataset(file, group=group, engine=engine(), decode_times=False)
    except (OSError, ValueError) as problem:
        raise SarxError(f"{file} cannot be read{f' (group {group})' if group else ''}: {problem}") from None
    dataset.attrs[FILE_ATTRIBUTE] = str(file.resolve())
    if group is not None:
        dataset.attrs[GROUP_ATTRIBUTE] = group
    return dataset


def provenance(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Where the numbers come from: version, commit, code_hash, seed, command, and the texts of scenario and plan."""
    with h5py.File(checked(path), "r") as file:
        if "provenance" not in file:
            return {}
        group = file["provenance"]
        told: dict[str, Any] = {name: _plain(value) for name, value in group.attrs.items()}
        for name, item in group.items():
            if isinstance(item, h5py.Dataset) and item.size:
                value = item[()]
                told[name] = _plain(value if item.ndim == 0 else list(value) if item.size > 1 else value.flat[0])
        return told


def _plain(value: Any) -> Any:
    """An attribute or text as a plain Python value."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return [_plain(item) for item in value.tolist()] if value.ndim else _plain(value.item())
    return value.item() if isinstance(value, np.generic) else value


def labels(dataset: xr.Dataset, axis: str) -> list[str]:
    """The labels of an axis of names."""
    return [str(name) for name in dataset[axis].values]


def codes(coded: xr.DataArray) -> list[str]:
    """The words of the codes from 0 on, as `flag_meanings` says them."""
    return str(coded.attrs["flag_meanings"]).split()


def decoded(coded: xr.DataArray) -> Array:
    """Codes as their words."""
    words: Array = np.array(codes(coded), dtype=object)[coded.values.astype(int)]
    return words
