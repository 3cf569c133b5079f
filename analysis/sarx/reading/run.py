"""One result file as tables and pictures work with it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar, Union

import numpy as np
import xarray as xr

from ..arrays import Array, Floats, Whole
from ..errors import SarxError, known
from ..levels import USUAL_MUSCLE
from .axes import AGE, Axis, axis_of_times, drawn_axis
from .cutting import kept
from .result_file import FILE_ATTRIBUTE, GROUP_ATTRIBUTE, checked, groups, labels, open_run, provenance

BY_AGE_FROM_YEARS = 5.0
"""The shortest follow-up of people of different ages that is shown by age."""

COURSES_KEPT_BYTES = 150_000_000
"""Memory for courses of people that are kept for the next question."""

SEXES = ("female", "male")

Source = Union[str, "os.PathLike[str]", xr.Dataset, "Run"]

T = TypeVar("T")


class Run:
    """One result file with its groups opened as they are asked for; what tables and pictures work with."""

    def __init__(self, path: str | os.PathLike[str], left: dict[str, Whole] | None = None) -> None:
        """Opens a file.

        Args:
            path: of the file.
            left: places that a user's cut has left, of the axes that it has cut.

        Raises:
            SarxError: where it cannot be read.
        """
        self.path = checked(path)
        self.kept = left or {}
        """Places that a user's cut has left of the axes it has cut; empty for the whole file."""
        self._groups: dict[str, xr.Dataset] = {}
        self._series: dict[tuple[str, str], xr.Variable] = {}
        self._people_of: dict[str, int | None] = {}
        self._courses: dict[tuple[str, str, str], Array] = {}
        self._remembered: dict[Hashable, Any] = {}

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
            if left := kept(source, run.root):
                run = cls(run.path, left)
        else:
            run = cls(source)
        if run.kept and not may_be_cut:
            raise SarxError(f"this dataset is a part of {run.path.name}, and this function shows the whole file: give it "
                            "the path, or cut in another way (arms=, sex=)")
        return run

    def remembered(self, name: Hashable, make: Callable[[], T]) -> T:
        """What was made of this run under a name, made the first time it is asked for."""
        if name not in self._remembered:
            self._remembered[name] = make()
        found: T = self._remembered[name]
        return found

    # The file and its groups.

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
        people = {"person": self.kept["person"]} if "person" in self.kept else {}
        return self._whole.isel(arm=0, time_years=0).isel(people)

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
    def outcomes(self) -> xr.Dataset | None:
        """Sums of events and years over everyone; None in older files."""
        return self.group("outcomes").load() if "outcomes" in self.groups else None

    @property
    def by_time(self) -> xr.Dataset:
        """Statistics over everyone simulated, by time since the start."""
        return self.group("summary")

    @cached_property
    def summary_group(self) -> str:
        """Which statistics over everyone are shown: by age where entry ages differ and the run is long, else by time.

        In a short run people of one age stand at every point of what was done to them, so that a course by age
        would mix before, during and after.
        """
        long_enough = float(np.ptp(self.by_time["time_years"].values)) >= BY_AGE_FROM_YEARS
        return "summary_by_age" if "summary_by_age" in self.groups and long_enough else "summary"

    @property
    def summary(self) -> xr.Dataset:
        """Those statistics."""
        return self.group(self.summary_group)

    @property
    def effects(self) -> xr.Dataset | None:
        """Paired differences from the reference arm; None where there is one arm only."""
        return self.group("effects") if len(self.arms) > 1 and "effects" in self.groups else None

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """Version, commit, seed, command, texts."""
        return provenance(self.path)

    # What it is of.

    @cached_property
    def title(self) -> str:
        """The scenario's title, or the file's name."""
        title = self.root.attrs.get("title") or self.provenance.get("title")
        return str(title) if title else self.path.stem.replace("_", " ")

    @cached_property
    def arms(self) -> list[str]:
        """Names of the arms, of a cut dataset of those that are left; the first is the reference."""
        return labels(self.root, "arm")

    @cached_property
    def file_arms(self) -> list[str]:
        """All arms of the file."""
        return labels(self._whole, "arm")

    @property
    def first_arm(self) -> str:
        """The arm that the file's paired numbers are against."""
        return self.file_arms[0]

    @cached_property
    def muscles(self) -> list[str]:
        """Names of the muscles."""
        return labels(self.root, "muscle") if "muscle" in self.root else []

    def muscle_or_usual(self, asked: str | None) -> str | None:
        """The muscle asked for, else the usual one, else the first there is; None where the file has none.

        Raises:
            SarxError: for a muscle that is not there.
        """
        if asked is not None:
            return known("muscle", asked, self.muscles)
        if USUAL_MUSCLE in self.muscles:
            return USUAL_MUSCLE
        return self.muscles[0] if self.muscles else None

    @property
    def has_people(self) -> bool:
        """Whether people were recorded one by one."""
        return bool(self.root.sizes.get("person", 0))

    @property
    def file_people(self) -> int:
        """How many people were recorded."""
        return int(self._whole.sizes.get("person", 0))

    @property
    def people(self) -> int | None:
        """How many people were simulated; None where the file does not tell."""
        return self.people_of("all")

    def people_of(self, sex: str) -> int | None:
        """How many people of a sex ("female", "male", "all") were simulated: the most alive at any time."""
        if sex not in self._people_of:
            self._people_of[sex] = self._count(sex)
        return self._people_of[sex]

    def _count(self, sex: str) -> int | None:
        names = [f"{name}_n" for name in self.variables(self.by_time, "n")]
        if not names:
            return int(self.root.sizes["person"]) if "person" in self.root.sizes else None
        counts = self.by_time["alive_n" if "alive_n" in names else names[0]].isel(arm=0).sel(sex=sex)
        return int(counts.max())

    @property
    def sexes_there(self) -> tuple[str, ...]:
        """Both sexes where both were simulated, else nothing that can be told apart."""
        return SEXES if all(self.people_of(sex) for sex in SEXES) else ()

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

    # Its axes.

    def age_axis(self, dataset: xr.Dataset) -> Axis:
        """The axis of a summary or effect: age where everyone has the same, else years since the start."""
        if "age_years" in dataset.dims:
            return Axis("age_years", dataset["age_years"].values.astype(float), AGE)
        return axis_of_times(dataset["time_years"].values.astype(float), self.start_age_years)

    def drawn_axis(self, dataset: xr.Dataset) -> Axis:
        """The same as pictures show it: in days since the start where a run is short."""
        if "age_years" in dataset.dims:
            return self.age_axis(dataset)
        return drawn_axis(dataset["time_years"].values.astype(float), self.start_age_years)

    @cached_property
    def times_years(self) -> Floats:
        """The records of the trajectories, in years after the start: (time)."""
        times: Floats = self.root["time_years"].values.astype(float)
        return times

    # Its variables.

    def variables(self, dataset: xr.Dataset | None, statistic: str) -> list[str]:
        """Names of the variables of which a group holds a statistic, such as "mean"; none where there is no group."""
        ending = f"_{statistic}"
        names = [] if dataset is None else [str(name) for name in dataset.data_vars]
        return [name[: -len(ending)] for name in names if name.endswith(ending)]

    def attributes(self, variable: str) -> dict[str, Any]:
        """Unit and meaning of a variable: from the trajectories, else from its summary."""
        for dataset, name in ((self.root, variable), (self.summary, f"{variable}_mean"), (self.summary, variable)):
            if name in dataset:
                return dict(dataset[name].attrs)
        return {}

    def is_of_muscle(self, variable: str) -> bool:
        """Whether each muscle has the variable, not the person."""
        for dataset, ending in ((self.by_time, "_mean"), (self.by_time, "_p50"), (self.root, "")):
            if f"{variable}{ending}" in dataset:
                return "muscle" in dataset[f"{variable}{ending}"].dims
        return False

    def muscles_of(self, variable: str) -> list[str]:
        """The muscles that have the variable; one empty name where it is the person's."""
        return self.muscles if self.is_of_muscle(variable) else [""]

    def series(self, group: str, name: str, arm: str, sex: str, muscle: str | None = None) -> Floats:
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
        dataset = self.group(group)
        if name not in dataset:
            return np.full(dataset.sizes.get("time_years", dataset.sizes.get("age_years", 0)), np.nan)
        if (group, name) not in self._series:
            self._series[group, name] = dataset[name].load().astype(float).variable
        variable = self._series[group, name]
        place = {"arm": labels(dataset, "arm").index(arm), "sex": labels(dataset, "sex").index(sex)}
        if "muscle" in variable.dims:
            place["muscle"] = labels(dataset, "muscle").index(str(muscle))
        course: Floats = variable.isel(place).values
        return course

    def summary_course(self, name: str, arm: str, sex: str, muscle: str | None = None) -> Floats:
        """One course of the statistics that are shown, over `summary`'s axis; all NaN where the file does not hold it."""
        return self.series(self.summary_group, name, arm, sex, muscle)

    # Its people.

    def people_courses(self, name: str, arm: str, muscle: str | None = None) -> Array:
        """A variable of all recorded people in one arm: (person, time); the last few asked for are kept."""
        key = (name, arm, muscle or "")
        if key not in self._courses:
            if sum(courses.nbytes for courses in self._courses.values()) > COURSES_KEPT_BYTES:
                self._courses.clear()
            data = self.root[name].sel(arm=arm)
            self._courses[key] = (data.sel(muscle=muscle) if muscle else data).values.astype(np.float32)
        return self._courses[key]

    def place_of_person(self, numbers: Array) -> Whole:
        """Places in the file of people by their number."""
        return np.searchsorted(self._whole["person"].values, numbers)

    @cached_property
    def people_places(self) -> Whole:
        """Places in the file of the people that are left."""
        return self.place_of_person(self.root["person"].values)
