"""Regressions that studies report: odds ratios, hazard ratios, slopes and change points."""

from __future__ import annotations

import numpy as np

NEWTON_STEPS = 60
HALVINGS = 20


def _fit(design: np.ndarray, outcome: np.ndarray, link: str) -> np.ndarray:
    """Coefficients of a binary regression by Fisher scoring; NaN where it does not converge.

    Args:
        design: (row, term), with its constant.
        outcome: (row) of 0 and 1.
        link: "logit" for odds ratios, "cloglog" for hazard ratios of grouped survival times.
    """
    nothing = np.full(design.shape[1], np.nan)
    share = outcome.mean() if len(outcome) else np.nan
    if not 0.0 < share < 1.0:
        return nothing
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(share / (1.0 - share)) if link == "logit" else np.log(-np.log1p(-share))
    likelihood, score, information = _step(design, outcome, beta, link)
    for _ in range(NEWTON_STEPS):
        try:
            move = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            return nothing
        for _ in range(HALVINGS):
            tried = _step(design, outcome, beta + move, link)
            if tried[0] >= likelihood - 1e-12:
                break
            move = move / 2.0
        beta = beta + move
        likelihood, score, information = tried
        if np.abs(move).max() < 1e-8:
            return beta
    return nothing


def _step(design: np.ndarray, outcome: np.ndarray, beta: np.ndarray, link: str) -> tuple[float, np.ndarray, np.ndarray]:
    """Log likelihood with its slope and expected curvature at some coefficients."""
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
    return likelihood, design.T @ (per_variance * (outcome - p)), (design * (per_variance * slope)[:, None]).T @ design


def effect_of_first(exposure: np.ndarray, outcome: np.ndarray, others: list[np.ndarray], link: str) -> float:
    """exp(coefficient) of the exposure in a binary regression with other covariates.

    Rows with a NaN are left out; covariates that do not vary are dropped.
    """
    columns = [exposure, *others]
    known = np.isfinite(outcome) & np.logical_and.reduce([np.isfinite(column) for column in columns])
    if known.sum() < 20 or np.std(exposure[known]) == 0.0:
        return np.nan
    terms = [np.ones(int(known.sum()))]
    scale = []
    for column in columns:
        values = column[known]
        if np.std(values) > 0.0:
            terms.append((values - values.mean()) / values.std())
            scale.append(values.std())
    beta = _fit(np.column_stack(terms), outcome[known], link)
    return float(np.exp(beta[1] / scale[0]))


def slope(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Least squares: intercept and slope."""
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < 2 or np.std(x[known]) == 0.0:
        return np.nan, np.nan
    b = float(np.cov(x[known], y[known], bias=True)[0, 1] / np.var(x[known]))
    return float(y[known].mean() - b * x[known].mean()), b


def change_point(x: np.ndarray, y: np.ndarray) -> float:
    """Where two joined straight lines fit best: the x with the smallest sum of squares, 3 points at least on a side."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if len(x) < 7:
        return np.nan
    best, where = np.inf, np.nan
    for knot in np.linspace(x[2], x[-3], 4 * len(x)):
        design = np.column_stack([np.ones_like(x), x, np.maximum(x - knot, 0.0)])
        rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        if (total := float(rest @ rest)) < best:
            best, where = total, float(knot)
    return where


def first_departure(x: np.ndarray, y: np.ndarray, share: float) -> float:
    """First x after which y stays below (1 - share) of its largest value; the last x where it never does."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if not len(x):
        return np.nan
    above = np.flatnonzero(y >= (1.0 - share) * y.max())
    return float(x[min(int(above[-1]) + 1, len(x) - 1)])
