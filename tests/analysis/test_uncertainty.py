"""Uncertainty of parameters: the spread over sets obeys its laws, refusals are sentences, and nothing is left."""

from __future__ import annotations

import json
import os
import pathlib
import stat
import tempfile

import numpy as np
import pandas as pd
import pytest
from sarx.cli import main
from sarx.comparing import EFFECT_COLUMNS, over_sets
from sarx.estimating.intervals import NORMAL_POINT
from sarx.running import description

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = pathlib.Path(os.environ.get("SARX_BIN_BUILT", ROOT / "build/release/bin/sarx"))
RATE = "model.parameters.loss.rate"


def effects(values, standard_errors):
    """A table of `compare` with these effects."""
    values, half = np.array(values, float), NORMAL_POINT * np.array(standard_errors, float)
    return pd.DataFrame({name: 0.0 for name in EFFECT_COLUMNS} | {
        "effect": values, "lower": values - half, "upper": values + half})


def test_the_parameter_part_is_what_noise_does_not_explain():
    """Three variables: no noise; noise as half of the variance; more noise than spread."""
    noise = [0.0, 1.0, 5.0]
    joined = over_sets._joined(effects([9, 9, 9], noise), [effects([1, 1, 1], noise), effects([3, 3, 3], noise)])
    assert joined.sets_sd.to_numpy() == pytest.approx([2**0.5] * 3)
    assert joined.parameter_sd.to_numpy() == pytest.approx([2**0.5, 1.0, 0.0])
    assert joined.sets_lower.to_numpy() == pytest.approx([1.05] * 3)
    assert joined.sets_upper.to_numpy() == pytest.approx([2.95] * 3)
    assert joined.effect.tolist() == [9, 9, 9]


def test_an_effect_that_most_sets_do_not_have_has_no_spread():
    joined = over_sets._joined(effects([1], [0]), [effects([1], [0]), effects([np.nan], [np.nan])])
    assert joined.sets.tolist() == [1] and joined.sets_sd.isna().all() and joined.sets_lower.isna().all()


@pytest.fixture
def program(tmp_path, made_up, one_arm, monkeypatch):
    """A program whose every run leaves the made-up file; it refuses a rate of 13 and fails to run with 14."""
    described = json.dumps({"parameters": [{"path": "loss.rate", "value": 1.0}, {"path": "loss.slope", "value": 2.0}]})
    file = tmp_path / "bin" / "sarx"
    file.parent.mkdir()
    file.write_text(f"""#!/bin/sh
echo "$@" >> {tmp_path}/calls
case "$1 $*" in
  describe*) echo '{described}'; exit 0;;
  check*rate=13*) echo "loss.rate: 13 is above 10" >&2; exit 2;;
  check*) exit 0;;
  run*rate=14*) echo "no memory" >&2; exit 1;;
esac
while [ "$1" != -o ]; do shift; done
cp {made_up.path} "$2"
""")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("SARX_BIN", str(file))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "s.yaml").write_text("sarx: 1\narms: {usual_life: [], power: []}\n")
    (tmp_path / "one.yaml").write_text("sarx: 1\narms: {usual_life: []}\n")
    (tmp_path / "sets.csv").write_text(f'{RATE},model.parameters.loss.slope.male\n1,"{{a: 1, b: 2}}"\n2,3\n3,4\n')
    return tmp_path


def call(program, *more, scenario="s.yaml", draws="sets.csv"):
    return main(["uncertainty", str(program / scenario), "--draws", str(program / draws), *more])


def test_identical_runs_have_no_parameter_part_and_quantiles_at_the_effect(program, capsys):
    assert call(program, "--count", "3", "--people", "9", "--at", "70,80", "-o", str(program / "effects.csv")) == 0
    said = capsys.readouterr()
    table = pd.read_csv(program / "effects.csv")
    assert list(table.columns) == over_sets.COLUMNS
    assert set(table.age_years) == {70, 80} and set(table.arm) == {"power", "nothing"}
    known = table[table.effect.notna()]
    assert len(known) > 4 and (known.sets == 3).all()
    assert known.parameter_sd.abs().max() < 1e-9 and known.sets_sd.abs().max() < 1e-9
    for quantile in (known.sets_lower, known.sets_upper):
        assert quantile.to_numpy() == pytest.approx(known.effect.to_numpy(), rel=1e-6)
    assert "EFFECTS  power against usual life, at 70 years of age" in said.out
    flat = " ".join(said.out.split())
    assert "over 3 plausible parameter sets; it includes the Monte Carlo noise" in flat
    assert "set 3 of 3, about" in said.err
    assert max(map(len, said.out.splitlines())) < 140
    runs = [line for line in (program / "calls").read_text().splitlines() if line.startswith("run")]
    assert len(runs) == 4 and "--set" not in runs[0] and all("--people 9" in line for line in runs)
    assert f"--set {RATE}=1 --set model.parameters.loss.slope.male={{a: 1, b: 2}}" in runs[1]
    assert not list((program / "temporary").iterdir())


@pytest.mark.parametrize(("text", "more", "sentence"), [
    (None, [], "cannot be read: No such file"),
    ("model.parameters.loss.rat\n1\n2\n", [], "is no parameter: there is no parameter 'loss.rat'; did you mean"),
    ("loss.rate\n1\n2\n", [], f"is no path of --set: write '{RATE}'"),
    (f"{RATE},{RATE}\n1,1\n2,2\n", [], "stands twice"),
    (f"{RATE}\n1\n", [], "holds 1 parameter sets, fewer than --count 2"),
    ("", [], "holds 0 parameter sets"),
    (f"{RATE}\n1\n2\n", ["--count", "1"], "--count is a whole number of at least 2"),
    (f"{RATE},model.parameters.loss.slope\n1,2\n3\n", [], "set 2 of"),
    (f"{RATE}\n1\n13\n", [], "parameter set 2 does not fit"),
    (f"{RATE}\n1\n14\n", [], "no memory"),
    (f"{RATE}\n1\n2\n", ["-o", "nowhere/effects.csv"], "cannot write nowhere/effects.csv"),
    (f"{RATE}\n1\n2\n", ["--at", "200"], "is not in this run"),
])
def test_refusals_are_sentences_and_leave_nothing(program, capsys, text, more, sentence):
    if text is None:
        (program / "sets.csv").unlink()
    else:
        (program / "sets.csv").write_text(text)
    assert call(program, *(["--count", "2"] if "--count" not in more else []), *more) == 2
    said = capsys.readouterr()
    assert sentence in said.err and not said.out
    assert not list((program / "temporary").iterdir())


def test_one_arm_is_refused_before_a_run(program, capsys):
    assert call(program, "--count", "2", scenario="one.yaml") == 2
    assert "has one arm (usual_life)" in capsys.readouterr().err
    assert not any(line.startswith("run") for line in (program / "calls").read_text().splitlines())


def test_an_interrupt_leaves_nothing(program, capsys, monkeypatch):
    def interrupted(scenario, file, **_):
        pathlib.Path(file).write_text("half a file")
        raise KeyboardInterrupt
    monkeypatch.setattr(over_sets, "run", interrupted)
    assert call(program, "--count", "2") == 130
    assert capsys.readouterr().err.endswith("sarx: interrupted\n")
    assert not list((program / "temporary").iterdir())


def test_the_sets_that_come_with_the_model_are_where_the_command_looks():
    assert len(pd.read_csv(over_sets.DRAWS)) == 100


@pytest.mark.skipif(not BUILT.exists(), reason="the program is not built")
def test_a_real_scenario_moves_with_its_parameters(tmp_path, monkeypatch):
    """Sets that are the defaults collapse to the defaults' effect; one whose capacity adapts slower does not."""
    monkeypatch.setenv("SARX_BIN", str(BUILT))
    scenario = tmp_path / "s.yaml"
    scenario.write_text("""sarx: 1
title: Two years of lifting
population: {people: 30, start_age: 60 years, end_age: 62 years}
interventions: {lifting: {kind: resistance_training, dose: {sessions_per_week: 3, intensity_fraction: 0.75}}}
arms: {usual_life: [], lifting: [{give: lifting, from: {age: 60 years}}]}
record: {variables: [grip_strength_kg, mitochondrial_capacity]}
""")
    path = "model.parameters.mitochondria.adaptation_rate_per_year"
    defaults = {one["path"]: one["value"] for one in description()["parameters"]}
    default = defaults[path.removeprefix("model.parameters.")]
    same = over_sets.uncertainty(scenario, [{path: str(default)}] * 2, at=[62])
    assert (same.sets_lower == same.effect).all() and (same.sets_upper == same.effect).all()
    assert (same.parameter_sd == 0).all()
    moved = over_sets.uncertainty(scenario, [{path: str(default)}, {path: str(default / 4)}], at=[62])
    capacity = moved[moved.variable == "mitochondrial_capacity"].iloc[0]
    assert capacity.effect == same[same.variable == "mitochondrial_capacity"].effect.iloc[0]
    assert capacity.sets_lower < capacity.effect and capacity.sets_sd > 0
