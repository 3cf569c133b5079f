"""Exporting: every number of the file arrives in the tables, and the dictionary knows every column."""

from __future__ import annotations

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
    assert set(tables["events"].event) == {"fall", "death", "intervention_start"}
    assert set(tables["events"].arm) == {"usual_life", "power", "nothing"}
    assert list(tables["flow"].columns[:2]) == ["arm", "intervention"]
    assert set(tables["motor_units"].muscle) == {"vastus_lateralis"}


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
