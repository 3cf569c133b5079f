"""Level 7, measures, as another hand reads the headers."""

import numpy as np


def electrophysiology(now):
    def parameter(name):
        return now.parameter(f"electrophysiology.{name}")

    width = now.parameter("recruitment.width")
    effort = np.maximum(parameter("test_force_fraction"), 0.001) / now.parameter("recruitment.full_recruitment_effort")
    rank = 1 + np.log(effort) / np.log(now.parameter("recruitment.threshold_range"))
    all_units, sampled, shares = [], [], []
    for fibres, area, of_units in zip(*(now[f"unit_{what}"] for what in ("fibres", "area_ratio", "rank_exponential"))):
        potential = parameter("one_fibre_potential_uV_ms") * fibres ** parameter("potential_size_exponent") * area
        sigma = (fibres > 0) / (1 + np.minimum(np.exp(-rank / width), 1e8) * of_units)
        all_units.append(potential.sum(axis=0))
        sampled.append((sigma * potential).sum(axis=0))
        shares.append(sigma.sum(axis=0))
    all_units, sampled, shares = map(np.array, (all_units, sampled, shares))
    strayed = now["nmj_jitter_us"] / now.parameter("nmj_instability.youth_jitter_us")
    return {
        "mune_estimate_count": all_units * shares / np.maximum(sampled, 1e-6),
        "mup_area_uV_ms": sampled / np.maximum(shares, 1e-6),
        "jiggle_fraction": parameter("youth_jiggle_fraction") * strayed ** parameter("jiggle_jitter_exponent"),
    }
