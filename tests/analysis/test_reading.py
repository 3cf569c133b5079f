"""Reading: the data as xarray, and a sentence for each way a file can be bad."""

from __future__ import annotations

import pathlib
import re
import shutil

import h5py
import made_up_run
import numpy as np
import pytest
import sarx
from sarx.reading import Run


def test_root_opens_with_labelled_axes(made_up):
    people = sarx.open(made_up.path)
    assert list(people.arm.values) == list(made_up.arms)
    assert people.grip_strength_kg.dims == ("arm", "person", "time_years")
    assert people.grip_strength_kg.attrs["units"] == "kg"
    np.testing.assert_array_equal(people.grip_strength_kg.values, made_up.cube["grip_strength_kg"])


def test_groups_open_by_name(made_up):
    assert {"summary", "effects", "events", "flow", "provenance"} <= set(sarx.groups(made_up.path))
    summary = sarx.open(made_up.path, "summary")
    assert list(summary.sex.values) == ["female", "male", "all"]


def test_an_unknown_group_names_the_nearest(made_up):
    with pytest.raises(sarx.SarxError, match="did you mean 'summary'"):
        sarx.open(made_up.path, "sumary")


def test_provenance_is_plain(made_up):
    told = sarx.provenance(made_up.path)
    assert told["seed"] == "20260101"
    assert all(isinstance(value, (str, int, float, list)) for value in told.values())
    assert told["scenario"].startswith("sarx: 1")


def test_a_run_knows_its_people_and_ages(made_up):
    run = Run.of(sarx.open(made_up.path))
    assert run.people == 80
    assert run.people_of("female") == 40
    assert run.start_age_years == 20.0
    assert run.title == "Train the nerve"


def broken(folder: pathlib.Path, made_up, how: str) -> pathlib.Path:
    """A result file that is bad in a given way."""
    path = folder / f"{how}.h5"
    if how == "text":
        path.write_text("arm,person,time\n")
    elif how == "empty":
        path.touch()
    elif how == "folder":
        path.mkdir()
    elif how == "unfinished":
        (folder / f"{how}.h5.parts").mkdir()
    elif how == "foreign":
        with h5py.File(path, "w") as file:
            file["x"] = [1.0]
    elif how == "truncated":
        whole = made_up.path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "newer":
        shutil.copy(made_up.path, path)
        with h5py.File(path, "a") as file:
            file.attrs["sarx_format"] = 99
    return path


@pytest.mark.parametrize(("how", "sentence"), [
    ("missing", "there is no file"),
    ("text", "is not an HDF5 file"),
    ("empty", "is empty"),
    ("folder", "is a folder"),
    ("unfinished", "is not finished.*--resume"),
    ("foreign", "not a result of sarx"),
    ("truncated", "is cut short"),
    ("newer", "format 99.*update"),
])
def test_a_bad_file_gets_a_sentence(tmp_path, made_up, how, sentence):
    path = broken(tmp_path, made_up, how)
    with pytest.raises(sarx.SarxError) as caught:
        sarx.open(path)
    assert re.search(sentence, str(caught.value))
    assert path.name in str(caught.value)


def test_a_dataset_without_its_file_is_refused(made_up):
    people = sarx.open(made_up.path)
    del people.attrs["sarx_file"]
    with pytest.raises(sarx.SarxError, match="open it with sarx.open"):
        sarx.plot.cascade(people)


def test_a_short_run_is_drawn_over_days_since_its_start(made_up, tmp_path):
    path = tmp_path / "short.h5"
    shutil.copy(made_up.path, path)
    made_up_run.shorten(path, 200.0)
    days = Run(path).drawn_axis(Run(path).summary)
    assert days.title == "time since the start (days)" and not days.is_age
    assert days.values[0] == 0.0 and days.values[-1] == pytest.approx(200.0) == days.at(200.0 / 365.25)
    ages = Run(made_up.path).drawn_axis(Run(made_up.path).summary)
    assert ages.title == "age (years)" and ages.is_age
    assert ages.values[-1] == pytest.approx(90.0) == ages.at(70.0)


def test_people_of_different_ages_are_summed_up_by_age_only_where_the_run_is_long(tmp_path):
    path = tmp_path / "mixed.h5"
    made_up_run.write(path, entry_ages_differ=True)
    assert "age_years" in Run(path).summary.dims
    made_up_run.shorten(path, 1400.0)
    assert "time_years" in Run(path).summary.dims
