"""The command line: what is printed, where, and with which exit code."""

from __future__ import annotations

import json
import pathlib
import re

import numpy as np
import pytest
import sarx
from sarx.cli import main
from sarx.telling import figures


def test_cascade_writes_a_picture_and_says_where(made_up, tmp_path, capsys):
    output = tmp_path / "new folder" / "run.png"
    assert main(["cascade", str(made_up.path), "-o", str(output)]) == 0
    assert capsys.readouterr().out.strip() == str(output)
    assert output.read_bytes().startswith(b"\x89PNG")


def test_compare_as_json_holds_the_tables(made_up, capsys):
    assert main(["compare", str(made_up.path), "--at", "70", "--variables", "grip_strength_kg", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert set(tables) == {"effects", "events", "risks", "years", "prevalence", "estimands"}
    assert {told["table"] for told in tables["estimands"]} == set(tables) - {"estimands"}
    assert all(told["population"] and told["death"] for told in tables["estimands"])
    assert {row["reference"] for rows in tables.values() for row in rows} == {"usual_life"}
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


def test_figures_are_printed_to_their_error():
    assert figures.to_its_error(0.98765, 0.9523, 1.0231) == ("0.988", "0.952 to 1.023")
    assert figures.to_its_error(0.12, 0.0213, 0.718) == ("0.120", "0.021 to 0.718")
    assert figures.to_its_error(1234.56, 1100.0, 1400.0) == ("1,230", "1,100 to 1,400")
    assert figures.to_its_error(0.0004321, np.nan, np.nan) == ("0.00043", "")
    assert figures.to_its_error(0.0, np.nan, np.nan) == ("0", "") and figures.to_its_error(np.nan, 1, 2) == ("", "")
    assert figures.fewer_by_pairing(30451604792.0, 0.1, 0.2) == ">1,000 x"
    assert figures.fewer_by_pairing(46.4, 0.1, 0.2) == "46 x"
    assert figures.fewer_by_pairing(46.4, np.nan, np.nan) == ""  # where too few differ it is noise


def test_every_option_reaches_every_table_or_is_refused(made_up, capsys):
    assert main(["compare", str(made_up.path), "--reference", "power", "--arms", "nothing", "--among", "sex == female",
                 "--within", "10 years", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    estimands = {told["table"]: told for told in tables.pop("estimands")}
    for name, rows in tables.items():
        assert {(row["reference"], row["arm"], row["of"]) for row in rows} == {("power", "nothing", "recorded people")}, name
        assert all("sex == female" in estimands[name]["population"] and row["horizon"] == "10 years after" for row in rows)


def test_an_estimand_stands_above_each_table(made_up, capsys):
    assert main(["compare", str(made_up.path), "--by", "grip_strength_kg:2"]) == 0
    flat = " ".join(capsys.readouterr().out.split())
    for title in ("Effects", "Events", "Risks", "Years", "Prevalence"):
        assert f"{title}. Estimand: " in flat
    assert re.search(r"\d+ contrasts of the highest against the lowest part were looked at", flat)


@pytest.mark.parametrize(("options", "sentence"), [
    (["--within", "ten"], "is not a time like 10, '10 years' or '26 weeks'"),
    (["--since", "ofer"], "there is no beginning 'ofer'"),
    (["--population", "everbody"], "did you mean 'everyone'"),
    (["--at", ""], "is not a list of numbers like 70,80"),
])
def test_mistyped_options_are_sentences(made_up, capsys, options, sentence):
    try:
        code = main(["compare", str(made_up.path), *options])
    except SystemExit as left:
        code = left.code
    assert code == 2 and re.search(sentence, capsys.readouterr().err)


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


@pytest.mark.parametrize("at", ["nan", "inf", "70,nan", "", "seventy"])
def test_ages_that_are_none(made_up, at, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["compare", str(made_up.path), "--at", at])
    assert ended.value.code == 2
    assert "is not a list of numbers like 70,80" in capsys.readouterr().err
