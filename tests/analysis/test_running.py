"""Running from Python: the program is found and told what was asked; and the real one's file is understood."""

from __future__ import annotations

import os
import pathlib
import stat

import pytest
import sarx
from sarx.cli import main

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = pathlib.Path(os.environ.get("SARX_BIN_BUILT", ROOT / "build/release/bin/sarx"))


@pytest.fixture
def stand_in(tmp_path, made_up, monkeypatch):
    """A program that writes down its arguments and leaves the made-up file, or fails when asked for seed 13."""
    program = tmp_path / "sarx"
    program.write_text(f"""#!/bin/sh
echo "$@" > {tmp_path}/arguments
case "$*" in *"--seed 13"*) echo "scenario.yaml:3: unknown key" >&2; exit 2;; esac
while [ "$1" != -o ]; do shift; done
cp {made_up.path} "$2"
""")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("SARX_BIN", str(program))
    return tmp_path


def test_options_reach_the_program(stand_in):
    people = sarx.run("s.yaml", stand_in / "out.h5", people=10, seed=3, threads=2, arms=["a", "b"],
                      settings={"clock.step": "1 week"}, resume=True)
    assert people.sizes["arm"] == 3
    told = (stand_in / "arguments").read_text().strip()
    assert told == (f"run s.yaml -o {stand_in}/out.h5 --quiet --people 10 --seed 3 --threads 2 --arms a,b "
                    "--set clock.step=1 week --resume")


def test_the_programs_own_message_is_passed_on(stand_in):
    with pytest.raises(sarx.SarxError, match="scenario.yaml:3: unknown key"):
        sarx.run("s.yaml", stand_in / "out.h5", seed=13)


def test_a_wrong_sarx_bin_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SARX_BIN", str(tmp_path / "nothing"))
    with pytest.raises(sarx.SarxError, match="SARX_BIN names"):
        sarx.find_program()


@pytest.mark.skipif(not BUILT.exists(), reason="the program is not built")
def test_a_real_run_is_read_compared_and_drawn(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SARX_BIN", str(BUILT))
    output = tmp_path / "run.h5"
    people = sarx.run(ROOT / "scenarios/train_the_nerve.yaml", output, people=48)
    assert people.grip_strength_kg.dims == ("arm", "person", "time_years")
    told = sarx.provenance(output)
    assert {"version", "seed", "commit", "command"} <= set(told)
    figure = sarx.plot.cascade(output, sex="female")
    assert len(figure.axes) == 6
    table = sarx.compare(output, at=[80])
    assert len(table) > 20
    assert table.unit.notna().all()
    assert main(["compare", str(output)]) == 0
    out = capsys.readouterr().out
    assert "EFFECTS" in out and "nobody is selected by survival" in out
