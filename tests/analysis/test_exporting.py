"""Exporting: every number of the file arrives in the tables, and the dictionary knows every column."""

from __future__ import annotations

import importlib.util

import numpy as np
import pandas as pd
import pytest
import sarx
from sarx import exporting
from sarx.cli import main


@pytest.fixture(scope="module")
def tables(made_up, tmp_path_factory):
    """All tables of the made-up run, by name."""
    folder = tmp_path_factory.mktemp("export")
    paths = sarx.export_csv(made_up.path, folder)
    return {path.stem: pd.read_csv(path, keep_default_na=False, na_values=["nan"]) for path in paths}


def test_trajectories_hold_each_living_record_once(made_up, tables):
    table = tables["trajectories"]
    assert len(table) == made_up.alive.sum()
    assert not table.duplicated(["arm", "person", "time_years"]).any()
    one = table[(table.arm == "power") & (table.person == 7)]
    expected = made_up.cube["grip_strength_kg"][1, 7]
    np.testing.assert_allclose(one.grip_strength_kg, expected[np.isfinite(expected)], rtol=1e-6)
    np.testing.assert_allclose(one.age_years, 20.0 + one.time_years)


def test_muscle_trajectories_hold_each_muscle(made_up, tables):
    table = tables["muscle_trajectories"]
    assert len(table) == 2 * made_up.alive.sum()
    one = table[(table.arm == "usual_life") & (table.person == 3) & (table.muscle == "vastus_lateralis")]
    expected = made_up.cube["motor_unit_count"][0, 3, 1]
    np.testing.assert_allclose(one.motor_unit_count, expected[np.isfinite(expected)], rtol=1e-6)


def test_rows_do_not_depend_on_how_many_are_held_in_memory(made_up, tables, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 500)
    sarx.export_csv(made_up.path, tmp_path)
    for name in ("trajectories", "muscle_trajectories", "events"):
        again = pd.read_csv(tmp_path / f"{name}.csv", keep_default_na=False, na_values=["nan"])
        pd.testing.assert_frame_equal(again, tables[name])


def test_statistics_are_long_tables(made_up, tables):
    effects = tables["effects"]
    row = effects[(effects.arm == "power") & (effects.sex == "all") & (effects.time_years == 50)
                  & (effects.variable == "grip_strength_kg") & (effects.statistic == "mean")]
    stored = sarx.open(made_up.path, "effects").grip_strength_kg_mean.sel(arm="power", sex="all", time_years=50)
    assert row.value.item() == pytest.approx(float(stored), rel=1e-8)
    assert {"fall", "death"} <= set(tables["summary"].query("statistic == 'events'").variable)
    assert "person_years" in set(tables["summary"].variable)


def test_codes_become_words(tables):
    assert {"fall", "death", "intervention_start"} <= set(tables["events"].event)
    assert set(tables["events"].arm) == {"usual_life", "power", "nothing"}
    assert list(tables["flow"].columns[:2]) == ["arm", "intervention"]
    assert set(tables["motor_units"].muscle) == {"vastus_lateralis"}


def test_numbers_come_back_bit_for_bit(made_up, tmp_path):
    """What is 32 bits wide in the file, and what is 64, reads back from text as the same bits."""
    sarx.export_csv(made_up.path, tmp_path, variables=["grip_strength_kg"])
    table = pd.read_csv(tmp_path / "trajectories.csv", float_precision="round_trip",
                        dtype={"grip_strength_kg": np.float32})
    cube = made_up.cube["grip_strength_kg"]
    expected = cube[made_up.alive == 1]
    assert table.grip_strength_kg.to_numpy().tobytes() == expected.tobytes()
    summary = pd.read_csv(tmp_path / "summary.csv", float_precision="round_trip")
    means = summary[(summary.variable == "grip_strength_kg") & (summary.statistic == "sd")].value.to_numpy()
    stored = sarx.open(made_up.path, "summary").grip_strength_kg_sd.values.ravel()
    assert means.tobytes() == stored[np.isfinite(stored)].tobytes()


def test_parquet_holds_the_same_tables(made_up, tables, tmp_path):
    pytest.importorskip("pyarrow")
    paths = sarx.export_parquet(made_up.path, tmp_path)
    assert {path.stem for path in paths} == set(tables)
    table = pd.read_parquet(tmp_path / "trajectories.parquet")
    assert table.grip_strength_kg.dtype == np.float32
    np.testing.assert_array_equal(table.grip_strength_kg, made_up.cube["grip_strength_kg"][made_up.alive == 1])


def test_parquet_without_pyarrow_is_a_sentence(made_up, tmp_path, monkeypatch, capsys):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec",
                        lambda name, *rest: None if name == "pyarrow" else find(name, *rest))
    assert main(["export", str(made_up.path), "--to", "parquet", str(tmp_path)]) == 2
    assert "needs the Python package pyarrow" in capsys.readouterr().err


def test_the_dictionary_knows_every_column_of_every_table(tables):
    dictionary = tables["dictionary"]
    known = set(zip(dictionary.table, dictionary.column))
    for name, table in tables.items():
        if name != "dictionary":
            assert {(name, column) for column in table.columns} <= known
    assert (dictionary.meaning != "").all()
    grip = dictionary[(dictionary.table == "trajectories") & (dictionary.column == "grip_strength_kg")]
    assert grip.unit.item() == "kg"


def test_variables_can_be_chosen(made_up, tmp_path):
    sarx.export_csv(made_up.path, tmp_path, variables=["grip_strength_kg"])
    assert list(pd.read_csv(tmp_path / "trajectories.csv").columns) == [
        "arm", "person", "time_years", "age_years", "grip_strength_kg"]
    assert not (tmp_path / "muscle_trajectories.csv").exists()
    kinds = pd.read_csv(tmp_path / "effects.csv").variable.unique()
    assert list(kinds) == ["grip_strength_kg"]


def test_refusals_are_sentences(made_up, tmp_path, capsys):
    with pytest.raises(sarx.SarxError, match="did you mean 'grip_strength_kg'"):
        sarx.export_csv(made_up.path, tmp_path, variables=["grip_strength"])
    (tmp_path / "file").write_text("")
    assert main(["export", str(made_up.path), "--to", "csv", str(tmp_path / "file" / "below")]) == 2
    assert "cannot make the folder" in capsys.readouterr().err


def test_command_lists_what_it_wrote(one_arm, tmp_path, capsys):
    assert main(["export", str(one_arm.path), "--to", "csv", str(tmp_path / "tables")]) == 0
    listed = capsys.readouterr().out.split()
    assert listed[-1].endswith("dictionary.csv")
    assert all((tmp_path / "tables" / line.split("/")[-1]).exists() for line in listed)
