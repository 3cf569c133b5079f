"""A result file, read: the trajectories and the groups as xarray datasets, the provenance as a dictionary."""

from __future__ import annotations

import importlib.util
import os
import pathlib
import re
from functools import cached_property
from typing import Any, Union

import h5py
import numpy as np
import xarray as xr

from .errors import SarxError, unknown

FORMAT = 1
"""Newest version of the file's layout that this package reads."""

DAYS_PER_YEAR = 365.25

DAYS_BELOW_YEARS = 2.0
"""A run shorter than this is drawn over days since its start."""

BY_AGE_FROM_YEARS = 5.0
"""The shortest follow-up of people of different ages that is shown by age."""

COURSES_KEPT_BYTES = 150_000_000
"""Memory for courses of people that are kept for the next question."""

FILE_ATTRIBUTE, GROUP_ATTRIBUTE = "sarx_file", "sarx_group"
"""Attributes of an opened dataset that hold the path of its file, and which group of it this is."""

Source = Union[str, "os.PathLike[str]", xr.Dataset, "Run"]


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
    if group is not None and group not in (known := groups(file)):
        raise unknown("group", group, known)
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
        known: dict[str, Any] = {name: _plain(value) for name, value in group.attrs.items()}
        for name, item in group.items():
            if isinstance(item, h5py.Dataset) and item.size:
                value = item[()]
                known[name] = _plain(value if item.ndim == 0 else list(value) if item.size > 1 else value.flat[0])
        return known


def _plain(value: Any) -> Any:
    """An attribute or text as a plain Python value."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return [_plain(item) for item in value.tolist()] if value.ndim else _plain(value.item())
    return value.item() if isinstance(value, np.generic) else value


def decoded(codes: xr.DataArray) -> np.ndarray:
    """Codes as the words of their `flag_meanings`."""
    words = np.array(str(codes.attrs["flag_meanings"]).split(), dtype=object)
    return words[codes.values.astype(int)]


def _place(dataset: xr.Dataset, axis: str, label: str) -> int:
    """Where a label stands on an axis."""
    return [str(name) for name in dataset[axis].values].index(label)


AXES = ("arm", "person", "muscle", "time_years")
"""Axes of the trajectories."""


def _kept(dataset: xr.Dataset, whole: xr.Dataset) -> dict[str, np.ndarray]:
    """Of each axis that a user has cut, the places that are left; people masked with .where count as cut off.

    Raises:
        SarxError: where the dataset no longer has the shape of trajectories, or does not say what was taken.
    """
    for name, variable in dataset.data_vars.items():
        lost = [] if name not in whole else [axis for axis in whole[name].dims
                                             if axis not in variable.dims and axis not in dataset.coords]
        new = [] if name not in whole else [axis for axis in variable.dims if axis not in whole[name].dims]
        if lost or new:
            raise SarxError(f"'{name}' of this dataset has {'lost' if lost else 'got'} the axis '{(lost + new)[0]}': cut "
                            "with .sel, .isel or .where(..., drop=True), which keep the labels")
    kept = {}
    for axis in AXES:
        if axis in whole.coords and axis in dataset.coords:
            labels, left = whole[axis].values, np.atleast_1d(dataset[axis].values)
            places = np.flatnonzero(np.isin(labels, left))
            if axis == "person" and "female" in dataset and dataset["female"].dims == ("person",):
                places = places[np.isfinite(dataset["female"].values.astype(float)[np.isin(left, labels)])]
            if not len(places):
                raise SarxError(f"nothing is left on the axis '{axis}' of this dataset")
            if len(places) < len(labels):
                kept[axis] = places
    return kept


class Run:
    """One result file with its groups opened as they are asked for; what tables and pictures work with."""

    def __init__(self, path: str | os.PathLike[str], kept: dict[str, np.ndarray] | None = None) -> None:
        self.path = checked(path)
        self.kept = kept or {}
        """Places that a user's cut has left of the axes it has cut; empty for the whole file."""
        self._groups: dict[str, xr.Dataset] = {}
        self._loaded: dict[str, xr.Dataset] = {}
        self._counted: dict[str, int | None] = {}
        self._courses: dict[tuple[str, str, str], np.ndarray] = {}
        self._arrays: dict[tuple[str, str], np.ndarray] = {}

    @classmethod
    def of(cls, source: Source, *, may_be_cut: bool = False) -> Run:
        """A run from a path, from a dataset that `open_run` gave, or from a run.

        Args:
            source: where it is.
            may_be_cut: whether a dataset that was cut to some people, arms or times is understood.

        Raises:
            SarxError: for a cut dataset where it would be answered for everyone.
        """
        if isinstance(source, Run):
            run = source
        elif isinstance(source, xr.Dataset):
            if FILE_ATTRIBUTE not in source.attrs:
                raise SarxError("this dataset does not say which file it is from: open it with sarx.open(path)")
            run = cls(source.attrs[FILE_ATTRIBUTE])
            if GROUP_ATTRIBUTE in source.attrs:
                raise SarxError(f"this dataset is the group '{source.attrs[GROUP_ATTRIBUTE]}' of {run.path.name}: give "
                                "the path, or the trajectories of sarx.open(path)")
            if kept := _kept(source, run.root):
                run = cls(run.path, kept)
        else:
            run = cls(source)
        if run.kept and not may_be_cut:
            raise SarxError(f"this dataset is a part of {run.path.name}, and this function shows the whole file: give it "
                            "the path, or cut in another way (arms=, sex=)")
        return run

    @cached_property
    def _whole(self) -> xr.Dataset:
        return open_run(self.path)

    @cached_property
    def root(self) -> xr.Dataset:
        """Trajectories and traits; of a cut dataset those that are left."""
        return self._whole.isel(self.kept)

    @cached_property
    def at_first_record(self) -> xr.Dataset:
        """The file's first record in its first arm, of the people that are left."""
        kept = {"person": self.kept["person"]} if "person" in self.kept else {}
        return self._whole.isel(arm=0, time_years=0).isel(kept)

    @cached_property
    def file_arms(self) -> list[str]:
        """All arms of the file."""
        return [str(name) for name in self._whole["arm"].values]

    @property
    def first_arm(self) -> str:
        """The arm that the file's paired numbers are against."""
        return self.file_arms[0]

    @property
    def file_people(self) -> int:
        """How many people were recorded."""
        return int(self._whole.sizes.get("person", 0))

    def place_of_person(self, numbers: np.ndarray) -> np.ndarray:
        """Places in the file of people by their number."""
        return np.searchsorted(self._whole["person"].values, numbers)

    @cached_property
    def people_places(self) -> np.ndarray:
        """Places in the file of the people that are left."""
        return self.place_of_person(self.root["person"].values)

    @cached_property
    def outcomes(self) -> xr.Dataset | None:
        """Sums of events and years over everyone; None in older files."""
        return self.group("outcomes").load() if "outcomes" in self.groups else None

    @cached_property
    def groups(self) -> list[str]:
        """Names of the groups there are."""
        return groups(self.path)

    def group(self, name: str) -> xr.Dataset:
        """A group of the file, opened once."""
        if name not in self._groups:
            self._groups[name] = open_run(self.path, name)
        return self._groups[name]

    @cached_property
    def summary(self) -> xr.Dataset:
        """Statistics over everyone simulated: by age where entry ages differ and the run is long, else by time.

        In a short run people of one age stand at every point of what was done to them, so that a course by age
        would mix before, during and after.
        """
        if "summary_by_age" in self.groups and np.ptp(self.by_time["time_years"].values) >= BY_AGE_FROM_YEARS:
            return open_run(self.path, "summary_by_age")
        return self.by_time

    @cached_property
    def effects(self) -> xr.Dataset | None:
        """Paired differences from the reference arm; None where there is one arm only."""
        if len(self.arms) < 2 or "effects" not in self.groups:
            return None
        return open_run(self.path, "effects")

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """Version, commit, seed, command, texts."""
        return provenance(self.path)

    @cached_property
    def arms(self) -> list[str]:
        """Names of the arms, of a cut dataset of those that are left; the first is the reference."""
        return [str(name) for name in self.root["arm"].values]

    @cached_property
    def muscles(self) -> list[str]:
        """Names of the muscles."""
        return [str(name) for name in self.root["muscle"].values] if "muscle" in self.root else []

    @cached_property
    def title(self) -> str:
        """The scenario's title, or the file's name."""
        title = self.root.attrs.get("title") or self.provenance.get("title")
        return str(title) if title else self.path.stem.replace("_", " ")

    @cached_property
    def by_time(self) -> xr.Dataset:
        """Statistics over everyone simulated, by time since the start."""
        return open_run(self.path, "summary")

    @property
    def people(self) -> int | None:
        """How many people were simulated; None where the file does not tell."""
        return self.people_of("all")

    def people_of(self, sex: str) -> int | None:
        """How many people of a sex ("female", "male", "all") were simulated: the most alive at any time."""
        if sex not in self._counted:
            self._counted[sex] = self._count(sex)
        return self._counted[sex]

    def _count(self, sex: str) -> int | None:
        names = [f"{name}_n" for name in self.variables(self.by_time, "n")]
        if not names:
            return int(self.root.sizes["person"]) if "person" in self.root.sizes else None
        counts = self.by_time["alive_n" if "alive_n" in names else names[0]].isel(arm=0).sel(sex=sex)
        return int(counts.max())

    @cached_property
    def start_age_years(self) -> float | None:
        """Age at the start where it is the same for everyone, else None."""
        if "summary_by_age" in self.groups:  # is written where entry ages differ
            return None
        if "start_age_years" in self.root:
            return float(self.root["start_age_years"].values.flat[0])
        planned = re.search(r"^ *start_age: \{from: (\S+) years, to: (\S+) years\}",
                            str(self.provenance.get("resolved_plan", "")), re.MULTILINE)
        return float(planned[1]) if planned and planned[1] == planned[2] else None

    @cached_property
    def design(self) -> frozenset[str]:
        """What a survey says of its people: "weight", "stratum", "sampling_unit"; also where nobody was recorded."""
        planned = re.search(r"^ *design: \[(.*)\]$", str(self.provenance.get("resolved_plan", "")), re.MULTILINE)
        there = [name for name in ("weight", "stratum", "sampling_unit") if name in self.root]
        return frozenset([*there, *(planned[1].split(", ") if planned else [])])

    def age_axis(self, dataset: xr.Dataset) -> tuple[str, np.ndarray, str]:
        """The axis along which a summary or effect is drawn.

        Returns:
            The dimension's name, its values, and a title with the unit: age where everyone has the same,
            else years since the start.
        """
        if "age_years" in dataset.dims:
            return "age_years", dataset["age_years"].values.astype(float), "age (years)"
        time_years = dataset["time_years"].values.astype(float)
        if self.start_age_years is not None:
            return "time_years", self.start_age_years + time_years, "age (years)"
        return "time_years", time_years, "time since the start (years)"

    def drawn_axis(self, dataset: xr.Dataset) -> tuple[np.ndarray, str]:
        """The axis as pictures show it: that of `age_axis`, but days since the start where a run is short.

        Returns:
            Its values and a title with the unit.
        """
        name, values, title = self.age_axis(dataset)
        if name == "time_years" and len(values) > 1 and values[-1] - values[0] < DAYS_BELOW_YEARS:
            return dataset["time_years"].values.astype(float) * DAYS_PER_YEAR, "time since the start (days)"
        return values, title

    def people_courses(self, name: str, arm: str, muscle: str | None = None) -> np.ndarray:
        """A variable of all recorded people in one arm: (person, time); the last few asked for are kept."""
        key = (name, arm, muscle or "")
        if key not in self._courses:
            if sum(kept.nbytes for kept in self._courses.values()) > COURSES_KEPT_BYTES:
                self._courses.clear()
            data = self.root[name].sel(arm=arm)
            self._courses[key] = (data.sel(muscle=muscle) if muscle else data).values.astype(np.float32)
        return self._courses[key]

    @cached_property
    def people_of_events(self) -> np.ndarray:
        """The person of each event in /events."""
        return self.group("events")["person"].values.astype(np.int32)

    def series(self, group: str, name: str, arm: str, sex: str, muscle: str | None = None) -> np.ndarray:
        """One course of "summary", "summary_by_age" or "effects" over its records: (time).

        Args:
            group: which of them.
            name: variable and statistic, as in "grip_strength_kg_mean".
            arm: an arm of that group.
            sex: "female", "male" or "all".
            muscle: for a variable of a muscle; else not looked at.

        Returns:
            The course; all NaN where the file does not hold it.
        """
        if group not in self._loaded:
            self._loaded[group] = self.group(group)
        dataset = self._loaded[group]
        if name not in dataset:
            return np.full(dataset.sizes.get("time_years", dataset.sizes.get("age_years", 0)), np.nan)
        key = (group, name)
        if key not in self._arrays:
            self._arrays[key] = dataset[name].values.astype(float)
        place: tuple[int, ...] = (_place(dataset, "arm", arm), _place(dataset, "sex", sex))
        if "muscle" in dataset[name].dims:
            place += (_place(dataset, "muscle", str(muscle)),)
        return self._arrays[key][place]

    def variables(self, dataset: xr.Dataset, statistic: str) -> list[str]:
        """Names of the variables of which a group holds a statistic, such as "mean"."""
        ending = f"_{statistic}"
        return [str(name)[: -len(ending)] for name in dataset.data_vars if str(name).endswith(ending)]

    def attributes(self, variable: str) -> dict[str, Any]:
        """Unit and meaning of a variable: from the trajectories, else from its summary."""
        for dataset, name in ((self.root, variable), (self.summary, f"{variable}_mean"), (self.summary, variable)):
            if name in dataset:
                return dict(dataset[name].attrs)
        return {}
