"""What a user's cut has left of a dataset of trajectories."""

from __future__ import annotations

import numpy as np
import xarray as xr

from ..arrays import Whole
from ..errors import SarxError

AXES = ("arm", "person", "muscle", "time_years")
"""Axes of the trajectories."""


def kept(dataset: xr.Dataset, whole: xr.Dataset) -> dict[str, Whole]:
    """Of each axis that a user has cut, the places that are left; people masked with .where count as cut off.

    Args:
        dataset: what is left.
        whole: as it was opened.

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
    left: dict[str, Whole] = {}
    for axis in AXES:
        if axis in whole.coords and axis in dataset.coords:
            labels, here = whole[axis].values, np.atleast_1d(dataset[axis].values)
            places = np.flatnonzero(np.isin(labels, here))
            if axis == "person" and "female" in dataset and dataset["female"].dims == ("person",):
                places = places[np.isfinite(dataset["female"].values.astype(float)[np.isin(here, labels)])]
            if not len(places):
                raise SarxError(f"nothing is left on the axis '{axis}' of this dataset")
            if len(places) < len(labels):
                left[axis] = places
    return left
