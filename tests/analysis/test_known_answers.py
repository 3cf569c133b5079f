"""Comparing against answers reckoned by hand from a file of eight people (see hand_made_run)."""

from __future__ import annotations

import hand_made_run
import numpy as np
import pytest
import sarx
from sarx.cli import main
from sarx.estimating import estimates, intervals
from sarx.estimating.effects import most_telling_record
from sarx.estimating.gaining import age_gained
from sarx.estimating.grouping import parts_within


@pytest.fixture(scope="module")
def eight(tmp_path_factory):
    return hand_made_run.write(tmp_path_factory.mktemp("eight") / "eight.h5")


@pytest.fixture(scope="module")
def summaries_only(tmp_path_factory):
    return hand_made_run.write(tmp_path_factory.mktemp("eight") / "none.h5", with_people=False)


def only(table, **where):
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_the_effect_is_that_of_the_six_who_live_in_both_arms(eight):
    row = only(sarx.compare(eight, at=[68]))
    assert row.effect == pytest.approx(16 / 6)  # gains of 2, 2, 2, 2, 4, 4: persons 6 and 7 are dead in the reference
    assert row.interval == intervals.TOO_FEW and np.isnan(row.lower)
    assert (row.n_both_alive, row.n_differ, row.survivors_saved, row.survivors_lost) == (6, 6, 1, 0)
    women, men = np.array([10, 14, 18.0]).std(ddof=1), np.array([12, 16, 20.0]).std(ddof=1)
    gain = (2 + 2 + 4) / 3  # of the three women, and of the three men
    assert row.glass_delta == pytest.approx((gain / women + gain / men) / 2)


def test_the_interval_is_that_of_the_differences(eight, monkeypatch):
    monkeypatch.setitem(estimates.FEWEST, estimates.Kind.VALUE, 1)
    row = only(sarx.compare(eight, at=[68]))
    gains = np.array([2, 2, 2, 2, 4, 4.0])
    error, third = gains.std(ddof=1) / np.sqrt(6), ((gains - gains.mean())**3).mean()
    expected = intervals.skew_student(gains.mean(), error, third / gains.std(ddof=1)**3 / np.sqrt(6), 5)
    assert (row.lower, row.upper) == (pytest.approx(expected.lower), pytest.approx(expected.upper))


def test_the_gain_of_pairing_is_the_ratio_of_variances(eight):
    row = only(sarx.compare(eight, at=[68]))
    reference = np.array([6, 8, 10, 12, 14, 16.0])
    helped = np.array([8, 10, 12, 14, 18, 20, 24.0])  # person 7 lives with help
    expected = (reference.var(ddof=1) + helped.var(ddof=1)) / np.array([2, 2, 2, 2, 4, 4]).var(ddof=1)
    assert row.pairing_gain == pytest.approx(expected)


def test_age_gained_is_the_years_until_the_arm_is_where_the_reference_was():
    ages = np.arange(50.0, 91.0)
    base = 100.0 - ages
    assert age_gained(ages, base, base + 3.0) == (pytest.approx(3.0), False)


def test_without_an_age_the_record_is_told_where_arms_differ_most(eight):
    index = most_telling_record(sarx.reading.Run.of(eight))
    gains, spread = hand_made_run.strength()[1] - hand_made_run.strength()[0], hand_made_run.strength()[0]
    expected = np.nanmean(gains, axis=0) / np.nanstd(spread, axis=0, ddof=1)
    assert index == int(np.argmax(expected))


def test_by_a_trait_its_values_are_the_groups(eight):
    table = sarx.compare(eight, at=[63], by="reinnervation_capacity")
    assert list(table.effect) == [2.0, 4.0]
    assert list(table.n_both_alive) == [4, 4]
    halves = sarx.compare(eight, at=[63], by="habit:2")
    assert list(halves.effect) == [2.0, 4.0, 2.0]
    assert list(halves.group) == ["habit, lowest half", "habit, highest half", "highest less lowest"]


def test_events_are_counted_until_death_in_each_arm(eight):
    row = only(sarx.compare_events(eight, population="everyone"), event="fall")
    assert (row.reference_events, row.reference_person_years) == (3, 70.0)  # 6 lives of ten years, one of six, one of four
    assert (row.events, row.person_years) == (2, 76.0)
    assert row.reference_rate_per_1000_person_years == pytest.approx(3000 / 70)
    assert row.rate_ratio == pytest.approx((2 / 76) / (3 / 70))
    assert row.averted_per_1000_people == pytest.approx(125.0)
    assert row.averted_lower < 0.0 < row.averted_upper  # one fall fewer may as well be one of three more unseen


def test_a_first_event_ends_the_time_at_risk(eight):
    falls = only(sarx.compare_risks(eight, population="everyone"), event="fall_first")
    assert (falls.reference_risk, falls.risk) == (2 / 8, 2 / 8)  # person 0 falls once less, person 1 falls either way
    assert falls.interval == intervals.TOO_FEW
    death = only(sarx.compare_risks(eight, population="everyone"), event="death")
    assert (death.reference_risk, death.risk) == (2 / 8, 1 / 8)
    assert np.isnan(death.number_needed_to_treat)  # it is of those reached
    reached = only(sarx.compare_risks(eight, population="reached"), event="death")
    assert (reached.n, reached.number_needed_to_treat) == (7, pytest.approx(7.0))
    assert np.isnan(reached.needed_lower)  # one death of seven leaves open whether any is averted


def test_deaths_at_the_horizon_are_those_before_it(eight):
    table = sarx.compare_risks(eight, population="everyone", within=5)
    assert only(table, event="death").reference_risk == 1 / 8  # person 7, after four years
    by_age = sarx.compare_risks(eight, population="everyone", at=[65])
    assert only(by_age, event="death").reference_risk == 1 / 8 and only(by_age, event="death").horizon == "65 years of age"


def test_women_and_men_add_up_in_events(eight):
    apart = sarx.compare_events(eight, by="sex")
    together = sarx.compare_events(eight)
    assert apart.events.sum() == together.events.sum()
    assert apart.person_years.sum() == pytest.approx(together.person_years.sum())


def test_years_include_the_dead(eight):
    table = sarx.compare_years(eight, population="everyone")
    assert only(table, measure="years_lived").gained_years == pytest.approx(6 / 8)
    # person 5 is disabled from year five on without help: five years, over eight people
    assert only(table, measure="years_with_disability").reference_years_per_person == pytest.approx(5 / 8)
    gained = only(table, measure="years_without_disability")
    assert gained.gained_years == pytest.approx((6 + 5) / 8)
    assert gained.interval == intervals.TOO_FEW and np.isnan(gained.lower)


def test_groups_by_trait_count_their_own_lives(eight):
    table = sarx.compare_years(eight, by="reinnervation_capacity", population="everyone")
    strong = only(table, group="reinnervation_capacity 2", measure="years_lived")
    assert (strong.reference_years_per_person, strong.years_per_person) == (30 / 4, 36 / 4)
    events = sarx.compare_events(eight, by="reinnervation_capacity", population="everyone")
    falls = only(events, group="reinnervation_capacity 1", event="fall")
    assert (falls.reference_events, falls.events) == (3, 2)


def test_prevalence_counts_the_dead_as_a_class(eight):
    table = sarx.compare_prevalence(eight, at=[67], variables="disability")
    assert list(table["class"]) == ["no", "yes", "dead"]
    assert list(table.reference_share) == [5 / 8, 1 / 8, 2 / 8]  # person 5 is disabled, 6 and 7 are dead
    assert list(table.share) == [7 / 8, 0, 1 / 8]


def test_who_is_alive_wins_then_who_is_stronger(eight):
    row = only(sarx.compare_composite(eight, variable="strength", worthwhile=3.0, population="everyone"))
    assert (row.lives_longer, row.lives_shorter) == (1, 0)  # person 7
    assert (row.better, row.worse, row.alike) == (2, 0, 5)  # persons 4 and 5 gain 4, others 2, person 6 dies either way
    assert row.net_benefit == pytest.approx(3 / 8)


def test_summaries_alone_give_the_same_effects(eight, summaries_only):
    whole, alone = (sarx.compare(path, at=[62, 68], by="sex") for path in (eight, summaries_only))
    for column in ("effect", "lower", "upper", "n_both_alive", "survivors_saved", "pairing_gain"):
        np.testing.assert_allclose(whole[column], alone[column])
    np.testing.assert_allclose(sarx.compare_years(eight).gained_years, sarx.compare_years(summaries_only).gained_years)


def test_a_survey_of_which_nobody_was_recorded_is_a_survey_still(summaries_only, tmp_path):
    """The file's own intervals know the weights; units of sampling are known one by one only."""
    import h5py
    for design, refused in (("[weight]", False), ("[weight, stratum, sampling_unit]", True)):
        path = tmp_path / f"{refused}.h5"
        path.write_bytes(summaries_only.read_bytes())
        with h5py.File(path, "a") as file:
            del file["provenance/resolved_plan"]
            file["provenance/resolved_plan"] = f"population:\n  design: {design}\n"
            file["effects/strength_lower"][...], file["effects/strength_upper"][...] = 1.25, 8.5
        if refused:
            with pytest.raises(sarx.SarxError, match="a survey's design needs its people one by one"):
                sarx.compare(path, at=[10])
            continue
        row = sarx.compare(path, at=[10]).iloc[0]
        assert (row.lower, row.upper) == (1.25, 8.5)


def test_a_trait_needs_people_and_says_so(summaries_only, capsys):
    assert main(["compare", str(summaries_only), "--by", "reinnervation_capacity:4"]) == 2
    said = capsys.readouterr().err
    assert "holds summaries only" in said and "only --by sex" in said and len(said.splitlines()) == 1


def test_summaries_alone_make_a_page_too(summaries_only, tmp_path):
    page = sarx.report(summaries_only, tmp_path / "none.html").read_text(encoding="utf-8")
    assert "<h2>Effects</h2>" in page and "<h2>Single lives</h2>" not in page


def test_equal_values_stay_in_one_part():
    values, strata = np.array([0.0, 1.0, 2.0, 2.0, 3.0, 4.0]), np.zeros(6)
    assert list(parts_within(values, strata, 2)) == [0, 0, 1, 1, 1, 1]


def test_parts_are_cut_within_each_sex_and_age():
    values, strata = np.array([1.0, 2.0, 3.0, 4.0, 11.0, 12.0, 13.0, 14.0]), np.repeat([0.0, 1.0], 4)
    assert list(parts_within(values, strata, 2)) == [0, 0, 1, 1, 0, 0, 1, 1]
