"""Level 3, motor units, as another hand reads the headers."""

import numpy as np

from shared import above_zero, clock, joined_pool, ratio


def recruitment(now):
    def parameter(name):
        return now.parameter(f"recruitment.{name}")

    width = parameter("width")
    after = {"unit_drive": [], "unit_mechanical_stimulus": []}
    for muscle, of_units in enumerate(now["unit_rank_exponential"]):
        bouts = zip(*(now[f"bout_{what}"][muscle] for what in ("effort", "velocity", "volume", "tension", "order")))
        use, tension_felt = np.zeros_like(of_units), np.zeros_like(of_units)
        for place, (effort, velocity, volume, tension, order) in enumerate(bouts):
            thresholds = np.maximum(effort, 0.001) * (1 + 2 * velocity) / parameter("full_recruitment_effort")
            rank = 1 + np.log(thresholds) / np.log(parameter("threshold_range"))
            share = 1 / (1 + order * np.minimum(np.exp(-rank / width), 1e8) * of_units)
            in_use = place < now["bout_count"][muscle]
            use += in_use * volume * share
            tension_felt += in_use * volume * tension * share
        after["unit_drive"].append(np.minimum(use, 1))
        after["unit_mechanical_stimulus"].append(now["unit_stimulus_scale"][muscle] * tension_felt)
    return after


def motor_unit_loss(now):
    def parameter(name):
        return now.parameter(f"motor_unit_loss.{name}")

    v, dt = now["motor_neuron_vulnerability"], now.dt_years
    under_way = (now.age_years - parameter("soma_death_onset_years")) / parameter("soma_death_ramp_years")
    soma = v * parameter("soma_death_rate_per_year") * np.clip(under_way, 0, 1)
    withdrawal = v * parameter("withdrawal_rate_at_20_per_year") * clock(now, parameter("age_coupling"))
    youth_stability = now.parameter("nmj_instability.youth_stability")
    after = {name: [] for name in ("unit_fibres", "unit_hazard_left", "motor_unit_count", "sprouting_fibres")}
    freed, freed_area, freed_type2 = [], [], []
    for muscle, w in enumerate(now["nmj_fast_instability"]):
        slow, fibres, area = (now[name][muscle] for name in ("unit_nmj_stability", "unit_fibres", "unit_area_ratio"))
        size = 1 + parameter("size_effect") * (now["unit_rank"][muscle] - 0.5)
        junction = above_zero(1 + parameter("junction_coupling") * (1 - slow * (1 - w) / youth_stability))
        shrunken = 1 + parameter("muscle_coupling") * above_zero(1 - area)
        injury = now["axon_injury_rate_per_year"][muscle]
        left = now["unit_hazard_left"][muscle] - (soma[muscle] + injury + withdrawal[muscle] * size * junction * shrunken) * dt
        lost = np.where(left <= 0, fibres, 0)
        fibres = fibres - lost
        room = above_zero(now.parameter("reinnervation.enlargement_cap") * now["unit_youth_fibres"][muscle] - fibres)
        after["unit_hazard_left"].append(left)
        after["unit_fibres"].append(fibres)
        after["motor_unit_count"].append(now["motor_unit_count"][muscle] - (lost > 0).sum(axis=0))
        after["sprouting_fibres"].append(np.where(fibres > 0, slow * room, 0).sum(axis=0))
        freed.append(lost.sum(axis=0))
        freed_area.append((lost * area).sum(axis=0))
        freed_type2.append((lost * now["unit_type2_share"][muscle]).sum(axis=0))
    after |= {name: np.array(after[name]) for name in ("motor_unit_count", "sprouting_fibres")}
    return after | joined_pool(now, *map(np.array, (freed, freed_area, freed_type2)))


def reinnervation(now):
    def parameter(name):
        return now.parameter(f"reinnervation.{name}")

    dt, youth_fibres = now.dt_years, now["youth_fibre_count"]
    contacts_left = np.maximum(1 - parameter("contact_effect") * above_zero(1 - now["er_mitochondria_contact"]), 0.05)
    signalling = contacts_left / (1 + parameter("notch_effect") * above_zero(now["notch_activity"] - 1))
    sprouting = now["sprouting_fibres"]
    energetic = sprouting * now["mitochondrial_capacity"]
    capture = (
        parameter("capture_rate_per_year")
        * now["reinnervation_capacity"]
        * signalling
        * energetic
        / (energetic + parameter("half_sprouting_share") * youth_fibres)
    )
    exit_rate = capture + parameter("fibre_loss_rate_per_year")
    x = exit_rate * dt
    inflow = now["denervation_flow_fibres"]
    before = above_zero(now["denervated_fibre_count"] - inflow)
    leaving = np.minimum(before * (1 - np.exp(-x)) + inflow * (1 - (1 - np.exp(-x)) / x), now["denervated_fibre_count"])
    captured = leaving * capture / exit_rate
    after = {name: [] for name in ("unit_fibres", "unit_area_ratio", "unit_type2_share")}
    area_of_units = []
    converted = 1 - np.exp(-parameter("type_conversion_rate_per_year") * dt)
    for muscle, weights in enumerate(sprouting):
        fibres, youth, area, type2 = (
            now[name][muscle] for name in ("unit_fibres", "unit_youth_fibres", "unit_area_ratio", "unit_type2_share")
        )
        room = above_zero(parameter("enlargement_cap") * youth - fibres)
        weight = np.where(fibres > 0, now["unit_nmj_stability"][muscle] * room, 0)
        won = captured[muscle] * ratio(weight, weights, 0)
        total = fibres + won
        share = ratio(won, total, 0)
        area = area + (now["denervated_area_ratio"][muscle] - area) * share
        type2 = type2 + (now["denervated_type2_share"][muscle] - type2) * share
        own_type = now["unit_rank"][muscle] >= now["type1_rank_limit"][muscle]
        after["unit_fibres"].append(total)
        after["unit_area_ratio"].append(area)
        after["unit_type2_share"].append(type2 + (own_type - type2) * converted)
        area_of_units.append((total * area).sum(axis=0))
    innervated = now["innervated_fibre_count"] + captured
    some_innervated = np.maximum(innervated, 1)
    size = innervated / np.maximum(now["motor_unit_count"], 1) / (youth_fibres / now["youth_motor_unit_count"])
    return after | {
        "innervated_fibre_count": innervated,
        "denervated_fibre_count": now["denervated_fibre_count"] - leaving,
        "lost_fibre_count": now["lost_fibre_count"] + leaving - captured,
        "denervation_flow_fibres": 0,
        "denervated_area_ratio": now["denervated_area_ratio"],
        "denervated_type2_share": now["denervated_type2_share"],
        "motor_unit_size_ratio": size,
        "mup_size_ratio": np.maximum(size, 0.001) ** parameter("mup_exponent") * np.array(area_of_units) / some_innervated,
        "junction_flux_per_year": (inflow + captured) / dt / some_innervated,
    }
