"""Statistics that studies report, from plain arrays: one place for all of them.

Arrays are of one dimension, an entry a person (or a follow-up of one), all of one length unless said otherwise, and
without NaN. Every function returns one number; where it cannot be computed it raises `Uncomputable` and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata

from ..arrays import Floats, Whole
from ..errors import SarxError

NEWTON_STEPS = 60
HALVINGS = 20
FEWEST_OF_A_REGRESSION = 20
FOLDS = 20
"""Groups of people that are left out in turn for a Monte Carlo standard error."""
LEAST_SHARE_OF_VARIANCE = 1e-10
"""What other covariates must leave of an exposure's variance for it to have a slope of its own."""


class Uncomputable(SarxError):
    """There is no such number of these people."""


# Relations of an exposure with an outcome.


def effect_of_first(exposure: Floats, outcome: Floats, others: Sequence[Floats], link: str) -> float:
    """exp(coefficient) of the exposure in a binary regression with other covariates, above 0.

    Args:
        exposure: in any unit, which the result is per; NaN is left out, in the outcome and the others too.
        outcome: 0 or 1.
        others: covariates; those that do not vary are dropped.
        link: "logit" for the odds ratio, "cloglog" for the hazard ratio of follow-ups of one length.

    Raises:
        Uncomputable: where fewer than 20 are known, the exposure or the outcome is the same in all, or the exposure
            tells exactly who has the outcome.
    """
    columns = [exposure, *others]
    known = np.isfinite(outcome) & np.logical_and.reduce([np.isfinite(column) for column in columns])
    if known.sum() < FEWEST_OF_A_REGRESSION:
        raise Uncomputable(f"a regression needs {FEWEST_OF_A_REGRESSION} people, {int(known.sum())} are left")
    if np.std(exposure[known]) == 0.0:
        raise Uncomputable("the exposure is the same in everybody")
    terms = [np.ones(int(known.sum()))]
    for column in columns:
        values = column[known]
        if np.std(values) > 0.0:
            terms.append((values - values.mean()) / values.std())
    beta = _fit(np.column_stack(terms), outcome[known], link)
    return float(np.exp(beta[1] / exposure[known].std()))


def _fit(design: Floats, outcome: Floats, link: str) -> Floats:
    """Coefficients of a binary regression, of a design (row, term) with its constant first, by Fisher scoring."""
    share = outcome.mean()
    if not 0.0 < share < 1.0:
        raise Uncomputable("the outcome happens to nobody" if share <= 0.0 else "the outcome happens to everybody")
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(share / (1.0 - share)) if link == "logit" else np.log(-np.log1p(-share))
    here = _step(design, outcome, beta, link)
    for _ in range(NEWTON_STEPS):
        try:
            move = np.linalg.solve(here.curvature, here.slope)
        except np.linalg.LinAlgError:
            break
        for _ in range(HALVINGS):
            tried = _step(design, outcome, beta + move, link)
            if tried.likelihood >= here.likelihood - 1e-12:
                break
            move = move / 2.0
        beta = beta + move
        here = tried
        if np.abs(move).max() < 1e-8:
            return beta
    raise Uncomputable("the regression finds no finite effect: the exposure tells exactly who has the outcome, or "
                       "the covariates the exposure")


class _Step(NamedTuple):
    """Log likelihood at some coefficients."""

    likelihood: float
    slope: Floats
    curvature: Floats
    """As expected."""


def _step(design: Floats, outcome: Floats, beta: Floats, link: str) -> _Step:
    eta = np.clip(design @ beta, -30.0, 30.0 if link == "logit" else 3.5)
    if link == "logit":
        p = 1.0 / (1.0 + np.exp(-eta))
        slope = p * (1.0 - p)
    else:
        p = -np.expm1(-np.exp(eta))
        slope = np.exp(eta - np.exp(eta))
    p = np.clip(p, 1e-15, 1.0 - 1e-15)
    per_variance = slope / (p * (1.0 - p))
    likelihood = float(np.where(outcome > 0.5, np.log(p), np.log1p(-p)).sum())
    return _Step(likelihood, design.T @ (per_variance * (outcome - p)),
                 (design * (per_variance * slope)[:, None]).T @ design)


def partial_slope(x: Floats, y: Floats, others: Sequence[Floats] = ()) -> float:
    """Slope of y on x by least squares, other covariates held equal [unit of y per unit of x]. Raises Uncomputable
    where x does not vary beside the others."""
    rest_x, rest_y = _beside(x, others), _beside(y, others)
    _insist_on_variance(x, rest_x, "the exposure")
    return float(rest_x @ rest_y / (rest_x @ rest_x))


def standardised_slope(x: Floats, y: Floats, others: Sequence[Floats] = ()) -> float:
    """The same in standard deviations of y per standard deviation of x, both over all people: a regression's beta."""
    _insist_on_variance(y, y - y.mean(), "the measure")
    return partial_slope(x, y, others) * float(x.std(ddof=1) / y.std(ddof=1))


def partial_correlation(x: Floats, y: Floats, others: Sequence[Floats] = ()) -> float:
    """Correlation (Pearson, -1 to 1) of x and y, other covariates held equal. Raises Uncomputable where either does
    not vary beside the others."""
    rest_x, rest_y = _beside(x, others), _beside(y, others)
    _insist_on_variance(x, rest_x, "the exposure")
    _insist_on_variance(y, rest_y, "the measure")
    return float(rest_x @ rest_y / np.sqrt((rest_x @ rest_x) * (rest_y @ rest_y)))


def _beside(values: Floats, others: Sequence[Floats]) -> Floats:
    """What a straight line in the other covariates leaves of the values."""
    rest: Floats = values - values.mean()
    varying = [other - other.mean() for other in others if np.std(other) > 0.0]
    if not varying:
        return rest
    design = np.column_stack([other / other.std() for other in varying])
    left: Floats = rest - design @ np.linalg.lstsq(design, rest, rcond=None)[0]
    return left


def _insist_on_variance(values: Floats, rest: Floats, what: str) -> None:
    whole = values - values.mean()
    if not rest @ rest > LEAST_SHARE_OF_VARIANCE * max(whole @ whole, np.finfo(float).tiny):
        beside = "the same in everybody" if np.ptp(values) == 0.0 else "told by the covariates alone"
        raise Uncomputable(f"{what} is {beside}")


def area_under_roc(exposure: Floats, outcome: Floats) -> float:
    """Share (0 to 1, by luck 0.5) of pairs, one with the outcome and one without, in which the one with it has the
    higher exposure; a tie counts half. Raises Uncomputable where all have the outcome or none."""
    ill = outcome > 0.5
    cases, others = int(ill.sum()), int((~ill).sum())
    if not cases or not others:
        raise Uncomputable("the outcome happens to everybody" if cases else "the outcome happens to nobody")
    return float((rankdata(exposure)[ill].sum() - cases * (cases + 1) / 2.0) / (cases * others))


# Two groups.


def adjusted_means(values: Sequence[Floats], others: Sequence[Sequence[Floats]]) -> list[float]:
    """Means of groups at the same covariates, those of all people together [unit of the values].

    Args:
        values: of each group, which may differ in length.
        others: of each group, the same covariates in the same order; one slope for all groups.
    """
    rest = np.concatenate([one - one.mean() for one in values])
    within = np.column_stack([np.concatenate([one - one.mean() for one in column]) for column in zip(*others)])
    slopes = np.linalg.lstsq(within, rest, rcond=None)[0]
    whole = np.array([np.concatenate(column).mean() for column in zip(*others)])
    return [float(one.mean() - slopes @ (np.array([column.mean() for column in own]) - whole))
            for one, own in zip(values, others)]


def cohen_d(first: Floats, second: Floats) -> float:
    """Mean of the first less mean of the second, over the pooled standard deviation (the groups may differ in length).
    Raises Uncomputable where nobody differs."""
    freedom = len(first) + len(second) - 2
    pooled = ((len(first) - 1) * first.var(ddof=1) + (len(second) - 1) * second.var(ddof=1)) / freedom
    return _over(first.mean() - second.mean(), pooled)


def glass_delta(first: Floats, second: Floats) -> float:
    """Mean of the first less mean of the second, over the standard deviation of the second, who are the comparison.
    Raises Uncomputable where these do not differ."""
    return _over(first.mean() - second.mean(), second.var(ddof=1))


def _over(difference: float, variance: float) -> float:
    if not variance > 0.0:
        raise Uncomputable("people do not differ: there is no standard deviation to divide by")
    return float(difference / np.sqrt(variance))


def cox_hazard_ratio(years: Floats, happened: Floats, exposed: Floats) -> float:
    """Hazard of the exposed over that of the others, above 0: Cox's partial likelihood, ties after Efron.

    Args:
        years: followed, above 0, to the event or to the end.
        happened: 1 where the event ended it, else 0.
        exposed: 1 or 0 (or a covariate: the ratio is per unit of it).

    Raises:
        Uncomputable: where all events or none are in one group, or nobody differs in exposure.
    """
    if np.ptp(exposed) == 0.0:
        raise Uncomputable("the exposure is the same in everybody")
    event = happened > 0.5
    if not event.any():
        raise Uncomputable("the event happens to nobody")
    if np.ptp(exposed[event]) == 0.0:
        raise Uncomputable("the event happens in one of the two groups alone")
    order = np.argsort(-years, kind="stable")
    years, event, x = years[order], event[order], exposed[order].astype(float) - exposed.mean()
    moments = np.stack([np.ones_like(x), x, x * x])
    last = np.searchsorted(-years, -years, side="right") - 1  # of those at risk at somebody's time, in this order
    at, tie = np.unique(years[event], return_inverse=True)
    tied = np.bincount(tie)
    place = np.argsort(tie, kind="stable")
    within = np.empty(len(tie))  # which of the events of its time each is, from 0
    within[place] = np.arange(len(tie)) - np.repeat(np.cumsum(tied) - tied, tied)
    gone = within / tied[tie]
    beta = 0.0
    for _ in range(NEWTON_STEPS):
        weighted = moments * np.exp(beta * x)
        at_risk = np.cumsum(weighted, axis=1)[:, last[event]]
        dying = np.stack([np.bincount(tie, weights=row) for row in weighted[:, event]])[:, tie]
        s0, s1, s2 = at_risk - gone * dying
        score = float((x[event] - s1 / s0).sum())
        information = float((s2 / s0 - (s1 / s0) ** 2).sum())
        if not information > 0.0:
            break
        move = float(np.clip(score / information, -2.0, 2.0))
        beta += move
        if abs(move) < 1e-9:
            return float(np.exp(beta))
    raise Uncomputable(f"no finite hazard ratio fits {len(at)} times of events")


# Time to the first event.


class Survival(NamedTuple):
    """A curve of Kaplan and Meier: a step at each time of events."""

    years: Floats
    """Ascending from 0."""
    left: Floats
    """The share without the event just after each."""


def survival(years: Floats, happened: Floats) -> Survival:
    """Kaplan and Meier's curve."""
    at = np.unique(years[happened > 0.5])
    risk = len(years) - np.searchsorted(np.sort(years), at, side="left")
    events = np.array([((years == time) & (happened > 0.5)).sum() for time in at])
    return Survival(np.concatenate([[0.0], at]),
                    np.concatenate([[1.0], np.cumprod(1.0 - events / np.maximum(risk, 1))]))


def median_time(years: Floats, happened: Floats) -> float:
    """Years until half have had the event, by Kaplan and Meier, with a straight line between the times of events, as
    these are those of records. Raises Uncomputable where more than half have not had it by the end."""
    at, left = survival(years, happened)
    if left[-1] > 0.5:
        raise Uncomputable(f"{100 * left[-1]:.0f} % have not had the event by the end: there is no median time")
    after = int(np.flatnonzero(left <= 0.5)[0])
    share = (left[after - 1] - 0.5) / (left[after - 1] - left[after])
    return float(at[after - 1] + share * (at[after] - at[after - 1]))


def mean_time(years: Floats, happened: Floats) -> float:
    """Mean years without the event up to the longest follow-up (restricted mean): the area under Kaplan and Meier's
    curve, with straight lines between the times of events."""
    at, left = survival(years, happened)
    at, left = np.append(at, years.max()), np.append(left, left[-1])
    return float((np.diff(at) * (left[1:] + left[:-1]) / 2.0).sum())


def incidence(years: Floats, happened: Floats) -> float:
    """First events per year of those who have not had one, at least 0 [1/year]."""
    return float((happened > 0.5).sum() / years.sum())


# Shapes over age.


class Line(NamedTuple):
    """A straight line."""

    at_0: float
    slope: float

    def at(self, x: float) -> float:
        """Its height."""
        return self.at_0 + self.slope * x


def line(x: Floats, y: Floats) -> Line:
    """Least squares. Raises Uncomputable where x does not vary."""
    if np.std(x) == 0.0:
        raise Uncomputable("a slope needs two ages")
    b = float(np.cov(x, y, bias=True)[0, 1] / np.var(x))
    return Line(float(y.mean() - b * x.mean()), b)


def change_point(x: Floats, y: Floats) -> float:
    """Where two joined straight lines fit best: the x with the smallest sum of squares, 3 points at least on a side.
    Raises Uncomputable of fewer than 7 points."""
    if len(x) < 7:
        raise Uncomputable("a change point needs 7 ages")
    best, where = np.inf, np.nan
    for knot in np.linspace(x[2], x[-3], 4 * len(x)):
        design = np.column_stack([np.ones_like(x), x, np.maximum(x - knot, 0.0)])
        rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        if (total := float(rest @ rest)) < best:
            best, where = total, float(knot)
    return where


def first_departure(x: Floats, y: Floats, share: float) -> float:
    """First x after which y stays below (1 - share) of its largest value; the last x where it never does."""
    above = np.flatnonzero(y >= (1.0 - share) * y.max())
    return float(x[min(int(above[-1]) + 1, len(x) - 1)])


# What luck does to all of them.


def monte_carlo_errors(people: Whole, numbers: Callable[[Whole], Sequence[float]]) -> Floats:
    """Standard errors of numbers by the jackknife: up to 20 groups of people are left out in turn.

    Args:
        people: whole numbers that name the people, each once.
        numbers: what is reported without the people it is given; NaN where there is no such number.

    Returns:
        One standard error for each number, NaN where a number cannot be had of the people left.
    """
    folds = min(FOLDS, len(people))
    if folds < 2:
        return np.full(len(numbers(people[:0])), np.nan)
    shuffled = np.random.default_rng(0).permutation(people)  # order in the file may go with sex or age
    without = np.array([numbers(shuffled[fold::folds]) for fold in range(folds)], dtype=float)
    errors: Floats = np.sqrt((folds - 1) / folds * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    return errors
