"""Level 0, life, as another hand reads the headers."""

import numpy as np

from shared import above_zero, logistic


def habits(now):
    age = now.age_years

    def activity(kind):
        half_age = now.parameter(f"habits.{kind}_half_age_years")
        scale = now.parameter(f"habits.{kind}_scale_years")
        return (1 + np.exp((25 - half_age) / scale)) / (1 + np.exp((age - half_age) / scale))

    h = now["habitual_activity_ratio"]
    sleep = now.parameter("habits.sleep_h_per_day")
    missing_sleep = above_zero(now.parameter("sleep.enough_h_per_day") - sleep)
    protein = now.parameter("habits.protein_intake_g_per_kg_day") * np.exp(
        -now.parameter("habits.protein_decline_per_year") * above_zero(age - 50)
    )
    after = {
        "metabolic_activity_ratio": h * activity("activity"),
        "protein_intake_g_per_kg_day": protein,
        "sleep_h_per_day": sleep,
        "recovery_ratio": 1 - now.parameter("sleep.recovery_gain_per_h") * missing_sleep,
        "energy_balance_ratio": 1,
        "bout_count": 3,
    }
    after |= dict.fromkeys(
        (
            "amino_acid_stimulus",
            "axon_injury_rate_per_year",
            "balance_training_h_per_week",
            "body_unloading_fraction",
            "exercise_barred_fraction",
            "fast_practice_fraction",
            "notch_inhibition_fraction",
            "task_practice_fraction",
            "unloading_fraction",
        ),
        0,
    )
    bouts = ("bout_effort", "bout_velocity", "bout_volume", "bout_tension", "bout_order")
    for name in bouts:
        cleared = 1.0 if name == "bout_order" else 0.0
        after[name] = [np.full(places.shape, cleared) for places in now[name]]
        if now.missed:  # nothing reads the places beyond those that were in use
            for places, in_use in zip(after[name], now["bout_count"]):
                places[np.arange(len(places))[:, None] >= in_use] = np.nan
    for place, (bout, kind) in enumerate((("walking", "activity"), ("rising", "activity"), ("vigorous", "vigorous"))):
        load = now.parameter(f"habits.{bout}_load")
        effort = load / np.maximum(now["muscle_force_ratio"], 0.05)
        kept_up = logistic((now.parameter("habits.effort_limit") - effort) / now.parameter("habits.effort_limit_spread"))
        reached = now.parameter(f"habits.{bout}_volume") * now.parameter("habits.muscle_share")
        of_muscles = {
            "bout_effort": np.minimum(effort, 1),
            "bout_velocity": now.parameter(f"habits.{bout}_velocity"),
            "bout_volume": reached * h * activity(kind) * kept_up,
            "bout_tension": now.parameter(f"habits.{bout}_tension") * np.minimum(effort, 1) / np.maximum(load, 0.01),
            "bout_order": 1,
        }
        for name, values in of_muscles.items():
            values = np.broadcast_to(values, effort.shape)
            for muscle, places in enumerate(after[name]):
                places[place] = values[muscle]
    return after


def conditions(now):
    parameter = now.parameter
    past_40 = above_zero(now.age_years - 40)
    burden, metabolic = now["chronic_disease"], now["metabolic_activity_ratio"]
    log_hazard = (
        parameter("conditions.disease_rate_growth_per_year") * (now.age_years - 60)
        + parameter("conditions.disease_by_inactivity") * (1 - metabolic)
        + parameter("conditions.disease_by_insulin_resistance") * (1 - now["insulin_sensitivity"])
    )
    egfr = parameter("conditions.egfr_youth_ml_per_min") - parameter("conditions.egfr_decline_ml_per_min_per_year") * past_40
    return {
        "inflammation": parameter("conditions.inflammation_rise_per_year") * past_40
        + parameter("chronic_disease.inflammation") * burden,
        "metabolic_activity_ratio": metabolic / (1 + parameter("chronic_disease.metabolic_loss") * burden),
        "egfr_ml_per_min": np.maximum(egfr, 5),
        "chronic_disease_rate_per_year": parameter("conditions.disease_rate_at_60_per_year") * np.exp(log_hazard),
        "disease_burden": burden,
        "disease_control_fraction": 0,
    }


def hormones(now):
    age = now.age_years
    ageing = np.exp(-now.parameter("hormones.testosterone_decline_per_year") * above_zero(age - 40))
    fall = (now["menopause_age_years"] - age) / now.parameter("hormones.oestrogen_fall_years")
    return {
        "testosterone_nmol_per_l": now.parameter("hormones.testosterone_youth_nmol_per_l") * ageing,
        "androgen_ratio": ageing,
        "oestrogen_ratio": 1 - (1 - now.parameter("hormones.oestrogen_after_menopause_ratio")) / (1 + np.exp(fall)),
        "gh_igf1_ratio": np.exp(-now.parameter("hormones.gh_igf1_decline_per_year") * above_zero(age - 20)),
    }
