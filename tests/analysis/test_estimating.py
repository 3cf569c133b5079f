"""Estimates that pictures, pages and tables share: each from one place, with a known answer."""

from __future__ import annotations

import hand_made_run
import numpy as np
import pytest
import sarx
from sarx.estimating.courses import burdens_told, effect_course, share_alive, share_with
from sarx.estimating.departing import burden_age, way_ends
from sarx.estimating.effect_sizes import WithinSex, glass_delta, pairing_gain, weighted_mean, weighted_sd
from sarx.estimating.flow import reached, taken_share
from sarx.estimating.parameter_sets import over_sets
from sarx.estimating.people import people_of
from sarx.estimating.typical_people import PERCENTILES, typical_people
from sarx.reading import Delivery, Run, deliveries, events_of, unit_pools


def test_an_effect_in_spreads_averages_the_sexes_by_their_pairs():
    women, men = WithinSex(2.0, 4.0, 30.0), WithinSex(3.0, 12.0, 10.0)
    assert glass_delta([women]) == pytest.approx([0.5])
    assert glass_delta([women, men]) == pytest.approx([(0.5 * 30 + 0.25 * 10) / 40])
    assert glass_delta([women, WithinSex(3.0, 0.0, 10.0)]) == pytest.approx([0.5])  # who do not differ have no spread
    assert np.isnan(glass_delta([WithinSex(np.nan, 1.0, 10.0), WithinSex(1.0, 1.0, 0.0)])).all()


def test_an_effect_in_spreads_is_the_same_along_a_course_and_at_a_time():
    course = glass_delta([WithinSex([2.0, 1.0], [4.0, 4.0], [30.0, 0.0]), WithinSex([3.0, 1.0], [12.0, 5.0], [10.0, 10.0])])
    assert course == pytest.approx([glass_delta([WithinSex(2, 4, 30), WithinSex(3, 12, 10)])[0], 0.2])


def test_the_gain_of_pairing_is_a_ratio_of_variances():
    assert pairing_gain(3.0, 4.0, 0.5) == pytest.approx(100.0)
    assert np.isnan(pairing_gain(3.0, 4.0, 0.0))


def test_a_weight_of_three_is_three_people():
    values, weight = np.array([1.0, 2.0, 5.0, np.nan]), np.array([1.0, 3.0, 1.0, 7.0])
    assert weighted_mean(values, weight) == pytest.approx(np.mean([1, 2, 2, 2, 5]))
    assert weighted_sd(values, np.ones(4)) == pytest.approx(np.std([1, 2, 5], ddof=1))
    assert np.isnan(weighted_mean(values[3:], weight[3:])) and np.isnan(weighted_sd(values[:1], weight[:1]))


def test_the_course_of_an_effect_is_that_of_the_tables(made_up):
    run = Run(made_up.path)
    for sex in ("female", "male", "all"):
        course = effect_course(run, "motor_unit_count", "power", sex, "vastus_lateralis")
        row = sarx.compare(run, at=[80], arms="power", variables="motor_unit_count", muscles="vastus_lateralis",
                           by=None if sex == "all" else "sex")
        row = row[row.sex == sex].iloc[0]
        assert course.mean[60] == pytest.approx(row.effect) and course.delta[60] == pytest.approx(row.glass_delta)
        assert course.delta_upper[60] / course.upper[60] == pytest.approx(row.glass_delta / row.effect)


def test_the_course_of_an_effect_has_no_interval_where_too_few_differ(made_up):
    course = effect_course(Run(made_up.path), "grip_strength_kg", "nothing", "all", "")
    assert np.isnan(course.lower).all() and np.isnan(course.delta).all() and (course.mean[np.isfinite(course.mean)] == 0).all()


def test_shares_of_those_who_began(made_up):
    run = Run(made_up.path)
    alive = made_up.alive[0].mean(axis=0)
    share = share_alive(run, "usual_life", "all")
    assert share[1:] == pytest.approx(run.series("summary", "person_years", "usual_life", "all")[1:] / 80)
    assert share[30] == pytest.approx(1.0) and share[70] < 1.0 and alive[30] == 1.0
    free = share_alive(run, "usual_life", "all", free_of="sarcopenia")
    there = np.isfinite(free)
    assert (free[there] <= share[there] + 1e-12).all() and free[70] < share[70]
    assert share_alive(run, "usual_life", "all", free_of="nothing_known") is None


def test_a_burden_begins_where_a_tenth_have_it(made_up):
    run = Run(made_up.path)
    ages = run.age_axis(run.summary).values
    share = share_with(run, "sarcopenia", "usual_life", "all")
    passage = burden_age(ages, share)
    assert np.interp(passage.age, ages, share) == pytest.approx(0.1) == passage.value
    assert burden_age(ages, np.zeros(len(ages))) is None
    assert burdens_told(run) == ["sarcopenia", "disability"]
    assert way_ends(ages) == 85.0 and way_ends(ages[:40]) == ages[39]


def test_typical_people_stand_at_their_percentiles_in_their_sex():
    strength, female = np.arange(200.0), np.arange(200) % 2
    chosen = typical_people(strength, female)
    assert [one.percentile for one in chosen] == list(PERCENTILES)
    for one in chosen:
        of_sex = strength[female == female[one.place]]
        assert (of_sex < strength[one.place]).mean() == pytest.approx(one.percentile / 100, abs=0.011)
    assert {int(female[one.place]) for one in chosen} == {0, 1}
    assert typical_people(np.full(200, np.nan), female) == []


def delivery(**counts):
    """Of people who were all eligible and offered."""
    return Delivery("power", "training", **{name: np.array([0, 10, 10, 10]) for name in (
        "eligible", "offered", "reached", "adherent", "dropped")} | counts)


def test_who_adheres_is_counted_ten_years_on_or_in_a_short_run_when_most_do():
    falling = np.array([0, 9, 8, 2])
    long_run = reached(delivery(adherent=falling), np.array([0.0, 1.0, 11.0, 20.0]))
    assert long_run.is_ten_years_on and long_run.adherent == 8
    short_run = reached(delivery(adherent=falling), np.array([0.0, 1.0, 2.0, 3.0]))
    assert not short_run.is_ten_years_on and short_run.adherent == 9
    nobody = reached(delivery(reached=np.zeros(4, int)), np.arange(4.0))
    assert nobody.reached == 0 and not nobody.is_ten_years_on


def test_what_was_taken_is_a_share_of_the_time_treated():
    taken = delivery(taken_years=np.array([0.0, 1, 2, 6]), treated_years=np.array([0.0, 2, 4, 8]))
    assert taken_share(taken) == 0.75
    assert taken_share(delivery()) is None and taken_share(delivery(taken_years=np.zeros(4), treated_years=np.zeros(4))) is None


def test_deliveries_events_and_units_are_read_by_name(made_up):
    run = Run(made_up.path)
    (given,) = deliveries(run)
    assert (given.arm, given.intervention, given.reached[-1]) == ("power", "power_twice_a_week", 56)
    happened = events_of(run, 3)
    assert {event.arm for event in happened} <= set(run.arms) and {"death"} <= {event.kind for event in happened}
    pools = unit_pools(run)
    assert {len(pool.rank) == len(pool.fibres) == len(pool.youth_fibres) for pool in pools} == {True}
    assert {pool.muscle for pool in pools} <= set(run.muscles)


def test_over_sets_noise_is_taken_off_once():
    found = over_sets(np.array([1.0, 3.0, np.nan]), np.array([-1.0, 1.0, 0.0]), np.array([3.0, 5.0, 0.0]))
    error = 2.0 / 1.959963984540054
    assert found.sets == 2 and found.sets_sd == pytest.approx(2**0.5)
    assert found.parameter_sd == pytest.approx(max(0.0, 2.0 - (2 * error**2 + 0.0) / 3)**0.5)
    alone = over_sets(np.array([1.0]), np.zeros(1), np.ones(1))
    assert alone.sets == 1 and np.isnan(alone[1:]).all()


def test_people_are_made_once_of_a_run(tmp_path):
    run = Run(hand_made_run.write(tmp_path / "eight.h5"))
    assert people_of(run) is people_of(run) is not people_of(Run(run.path))
    assert people_of(Run(hand_made_run.write(tmp_path / "none.h5", with_people=False))) is None
