"""Calibration: configurations are checked as a whole; known parameters are found again; draws stay plausible."""

from __future__ import annotations

import math
import textwrap
from types import SimpleNamespace

import numpy as np
import pytest
import yaml
from sarx.calibrating import config, fitting
from sarx.errors import SarxError
from sarx.telling.fitted_parameters import parameter_file

DESCRIBED = {"parameters": [
    {"path": "loss.rate", "unit": "1/year", "value": 0.01, "low": 0, "high": 1, "plausible": [0.002, 0.05]},
    {"path": "loss.slope", "unit": "1", "value": {"vastus_lateralis": 2.0, "tibialis_anterior": 1.0}, "low": 0,
     "high": 9, "plausible": [0, 8]},
    {"path": "people.units", "unit": "1", "low": 1, "high": 900, "plausible": [50, 400],
     "value": {"lognormal": {"median": 150, "sd_log": 0.2}, "between": "people"}},
]}


def read(tmp_path, text):
    path = tmp_path / "calibration.yaml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return config.read_config(path, DESCRIBED)


def test_a_configuration_names_numbers_ranges_and_rows(tmp_path):
    read_one = read(tmp_path, """
        sarx: 1
        people: 300
        stages:
        - title: Loss
          parameters: {loss.rate: {from: 0.004, to: 0.04}, loss.slope.vastus_lateralis: {}, people.units: {}}
          rows: [motor_unit]
          but: [mu.sex]
    """)
    rate, slope, units = read_one.stages[0].fitted
    assert (rate.start, rate.low, rate.high, rate.unit) == (0.01, 0.004, 0.04, "1/year")
    assert slope.start == 2.0 and 0 < slope.low < slope.high == 8
    assert (units.start, units.low, units.high) == (150, 50, 400)
    assert read_one.people == 300 and read_one.stages[0].but == ("mu.sex",)


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    with pytest.raises(SarxError) as problem:
        read(tmp_path, """
            sarx: 1
            people: many
            stages:
            - parameters:
                loss.rat: {}
                loss.slope: {}
                loss.rate: {from: 3, to: 2}
                loss.slope.vastus_lateralis: {start: abc, to: .nan}
                people.units: {start: 900}
            - {parameters: {loss.rate: {}}, rows: [grip], row: [x]}
        """)
    said = str(problem.value)
    for part in ("'loss.rat'; did you mean 'loss.rate'?", "'start' is a number, not 'abc'", "'to' is a number, not nan",
                 "people.units: 'start' must lie from 50 to 400, not at 900", "name one: loss.slope.vastus_lateralis",
                 "'from' must be below 'to'", "rows: a list", "'row'", "people: a whole number"):
        assert part in said


def test_a_distribution_keeps_its_spread_and_other_muscles_their_value():
    units = config.with_centre(DESCRIBED["parameters"][2]["value"], [], 99.0)
    assert units == {"lognormal": {"median": 99.0, "sd_log": 0.2}, "between": "people"}
    slope = config.with_centre(DESCRIBED["parameters"][1]["value"], ["vastus_lateralis"], 3.0)
    assert slope == {"vastus_lateralis": 3.0, "tibialis_anterior": 1.0}
    normal = {"normal": {"mean": 10.0, "sd": 2.0}, "between": "people"}
    assert config.with_centre(normal, [], 5.0)["normal"] == {"mean": 5.0, "sd": 1.0}


class World:
    """Stands for the experiments: two rows that two of three parameters decide, and nothing of the third."""

    truth = {"loss.rate": 0.02, "loss.slope.vastus_lateralis": 3.0}
    runs = 0

    def rows_of(self, stage):
        return [SimpleNamespace(id=f"row{i}", citation=f"study {i}") for i in range(2)]

    def z(self, values, rows):
        World.runs += 1
        rate, slope = (math.log(values[path] / true) for path, true in self.truth.items())
        z = np.array([20.0 * (rate + 0.1 * slope), 20.0 * (slope - 0.2 * rate + 0.1 * rate * rate)])
        return fitting.Scored(z, [{"id": one.id, "within": abs(x) <= 1} for one, x in zip(rows, z)])


def fitted_world(rounds=6):
    stage = config.FitStage("Loss", (
        config.Fitted("loss.rate", "1/year", 0.008, 0.002, 0.05),
        config.Fitted("loss.slope.vastus_lateralis", "1", 1.5, 0.5, 8.0),
        config.Fitted("people.units", "1", 150.0, 50.0, 400.0)), ("motor_unit",), ())
    return fitting._fit_stage(stage, {}, World(), rounds, lambda _: None)


def test_known_parameters_are_found_and_the_uninformed_one_stays():
    found = fitted_world()
    values = found.values()
    assert values["loss.rate"] == pytest.approx(0.02, rel=0.05)
    assert values["loss.slope.vastus_lateralis"] == pytest.approx(3.0, rel=0.05)
    assert values["people.units"] == pytest.approx(150.0, rel=1e-3)
    assert found.loss < found.loss_before
    assert found.informed[0] > 0.9 and found.informed[1] > 0.9 and found.informed[2] < 0.01
    assert found.blind == ["+people.units"] or found.blind == ["-people.units"]
    assert found.leading[2] == [] and "row0" in found.leading[0]


STAGE = config.FitStage("Loss", (config.Fitted("loss.rate", "1/year", 0.008, 0.002, 0.05),
                                 config.Fitted("loss.slope.vastus_lateralis", "1", 1.5, 0.5, 8.0)), ("motor_unit",), ())


def fitted_in(world, rounds=6):
    said = []
    return fitting._fit_stage(STAGE, {}, world, rounds, said.append), " ".join(said)


def test_a_fit_that_cannot_move_says_so_and_keeps_its_start():
    class Rock(World):
        def z(self, values, rows):
            return super().z({"loss.rate": 0.01, "loss.slope.vastus_lateralis": 2.0}, rows)

    found, said = fitted_in(Rock())
    assert found.values() == pytest.approx({"loss.rate": 0.008, "loss.slope.vastus_lateralis": 1.5})
    assert "nothing that is fitted moves any row" in said and found.loss == found.loss_before
    assert "nothing that is fitted moves any row" in parameter_file(
        fitting.Fit(config.Calibration("x", None, 100, 1, ()), {"parameters": {}}, [found]))


def test_a_fit_that_runs_into_a_bound_names_it():
    class Far(World):
        truth = {"loss.rate": 5.0, "loss.slope.vastus_lateralis": 3.0}

    found, said = fitted_in(Far(), rounds=12)
    assert "loss.rate ran into the upper end of its range, 0.05 1/year" in said
    assert found.values()["loss.rate"] == pytest.approx(0.05, rel=0.01) and found.loss < found.loss_before


def test_a_fit_that_is_stopped_early_says_so_and_keeps_the_best_state():
    found, said = fitted_in(World(), rounds=1)
    assert "stopped after its 1 rounds while it still improved" in said and found.loss < found.loss_before

    class Breaks(World):
        def __init__(self, problem, after):
            self.problem, self.left = problem, after

        def z(self, values, rows):
            self.left -= 1
            if self.left < 0:
                raise self.problem
            return super().z(values, rows)

    best = found.values()
    for problem, word in ((SarxError("disk full"), "disk full"), (KeyboardInterrupt(), "interrupted")):
        found, said = fitted_in(Breaks(problem, after=5))  # the start, two slopes, one step, one slope
        assert word in said and "the best state so far is kept" in said and found.cut_short
        assert found.values() == pytest.approx(best)
        assert np.isfinite(found.covariance).all()


def test_draws_scatter_around_the_fit_within_what_is_plausible():
    result = fitting.Fit(config.Calibration("x", None, 100, 1, ()), {"parameters": {}}, [fitted_world()])
    paths, draws = result.draws(400)
    assert paths == ["loss.rate", "loss.slope.vastus_lateralis", "people.units"] and draws.shape == (400, 3)
    assert (draws > [0.002, 0.5, 50.0]).all() and (draws < [0.05, 8.0, 400.0]).all()
    assert np.median(draws[:, 0]) == pytest.approx(0.02, rel=0.05)
    assert draws[:, 2].std() > 10 * draws[:, 0].std()
    assert (result.draws(400)[1] == draws).all()


def test_each_study_has_the_same_say():
    rows = [SimpleNamespace(citation=name) for name in ("one", "many", "many", "many")]
    assert fitting.weights_of(rows) == pytest.approx([1.0, 1 / 3, 1 / 3, 1 / 3])


def test_the_parameter_file_tells_values_ranges_and_rows():
    found = fitted_world()
    text = parameter_file(fitting.Fit(config.Calibration("Loss", None, 100, 1, ()),
                                      {"parameters": {"loss.rate": 0.02}}, [found]))
    assert "loss.rate: 0.0" in text and "by row0" in text and "no row speaks to: " in text
    assert "sarx: 1" in text and "loss.rate: 0.02" in text


def test_a_draw_of_a_distribution_keeps_its_spread_when_it_is_set():
    units = {"vastus_lateralis": {"lognormal": {"median": 250, "sd_log": 0.18}, "between": "people"}}
    assert yaml.safe_load(config.as_setting(units, ["vastus_lateralis"], 240.0)) == {
        "lognormal": {"median": 240.0, "sd_log": 0.18}, "between": "people"}
    assert "\n" not in config.as_setting(units, ["vastus_lateralis"], 240.0)
    assert config.as_setting({"vastus_lateralis": 0.003}, ["vastus_lateralis"], 0.00412) == "0.00412"


def test_every_unknown_row_of_every_stage_is_named_before_anything_runs():
    stages = tuple(config.FitStage(title, STAGE.fitted, rows, ()) for title, rows in
                   (("Cells", ("cellular",)), ("Units", ("motor_unti",)), ("Fibres", ("fibre", "no.such.row"))))
    described = {**DESCRIBED, "variables": [], "traits": []}
    calibration = config.Calibration("x", None, 100, 1, stages)
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        def rows_of(self, stage):
            if stage.title != "Cells":
                raise SarxError(f"{stage.title}: no row, domain or experiment is called {stage.rows[-1]}")
            return []
        patch.setattr(fitting.Bench, "__init__", lambda self, *_: None)
        patch.setattr(fitting.Bench, "rows_of", rows_of)
        with pytest.raises(SarxError, match=r"(?s)Units: .*motor_unti.*Fibres: .*no\.such\.row"):
            fitting.fit(calibration, described, said.append)
    assert said == []
