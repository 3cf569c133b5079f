"""The command line: what is printed, where, and with which exit code."""

from __future__ import annotations

import json
import pathlib
import re

import sarx
from sarx.cli import main


def test_cascade_writes_a_picture_and_says_where(made_up, tmp_path, capsys):
    output = tmp_path / "new folder" / "run.png"
    assert main(["cascade", str(made_up.path), "-o", str(output)]) == 0
    assert capsys.readouterr().out.strip() == str(output)
    assert output.read_bytes().startswith(b"\x89PNG")


def test_compare_as_json_holds_the_tables(made_up, capsys):
    assert main(["compare", str(made_up.path), "--at", "70", "--variables", "grip_strength_kg", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert set(tables) == {"effects", "events", "risks", "years", "prevalence", "estimands"}
    assert set(tables["estimands"]) == set(tables) - {"estimands"}
    assert all(told["population"] and told["death"] for told in tables["estimands"].values())
    assert {row["arm"] for row in tables["effects"]} == {"power", "nothing"}
    assert all(row["pairing_gain"] is None for row in tables["effects"] if row["arm"] == "nothing")


def test_compare_as_csv_is_one_table(made_up, capsys):
    assert main(["compare", str(made_up.path), "--csv", "--table", "years"]) == 0
    assert capsys.readouterr().out.startswith("arm,reference,sex,group,population,since,horizon,")


def test_compare_as_text_reads(made_up, capsys):
    assert main(["compare", str(made_up.path), "--by", "sex"]) == 0
    text = capsys.readouterr().out
    assert re.search(r"^EFFECTS +power against usual life, at 70 years of age +\[women\]$", text, re.MULTILINE)
    assert re.search(r"^EVENTS .*\[men\]$", text, re.MULTILINE)
    flat = " ".join(text.split())
    assert "Monte Carlo" in flat and "(saved)" in flat and "Fewer: how many times fewer people" in flat
    assert max(map(len, text.splitlines())) < 140


def test_bad_input_is_a_sentence_and_exit_code_2(tmp_path, made_up, capsys):
    assert main(["cascade", str(tmp_path / "none.h5")]) == 2
    assert main(["cascade", str(made_up.path), "-o", str(tmp_path / "picture.pgn")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("sarx: there is no file")
    assert "did you mean '.png'" in said[1]


def test_version_is_that_of_the_program():
    root = pathlib.Path(__file__).resolve().parents[2]
    project = re.search(r"project\(sarx VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text(encoding="utf-8"))
    package = re.search(r'^version = "([\d.]+)"', (root / "analysis/pyproject.toml").read_text(encoding="utf-8"), re.M)
    cited = re.search(r"^version: ([\d.]+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    assert project and package and cited
    assert project[1] == package[1] == cited[1] == sarx.__version__


def test_a_picture_that_cannot_be_written_is_a_sentence(made_up, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["cascade", str(made_up.path), "-o", str(tmp_path / "file" / "picture.png")]) == 2
    assert "cannot write" in capsys.readouterr().err
