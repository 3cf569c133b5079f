"""Validation: target files are checked by file, line and row; numbers of known worlds come out; the board counts."""

from __future__ import annotations

import json
import math
import os
import pathlib
import textwrap
from dataclasses import replace

import numpy as np
import pytest
import yaml
from sarx.cli import main, validate
from sarx.errors import SarxError
from sarx.expressions import Expression
from sarx.plot.scoreboard import scoreboard as picture
from sarx.telling.scoreboard import as_text
from sarx.validating import experiments, scoreboard, target_files, targets
from sarx.validating.groups import Group, age_band, years_of
from sarx.validating.instruments import INSTRUMENTS, scatter
from sarx.validating.measuring import Experiment
from sarx.validating.statistics import Uncomputable

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = pathlib.Path(os.environ.get("SARX_BIN_BUILT", ROOT / "build/release/bin/sarx"))

GOOD = """\
domain: grip
experiment: life
rows:
- {id: grip.men, role: fitted, says: grip of men, sex: male, age: 40-49 years, measure: grip_strength_kg,
   published: 36, unit: kg, spread: {sd: 4, n: 64}, cite: Somebody 2001, doi: 10.1000/x}
"""


@pytest.fixture
def written(tmp_path):
    """Writes a folder of targets with one experiment; returns a function of the target text."""
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "life.yaml").write_text(
        "sarx: 1\npopulation: {people: 1000, start_age: 20 years, end_age: 90 years}\n"
        "clock: {step: 1 month, record_every: 1 year}\narms: {usual_life: [], power: []}\n")

    def write(text: str) -> pathlib.Path:
        (tmp_path / "some.yaml").write_text(textwrap.dedent(text))
        return tmp_path

    return write


def rows(**changes) -> str:
    """One good row with some keys changed; None takes a key away."""
    row = {"id": "a", "role": "fitted", "says": "x", "measure": "grip_strength_kg", "published": 1.0, "unit": "kg",
           "cite": "y", **changes}
    row = {key: value for key, value in row.items() if value is not None}
    return yaml.safe_dump({"domain": "grip", "experiment": "life", "rows": [row]})


KNOWN = targets.Known({"grip_strength_kg": "kg", "nmj_stability": "1", "alive": "1", "falls_count": "1", "female": "1"},
                      frozenset({"nmj_stability"}), ("vastus_lateralis", "tibialis_anterior"))


def test_the_published_targets_are_sound():
    found = target_files.load_targets().rows
    assert len(found) > 270
    spoken = [target for target in found if target.speaks]
    assert len(spoken) > 250
    assert {target.role for target in spoken} == {"fitted", "never_fitted"}
    for target in spoken:
        assert target.kind == "order" or target.tolerance > 0.0, target.id
        assert target.tolerance_from and target.unit and target.citation


def test_every_experiment_is_used_and_every_instrument_has_a_source():
    used = {target.experiment for target in target_files.load_targets().rows if target.speaks}
    assert used == {file.stem for file in (target_files.folder() / "experiments").glob("*.yaml")}
    for instrument in INSTRUMENTS.values():
        assert instrument.source and instrument.unit and instrument.expression.names


@pytest.mark.parametrize(("changes", "said"), [
    ({"unit": None}, "the unit is missing"),
    ({"unit": "lb"}, "the unit of grip_strength_kg is 'kg', not 'lb'"),
    ({"measure": "gripp_kg"}, "there is no measure or variable 'gripp_kg'"),
    ({"sex": "neuter"}, "the population has no sex 'neuter'"),
    ({"age": "80-60 years"}, "nobody has the age '80-60 years'"),
    ({"age": "150 years"}, "nobody has the age '150 years'"),
    ({"age": "old"}, "'old' is not an age"),
    ({"arm": "pills"}, "experiment life: there is no arm 'pills'; there are: usual_life, power"),
    ({"experiment": "afterlife"}, "there is no experiment 'afterlife'"),
    ({"experiment": "lief"}, "there is no experiment 'lief'; did you mean 'life'?"),
    ({"arm": "powr"}, "experiment life: there is no arm 'powr'; did you mean 'power'?"),
    ({"measure": "grip_strenght_kg"}, "did you mean 'grip_strength_kg'?"),
    ({"measure": "nmj_stability", "unit": "1"}, "'nmj_stability' is of a muscle: muscle names one of vastus_lateralis"),
    ({"measure": "nmj_stability", "unit": "1", "muscle": "soleus"}, "experiment life: there is no muscle 'soleus'"),
    ({"where_at": "then"}, "'then' is not a time"),
    ({"before": "soon"}, "'soon' is not a time"),
    ({"error": "some"}, "unknown error 'some'; there are default, none"),
    ({"per": "kg"}, "unknown per 'kg'; there are unit, sd"),
    ({"seen": "dreamt"}, "seen must be one of text, recall"),
    ({"centile": 101}, "there is no centile 101"),
    ({"take": "correlation"}, "correlation needs an exposure"),
    ({"take": "hazard_ratio"}, "hazard_ratio needs an exposure, or a group to compare with (against)"),
    ({"take": "cohen_d"}, "cohen_d needs a group to compare with (against)"),
    ({"take": "auc", "exposure": "female", "adjust": "alive"}, "'adjust' does nothing here: no group takes a number"),
    ({"take": "sd", "adjust": "alive"}, "'adjust' does nothing here: no group takes a number that knows covariates"),
    ({"exposure": "female"}, "'exposure' does nothing here"),
    ({"per": "sd"}, "'per' does nothing here"),
    ({"time": "80 years"}, "'80 years' lies beyond experiment life, which lasts 70 years"),
    ({"take": "any", "over": "90 years"}, "'90 years' lies beyond experiment life"),
    ({"where": "alive", "where_at": "80 years"}, "'80 years' lies beyond experiment life"),
    ({"before": "1 year"}, "'before' does nothing here: nothing is read before the first reading"),
    ({"where_at": "measurement"}, "'where_at' does nothing here: there is no 'where'"),
    ({"groups": {"a": {"against": "b"}, "b": {}}, "statistic": "a"}, "'against' does nothing here"),
    ({"groups": {"a": {"against": "c", "take": "cohen_d"}, "b": {}}, "statistic": "a"}, "there is no group 'c'"),
    ({"groups": {"a": {"against": "a", "take": "cohen_d"}}, "statistic": "a"}, "against names another group"),
    ({"groups": {1: {}}, "statistic": "1"}, "groups need names"),
    ({"spread": {"sd": "wide", "n": 9}}, "spread: sd needs a number above 0"),
    ({"spread": {"ci95": 3}}, "spread: ci95 needs a lower and an upper number"),
    ({"spread": {"ci95": [3, 2]}}, "spread: ci95 needs a lower and an upper number"),
    ({"statistic": "slope(x)"}, "is none of them"),
    ({"measure": "max(grip_strength_kg)"}, "is none of them"),
    ({"published": None}, "the published value is missing"),
    ({"published": 0}, "a published 0 needs a stated tolerance"),
    ({"role": "wished"}, "role must be one of"),
    ({"doi": "somewhere"}, "'somewhere' is not a DOI"),
    ({"take": "maximum"}, "unknown way to take a number 'maximum'"),
    ({"over": "5 yards"}, "'5 yards' is not a time"),
    ({"flavour": "sweet"}, "unknown key 'flavour'"),
    ({"speaks": False}, "says why"),
    ({"statistic": "__import__('os')"}, "is none of them"),
    ({"groups": {"old": {}}}, "the statistic is missing"),
    ({"groups": {"old": {}}, "statistic": "old / young"}, "names no group 'young'"),
    ({"holds": ["x"]}, "is not an inequality"),
    ({"tolerance": {"value": 1}}, "a stated tolerance needs a value above 0 and a because"),
])
def test_a_bad_row_is_told_by_file_line_and_id(written, changes, said):
    with pytest.raises(SarxError) as problem:
        target_files.load_targets(written(rows(**changes)), known=KNOWN)
    assert said in str(problem.value)
    assert "some.yaml:4: a: " in str(problem.value)


def test_all_problems_are_told_at_once(written):
    with pytest.raises(SarxError) as problem:
        target_files.load_targets(written(rows(unit=None, sex="neuter", published=None)), known=KNOWN)
    assert str(problem.value).count("some.yaml:4: a: ") == 3


def test_an_id_may_stand_once(written):
    again = GOOD + GOOD.split("rows:\n")[1]
    with pytest.raises(SarxError, match="some.yaml:6: grip.men: the id stands at some.yaml:4 already"):
        target_files.load_targets(written(again))


@pytest.mark.parametrize(("changes", "tolerance"), [
    ({"published": 50.0}, 5.0),
    ({"published": 50.0, "kind": "effect"}, 12.5),
    ({"published": -50.0, "kind": "effect"}, 12.5),
    ({"published": 50.0, "spread": {"se": 4.0}}, 1.959964 * 4.0),
    ({"published": 50.0, "spread": {"sd": 40.0, "n": 100}}, 1.959964 * 4.0),
    ({"published": 50.0, "spread": {"ci95": [30.0, 60.0]}}, 15.0),
    ({"published": 50.0, "spread": {"se": 0.1}}, 2.5),
    ({"published": 50.0, "tolerance": {"value": 1.0, "because": "so"}}, 1.0),
])
def test_tolerance_comes_from_the_study_and_is_never_below_5_percent_of_it(written, changes, tolerance):
    (target,) = target_files.load_targets(written(rows(**changes))).rows
    assert target.tolerance == pytest.approx(tolerance)


def test_expressions_compute_and_refuse():
    assert Expression("2 * (old / young - 1)").value({"old": 3.0, "young": 4.0}) == pytest.approx(-0.5)
    numbers = {"a": np.array([2.0, 2.0, -1.0, np.nan]), "b": np.array([1.0, 3.0, 3.0, 1.0])}
    both = Expression("a > 1 and b < 2 or a < 0").value(numbers)
    assert both[:3].tolist() == [1.0, 0.0, 1.0] and math.isnan(both[3])
    for bad in ("a.b.c", "open('x')", "a[0]", "'text'", "lambda: 1", "a +", "slope(a)", "min(a)", "max(a, b, a)"):
        with pytest.raises(SarxError):
            Expression(bad)
    assert not np.isfinite(Expression("a / b").value({"a": np.float64(1), "b": np.float64(0)}))
    assert not np.isfinite(Expression("1 / 0").value({}))
    assert Expression("a > b and a - 1 < b").margins({"a": 3.0, "b": 2.5}) == [0.5, -0.5]


def test_times_and_ages_are_read():
    assert years_of("26 weeks") == pytest.approx(0.4983, abs=1e-4)
    assert years_of("3 years") == 3.0
    assert age_band("60-69 years") == (60.0, 70.0)
    assert age_band("71 years") == (70.0, 72.0)
    assert age_band("80+ years")[0] == 80.0


def test_scatter_of_a_person_does_not_depend_on_how_many_there_are():
    assert np.array_equal(scatter("grip", (5, 3), 1), scatter("grip", (50, 3), 1)[:5])
    assert not np.array_equal(scatter("grip", (5, 3), 1), scatter("jitter", (5, 3), 1))


@pytest.fixture(scope="module")
def life(made_up):
    """The made-up run, with grip read with an error of 10 %."""
    return Experiment(made_up.path, {"measures.grip_strength_cv": 0.1})


def test_means_are_of_the_living_of_the_sex_and_age(life, made_up):
    grip = made_up.cube["grip_strength_kg"][0]
    men = made_up.female == 0
    band = (made_up.ages >= 70) & (made_up.ages < 80)
    chosen = grip[men][:, band]
    expected = chosen[np.isfinite(chosen)].mean()
    men = Group(measure="grip_strength_kg", sex="male", age="70-79 years")
    assert life.number(men) == pytest.approx(expected, rel=1e-5)


def test_a_change_is_paired_and_has_its_form(life):
    # Everybody loses 3 kg a decade in a straight line.
    ten = Group(measure="grip_strength_kg", age="30-39 years", take="change", over="10 years")
    assert life.number(ten) == pytest.approx(-3.0, rel=1e-4)
    start = life.number(Group(measure="grip_strength_kg", age="30-39 years"))
    assert life.number(Group(**{**ten.__dict__, "form": "percent_per_year"})) == pytest.approx(-30.0 / start, rel=1e-3)
    twenty = Group(measure="grip_strength_kg", take="change", since="10 years", time="30 years")
    assert life.number(twenty) == pytest.approx(-6.0, rel=1e-4)


def test_those_who_die_between_two_times_are_no_pair(life, made_up):
    band = (made_up.ages >= 70) & (made_up.ages < 80)
    grip = made_up.cube["grip_strength_kg"][0]
    assert np.isfinite(grip[:, band]).sum() > np.isfinite(grip[:, np.roll(band, 5)]).sum()  # some do die
    late = Group(measure="grip_strength_kg", age="70-79 years", take="change", over="5 years")
    assert life.number(late) == pytest.approx(-1.5, rel=1e-4)
    deaths = life.number(Group(measure="1 - alive", age="70-79 years", take="any", over="5 years"))
    assert 0.05 < deaths < 0.5


def test_a_change_can_be_taken_of_those_in_whom_another_variable_rose(life):
    change = Group(measure="grip_strength_kg", age="30-39 years", take="change", over="1 year")
    rose = life.number(Group(**{**change.__dict__, "grew": "chair_rise_s"}))
    assert rose == pytest.approx(-0.3, rel=1e-3)
    with pytest.raises(Uncomputable, match="nobody is left"):
        life.number(Group(**{**change.__dict__, "grew": "not chair_rise_s"}))


def test_those_in_whom_a_count_rose_before_are_told_from_the_rest(life):
    before = Group(measure="grip_strength_kg", age="30-39 years", take="change", over="1 year", had="chair_rise_s")
    assert life.number(before) == pytest.approx(-0.3, rel=1e-3)
    with pytest.raises(Uncomputable, match="nobody is left"):
        life.number(Group(**{**before.__dict__, "had": "grip_strength_kg"}))


def test_error_of_reading_widens_spreads_and_leaves_means(life):
    best = "grip_best_of_six_kg"
    truth = life.number(Group(measure="grip_strength_kg", age="30-39 years"))
    assert life.number(Group(measure=best, age="30-39 years")) == pytest.approx(truth, rel=1e-6)
    true = life.number(Group(measure="grip_strength_kg", age="30-39 years", take="sd"))
    read = life.number(Group(measure=best, age="30-39 years", take="sd"))
    mean_square = life.number(Group(measure="grip_strength_kg * grip_strength_kg", age="30-39 years"))
    assert read == pytest.approx(math.sqrt(true**2 + 0.01 * mean_square), rel=0.05)


def test_a_condition_is_a_share(life):
    low = life.number(Group(measure="grip_strength_kg < 30", age="60-69 years"))
    assert 0.0 < low < 1.0
    assert low + life.number(Group(measure="grip_strength_kg >= 30", age="60-69 years")) == pytest.approx(1.0)


def test_arms_times_and_muscles_that_are_not_there_are_named(life):
    with pytest.raises(SarxError, match="no arm 'powr'; did you mean 'power'"):
        life.number(Group(measure="grip_strength_kg", arm="powr"))
    with pytest.raises(SarxError, match="beyond the experiment"):
        life.number(Group(measure="grip_strength_kg", time="90 years"))
    with pytest.raises(SarxError, match="no muscle 'soleus'"):
        life.number(Group(measure="nmj_stability", muscle="soleus"))


def test_the_design_follows_from_who_is_seen_and_given_what(written):
    def design(**changes) -> str:
        (target,) = target_files.load_targets(written(rows(**changes))).rows
        return target.design

    assert design() == "cross-section"
    assert design(take="change", over="3 years") == "follow-up"
    assert design(measure="slope(grip_strength_kg)") == "follow-up"
    assert design(arm="power") == "trial"


def test_scores_count_within_and_misses_by_role(life, written):
    text = GOOD + """\
- {id: grip.odd, role: never_fitted, says: far off, sex: male, age: 40-49 years, measure: grip_strength_kg,
   published: 20, unit: kg, cite: Nobody 2002}
- {id: grip.falls, role: never_fitted, says: grip falls, measure: grip_strength_kg, unit: kg, cite: Nobody 2002,
   groups: {young: {age: 20-30 years}, old: {age: 60-70 years}}, holds: [old < young, old > 0]}
- {id: grip.rises, role: never_fitted, says: grip rises, measure: grip_strength_kg, unit: kg, cite: Nobody 2002,
   groups: {young: {age: 20-30 years}, old: {age: 60-70 years}}, holds: [old > young, old > 0]}
- {id: grip.soul, role: never_fitted, says: of the soul, speaks: false, why: it has none, cite: Nobody 2002}
"""
    found = target_files.load_targets(written(text)).rows
    scores = [scoreboard.score(target, life) for target in found if target.speaks]
    assert [one.within for one in scores] == [True, False, True, False]
    assert scores[1].z == pytest.approx((scores[1].simulated - 20.0) / 2.0)
    assert scores[3].simulated == 0.5 and scores[3].z < 0 and "not: old > young" in scores[3].remark
    assert scoreboard.counts(scores) == {"fitted": (1, 1), "never_fitted": (1, 3)}
    told = json.loads(json.dumps([one.as_row() for one in scores]))
    assert {"id", "domain", "role", "published", "simulated", "z", "within", "seen", "mcse"} <= set(told[0])
    board = scoreboard.Board(scores, [target for target in found if not target.speaks])
    shown = as_text(board)
    assert "GRIP   2 of 4 within" in shown and "never fitted: 1 of 3 within" in shown
    assert "1 rows are not scored" in shown and "of the soul: it has none" in shown
    assert scoreboard.silent_row(board.silent[0])["why"] == "it has none"
    labels = [label.get_text() for label in picture(scores).axes[0].get_yticklabels()]
    assert labels == ["grip", "grip.men", "grip.odd", "grip.falls", "grip.rises"]


def test_the_error_of_luck_is_that_of_the_people_and_marks_verdicts_it_may_turn(life, made_up, written):
    text = GOOD.replace("age: 40-49 years", "time: 20 years")
    (target,) = target_files.load_targets(written(text)).rows
    scored = scoreboard.score(target, life)
    grip = made_up.cube["grip_strength_kg"][0][made_up.female == 0, 20]
    expected = grip.std(ddof=1) / math.sqrt(len(grip))
    assert scored.mcse == pytest.approx(expected, rel=0.5)  # 20 groups tell it to some 16 %
    for shift, near in ((1.9, True), (-1.9, True), (2.1, False), (-2.1, False)):
        moved = replace(target, published=scored.simulated - target.tolerance - shift * scored.mcse)
        assert scoreboard.score(moved, life).near_limit == near
        assert scoreboard.score(moved, life).within == (shift < 0)
    assert "within ~" in as_text(scoreboard.Board([replace(scored, near_limit=True)]))
    assert math.isnan(scoreboard.score(target, life, errors=False).mcse)


def test_an_order_is_near_its_limit_where_luck_may_turn_all_of_it(life, written):
    def near(*holds: str) -> bool:
        row = rows(groups={"a": {"time": "20 years"}, "b": {"time": "21 years", "sex": "male"}}, holds=list(holds))
        (target,) = target_files.load_targets(written(row)).rows
        return scoreboard.score(target, life).near_limit

    # The mean of all is about 32.4 and of the men 35.7, with standard errors of about 0.6.
    assert near("a > 31.8") and not near("a > 20") and near("a > 20", "a > 31.8")
    assert near("a > 33") and not near("a > 33", "a > 60")


def test_paired_arms_share_their_luck_in_the_error(life, written):
    row = rows(groups={"a": {"arm": "power", "time": "45 years"}, "b": {"time": "45 years"}}, statistic="a - b")
    (target,) = target_files.load_targets(written(row)).rows
    alone = rows(arm="power", time="45 years")
    (one,) = target_files.load_targets(written(alone)).rows
    assert scoreboard.score(target, life).mcse < 0.7 * scoreboard.score(one, life).mcse


def test_a_group_is_compared_with_another_of_its_row(life, written):
    row = rows(measure="1 - alive", take="hazard_ratio", since="40 years", unit="1",
               groups={"helped": {"arm": "power", "against": "usual"}, "usual": {}}, statistic="helped")
    (target,) = target_files.load_targets(written(row), known=KNOWN).rows
    scored = scoreboard.score(target, life)
    assert 0.3 < scored.simulated < 1.0 and scored.mcse > 0.0


def test_means_of_groups_are_compared_at_the_same_covariates(life, written):
    # Everybody loses as much a decade, so that at the same age the sexes differ by the same.
    (sexes,) = target_files.load_targets(written(rows(groups={
        "m": {"sex": "male", "age": "30-50 years"}, "f": {"sex": "female", "age": "40-60 years"}},
        statistic="m - f", adjust="age_years"))).rows
    (equal,) = target_files.load_targets(written(rows(groups={
        "m": {"sex": "male", "age": "40-50 years"}, "f": {"sex": "female", "age": "40-50 years"}},
        statistic="m - f"))).rows
    assert scoreboard.score(sexes, life).simulated == pytest.approx(scoreboard.score(equal, life).simulated, rel=1e-3)
    apart = replace(sexes, groups={name: replace(group, adjust=()) for name, group in sexes.groups.items()})
    assert scoreboard.score(apart, life).simulated > scoreboard.score(equal, life).simulated + 2.0


def test_the_scenario_of_an_experiment_holds_the_model_under_test(tmp_path):
    (tmp_path / "base.yaml").write_text("sarx: 1\nmodel: {cascade: muscle_first, parameters: {a.b: 1, a.c: 2}}\n")
    (tmp_path / "mine.yaml").write_text("sarx: 1\nextends: base.yaml\nmodel: {parameters: {a.b: 3}}\n")
    model = experiments.model_of(tmp_path / "mine.yaml")
    assert model == {"cascade": "muscle_first", "parameters": {"a.b": 3, "a.c": 2}}
    groups = {"x": Group(measure="grip_best_of_six_kg / height_cm")}
    row = targets.Target("a", "grip", "fitted", "x", "here", groups=groups)
    experiment = {"sarx": 1, "seed": 5, "population": {"people": 3000}, "model": {"parameters": {"a.c": 9}}}
    made = experiments.scenario_of(experiment, [row], model, {"height_cm"}, quick=True)
    assert made["model"] == {"cascade": "muscle_first", "parameters": {"a.b": 3, "a.c": 9}}
    assert made["record"] == {"variables": ["grip_strength_kg"]}
    assert made["population"]["people"] == 750 and made["seed"] == 5
    assert experiments.scenario_of(experiment, [row], model, set(), seed=8)["seed"] == 8
    assert experiment["population"]["people"] == 3000


def test_a_file_of_people_comes_along(tmp_path):
    (tmp_path / "people.csv").write_text("sex,age_years\nfemale,70\n")
    (tmp_path / "there").mkdir()
    experiment = {"population": {"from": "people.csv", "follow": "1 year"}}
    experiments.bring_people(tmp_path, "trial", experiment, tmp_path / "there")
    assert (tmp_path / "there" / experiment["population"]["from"]).read_text().endswith("female,70\n")
    with pytest.raises(SarxError, match="population.from: 'poeple.csv' cannot be read"):
        experiments.bring_people(tmp_path, "trial", {"population": {"from": "poeple.csv"}}, tmp_path / "there")


def test_a_cascade_that_is_not_there_is_told_with_the_nearest(tmp_path, monkeypatch):
    described = {"variables": [], "parameters": [], "muscles": [],
                 "cascades": [{"name": "nerve_first"}, {"name": "muscle_first"}]}
    monkeypatch.setattr(scoreboard, "description", lambda: described)
    monkeypatch.setattr(scoreboard, "load_targets", lambda *_, **__: target_files.Targets([], {}))
    with pytest.raises(SarxError, match="--cascade: there is no cascade 'nerv_first'; did you mean 'nerve_first'?"):
        scoreboard.validate(cascade="nerv_first")
    (tmp_path / "mine.yaml").write_text("sarx: 1\nmodel: {cascade: muscle_frst}\n")
    with pytest.raises(SarxError, match="mine.yaml: there is no cascade 'muscle_frst'; did you mean 'muscle_first'?"):
        scoreboard.validate(tmp_path / "mine.yaml")


def test_a_table_of_parameter_sets_comes_along(tmp_path):
    (tmp_path / "draws.csv").write_text("model.parameters.a.b\n1\n")
    there = tmp_path / "there"
    experiments.bring_draws(tmp_path / "mine.yaml", {"draw": 1, "draws_from": "draws.csv"}, there)
    assert (there / "draws.csv").read_text() == "model.parameters.a.b\n1\n"
    with pytest.raises(SarxError, match="mine.yaml: model.draws_from: 'drawn.csv' cannot be read"):
        experiments.bring_draws(tmp_path / "mine.yaml", {"draws_from": "drawn.csv"}, there)


def test_a_picture_needs_a_format(tmp_path):
    import argparse

    commands = argparse.ArgumentParser().add_subparsers()
    validate.add_command(commands)
    options = commands.choices["validate"].parse_args(["--picture", str(tmp_path / "x.docx")])
    with pytest.raises(SarxError, match="its name ends in .png, .svg, .pdf"):
        options.act(options)


def test_every_name_that_is_no_row_is_refused_with_the_nearest_or_why_it_is_not_compared():
    rows = target_files.load_targets(target_files.folder()).rows
    targets.refuse_unknown(["grip", "mu.ta.old", "life_course"], rows)
    mute = next(row for row in rows if not row.speaks)
    with pytest.raises(SarxError) as problem:
        targets.refuse_unknown(["grip", "gripp", mute.id], rows, "Strength: ")
    assert str(problem.value).splitlines() == [
        "Strength: there is no row, domain or experiment 'gripp'; did you mean 'grip'?",
        f"Strength: row '{mute.id}' is not compared: {mute.why}"]


TRIAL = """\
domain: trial
experiment: visit
rows:
- {id: grip, role: fitted, says: grip, measure: grip_strength_kg, time: 1 month, published: 30, unit: kg, cite: A 2001,
   seen: recall}
- {id: walk, role: never_fitted, says: pace, measure: gait_speed_m_per_s, published: 1.1, unit: m/s, cite: B 2002}
- {id: mind, role: never_fitted, says: of the mind, speaks: false, why: it is not simulated, cite: C 2003}
"""
WRONG = """\
- {id: nobody, role: fitted, says: x, measure: grip_strength_kg, where: grip_strength_kg > 900, published: 1, unit: kg,
   cite: D 2004}
- {id: never, role: fitted, says: x, measure: grip_strength_kg > 900, take: odds_ratio, exposure: female, published: 1,
   unit: '1', cite: D 2004}
- {id: same, role: fitted, says: x, measure: grip_strength_kg, take: relation, exposure: alive, published: 1, unit: kg,
   cite: D 2004}
- {id: broken, role: fitted, says: x, experiment: broken, measure: grip_strength_kg, published: 1, unit: kg,
   cite: D 2004}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of targets with an experiment on thirty people of a file, and one that the program refuses."""
    monkeypatch.setenv("SARX_BIN", str(BUILT))
    (tmp_path / "experiments").mkdir()
    cells = [f"{'female' if i % 2 else 'male'},{60 + i}" for i in range(30)]
    (tmp_path / "experiments" / "people.csv").write_text("\n".join(["sex,age_years", *cells]) + "\n")
    (tmp_path / "experiments" / "visit.yaml").write_text(
        "sarx: 1\nseed: 1\npopulation: {from: people.csv, follow: 2 months}\n"
        "clock: {step: 1 month, record_every: 1 month}\narms: {usual_life: []}\n")
    (tmp_path / "experiments" / "broken.yaml").write_text(
        "sarx: 1\npopulation: {people: 10, start_age: 60 years, folow: 1 year}\narms: {usual_life: []}\n")
    (tmp_path / "trial.yaml").write_text(TRIAL)
    return tmp_path


built = pytest.mark.skipif(not BUILT.exists(), reason="the program is not built")


@built
def test_a_folder_of_targets_is_scored_on_people_of_a_file(folder, capsys):
    assert main(["validate", "--targets", str(folder), "--json"]) == 0
    scored = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in scored] == ["grip", "walk"]
    assert [row["seen"] for row in scored] == ["recall", "text"]
    assert all(row["mcse"] > 0 for row in scored)
    assert main(["validate", "--targets", str(folder), "--json", "--silent", "--seed", "2"]) == 0
    other = json.loads(capsys.readouterr().out)
    assert other["silent"][0] == {"id": "mind", "domain": "trial", "role": "never_fitted", "why": "it is not simulated",
                                  "says": "of the mind", "seen": "text", "citation": "C 2003", "doi": ""}
    assert [set(row) for row in other["scored"]] == [set(row) for row in scored]
    assert other["scored"][0]["simulated"] != scored[0]["simulated"]  # other luck
    assert main(["validate", "--targets", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "grip   [remembered, not read]" in shown
    assert shown.rstrip().endswith("mind  never_fitted of the mind: it is not simulated")


@built
def test_rows_that_are_wired_wrongly_are_told_at_once_and_the_others_scored(folder, capsys):
    odd = "- {id: typo, role: fitted, says: x, measure: gripp, time: 9 years, published: 1, unit: kg, cite: E 2005}\n"
    (folder / "trial.yaml").write_text(TRIAL + odd + WRONG)
    assert main(["validate", "--targets", str(folder), "--json"]) == 2
    out, said = capsys.readouterr()
    assert [row["id"] for row in json.loads(out)] == ["grip", "walk"]
    assert said.count("trial.yaml:8: typo: ") == 2
    assert "there is no measure or variable 'gripp'" in said and "'9 years' lies beyond experiment visit" in said
    (folder / "trial.yaml").write_text(TRIAL + WRONG)
    assert main(["validate", "--targets", str(folder), "--json", "--only", "visit"]) == 2
    out, said = capsys.readouterr()
    assert [row["id"] for row in json.loads(out)] == ["grip", "walk"]
    assert "trial.yaml:8: nobody: nobody is left" in said
    assert "trial.yaml:10: never: the outcome happens to nobody" in said
    assert "trial.yaml:12: same: the exposure is the same in everybody" in said
    assert main(["validate", "--targets", str(folder), "--json", "--silent"]) == 2
    out, said = capsys.readouterr()
    told = json.loads(out)
    assert [row["id"] for row in told["scored"]] == ["grip", "walk"]
    assert len(told["errors"]) == 4 and "4 problems; the other rows are scored" in said
    assert "experiments/broken.yaml: " in said and "folow" in said and "(1 rows are of it)" in said


@built
def test_a_model_that_is_refused_is_told_once(folder, capsys):
    (folder / "mine.txt").write_text("sarx: 1\nmodel: {parameters: {atrophy.speed: 1}}\n")
    assert main(["validate", str(folder / "mine.txt"), "--targets", str(folder)]) == 2
    said = capsys.readouterr().err
    assert said.endswith("mine.txt is refused:\nmodel.parameters.atrophy.speed: unknown parameter (`sarx describe` "
                         "lists them)\n")


def test_odd_options_are_refused(tmp_path, capsys):
    for words in (["--seed", "-1"], ["--seed", "1.5"], ["--seed", "x"],
                  ["--seed", str(2**64)]):
        with pytest.raises(SystemExit) as stop:
            main(["validate", *words])
        assert stop.value.code == 2
    assert "is not a whole number" in capsys.readouterr().err
    assert main(["validate", "--silent"]) == 2
    assert "--silent goes with --json" in capsys.readouterr().err


def test_a_folder_that_is_not_there_or_holds_nothing_is_told(written, tmp_path):
    with pytest.raises(SarxError, match="nowhere: it is no folder"):
        target_files.load_targets(tmp_path / "nowhere")
    empty = written("")
    with pytest.raises(SarxError, match="some.yaml: needs a domain and a list of rows"):
        target_files.load_targets(empty)
    (empty / "some.yaml").write_text("domain: [")
    (empty / "experiments" / "life.yaml").write_text("- no scenario\n")
    with pytest.raises(SarxError) as problem:
        target_files.load_targets(empty)
    assert "is not YAML" in str(problem.value)
    assert "experiments/life.yaml: an experiment is a scenario with a population" in str(problem.value)
