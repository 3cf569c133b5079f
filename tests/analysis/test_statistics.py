"""Statistics of studies against closed forms, textbook data and reckoning by brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sarx.validating import statistics
from sarx.validating.statistics import Uncomputable
from scipy.optimize import minimize_scalar
from scipy.stats import norm, pearsonr

# Weeks to relapse of leukaemia (Freireich 1963): 6-MP, then placebo. 1 where it came.
TREATED = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], float)
RELAPSED = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], float)
PLACEBO = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], float)


def test_binary_regressions_find_what_made_the_data():
    luck = np.random.default_rng(3)
    n = 60_000
    x, age = luck.standard_normal(n), luck.uniform(60, 80, n)
    odds = np.exp(-2.0 + math.log(1.7) * x + 0.05 * (age - 70))
    ill = (luck.random(n) < odds / (1 + odds)).astype(float)
    # The standard error of the log odds ratio is about 0.013: 4 of them.
    assert math.log(statistics.effect_of_first(x, ill, [age], "logit") / 1.7) == pytest.approx(0.0, abs=0.052)
    dead = (luck.exponential(size=n) < 0.15 * np.exp(math.log(1.4) * x + 0.05 * (age - 70))).astype(float)
    assert math.log(statistics.effect_of_first(x, dead, [age], "cloglog") / 1.4) == pytest.approx(0.0, abs=0.045)


def test_the_odds_ratio_of_a_table_is_its_cross_product():
    exposed = np.repeat([1.0, 1.0, 0.0, 0.0], [30, 20, 10, 40])
    ill = np.repeat([1.0, 0.0, 1.0, 0.0], [30, 20, 10, 40])
    assert statistics.effect_of_first(exposed, ill, [], "logit") == pytest.approx(30 * 40 / (20 * 10), rel=1e-6)
    ratio = math.log(1 - 30 / 50) / math.log(1 - 10 / 50)
    assert statistics.effect_of_first(exposed, ill, [], "cloglog") == pytest.approx(ratio, rel=1e-6)


def related(n: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    luck = np.random.default_rng(5)
    age = luck.uniform(60, 80, n)
    x = 50 - 0.4 * age + luck.standard_normal(n)
    return x, 3.0 + 0.7 * x - 0.2 * age + 2.0 * luck.standard_normal(n), age


def test_a_slope_with_covariates_is_that_of_the_whole_regression():
    x, y, age = related()
    design = np.column_stack([np.ones_like(x), x, age, age**2])
    whole = np.linalg.lstsq(design, y, rcond=None)[0]
    assert statistics.partial_slope(x, y, [age, age**2]) == pytest.approx(whole[1], rel=1e-8)
    assert statistics.partial_slope(x, y) == pytest.approx(np.polyfit(x, y, 1)[0], rel=1e-9)
    beta = statistics.standardised_slope(x, y, [age])
    assert beta == pytest.approx(statistics.partial_slope(x, y, [age]) * x.std() / y.std(), rel=1e-9)
    assert statistics.standardised_slope(x, y) == pytest.approx(pearsonr(x, y)[0], rel=1e-9)


def test_a_partial_correlation_follows_from_the_plain_ones():
    x, y, age = related()
    xy, xa, ya = (pearsonr(*pair)[0] for pair in ((x, y), (x, age), (y, age)))
    expected = (xy - xa * ya) / math.sqrt((1 - xa**2) * (1 - ya**2))
    assert statistics.partial_correlation(x, y, [age]) == pytest.approx(expected, rel=1e-8)
    assert statistics.partial_correlation(x, y, [np.ones_like(x)]) == pytest.approx(xy, rel=1e-9)


def test_the_area_under_the_curve_is_a_share_of_pairs_and_ties_count_half():
    luck = np.random.default_rng(6)
    ill = (luck.random(300) < 0.3).astype(float)
    rough = np.round(luck.standard_normal(300) + ill)
    pairs = rough[ill > 0.5][:, None] - rough[ill < 0.5][None, :]
    assert statistics.area_under_roc(rough, ill) == pytest.approx(((pairs > 0) + 0.5 * (pairs == 0)).mean(), rel=1e-12)
    ill = np.repeat([1.0, 0.0], 40_000)
    marker = luck.standard_normal(80_000) + 0.8 * ill
    # Of two normal groups 0.8 standard deviations apart; its standard error is 0.0018.
    assert statistics.area_under_roc(marker, ill) == pytest.approx(norm.cdf(0.8 / math.sqrt(2)), abs=0.0072)


def test_standardised_differences_by_hand():
    first, second = np.array([5.0, 7.0, 9.0]), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    assert statistics.cohen_d(first, second) == pytest.approx(4.0 / math.sqrt((2 * 4.0 + 4 * 2.5) / 6))
    assert statistics.glass_delta(first, second) == pytest.approx(4.0 / math.sqrt(2.5))


def test_adjusted_means_are_those_of_one_regression_with_the_groups():
    luck = np.random.default_rng(14)
    ages = [luck.uniform(60, 70, 50), luck.uniform(65, 85, 80)]
    heights = [luck.normal(170, 8, 50), luck.normal(165, 8, 80)]
    values = [40 - 0.3 * age + 0.1 * height + 2 * k + luck.standard_normal(len(age))
              for k, (age, height) in enumerate(zip(ages, heights))]
    means = statistics.adjusted_means(values, list(zip(ages, heights)))
    second = np.repeat([0.0, 1.0], [50, 80])
    age, height = np.concatenate(ages), np.concatenate(heights)
    whole = np.linalg.lstsq(np.column_stack([np.ones(130), second, age, height]), np.concatenate(values), rcond=None)[0]
    assert means[1] - means[0] == pytest.approx(whole[1], rel=1e-8)
    assert means[0] == pytest.approx(whole @ [1.0, 0.0, age.mean(), height.mean()], rel=1e-8)
    assert statistics.adjusted_means(values[:1], [(ages[0], heights[0])])[0] == pytest.approx(values[0].mean())


def efron(beta: float, years: np.ndarray, happened: np.ndarray, x: np.ndarray) -> float:
    """Minus the partial log likelihood, term by term as it is written."""
    total = 0.0
    for time in np.unique(years[happened > 0]):
        died = (years == time) & (happened > 0)
        risk = np.exp(beta * x[years >= time]).sum()
        for k in range(int(died.sum())):
            total -= math.log(risk - k / died.sum() * np.exp(beta * x[died]).sum())
        total += beta * x[died].sum()
    return -total


def test_the_hazard_ratio_is_coxs():
    years = np.concatenate([PLACEBO, TREATED])
    happened = np.concatenate([np.ones(21), RELAPSED])
    x = np.repeat([1.0, 0.0], 21)
    ratio = statistics.cox_hazard_ratio(years, happened, x)
    assert math.log(ratio) == pytest.approx(1.5721, abs=5e-5)  # as R's coxph gives it
    best = minimize_scalar(efron, bounds=(-3, 5), args=(years, happened, x), method="bounded",
                           options={"xatol": 1e-10})
    assert math.log(ratio) == pytest.approx(best.x, abs=1e-6)
    other = statistics.cox_hazard_ratio(years, happened, 1.0 - x)
    assert other == pytest.approx(1.0 / ratio, rel=1e-8)


def test_the_hazard_ratio_is_that_of_statsmodels():
    survival = pytest.importorskip("statsmodels.duration.hazard_regression")
    luck = np.random.default_rng(8)
    x = np.repeat([1.0, 0.0], 400)
    true = luck.exponential(size=800) / (0.1 * np.where(x > 0, 0.6, 1.0))
    years, happened = np.ceil(np.minimum(true, 8.0)), (true < 8.0).astype(float)
    fitted = survival.PHReg(years, x, happened, ties="efron").fit()
    assert statistics.cox_hazard_ratio(years, happened, x) == pytest.approx(math.exp(fitted.params[0]), rel=1e-5)


def test_kaplan_and_meier_by_the_textbook():
    at, left = statistics.survival(TREATED, RELAPSED)
    assert at.tolist() == [0, 6, 7, 10, 13, 16, 22, 23]
    assert left == pytest.approx([1, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert statistics.median_time(TREATED, RELAPSED) == pytest.approx(22 + (left[6] - 0.5) / (left[6] - left[7]))
    assert statistics.incidence(TREATED, RELAPSED) == pytest.approx(9 / 359)


def test_times_to_an_event_of_constant_hazard():
    luck = np.random.default_rng(9)
    true = luck.exponential(5.0, size=20_000)
    years, happened = np.minimum(np.ceil(true), 10.0), (true < 10.0).astype(float)  # seen at yearly visits
    # Standard errors are about 0.05 and 0.03 years.
    assert statistics.median_time(years, happened) == pytest.approx(5.0 * math.log(2), abs=0.2)
    assert statistics.mean_time(years, happened) == pytest.approx(5.0 * (1 - math.exp(-2.0)), abs=0.12)
    # Everyone is at risk to the end where nobody has it.
    assert statistics.mean_time(np.full(5, 3.0), np.zeros(5)) == 3.0


def test_shapes_over_age():
    ages = np.arange(20.0, 90.0)
    assert statistics.change_point(ages, 100.0 - np.maximum(ages - 52.0, 0.0)) == pytest.approx(52.0, abs=0.5)
    assert statistics.first_departure(ages, 100.0 - np.maximum(ages - 50.0, 0.0), 0.05) == 56.0
    start, slope = statistics.line(ages, 3.0 - 0.5 * ages)
    assert (start, slope) == (pytest.approx(3.0), pytest.approx(-0.5))


def test_the_error_of_luck_is_that_of_the_sample():
    luck = np.random.default_rng(10)
    values = luck.standard_normal(2000) * 3.0 + 1.0
    people = np.arange(2000)

    def numbers(left_out: np.ndarray) -> list[float]:
        kept = values[~np.isin(people, left_out)]
        return [kept.mean(), np.median(kept)]

    mean, median = statistics.monte_carlo_errors(people, numbers)
    # A jackknife of 20 groups is itself uncertain by about 16 %; that of a median by more.
    assert mean == pytest.approx(3.0 / math.sqrt(2000), rel=0.5)
    assert median == pytest.approx(3.0 * math.sqrt(math.pi / 2 / 2000), rel=0.8)
    few = values[:15]
    exact = statistics.monte_carlo_errors(np.arange(15), lambda left: [np.delete(few, left).mean()])
    assert exact[0] == pytest.approx(few.std(ddof=1) / math.sqrt(15))
    assert np.isnan(statistics.monte_carlo_errors(np.arange(1), lambda left: [1.0])).all()


X = np.arange(30.0)
SAME = np.ones(30)
HALF = (X > 14).astype(float)


@pytest.mark.parametrize(("compute", "why"), [
    (lambda: statistics.effect_of_first(X[:9], HALF[:9], [], "logit"), "needs 20 people, 9 are left"),
    (lambda: statistics.effect_of_first(SAME, X % 2, [], "logit"), "the same in everybody"),
    (lambda: statistics.effect_of_first(X, 0 * X, [], "logit"), "happens to nobody"),
    (lambda: statistics.effect_of_first(X, SAME, [], "cloglog"), "happens to everybody"),
    (lambda: statistics.effect_of_first(X, HALF, [], "logit"), "tells exactly who"),
    (lambda: statistics.effect_of_first(X, X % 2, [2 * X], "logit"), "the covariates the exposure"),
    (lambda: statistics.partial_slope(SAME, X), "the exposure is the same in everybody"),
    (lambda: statistics.partial_slope(X, HALF, [3 * X + 1]), "told by the covariates alone"),
    (lambda: statistics.partial_correlation(X, SAME), "the measure is the same in everybody"),
    (lambda: statistics.standardised_slope(X, SAME), "the measure is the same in everybody"),
    (lambda: statistics.area_under_roc(X, SAME), "happens to everybody"),
    (lambda: statistics.area_under_roc(X, 0 * X), "happens to nobody"),
    (lambda: statistics.cohen_d(SAME, SAME), "no standard deviation"),
    (lambda: statistics.glass_delta(X, SAME), "no standard deviation"),
    (lambda: statistics.cox_hazard_ratio(X + 1, 0 * X, HALF), "happens to nobody"),
    (lambda: statistics.cox_hazard_ratio(X + 1, HALF, HALF), "in one of the two groups alone"),
    (lambda: statistics.cox_hazard_ratio(X + 1, SAME, SAME), "the same in everybody"),
    (lambda: statistics.median_time(SAME, (X < 3).astype(float)), "90 % have not had the event"),
    (lambda: statistics.line(SAME, X), "needs two ages"),
    (lambda: statistics.change_point(X[:6], X[:6]), "needs 7 ages"),
])
def test_what_cannot_be_computed_is_said(compute, why):
    with pytest.raises(Uncomputable, match=why):
        compute()
