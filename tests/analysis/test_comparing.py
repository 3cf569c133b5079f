"""Comparing: laws of paired effects, and known answers of a made-up run."""

from __future__ import annotations

import made_up_run
import numpy as np
import pytest
import sarx
from sarx.estimating.gaining import age_gained


def row(table, **where):
    """The one row of a table with these values."""
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_an_arm_that_does_nothing_has_no_effect(made_up):
    table = sarx.compare(made_up.path, arms=["nothing"], at=[80])
    assert (table.effect == 0).all()
    assert (table.survivors_lost == 0).all()
    assert (table.survivors_saved == 0).all()
    assert table.age_gained_years.isna().all()  # where too few differ nothing is gained that could be told


def test_the_reference_among_the_arms_asked_for_is_passed_over(made_up):
    reference, other = sarx.open(made_up.path).arm.values[:2]
    alone = sarx.compare(made_up.path, arms=[str(other)])
    both = sarx.compare(made_up.path, arms=[str(reference), str(other)])
    assert alone.equals(both)
    with pytest.raises(sarx.SarxError, match="is the reference"):
        sarx.compare(made_up.path, arms=[str(reference)])


def test_effect_is_the_paired_mean_with_its_interval(made_up):
    found = row(sarx.compare(made_up.path, at=[80], arms=["power"], variables=["grip_strength_kg"]))
    at_80 = made_up.cube["grip_strength_kg"][:, :, 60].astype(float)
    difference = at_80[1] - at_80[0]
    difference = difference[np.isfinite(difference)]
    assert found.effect == pytest.approx(difference.mean(), rel=1e-6)
    assert found.lower < 2.0 < found.upper  # the gain that was put in
    assert found.n_both_alive == len(difference)
    deltas = [(difference_of[np.isfinite(difference_of)].mean() / np.nanstd(base, ddof=1), np.isfinite(difference_of).sum())
              for base, difference_of in ((at_80[0][who], (at_80[1] - at_80[0])[who])
                                          for who in (made_up.female == 1, made_up.female == 0))]
    assert found.glass_delta == pytest.approx(sum(d * n for d, n in deltas) / sum(n for _, n in deltas), rel=1e-6)


def test_pairing_gain_is_the_ratio_of_variances(made_up):
    found = row(sarx.compare(made_up.path, at=[70], arms=["power"], variables=["grip_strength_kg"]))
    at_70 = made_up.cube["grip_strength_kg"][:, :, 50].astype(float)
    expected = (at_70[0].var(ddof=1) + at_70[1].var(ddof=1)) / (at_70[1] - at_70[0]).var(ddof=1)
    assert found.pairing_gain == pytest.approx(expected, rel=1e-5)
    assert found.pairing_gain > 10


def test_survivors_of_one_arm_only_are_counted(made_up):
    found = row(sarx.compare(made_up.path, at=[80], arms=["power"], variables=["grip_strength_kg"]))
    alive = made_up.alive[:, :, 60]
    assert found.survivors_saved == ((alive[1] == 1) & (alive[0] == 0)).sum() > 0
    assert found.survivors_lost == 0


def test_women_and_men_apart_add_up(made_up):
    apart = sarx.compare(made_up.path, at=[80], arms=["power"], variables=["grip_strength_kg"], by="sex")
    together = row(sarx.compare(made_up.path, at=[80], arms=["power"], variables=["grip_strength_kg"]))
    assert list(apart.sex) == ["female", "male"]
    assert apart.n_both_alive.sum() == together.n_both_alive
    weighted = (apart.effect * apart.n_both_alive).sum() / apart.n_both_alive.sum()
    assert weighted == pytest.approx(together.effect, rel=1e-6)


def test_people_and_stored_effects_agree(made_up):
    """The path through the cube, taken for another reference, gives the mirror image of the stored effects."""
    stored = sarx.compare(made_up.path, at=[70, 80], arms=["power"])
    mirrored = sarx.compare(made_up.path, at=[70, 80], arms=["usual_life"], reference="power")
    assert list(stored.variable) == list(mirrored.variable)
    np.testing.assert_allclose(mirrored.effect, -stored.effect, rtol=1e-6)
    np.testing.assert_allclose(mirrored.lower, -stored.upper, rtol=1e-4)
    np.testing.assert_array_equal(mirrored.n_both_alive, stored.n_both_alive)
    np.testing.assert_array_equal(mirrored.survivors_lost, stored.survivors_saved)
    np.testing.assert_allclose(mirrored.benefit_fraction, stored.worse_fraction)
    np.testing.assert_allclose(mirrored.worse_fraction, stored.benefit_fraction)


def test_age_gained_reads_the_course_backwards():
    ages = np.arange(20.0, 91.0)
    base = 100.0 - ages
    assert age_gained(ages, base, base) == (pytest.approx(0.0), False)
    assert age_gained(ages, base, base + 5.0 * (ages > 60)) == (pytest.approx(5.0), False)
    assert age_gained(ages, base, base - 5.0 * (ages > 60)) == (pytest.approx(-5.0), False)
    assert age_gained(ages, base, base + 50.0 * (ages > 60)) == (pytest.approx(20.0), True)
    rising = ages / 10.0
    assert age_gained(ages, rising, rising - 0.5 * (ages > 60)) == (pytest.approx(5.0), False)


def test_age_gained_is_unknown_where_nothing_changes_or_the_run_is_short():
    ages = np.arange(20.0, 91.0)
    assert np.isnan(age_gained(ages, np.ones(71), np.ones(71)).years)
    assert np.isnan(age_gained(ages[:30], 100 - ages[:30], 100 - ages[:30]).years)


def test_years_are_gained_where_life_is_longer(made_up):
    table = sarx.compare_years(made_up.path, population="everyone")
    assert row(table, arm="power", measure="years_lived").gained_years > 1.0
    assert row(table, arm="nothing", measure="years_lived").gained_years == 0.0
    healthy = row(table, arm="power", measure="years_without_sarcopenia").years_per_person
    assert 0 < healthy < row(table, arm="power", measure="years_lived").years_per_person


def test_differing_entry_ages_are_compared_by_time(tmp_path):
    run = made_up_run.write(tmp_path / "cohort.h5", people=20, entry_ages_differ=True)
    table = sarx.compare(run.path, at=[30], variables=["grip_strength_kg"])
    assert table.age_years.isna().all()
    assert (table.time_years == 30).all()


@pytest.mark.parametrize(("settings", "sentence"), [
    ({"variables": ["grip_strenght_kg"]}, "did you mean 'grip_strength_kg'"),
    ({"arms": ["powr"]}, "did you mean 'power'"),
    ({"reference": "usual_live"}, "did you mean 'usual_life'"),
    ({"at": [120]}, "age 120 is not in this run, which goes from 20 to 90"),
    ({"arms": "powr"}, "did you mean 'power'"),
    ({"by": "femal"}, "did you mean 'female'"),
    ({"by": "start_age_years:many"}, "is not a number of parts"),
    ({"muscles": ["vastus_laterali"]}, "did you mean 'vastus_lateralis'"),
])
def test_what_is_not_there_is_refused_by_name(made_up, settings, sentence):
    with pytest.raises(sarx.SarxError, match=sentence):
        sarx.compare(made_up.path, **settings)


def test_one_arm_cannot_be_compared(one_arm):
    with pytest.raises(sarx.SarxError, match="one arm"):
        sarx.compare(one_arm.path)
