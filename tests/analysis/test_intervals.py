"""Intervals of paired differences: the equations they solve, the limits they reduce to, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sarx.errors import SarxError
from sarx.estimating import intervals
from sarx.estimating.estimates import Kind, mean_difference, rate_ratio, risk_ratio
from sarx.estimating.sums import Differences, PairedSums, Twins
from sarx.estimating.survey import SurveyGroup, grouped_units, jackknifed

Z = stats.norm.ppf(0.975)


def likeliest(people, fewer, more, difference):
    """Log likelihood's best shares (only in the reference, only in the arm) whose difference is given."""
    more_shares = np.linspace(max(0.0, -difference), (1.0 - difference) / 2.0, 2_000_001)[1:-1]
    fewer_shares = more_shares + difference
    rest = 1.0 - more_shares - fewer_shares
    keep = (fewer_shares > 0) & (rest > 0)
    log = (fewer * np.log(fewer_shares[keep]) + more * np.log(more_shares[keep])
           + (people - fewer - more) * np.log(rest[keep]))
    return fewer_shares[keep][log.argmax()], more_shares[keep][log.argmax()]


@pytest.mark.parametrize(("people", "fewer", "more"), [(40, 9, 3), (200, 5, 0), (60, 1, 7), (200, 1, 0)])
def test_the_score_interval_ends_where_the_score_test_just_rejects(people, fewer, more):
    found = intervals.score(people, fewer, more)
    for end in (found.lower, found.upper):
        high, low = likeliest(people, fewer, more, end)
        error = np.sqrt(people * (high + low - end**2))
        assert abs(fewer - more - people * end) / error == pytest.approx(Z, rel=2e-3)


def test_the_score_test_of_no_difference_is_that_of_mc_nemar():
    """With four more one way than the other of twelve that differ McNemar's z is 4 / sqrt(12)."""
    for fewer, more in ((8, 4), (10, 3), (12, 3), (5, 0), (4, 0), (3, 0)):
        found = intervals.score(500, fewer, more)
        assert (found.lower > 0) == ((fewer - more) / np.sqrt(fewer + more) > Z)


def test_exchanging_the_arms_turns_every_interval_round():
    there, back = intervals.score(90, 7, 2), intervals.score(90, 2, 7)
    assert (there.lower, there.upper) == (pytest.approx(-back.upper), pytest.approx(-back.lower))
    there, back = intervals.skew_student(0.4, 0.2, 0.5, 30), intervals.skew_student(-0.4, 0.2, -0.5, 30)
    assert (there.lower, there.upper) == (pytest.approx(-back.upper), pytest.approx(-back.lower))


def test_without_skewness_it_is_students_interval():
    for skewness in (0.0, 1e-6):
        found = intervals.skew_student(2.0, 0.5, skewness, 9)
        half = stats.t.ppf(0.975, 9) * 0.5
        assert (found.lower, found.upper) == (pytest.approx(2.0 - half, rel=1e-5), pytest.approx(2.0 + half, rel=1e-5))


@pytest.mark.parametrize("a", [-0.7, -0.2, 0.05, 0.4, 0.9])
def test_the_ends_are_where_halls_cubic_of_the_studentised_mean_is_students_quantile(a):
    """Hall (1992): g(t) = t + a t^2 / 3 + a^2 t^3 / 27 + a / 6 with a the skewness of the mean."""
    found, z = intervals.skew_student(5.0, 2.0, a, 12), stats.t.ppf(0.975, 12)
    for end, quantile in ((found.lower, z), (found.upper, -z)):
        t = (5.0 - end) / 2.0
        assert t + a * t**2 / 3 + a**2 * t**3 / 27 + a / 6 == pytest.approx(quantile)


def test_a_long_tail_upwards_moves_both_ends_upwards():
    plain, skewed = intervals.student(1.0, 0.3, 50), intervals.skew_student(1.0, 0.3, 0.4, 50)
    assert plain.lower < skewed.lower and plain.upper < skewed.upper


def test_the_skew_interval_of_a_count_is_nearly_the_exact_one():
    """Twenty of 100,000 who differ by one are a Poisson count of 20, whose exact interval is 12.2 to 30.9."""
    found = mean_difference(Differences.of(np.repeat([1.0, 0.0], [20, 99_980]), np.ones(100_000)), Kind.COUNT)
    exact = stats.chi2.ppf(0.025, 40) / 2, stats.chi2.ppf(0.975, 42) / 2
    assert 1e5 * found.lower == pytest.approx(exact[0], rel=0.05)
    assert 1e5 * found.upper == pytest.approx(exact[1], rel=0.05)


def test_unequal_weights_make_no_skewness_of_a_value_that_all_differ_in():
    """A mean far from 0 has the skewness of what people differ by about it, by weight, and no more."""
    luck = np.random.default_rng(3)
    d, w = 5.0 + luck.standard_normal(200), np.where(np.arange(200) % 4 == 0, 20.0, 1.0)
    differences = Differences.of(d, w)
    mean = w @ d / w.sum()
    assert differences.skewness == pytest.approx(((w * (d - mean))**3).sum() / (w.sum() * differences.error)**3)
    found = mean_difference(differences, Kind.VALUE)
    assert found.upper - found.value == pytest.approx(found.value - found.lower, rel=0.4)


def test_weights_that_differ_differ_however_small_they_are():
    w = 1e-7 * np.where(np.arange(50) % 2, 1.0, 3.0)
    assert Differences.of(np.ones(50), w).is_weighted and not Differences.of(np.ones(50), np.full(50, 1e-7)).is_weighted


def test_a_few_who_differ_one_way_leave_the_other_way_open():
    two = mean_difference(Differences.of(np.repeat([2.0, 0.0], [2, 198]), np.ones(200)), Kind.COUNT)
    assert two.lower < 0.0 < two.upper
    thirty = mean_difference(Differences.of(np.repeat([2.0, 0.0], [30, 170]), np.ones(200)), Kind.COUNT)
    assert 0.0 < thirty.lower


@pytest.mark.parametrize(("kind", "fewest"), [(Kind.YES_OR_NO, 1), (Kind.COUNT, 1), (Kind.YEARS, 12), (Kind.VALUE, 20)])
def test_too_few_who_differ_have_no_interval(kind, fewest):
    for differ in (fewest - 1, fewest):
        values = np.zeros(300)
        values[:differ] = np.linspace(1.0, 2.0, differ) if kind in (Kind.YEARS, Kind.VALUE) else 1.0
        found = mean_difference(Differences.of(values, np.ones(300)), kind)
        assert found.interval.is_known == (differ >= fewest)
        assert differ >= fewest or found.method == intervals.TOO_FEW


def test_everybody_alike_has_no_spread_and_no_interval():
    found = mean_difference(Differences.of(np.full(50, 0.1 + 0.2), np.ones(50)), Kind.VALUE)
    assert found.value == pytest.approx(0.3) and found.method == intervals.ALIKE and not found.interval.is_known


def paired_people(seed, people=400):
    """Events and years of made-up people in two arms, correlated, and weights."""
    luck = np.random.default_rng(seed)
    events0 = luck.poisson(0.8, people).astype(float)
    events = np.maximum(events0 - luck.binomial(1, 0.2, people), 0.0)
    years0 = luck.uniform(2, 6, people)
    years = np.minimum(years0 + luck.binomial(1, 0.1, people) * luck.uniform(0, 1, people), 6.0)
    return Twins(events, years, events0, years0), luck.uniform(0.5, 3.0, people)


def test_sums_of_parts_add_up_and_mirror():
    twins, w = paired_people(1)
    first, second = (PairedSums.of_people(twins.of(part), w[part]) for part in (slice(0, 150), slice(150, None)))
    whole = PairedSums.of_people(twins, w)
    for name, value in vars(first + second).items():
        assert value == pytest.approx(getattr(whole, name))
    back = Twins(twins.reference_events, twins.reference_years, twins.events, twins.years)
    for name, value in vars(PairedSums.of_people(back, w)).items():
        assert value == pytest.approx(getattr(whole.mirrored, name)), name


def test_who_had_it_before_is_not_at_risk_of_it():
    nobody, some = np.zeros(4), np.array([0.0, 2.0, 3.0, 5.0])  # the first had it before: neither event nor time
    sums = PairedSums.of_people(Twins(np.array([0.0, 1.0, 0.0, 0.0]), some, nobody, some), np.array([7.0, 1.0, 1.0, 1.0]))
    at_risk = sums.of_those_at_risk
    assert (at_risk.n, at_risk.weight, at_risk.weight_squares) == (3, 3, 3)
    assert at_risk.events / at_risk.weight == pytest.approx(1 / 3)
    assert at_risk.averted.mean == pytest.approx(-1 / 3)


def test_shares_differ_by_a_whole_at_most():
    few = PairedSums.of_people(Twins(np.array([1.0, 0, 0, 1]), np.ones(4), np.zeros(4), np.ones(4)), np.array([9.0, 1, 2, 3]))
    found = mean_difference(few.averted, Kind.YES_OR_NO)
    assert -1.0 <= found.lower <= found.value <= found.upper <= 1.0


def test_equal_weights_are_no_weights():
    twins, _ = paired_people(2)
    one, seven = (PairedSums.of_people(twins, np.full(400, w)) for w in (1.0, 7.0))
    for estimate in (lambda s: mean_difference(s.averted, Kind.COUNT), lambda s: mean_difference(s.gained, Kind.YEARS),
                     lambda s: rate_ratio(s, Kind.COUNT), lambda s: risk_ratio(s, Kind.COUNT)):
        a, b = estimate(one), estimate(seven)
        assert (a.value, a.lower, a.upper) == (pytest.approx(b.value), pytest.approx(b.lower), pytest.approx(b.upper))


def test_the_ratio_has_the_paired_variance_of_its_logarithm():
    """Where many differ the interval is nearly that of the bootstrap over people."""
    twins, w = paired_people(3, 3000)
    found = rate_ratio(PairedSums.of_people(twins, w), Kind.COUNT)
    e, y, e0, y0 = twins.events, twins.years, twins.reference_events, twins.reference_years
    luck = np.random.default_rng(4)
    drawn = luck.integers(0, len(e), (800, len(e)))
    logs = np.log((w[drawn] * e[drawn]).sum(1) / (w[drawn] * y[drawn]).sum(1)
                  / ((w[drawn] * e0[drawn]).sum(1) / (w[drawn] * y0[drawn]).sum(1)))
    assert np.log(found.upper / found.lower) == pytest.approx(2 * Z * logs.std(), rel=0.08)


def test_a_ratio_turned_round_is_its_inverse():
    there = PairedSums.of_people(*paired_people(5))
    a, b = rate_ratio(there, Kind.COUNT), rate_ratio(there.mirrored, Kind.COUNT)
    assert (a.value, a.lower, a.upper) == (pytest.approx(1 / b.value), pytest.approx(1 / b.upper), pytest.approx(1 / b.lower))


def test_a_jackknife_over_single_people_is_their_standard_error():
    twins, w = paired_people(6, 60)
    groups = [SurveyGroup(0, PairedSums.of_people(twins.of(np.array([i])), w[i:i + 1])) for i in range(60)]
    found = jackknifed(groups, lambda s: (s.fewer - s.more) / s.weight)
    whole = PairedSums.of_people(twins, w).averted
    assert found.value == pytest.approx(whole.mean)
    assert (found.upper - found.lower) / 2 == pytest.approx(stats.t.ppf(0.975, 59) * whole.error, rel=0.03)


def test_people_of_one_sampling_unit_who_are_alike_count_as_one():
    """Ten units of twenty people alike: the spread is that of ten, not of two hundred."""
    luck = np.random.default_rng(8)
    of_unit = luck.normal(1.0, 1.0, 10)
    groups = [SurveyGroup(0, PairedSums.of_people(Twins.with_values(np.full(20, value), np.zeros(20)), np.ones(20)))
              for value in of_unit]
    found = jackknifed(groups, lambda s: (s.longer - s.shorter) / s.weight)
    half = stats.t.ppf(0.975, 9) * of_unit.std(ddof=1) / np.sqrt(10)
    assert (found.upper - found.lower) / 2 == pytest.approx(half)


def test_sampling_units_are_grouped_within_strata():
    stratum, unit = np.repeat(np.arange(5), 100), np.tile(np.repeat(np.arange(50), 2), 5)
    group, of_group = grouped_units(stratum, unit)
    assert len(np.unique(group)) <= 64
    for one in np.unique(group):
        assert len(np.unique(of_group[group == one])) == len(np.unique(stratum[group == one])) == 1
    for s in np.unique(stratum):  # a unit is in one group
        for u in np.unique(unit):
            assert len(np.unique(group[(stratum == s) & (unit == u)])) == 1


def test_many_strata_and_strata_of_one_unit_are_joined():
    stratum = np.arange(90)
    group, of_group = grouped_units(stratum, np.zeros(90, int))
    assert len(np.unique(group)) <= 64
    for s in np.unique(of_group):
        assert len(np.unique(group[of_group == s])) >= 2


def test_one_sampling_unit_is_refused():
    with pytest.raises(SarxError, match="one sampling unit"):
        grouped_units(np.zeros(5), np.zeros(5))


def test_highest_less_lowest_has_the_wider_interval_of_both():
    high = mean_difference(Differences.of(np.random.default_rng(1).normal(2, 1, 200), np.ones(200)), Kind.VALUE)
    low = mean_difference(Differences.of(np.random.default_rng(2).normal(1, 1, 200), np.ones(200)), Kind.VALUE)
    contrast = high.less(low)
    halves = [(one.upper - one.lower) / 2 for one in (high, low, contrast)]
    assert halves[2] == pytest.approx(np.hypot(halves[0], halves[1]), rel=0.02)


def test_exact_odds_of_a_share():
    found = intervals.odds_of_share(8.0, 10.0)
    low, high = stats.beta.ppf(0.025, 8, 3), stats.beta.ppf(0.975, 9, 2)
    assert (found.lower, found.upper) == (pytest.approx(low / (1 - low)), pytest.approx(high / (1 - high)))
