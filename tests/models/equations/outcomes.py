"""Level 6, outcomes, as another hand reads the headers."""

import numpy as np

from shared import exceeds, logistic, mean_of_muscles, relaxed


def _frailty(now):
    return np.maximum(now["mortality_frailty_ratio"], 0.001)


def _burden_left(now):
    return now["disease_burden"] * (1 - now["disease_control_fraction"])


def adverse_events(now):
    age, grip = now.age_years, now["grip_strength_kg"]
    falls, fracture, hospital = (
        lambda name, group=group: now.parameter(f"{group}.{name}") for group in ("falls", "fracture", "hospital")
    )
    weakness = falls("gait_slope_s_per_m") * (1.15 - now["gait_speed_m_per_s"])
    torque_per_mass = now["knee_extension_torque_Nm"] / np.maximum(now["body_mass_kg"], 1)
    weakness = weakness + falls("torque_slope_kg_per_Nm") * (1.5 - torque_per_mass)
    log_rate = falls("age_slope_per_year") * (age - 76) + falls("causal_share") * weakness
    training = np.minimum(now["balance_training_h_per_week"], falls("balance_training_most_h_per_week"))
    log_rate = log_rate - falls("balance_training_effect_per_h_per_week") * training
    lean_index = now["youth_lean_mass_kg"] / (now["height_cm"] / 100) ** 2
    log_fracture = fracture("age_slope_per_year") * (age - 75) + fracture("lean_slope_m2_per_kg") * (
        fracture("reference_youth_lean_index_kg_per_m2") - lean_index
    )
    log_stays = hospital("age_slope_per_year") * (age - 75) + hospital("causal_share") * hospital("grip_slope_per_kg") * (
        now.parameter("mortality.reference_grip_kg") - grip
    )
    ill = _frailty(now) ** hospital("frailty_exponent") * (1 + hospital("disease_burden_effect") * _burden_left(now))
    return {
        "fall_rate_per_year": falls("rate_at_76_per_year") * now["fall_frailty_ratio"] * np.exp(log_rate),
        "fracture_probability_per_fall": np.minimum(fracture("probability_per_fall_at_75") * np.exp(log_fracture), 0.5),
        "hospital_rate_per_year": hospital("rate_at_75_per_year") * ill * np.exp(log_stays),
    }


def blood_markers(now):
    def parameter(name):
        return now.parameter(f"blood_markers.{name}")

    weights = now.parameter("body_composition.lean_mass_weight")
    cleared = (110 / np.maximum(now["egfr_ml_per_min"], 5)) ** parameter("clearance_exponent")
    innervated, denervated = now["innervated_fibre_count"], now["denervated_fibre_count"]
    stable = now["nmj_stability"] * innervated / np.maximum(innervated + denervated, 1)
    unstable = mean_of_muscles(weights, 1 - stable, 0)
    count, debris_years = now["motor_unit_count"], parameter("axon_debris_time_years")
    recent = relaxed(np.maximum(now["recent_motor_unit_count"], count), count, now.dt_years / debris_years)
    loss = (recent - count) / (debris_years * np.maximum(now["youth_motor_unit_count"], 1))
    agrin = parameter("caf_base_pmol_per_l") + parameter("caf_shed_pmol_per_l") * unstable
    light_chain = parameter("nfl_youth_pg_per_ml") * np.exp(parameter("nfl_slope_per_year") * (now.age_years - 20))
    light_chain = light_chain + parameter("nfl_shed_pg_per_ml_year") * mean_of_muscles(weights, loss, 0)
    return {
        "recent_motor_unit_count": recent,
        "caf_pmol_per_l": parameter("caf_person_ratio") * agrin * cleared,
        "nfl_pg_per_ml": light_chain * cleared,
    }


def disability(now):
    def parameter(name):
        return now.parameter(f"disability.{name}")

    grip, torque = (np.maximum(now[name], 0.1) for name in ("grip_strength_kg", "knee_extension_torque_Nm"))
    strength = np.sqrt(grip / 30 * torque / 100)
    logit = (
        parameter("logit")
        + parameter("gait_slope_s_per_m") * (1 - now["gait_speed_m_per_s"])
        - parameter("load_strength_slope") * np.log(strength)
        + parameter("age_slope_per_year") * (now.age_years - 75)
        + parameter("frailty_slope") * np.log(_frailty(now))
    )
    return {"disability": exceeds(logistic(logit), parameter("threshold"))}


def intrinsic_capacity(now):
    def parameter(name):
        return now.parameter(f"intrinsic_capacity.{name}")

    missing_points = parameter("locomotion_sppb_score") - now["sppb_score"]
    missing_kg = parameter("vitality_grip_kg") - now["grip_strength_kg"]
    logits = {
        "locomotion": parameter("locomotion_logit_at_cut") + parameter("locomotion_slope_per_point") * missing_points,
        "vitality": parameter("vitality_logit_at_cut") + parameter("vitality_slope_per_kg") * missing_kg,
    }
    for domain in ("cognition", "psychological", "sensory"):
        of_age = parameter(f"{domain}_logit_at_60") + parameter(f"{domain}_slope_per_year") * (now.age_years - 60)
        logits[domain] = of_age + parameter("frailty_slope") * np.log(_frailty(now))
    deficits = sum(exceeds(logistic(logit), parameter(f"{domain}_threshold")) for domain, logit in logits.items())
    return {"intrinsic_capacity_deficits": deficits}


def mortality(now):
    def parameter(name):
        return now.parameter(f"mortality.{name}")

    tall = now["height_cm"] / now.parameter("performance.reference_height_cm")
    youth_grip = now.parameter("performance.youth_grip_strength_kg") * tall ** now.parameter("performance.grip_height_exponent")
    theta = parameter("causal_share")
    weaker = theta * (parameter("reference_grip_kg") - now["grip_strength_kg"])
    born_weaker = (1 - theta) * (parameter("reference_youth_grip_kg") - youth_grip)
    eta = (
        np.log(_frailty(now))
        + parameter("log_hazard_per_kg_grip") * (weaker + born_weaker)
        + parameter("log_hazard_of_disease") * _burden_left(now)
    )
    return {"mortality_log_hazard_ratio": eta}


def sarcopenia(now):
    def cut(name):
        return now.parameter(f"sarcopenia.{name}")

    grip, rises, gait, sppb = (
        now[name] for name in ("grip_strength_kg", "chair_rise_s", "gait_speed_m_per_s", "sppb_score")
    )
    lean, lean_index = now["appendicular_lean_mass_kg"], now["alm_index_kg_per_m2"]
    mass_index = np.maximum(now["body_mass_kg"], 1) / (now["height_cm"] / 100) ** 2

    weak = (grip < cut("ewgsop2_grip_kg")) | (rises > cut("ewgsop2_chair_rise_s"))
    confirmed = weak & (lean_index < cut("ewgsop2_alm_index_kg_per_m2"))
    severe = confirmed & ((gait <= cut("ewgsop2_gait_m_per_s")) | (sppb <= cut("ewgsop2_sppb_score")))
    ewgsop2 = np.select([severe, confirmed, weak], [3, 2, 1], 0)

    weak = grip < cut("awgs2019_grip_kg")
    slow = rises >= cut("awgs2019_chair_rise_s")
    poor = (gait < cut("awgs2019_gait_m_per_s")) | slow | (sppb <= cut("awgs2019_sppb_score"))
    low = lean_index < cut("awgs2019_alm_index_kg_per_m2")
    awgs2019 = np.select([low & weak & poor, low & (weak | poor), weak | slow], [3, 2, 1], 0)
    return {
        "sarcopenia_ewgsop2": ewgsop2,
        "sarcopenia_awgs2019": awgs2019,
        "sarcopenia_fnih": (grip < cut("fnih_grip_kg")) & (lean / mass_index < cut("fnih_alm_over_bmi_m2")),
        "sarcopenia_sdoc": (grip < cut("sdoc_grip_kg")) & (gait < cut("sdoc_gait_m_per_s")),
    }
