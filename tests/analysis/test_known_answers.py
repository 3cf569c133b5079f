"""Comparing against answers reckoned by hand from a file of eight people (see hand_made_run)."""

from __future__ import annotations

import hand_made_run
import numpy as np
import pytest
import sarx
from sarx import outcomes
from sarx.cli import main
from sarx.grouping import _parts


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
    gains = np.array([2, 2, 2, 2, 4, 4])  # persons 6 and 7 are dead in the reference at 8 years
    assert row.effect == pytest.approx(16 / 6)
    half = 1.959963984540054 * gains.std(ddof=1) / np.sqrt(6)
    assert (row.lower, row.upper) == (pytest.approx(16 / 6 - half), pytest.approx(16 / 6 + half))
    assert (row.n_both_alive, row.survivors_saved, row.survivors_lost) == (6, 1, 0)
    assert row.benefit_fraction == 1.0
    spread = np.array([10, 12, 14, 16, 18, 20]).std(ddof=1)
    assert row.standardised == pytest.approx(16 / 6 / spread)


def test_the_gain_of_pairing_is_the_ratio_of_variances(eight):
    row = only(sarx.compare(eight, at=[68]))
    reference = np.array([6, 8, 10, 12, 14, 16.0])
    helped = np.array([8, 10, 12, 14, 18, 20, 24.0])  # person 7 lives with help
    expected = (reference.var(ddof=1) + helped.var(ddof=1)) / np.array([2, 2, 2, 2, 4, 4]).var(ddof=1)
    assert row.pairing_gain == pytest.approx(expected)


def test_age_gained_is_the_years_until_the_arm_is_where_the_reference_was():
    ages = np.arange(50.0, 91.0)
    base = 100.0 - ages
    assert sarx.comparing.age_gained(ages, base, base + 3.0) == (pytest.approx(3.0), False)


def test_without_an_age_the_record_is_told_where_arms_differ_most(eight):
    index = sarx.comparing.most_telling_record(sarx.reading.Run.of(eight))
    gains, spread = hand_made_run.strength()[1] - hand_made_run.strength()[0], hand_made_run.strength()[0]
    expected = np.nanmean(gains, axis=0) / np.nanstd(spread, axis=0, ddof=1)
    assert index == int(np.argmax(expected))


def test_by_a_trait_its_values_are_the_groups(eight):
    table = sarx.compare(eight, at=[63], by="reinnervation_capacity")
    assert list(table.effect) == [2.0, 4.0]
    assert list(table.n_both_alive) == [4, 4]
    halves = sarx.compare(eight, at=[63], by="habit:2")
    assert list(halves.effect) == [2.0, 4.0]
    assert list(halves.group) == ["habit 0.0 to 3.5", "habit 3.5 to 7.0"]


def test_events_are_counted_until_death_in_each_arm(eight):
    table = sarx.compare_events(eight)
    falls, helped = only(table, arm="nothing", event="fall"), only(table, arm="help", event="fall")
    assert (falls.events, falls.person_years) == (3, 70.0)  # 6 lives of ten years, one of six, one of four
    assert (helped.events, helped.person_years) == (2, 76.0)
    assert falls.rate_per_1000_person_years == pytest.approx(3000 / 70)
    assert helped.rate_ratio == pytest.approx((2 / 76) / (3 / 70))
    assert helped.averted_per_1000_people == pytest.approx(125.0)
    assert helped.number_needed_to_treat == pytest.approx(8.0)
    assert helped.interval == outcomes.INDEPENDENT
    assert np.isnan(helped.needed_lower)  # the interval of one fall averted holds none averted


def test_women_and_men_add_up_in_events(eight):
    apart = sarx.compare_events(eight, by="sex")
    together = sarx.compare_events(eight)
    assert apart.events.sum() == together.events.sum()
    assert apart.person_years.sum() == pytest.approx(together.person_years.sum())


def test_years_include_the_dead(eight):
    table = sarx.compare_years(eight)
    assert only(table, arm="help", measure="years_lived").gained_years == pytest.approx(6 / 8)
    # person 5 is disabled from year five on without help: five years, over eight people
    assert only(table, arm="nothing", measure="years_with_disability").years_per_person == pytest.approx(5 / 8)
    gained = only(table, arm="help", measure="years_without_disability")
    assert gained.gained_years == pytest.approx((6 + 5) / 8)
    assert gained.interval == outcomes.NONE and np.isnan(gained.lower)


def test_paired_intervals_are_those_of_the_differences(eight, monkeypatch):
    monkeypatch.setattr(outcomes, "FEWEST_PAIRS", 8)
    years = only(sarx.compare_years(eight), arm="help", measure="years_lived")
    differences = np.array([0, 0, 0, 0, 0, 0, 0, 6.0])
    half = 1.959963984540054 * differences.std(ddof=1) / np.sqrt(8)
    assert (years.lower, years.upper) == (pytest.approx(0.75 - half), pytest.approx(0.75 + half))
    falls = only(sarx.compare_events(eight), arm="help", event="fall")
    averted = np.array([1, 0, 0, 0, 0, 0, 0, 0.0])
    half = 1.959963984540054 * averted.std(ddof=1) / np.sqrt(8)
    assert falls.averted_lower == pytest.approx(1000 * (1 / 8 - half))
    assert falls.interval == outcomes.PAIRED
    assert falls["lower"] < falls.rate_ratio < falls["upper"]


def test_groups_by_trait_count_their_own_lives(eight):
    table = sarx.compare_years(eight, by="reinnervation_capacity")
    strong = table[(table.group == "reinnervation_capacity 2") & (table.measure == "years_lived")]
    assert list(strong.years_per_person) == [30 / 4, 36 / 4]
    events = sarx.compare_events(eight, by="reinnervation_capacity")
    falls = events[(events.group == "reinnervation_capacity 1") & (events.event == "fall")]
    assert list(falls.events) == [3, 2]


def test_summaries_alone_give_the_same_effects(eight, summaries_only):
    whole, alone = (sarx.compare(path, at=[62, 68], by="sex") for path in (eight, summaries_only))
    for column in ("effect", "lower", "upper", "n_both_alive", "survivors_saved", "pairing_gain"):
        np.testing.assert_allclose(whole[column], alone[column])
    np.testing.assert_allclose(sarx.compare_years(eight).gained_years, sarx.compare_years(summaries_only).gained_years)


def test_a_trait_needs_people_and_says_so(summaries_only, capsys):
    assert main(["compare", str(summaries_only), "--by", "reinnervation_capacity:4"]) == 2
    said = capsys.readouterr().err
    assert "holds summaries only" in said and "only --by sex" in said and len(said.splitlines()) == 1


def test_summaries_alone_make_a_page_too(summaries_only, tmp_path):
    page = sarx.report(summaries_only, tmp_path / "none.html").read_text(encoding="utf-8")
    assert "<h2>Effects</h2>" in page and "<h2>Single lives</h2>" not in page


def test_equal_values_stay_in_one_part():
    parts = _parts("x", np.array([0.0, 1.0, 2.0, 2.0, 3.0, 4.0]), 2)
    assert [list(part.members) for part in parts] == [[0, 1], [2, 3, 4, 5]]
