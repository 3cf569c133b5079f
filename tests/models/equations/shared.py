"""What headers of several levels share: relaxation, age_clock, mean_of_muscles, threshold, denervation."""

import numpy as np


def above_zero(x):
    """(x)+"""
    return np.maximum(x, 0)


def relaxed(x, target, time_constants):
    return x + (target - x) * (1 - np.exp(-time_constants))


def share_gone_fast(now, x):
    """1 - e^-x, of which the short form misses at most x^4/720; its domain ends at 2."""
    share = 1 - np.exp(-x)
    return np.where(x <= 2, share * (1 - x**4 / 720), np.nan) if now.missed else share


def logistic(x):
    return 1 / (1 + np.exp(-x))


def clock(now, coupling):
    """The age clock's multiplier."""
    return 1 + coupling * (np.exp(now.parameter("ageing.clock_growth_per_year") * (now.age_years - 20)) - 1)


def ratio(x, of, without):
    """x / of, and `without` where there is nothing of it."""
    return np.where(of <= 0, without, x / np.where(of <= 0, 1, of))


def mean_of_muscles(weights, x, without):
    """[people] of [muscles, people]."""
    return ratio((weights * x).sum(axis=0), weights.sum(axis=0), without)


def exceeds(probability, threshold):
    return np.where(probability > threshold, 1.0, 0.0)


def joined_pool(now, fibres, area, type2):
    """The pool of denervated fibres once others have joined it, by sums over units."""
    before = now["denervated_fibre_count"]
    after = before + fibres

    def mixed(column, joining):
        return ratio(before * now[column] + joining, after, now[column])

    return {
        "innervated_fibre_count": np.maximum(now["innervated_fibre_count"] - fibres, 0),
        "denervated_fibre_count": after,
        "denervation_flow_fibres": now["denervation_flow_fibres"] + fibres,
        "denervated_area_ratio": mixed("denervated_area_ratio", area),
        "denervated_type2_share": mixed("denervated_type2_share", type2),
    }
