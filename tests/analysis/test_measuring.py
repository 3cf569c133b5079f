"""Measurements of people whose answers are known: who, when, read how, summarised how."""

from __future__ import annotations

import math

import numpy as np
import plain_run
import pytest
from sarx.errors import SarxError
from sarx.validating.groups import TAKES, Group
from sarx.validating.measuring import Experiment
from sarx.validating.samples import _NUMBERS
from sarx.validating.statistics import Uncomputable, area_under_roc, cox_hazard_ratio
from scipy.stats import pearsonr

ERRORS = {"measures.grip_strength_cv": 0.1}
READ = "grip_best_of_six_kg"
TIMES = np.arange(0.0, 11.0)
PEOPLE = 400


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """400 people from 60 to 64 for ten years: a strength and a speed with slopes of their own that go together, and an
    illness that comes the sooner the faster strength falls."""
    luck = np.random.default_rng(11)
    steep = -0.5 + 0.2 * luck.standard_normal(PEOPLE)
    grip = 35 + 4 * luck.standard_normal(PEOPLE)
    speed = 1.2 + 0.02 * (grip - 35) + 0.1 * luck.standard_normal(PEOPLE)
    slowing = 0.05 * steep + 0.01 * luck.standard_normal(PEOPLE)
    ill_from = np.maximum(4.0 + 6.0 * luck.random(PEOPLE) + 20.0 * (steep + 0.5), 0.5)
    course = grip[:, None] + steep[:, None] * TIMES
    course[:20, 6:] = np.nan  # twenty die after five years
    cube = {"grip_strength_kg": course, "gait_speed_m_per_s": speed[:, None] + slowing[:, None] * TIMES,
            "disability": (TIMES >= ill_from[:, None]).astype(float),
            "falls_count": np.floor(TIMES[None, :] * (np.arange(PEOPLE) % 2)[:, None])}
    path = plain_run.write(tmp_path_factory.mktemp("plain") / "run.h5", {
        **{name: values[None] for name, values in cube.items()}, "steep": steep, "grip": grip},
        TIMES, start_ages=60.0 + np.arange(PEOPLE) % 5)
    experiment = Experiment(path, ERRORS)
    experiment.truth = {"steep": steep, "slowing": slowing, "grip": grip, "speed": speed, "ill_from": ill_from, **cube}
    return experiment


def test_every_way_to_take_a_number_has_its_summary():
    assert set(TAKES) == set(_NUMBERS)


def test_a_persons_own_change_and_slope_can_be_measured(world):
    alive = np.arange(PEOPLE) >= 20
    steep = world.truth["steep"]
    span = {"since": "1 year", "time": "9 years"}
    assert world.number(Group(measure="change(grip_strength_kg)", **span)) == pytest.approx(8 * steep[alive].mean())
    # A slope is had of those too who died on the way.
    assert world.number(Group(measure="slope(grip_strength_kg)", **span)) == pytest.approx(steep.mean(), rel=1e-6)
    spread = world.number(Group(measure="slope(grip_strength_kg)", take="sd", **span))
    assert spread == pytest.approx(steep.std(ddof=1), rel=1e-6)
    percent = world.number(Group(measure="100 * change(grip_strength_kg) / grip_strength_kg", **span))
    start = world.truth["grip_strength_kg"][:, 1]
    assert percent == pytest.approx((800 * steep / start)[alive].mean(), rel=1e-6)


def test_slopes_of_two_measures_are_related(world):
    both = Group(measure="slope(gait_speed_m_per_s)", exposure="slope(grip_strength_kg)", time="10 years")
    steep, slowing = world.truth["steep"], world.truth["slowing"]
    of = {**both.__dict__, "take": "correlation"}
    assert world.number(Group(**of)) == pytest.approx(pearsonr(steep, slowing)[0], rel=1e-6)
    line = Group(**{**of, "take": "relation"})
    assert world.number(line) == pytest.approx(np.polyfit(steep, slowing, 1)[0], rel=1e-6)
    per_sd = Group(**{**of, "take": "relation", "per": "sd"})
    assert world.number(per_sd) == pytest.approx(np.polyfit(steep / steep.std(ddof=1), slowing, 1)[0], rel=1e-6)
    beta = world.number(Group(**{**of, "take": "standardised_relation"}))
    assert beta == pytest.approx(pearsonr(steep, slowing)[0], rel=1e-6)


def test_a_slope_of_the_past_foretells_what_comes(world):
    past = {"exposure": "past_slope(grip_strength_kg)", "before": "3 years", "since": "4 years", "time": "8 years"}
    area = world.number(Group(measure="disability", take="auc", **past))
    steep, ill_from = world.truth["steep"], world.truth["ill_from"]
    at_risk = ill_from > 4
    assert area == pytest.approx(area_under_roc(steep[at_risk], ill_from[at_risk] <= 8), rel=1e-9)
    assert area < 0.2  # the steeper the fall, the sooner it comes
    ratio = world.number(Group(measure="disability", take="hazard_ratio", per="sd", **past))
    assert ratio < 0.2
    moved = world.number(Group(measure="past_change(grip_strength_kg)", time="5 years", before="3 years"))
    assert moved == pytest.approx(3 * world.truth["steep"].mean(), rel=1e-6)
    with pytest.raises(SarxError, match="needs 'before'"):
        world.number(Group(measure="past_change(grip_strength_kg)", time="5 years"))


def test_covariates_are_held_equal_in_relations(tmp_path):
    luck = np.random.default_rng(12)
    age = luck.uniform(60, 80, 3000)
    grip = 60 - 0.4 * age + luck.standard_normal(3000)
    speed = 2.0 - 0.02 * age + 0.1 * luck.standard_normal(3000)  # nothing to do with grip but age
    path = plain_run.write(tmp_path / "run.h5", {"grip_strength_kg": grip[None, :, None],
                                                 "gait_speed_m_per_s": speed[None, :, None]}, [0.0], start_ages=age)
    experiment = Experiment(path, ERRORS)
    for take in ("correlation", "relation", "standardised_relation"):
        plain = Group(measure="gait_speed_m_per_s", exposure="grip_strength_kg", take=take)
        held = Group(**{**plain.__dict__, "adjust": ("age_years", "age_years ** 2")})
        assert experiment.number(plain) > 0.02
        assert experiment.number(held) == pytest.approx(0.0, abs=4 / math.sqrt(3000))  # 4 standard errors


def test_readings_err_in_relations_unless_the_row_wants_the_truth(world):
    grip, speed = world.truth["grip"], world.truth["speed"]
    r = pearsonr(grip, speed)[0]
    reliability = grip.var() / (grip.var() + 0.01 * (grip**2).mean())
    for take, truth, share in (("correlation", r, math.sqrt(reliability)),
                               ("relation", np.polyfit(grip, speed, 1)[0], reliability)):
        read = Group(measure="gait_speed_m_per_s", exposure=READ, take=take, time="0 years")
        assert world.number(Group(**{**read.__dict__, "error": "none"})) == pytest.approx(truth, rel=1e-6)
        # The standard error of a correlation of 400 people is 0.04; what is left of it by the error is 0.76 and 0.57.
        assert world.number(read) == pytest.approx(truth * share, rel=0.15)
        assert world.number(read) < 0.9 * truth
    swapped = Group(measure=READ, exposure="gait_speed_m_per_s", take="correlation", time="0 years")
    assert world.number(swapped) == pytest.approx(world.number(Group(**{**read.__dict__, "take": "correlation"})))
    line = Group(**{**swapped.__dict__, "take": "relation"})
    ratio = world.number(line) / world.number(Group(**{**line.__dict__, "error": "none"}))
    assert ratio == pytest.approx(1.0, abs=0.3) and abs(ratio - 1.0) > 1e-3  # the measure's own error scatters the line
    spread = Group(measure=READ, take="sd", time="0 years")
    assert world.number(Group(**{**spread.__dict__, "error": "none"})) == pytest.approx(grip.std(ddof=1), rel=1e-6)
    assert world.number(spread) > 1.2 * grip.std(ddof=1)


def test_a_condition_is_asked_at_baseline_unless_it_says_when(world):
    course = world.truth["grip_strength_kg"]
    weak = {"where": "grip_strength_kg < 33", "time": "5 years", "measure": "grip_strength_kg"}
    assert world.number(Group(**weak)) == pytest.approx(course[course[:, 0] < 33, 5].mean())
    then = world.number(Group(**weak, where_at="measurement"))
    assert then == pytest.approx(course[course[:, 5] < 33, 5].mean())
    between = world.number(Group(**weak, where_at="2 years"))
    assert between == pytest.approx(course[course[:, 2] < 33, 5].mean())
    followed = Group(measure="grip_strength_kg", take="change", over="1 year", age="66-67 years",
                     where="age_years < 62", where_at="entry")
    assert world.number(followed) == pytest.approx(world.truth["steep"][np.arange(PEOPLE) % 5 < 2].mean(), abs=0.01)


def test_people_found_at_an_age_meet_a_condition_there(world):
    course = world.truth["grip_strength_kg"]
    ages = 60 + np.arange(PEOPLE)[:, None] % 5 + np.arange(course.shape[1])
    found = Group(measure="grip_strength_kg", age="66-67 years", where="grip_strength_kg < 33")
    here = (ages >= 66) & (ages < 68) & (course < 33)
    assert world.number(found) == pytest.approx(course[here].mean())
    with pytest.raises(Uncomputable, match="^nobody is left$"):
        world.number(Group(measure="grip_strength_kg", where="grip_strength_kg > 900"))


def test_age_is_that_of_the_reading_and_of_two_readings_of_the_first(world):
    start = 60 + np.arange(PEOPLE) % 5
    grip = world.truth["grip_strength_kg"]
    late = world.number(Group(measure="grip_strength_kg", age="68-69 years", time="5 years"))
    assert late == pytest.approx(np.nanmean(grip[(start >= 63), 5]))  # not those of 68 at entry, of whom there are none
    change = world.number(Group(measure="grip_strength_kg", take="change", since="3 years", time="5 years",
                                age="63 years"))
    young = start == 60  # 63 at the first of the two, "63 years" being 62 up to 64
    assert change == pytest.approx((grip[young, 5] - grip[young, 3]).mean())


def test_a_count_can_have_risen_in_a_time_of_its_own_before(world):
    fell = Group(measure="grip_strength_kg", take="change", since="3 years", time="4 years", had="falls_count",
                 before="3 years")
    odd = np.arange(PEOPLE) % 2 == 1
    assert world.number(fell) == pytest.approx(world.truth["steep"][odd].mean(), rel=1e-6)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """1,000 people a year apart in two arms; the treated have 0.6 of the hazard of the others, and gain 2 kg."""
    luck = np.random.default_rng(13)
    n = 1000
    threshold = luck.exponential(size=n)
    when = np.stack([threshold / 0.15, threshold / (0.15 * 0.6)])
    gone = TIMES[None, None, :] >= when[:, :, None]
    base = 30 + 4 * luck.standard_normal(n)
    grip = np.broadcast_to(base[None, :, None], gone.shape) + np.array([0.0, 2.0])[:, None, None] * (TIMES > 0)
    path = plain_run.write(tmp_path_factory.mktemp("trial") / "run.h5", {
        "alive": 1.0 - gone, "grip_strength_kg": np.where(gone, np.nan, grip)}, TIMES, arms=("usual_life", "trained"))
    experiment = Experiment(path, {})
    experiment.when, experiment.base = when, base
    return experiment


CONTROL = Group(measure="1 - alive", arm="usual_life")
TRAINED = Group(measure="1 - alive", arm="trained", take="hazard_ratio", against="control")


def test_arms_are_compared_by_cox(trial):
    ratio = trial.number(TRAINED, CONTROL.compared_by(TRAINED))
    years, happened = np.minimum(np.ceil(trial.when), 10.0), trial.when <= 10.0
    exposed = np.repeat([0.0, 1.0], 1000)
    assert ratio == pytest.approx(cox_hazard_ratio(years.ravel(), happened.ravel().astype(float), exposed), rel=1e-9)
    # Of 1,000 people in each arm the standard error of the logarithm is 0.05.
    assert math.log(ratio / 0.6) == pytest.approx(0.0, abs=0.2)


def test_times_to_the_first_event_are_those_of_the_hazard(trial):
    def number(take: str) -> float:
        return trial.number(Group(measure="1 - alive", take=take))

    # Their standard errors are 3 % of each.
    assert number("median_time") == pytest.approx(math.log(2) / 0.15, rel=0.12)
    assert number("mean_time") == pytest.approx((1 - math.exp(-1.5)) / 0.15, rel=0.12)
    # Years count to the record that shows the event, half a year late.
    assert number("incidence") == pytest.approx(1 - math.exp(-0.15), rel=0.12)
    with pytest.raises(Uncomputable, match="have not had the event by the end"):
        trial.number(Group(measure="1 - alive", take="median_time", time="2 years"))


def test_those_who_have_it_already_are_not_at_risk_of_a_first_event(world):
    ill_from = world.truth["ill_from"]
    later = world.number(Group(measure="disability", take="incidence", since="6 years", time="7 years"))
    assert later == pytest.approx(((ill_from > 6) & (ill_from <= 7)).sum() / (ill_from > 6).sum())


def test_arms_differ_in_standard_deviations(trial):
    def number(take: str) -> float:
        first = Group(measure="grip_strength_kg", arm="trained", take=take, against="control", time="1 year")
        return trial.number(first, Group(measure="grip_strength_kg", time="1 year").compared_by(first))

    left = [trial.base[trial.when[arm] > 1.0] for arm in (0, 1)]
    difference = 2.0 + left[1].mean() - left[0].mean()
    assert number("glass_delta") == pytest.approx(difference / left[0].std(ddof=1), rel=1e-6)
    pooled = ((len(left[0]) - 1) * left[0].var(ddof=1) + (len(left[1]) - 1) * left[1].var(ddof=1)) / (
        len(left[0]) + len(left[1]) - 2)
    assert number("cohen_d") == pytest.approx(difference / math.sqrt(pooled), rel=1e-6)


def test_an_outcome_that_is_not_so_or_not_so_is_refused(world):
    for take in ("odds_ratio", "auc"):
        with pytest.raises(Uncomputable, match=f"{take} needs an outcome that is so or not so"):
            world.number(Group(measure="grip_strength_kg", take=take, exposure="gait_speed_m_per_s"))


def test_people_with_weights_are_refused(tmp_path):
    values = {"grip_strength_kg": np.ones((1, 8, 2)), "weight": np.arange(8.0)}
    with pytest.raises(SarxError, match="weights, which are not counted"):
        Experiment(plain_run.write(tmp_path / "run.h5", values, [0.0, 1.0]), {})
    values["weight"] = np.ones(8)
    Experiment(plain_run.write(tmp_path / "same.h5", values, [0.0, 1.0]), {})
