"""Level 2, junctions, as another hand reads the headers."""

import numpy as np

from shared import above_zero, clock, joined_pool, logistic, ratio, relaxed, share_gone_fast


def nmj_instability(now):
    def parameter(name):
        return now.parameter(f"nmj_instability.{name}")

    dt = now.dt_years
    inflammation = now["inflammation"]
    unloading = np.maximum(now["unloading_fraction"], now["body_unloading_fraction"])
    fast = now["nmj_fast_instability"]
    fast_target = parameter("fast_instability_max") * np.minimum(unloading + inflammation, 1)
    fast_rate = np.where(fast_target > fast, parameter("fast_onset_rate_per_year"), parameter("fast_recovery_rate_per_year"))
    fast = relaxed(fast, fast_target, fast_rate * dt)

    energy = np.maximum(1 - parameter("fibre_energy_share") * (1 - now["mitochondrial_capacity"]), 0.05)
    erosion = (
        parameter("erosion_rate_per_year")
        * now["nmj_vulnerability"]
        * clock(now, parameter("age_coupling"))
        * (1 + inflammation + parameter("oestrogen_effect") * above_zero(1 - now["oestrogen_ratio"]))
    )
    q = parameter("resting_repair_share")
    after = {name: [] for name in ("unit_fibres", "unit_nmj_stability")}
    freed, freed_area, freed_type2, stability = ([] for _ in range(4))
    for muscle, w in enumerate(fast):
        s, fibres = now["unit_nmj_stability"][muscle], now["unit_fibres"][muscle]
        area, type2 = now["unit_area_ratio"][muscle], now["unit_type2_share"][muscle]
        repair = parameter("repair_rate_per_year") * (q + (1 - q) * now["unit_drive"][muscle]) * energy
        eroded = erosion * (1 + parameter("muscle_coupling") * above_zero(1 - area))
        s = s + (repair / (repair + eroded) - s) * share_gone_fast(now, (repair + eroded) * dt)
        let_go = fibres * _share_let_go(now, parameter("partial_denervation_rate_per_year") * (1 - s * (1 - w)) * dt)
        after["unit_nmj_stability"].append(s)
        after["unit_fibres"].append(fibres - let_go)
        freed.append(let_go.sum(axis=0))
        freed_area.append((let_go * area).sum(axis=0))
        freed_type2.append((let_go * type2).sum(axis=0))
        stability.append(ratio((fibres * s).sum(axis=0), fibres.sum(axis=0), 0) * (1 - w))
    freed, freed_area, freed_type2, stability = map(np.array, (freed, freed_area, freed_type2, stability))
    jitter = parameter("youth_jitter_us") * (1 + parameter("jitter_gain") * (parameter("youth_stability") - stability))
    blocking = logistic((parameter("blocking_half_stability") - stability) / parameter("blocking_spread"))
    return after | joined_pool(now, freed, freed_area, freed_type2) | {
        "nmj_fast_instability": fast,
        "nmj_stability": stability,
        "nmj_jitter_us": jitter,
        "nmj_blocking_fraction": blocking,
    }


def _share_let_go(now, x):
    """1 - e^-x, of which the short form misses x^3/6."""
    return 1 - np.exp(-x) - (x**3 / 6 if now.missed else 0)
