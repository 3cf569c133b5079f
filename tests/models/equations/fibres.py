"""Level 4, fibres, as another hand reads the headers."""

import numpy as np

from shared import above_zero, ratio, relaxed


def atrophy(now):
    def parameter(name):
        return now.parameter(f"atrophy.{name}")

    age, dt = now.age_years, now.dt_years

    # S_h
    enough_at_22, enough_at_71 = (parameter(f"enough_protein_at_{at}_g_per_kg_day") for at in (22, 71))
    enough = enough_at_22 + (enough_at_71 - enough_at_22) * np.clip((age - 22) / 49, 0, 1.5)
    usual_answer = 0.1 ** (parameter("protein_reference_g_per_kg_day") / enough_at_22)
    food = 1 + parameter("protein_gain") * (usual_answer - 0.1 ** (now["protein_intake_g_per_kg_day"] / enough))
    food = food * (1 + now["amino_acid_stimulus"])
    body = 1
    for column, exponent in (
        ("androgen_ratio", "androgen"),
        ("oestrogen_ratio", "oestrogen"),
        ("gh_igf1_ratio", "gh_igf1"),
        ("energy_balance_ratio", "energy"),
        ("mitochondrial_capacity", "mitochondria"),
    ):
        body = body * np.maximum(now[column], 0.02) ** parameter(f"{exponent}_exponent")
    missing_sleep = above_zero(now.parameter("sleep.enough_h_per_day") - now.parameter("habits.sleep_h_per_day"))
    usual_recovery = 1 - now.parameter("sleep.recovery_gain_per_h") * missing_sleep
    at_habit = food * body * now["recovery_ratio"] / usual_recovery

    breakdown = (
        1
        + parameter("breakdown_by_inflammation") * now["inflammation"]
        + parameter("breakdown_by_damage") * now["protein_damage"]
        + parameter("breakdown_by_notch") * above_zero(now["notch_activity"] - 1)
    )

    def left_by_clock(coupling, from_years):
        ageing = np.exp(now.parameter("ageing.clock_growth_per_year") * (age - from_years))
        return 1 - coupling * above_zero(1 - 1 / ageing)

    type1_left = left_by_clock(parameter("type1_age_coupling"), 20)
    type2_left = left_by_clock(parameter("type2_age_coupling"), parameter("type2_ageing_from_years"))
    pace = np.exp(-parameter("turnover_decline_per_year") * above_zero(age - 20))
    rate = parameter("turnover_rate_per_year") * pace * now["muscle_turnover_ratio"]
    unloading = np.maximum(now["unloading_fraction"], now["body_unloading_fraction"])
    detraining = parameter("detraining_rate_ratio")

    after = {"unit_area_ratio": []}
    area_of_type = [[], []]
    fibres_of_type = [[], []]
    synthesis_of_muscles = []
    for muscle, w in enumerate(now["nmj_fast_instability"]):
        stimulus, slow, fibres, p, area = (
            now[name][muscle]
            for name in (
                "unit_mechanical_stimulus",
                "unit_nmj_stability",
                "unit_fibres",
                "unit_type2_share",
                "unit_area_ratio",
            )
        )
        half = parameter("half_stimulus")
        response = _log_of_load(now, 1 + stimulus / half) - np.log(1 + 1 / half)
        by_load = at_habit * (1 + parameter("load_gain")[muscle] * response)
        held_back = above_zero(by_load - at_habit) * (1 - parameter("type1_growth_share")) * (1 - p)
        nerve = 1 - parameter("nerve_coupling") * above_zero(
            now.parameter("nmj_instability.youth_stability") - slow * (1 - w)
        )
        aged = type1_left - (1 - type2_left[muscle]) * p
        synthesis = (by_load - held_back) * nerve * aged
        towards = synthesis / breakdown
        k = rate * np.where(towards < area, detraining + (1 - detraining) * unloading[muscle], 1)
        area = relaxed(area, towards, k * breakdown * dt)
        after["unit_area_ratio"].append(area)
        synthesis_of_muscles.append(ratio((fibres * (by_load - held_back)).sum(axis=0), fibres.sum(axis=0), 0))
        for share, areas, numbers in zip((1 - p, p), area_of_type, fibres_of_type):
            areas.append((fibres * share * area).sum(axis=0))
            numbers.append((fibres * share).sum(axis=0))
    (area1, area2), (number1, number2) = map(np.array, area_of_type), map(np.array, fibres_of_type)
    youth_um2 = [now.parameter(f"people.youth_fibre_area_type{type_}_um2") for type_ in (1, 2)]
    return after | {
        "muscle_protein_synthesis": pace * np.mean(synthesis_of_muscles, axis=0),
        "muscle_protein_breakdown": pace * breakdown,
        "denervated_area_ratio": relaxed(
            now["denervated_area_ratio"], parameter("denervated_area_floor"), parameter("denervated_rate_per_year") * dt
        ),
        "innervated_area_type1_fibres": area1,
        "innervated_area_type2_fibres": area2,
        "fibre_area_type1_um2": ratio(youth_um2[0] * area1, number1, now["fibre_area_type1_um2"]),
        "fibre_area_type2_um2": ratio(youth_um2[1] * area2, number2, now["fibre_area_type2_um2"]),
        "type2_fibre_fraction": ratio(number2, number1 + number2, now["type2_fibre_fraction"]),
    }


def _log_of_load(now, x):
    """ln x by the coarse log2, wrong by less than 1.1e-4."""
    return np.log(2) * (np.log2(x) + (1.1e-4 if now.missed else 0))
