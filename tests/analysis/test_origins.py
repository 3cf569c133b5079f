"""A scenario given back from a result file, and two runs told apart."""

from __future__ import annotations

import json
import shutil

import h5py
import numpy as np
import pytest
import sarx
from sarx.cli import main

TEXT = h5py.string_dtype()


@pytest.fixture
def whole(made_up, tmp_path):
    """A made-up run with a parent, people and options."""
    path = tmp_path / "whole.h5"
    shutil.copy(made_up.path, path)
    with h5py.File(path, "a") as file:
        group = file["provenance"]
        group.create_dataset("parent", data=["parents/old.yaml"], dtype=TEXT)
        group.create_dataset("parent_scenario", data=["sarx: 1\r\n"], dtype=TEXT)
        group.create_dataset("people_csv", data="id,sex\nÉve,f\n", dtype=TEXT).attrs["path"] = "people.csv"
        group.create_dataset("option_name", data=["--set", "--seed"], dtype=TEXT)
        group.create_dataset("option_value", data=["clock.step=1 week", "7"], dtype=TEXT)
        group.create_dataset("parameter", data=["a.b", "c.d"], dtype=TEXT)
        group.create_dataset("parameter_value", data=["1", "2"], dtype=TEXT)
    return path


def test_the_text_comes_back(whole, capsys):
    assert main(["scenario", str(whole)]) == 0
    said = capsys.readouterr()
    assert said.out == "sarx: 1\ntitle: Train the nerve\n"
    assert "parents/old.yaml, people.csv" in said.err
    assert "sarx run train_the_nerve.yaml --set 'clock.step=1 week' --seed 7" in said.err


def test_all_files_come_back_and_replace_nothing(whole, tmp_path, capsys):
    folder = tmp_path / "again"
    assert main(["scenario", str(whole), "--all", str(folder)]) == 0
    assert f"sarx run {folder}/train_the_nerve.yaml" in capsys.readouterr().err
    assert (folder / "parents/old.yaml").read_bytes() == b"sarx: 1\r\n"
    assert (folder / "people.csv").read_text(encoding="utf-8") == "id,sex\nÉve,f\n"
    (folder / "people.csv").unlink()
    (folder / "parents/old.yaml").write_text("mine")
    assert main(["scenario", str(whole), "--all", str(folder)]) == 2
    assert "parents/old.yaml are there already; nothing was written" in capsys.readouterr().err
    assert (folder / "parents/old.yaml").read_text() == "mine" and not (folder / "people.csv").exists()


@pytest.mark.parametrize("path", ["../out.csv", "/out.csv", "a/../../out.csv"])
def test_a_file_cannot_write_elsewhere(whole, tmp_path, path):
    with h5py.File(whole, "a") as file:
        file["provenance/people_csv"].attrs["path"] = path
    with pytest.raises(sarx.SarxError, match="outside"):
        sarx.scenario(whole).write(tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_run_does_not_differ_from_itself(whole, capsys):
    assert sarx.diff(whole, whole)["same"]
    assert main(["diff", str(whole), str(whole)]) == 0
    assert capsys.readouterr().out == "nothing differs\n"


def test_what_differs_is_told(whole, tmp_path, capsys):
    other = tmp_path / "other.h5"
    shutil.copy(whole, other)
    with h5py.File(other, "a") as file:
        group = file["provenance"]
        group.attrs["commit"] = "fedcba987654"
        del group["scenario"]
        group.create_dataset("scenario", data="sarx: 1\ntitle: Another\n", dtype=TEXT).attrs["path"] = "b.yaml"
        group["parameter_value"][1] = "3"
        group["people_csv"][()] = "id,sex\nÉve,m\n"
        group["option_value"][1] = "8"
        group["resolved_plan"][()] = file["provenance/resolved_plan"].asstr()[()].replace("people: 80", "people: 81")
        mean = file["summary/grip_strength_kg_mean"]
        place = (1, *(0,) * (mean.ndim - 2), 10)
        before = float(mean[place])
        mean[place] = before + 2.5
        mean[(0, *(0,) * (mean.ndim - 2), 11)] += 0.5
    found = sarx.diff(whole, other)
    assert not found["same"]
    assert found["program"] == {"commit": {"a": "0123456789ab", "b": "fedcba987654"}}
    assert [row["file"] for row in found["texts"]] == ["train_the_nerve.yaml", "people.csv"]
    assert "-Éve,f" in found["texts"][1]["lines"]
    assert found["parameters"] == [{"parameter": "c.d", "a": "2", "b": "3"}]
    assert found["plan"] == ["- people: 80", "+ people: 81"]
    (row,) = found["numbers"]
    assert (row["name"], row["unit"], row["differing"]) == ("summary/grip_strength_kg_mean", "kg", 2)
    assert row["largest"] == pytest.approx(2.5, rel=1e-6) and row["a"] == pytest.approx(before)
    assert row["at"].startswith("power, ")
    assert main(["diff", str(whole), str(other)]) == 0
    said = capsys.readouterr()
    assert "two programs wrote these files" in said.err and "0123456789ab" in said.err
    assert "- --seed 7" in said.out and "c.d: 2 -> 3" in said.out and "most by 2.5 kg" in said.out
    assert main(["diff", str(whole), str(other), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["parameters"] == found["parameters"]


def test_runs_of_other_shape_are_compared_where_they_meet(made_up, one_arm):
    found = sarx.diff(made_up.path, one_arm.path)
    assert {"arm power", "arm nothing", "effects"} <= set(found["only_in_a"])
    assert found["only_in_b"] == []
    assert not sarx.diff(one_arm.path, made_up.path)["only_in_a"]


def test_a_missing_number_against_a_number_differs(whole, tmp_path):
    other = tmp_path / "other.h5"
    shutil.copy(whole, other)
    with h5py.File(other, "a") as file:
        file["summary/grip_strength_kg_mean"][0] = np.nan
    (row,) = sarx.diff(whole, other)["numbers"]
    assert row["differing"] > 1 and row["largest"] is None and row["b"] is None


def test_sums_over_everyone_differ_too(whole, tmp_path):
    other = tmp_path / "other.h5"
    shutil.copy(whole, other)
    with h5py.File(other, "a") as file:
        file["outcomes/fall"][3, 0, 0, 0, 0] += 1.0
    found = sarx.diff(whole, other)
    (row,) = found["numbers"]
    assert not found["same"] and row["name"] == "outcomes/fall" and row["differing"] == 1
    assert row["at"].startswith("events, run, ")
