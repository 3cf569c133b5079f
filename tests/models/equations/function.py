"""Level 5, function, as another hand reads the headers."""

import numpy as np

from shared import above_zero, mean_of_muscles, ratio, relaxed


def muscle_function(now):
    def parameter(name):
        return now.parameter(f"muscle_function.{name}")

    def approach(column, target, years_up, years_down):
        x = now[column]
        return relaxed(x, target, now.dt_years / np.where(target > x, years_up, years_down))

    r_area = now.parameter("people.youth_fibre_area_type2_um2") / now.parameter("people.youth_fibre_area_type1_um2")
    r_force, r_velocity = (parameter(f"type2_over_type1_{of}_ratio") for of in ("specific_force", "velocity"))

    type1, type2 = now["innervated_area_type1_fibres"], now["innervated_area_type2_fibres"]
    area = type1 + type2 * r_area
    force = type1 + type2 * r_area * r_force
    type2_area_share = ratio(type2 * r_area, area, 0)
    without_nerve = now["denervated_fibre_count"] * now["denervated_area_ratio"]
    area_without_nerve = without_nerve * (1 + (r_area - 1) * now["denervated_type2_share"])

    units = zip(now["unit_youth_fibres"], now["unit_type2_share"])
    p_then = np.array([(fibres * p).sum(axis=0) / fibres.sum(axis=0) for fibres, p in units])
    area_then = now["youth_fibre_count"] * (1 + (r_area - 1) * p_then)
    force_then = now["youth_fibre_count"] * (1 - p_then + p_then * r_area * r_force)
    then = area_then, force_then, now["youth_fibre_count"] * p_then * r_area / area_then
    kept = (now[name] for name in ("youth_contractile_area", "youth_contractile_force", "youth_type2_area_share"))
    unknown = now["youth_contractile_area"] == 0
    youth_area, youth_force, youth_share = (np.where(unknown, *both) for both in zip(then, kept))
    c = parameter("youth_noncontractile_fraction")
    filled = parameter("replaced_fibre_fraction") * now["lost_fibre_count"] / now["youth_fibre_count"]
    section = (1 - c) * ((area + area_without_nerve) / youth_area + filled) + c

    youth_activation = parameter("youth_voluntary_activation_fraction")
    ageing = parameter("activation_decline_per_year") * above_zero(now.age_years - parameter("activation_decline_from_years"))
    disuse = parameter("activation_loss_in_unloading_fraction") * now["unloading_fraction"]
    activation = approach(
        "voluntary_activation_fraction",
        youth_activation * above_zero(1 - ageing) * (1 - disuse),
        parameter("activation_recovery_time_years"),
        parameter("activation_loss_time_years"),
    )
    practice_years = parameter("skill_gain_time_years"), parameter("skill_loss_time_years")
    skill = approach("trained_skill", parameter("skill_gain_fraction") * now["task_practice_fraction"], *practice_years)
    fast = parameter("trained_speed_gain_fraction") * now["fast_practice_fraction"]
    trained_speed = approach("trained_speed", fast, *practice_years)

    oestrogen = 1 - parameter("oestrogen_force_fraction") * above_zero(1 - now["oestrogen_ratio"])
    reached = (1 - now["nmj_blocking_fraction"]) * now["calcium_handling"] * activation / youth_activation
    force_ratio = force / youth_force * reached * oestrogen
    speed = (1 + (r_velocity - 1) * type2_area_share) / (1 + (r_velocity - 1) * youth_share)
    slowing = np.exp(-parameter("speed_decline_per_year") * above_zero(now.age_years - 20))
    return {
        "youth_contractile_area": youth_area,
        "youth_contractile_force": youth_force,
        "youth_type2_area_share": youth_share,
        "voluntary_activation_fraction": activation,
        "trained_skill": skill,
        "trained_speed": trained_speed,
        "muscle_area_ratio": section,
        "muscle_area_cm2": parameter("youth_muscle_area_cm2") * section,
        "muscle_force_ratio": force_ratio,
        "muscle_speed_ratio": speed * now["calcium_handling"] * (1 + trained_speed) * slowing,
        "specific_force_N_per_cm2": parameter("youth_specific_force_N_per_cm2") * force_ratio / np.maximum(section, 1e-6),
        "one_repetition_maximum_ratio": force_ratio * (1 + skill),
    }


def body_composition(now):
    def parameter(name):
        return now.parameter(f"body_composition.{name}")

    age, youth_lean, height_m = now.age_years, now["youth_lean_mass_kg"], now["height_cm"] / 100
    youth_fat, usual_fat = parameter("youth_fat_mass_kg"), parameter("usual_youth_fat_mass_kg")
    gained = parameter("fat_gain_per_year") * above_zero(np.minimum(age, parameter("fat_gain_until_years")) - 20)
    spent = parameter("fat_loss_per_year") * above_zero(age - parameter("fat_loss_from_years"))
    before = now["fat_ratio"]
    fat_ratio = before * np.exp(
        parameter("fat_change_by_energy_per_year") * (now["energy_balance_ratio"] - 1) * now.dt_years
    )
    fat_ratio = np.clip(fat_ratio, np.minimum(before, 0.15), np.maximum(before, 6))
    fat = np.maximum(youth_fat + usual_fat * (np.exp(gained - spent) - 1), 0.5) * fat_ratio
    passive = parameter("passive_lean_fraction")
    muscles = mean_of_muscles(parameter("lean_mass_weight"), now["muscle_area_ratio"], 1)
    of_muscles = youth_lean * (passive + (1 - passive) * muscles)
    lean = above_zero(of_muscles + parameter("lean_per_kg_fat") * (fat - youth_fat))
    return {
        "appendicular_lean_mass_kg": lean,
        "alm_index_kg_per_m2": lean / height_m**2,
        "fat_ratio": fat_ratio,
        "fat_mass_kg": fat,
        "body_mass_kg": fat + lean + youth_lean * (1 / parameter("appendicular_lean_fraction") - 1),
    }


def body_water(now):
    gh_of_age = np.exp(-now.parameter("hormones.gh_igf1_decline_per_year") * above_zero(now.age_years - 20))
    retained = now.parameter("body_water.retained_kg_per_gh_igf1_ratio") * (now["gh_igf1_ratio"] - gh_of_age)
    drained = -now.parameter("body_water.drained_fraction") * now["body_unloading_fraction"] * now["appendicular_lean_mass_kg"]
    limbs = drained + now.parameter("body_composition.appendicular_lean_fraction") * retained
    run = now.dt_years / now.parameter("body_water.time_years")
    return {
        "limb_water_kg": relaxed(now["limb_water_kg"], limbs, run),
        "body_water_kg": relaxed(now["body_water_kg"], drained + retained, run),
    }


def metabolism(now):
    def parameter(name):
        return now.parameter(f"performance.{name}")

    mass, usual_lean = np.maximum(now["body_mass_kg"], 1), now["usual_youth_lean_mass_kg"]
    usual_mass = now.parameter("body_composition.usual_youth_fat_mass_kg") + usual_lean / now.parameter(
        "body_composition.appendicular_lean_fraction"
    )
    q = np.maximum(now["appendicular_lean_mass_kg"] / mass / (usual_lean / usual_mass), 0.01)
    capacity = np.maximum(now["mitochondrial_capacity"], 0.01)
    inactive = 1 - np.minimum(now["metabolic_activity_ratio"], 1.5)
    target = (
        q ** parameter("insulin_lean_exponent")
        * capacity ** parameter("insulin_mitochondria_exponent")
        * np.maximum(1 - parameter("insulin_activity_fraction") * inactive, 0.1)
    )
    return {
        "insulin_sensitivity": relaxed(
            now["insulin_sensitivity"], target, now.dt_years / parameter("insulin_time_years")
        ),
        "resting_metabolism_kcal_per_day": parameter("resting_metabolism_fixed_kcal_per_day")
        + parameter("resting_metabolism_kcal_per_kg_day") * (mass - now["fat_mass_kg"]),
    }


def performance(now):
    def parameter(name):
        return now.parameter(f"performance.{name}")

    def of_task(column, task, without=1):
        return mean_of_muscles(parameter(f"{task}_weight"), now[column], without)

    ripe = parameter("ripe_age_years")
    left = np.clip((ripe - now.age_years) / (ripe - 20), 0, 1)
    grip_ripened, leg_ripened = (1 + parameter(f"{part}_ripening_fraction") * (1 - left**2) for part in ("grip", "leg"))

    def leg_strength(per_kg_lean, task):
        shown_skill = 1 + parameter("isometric_skill_fraction") * of_task("trained_skill", task, without=0)
        return per_kg_lean * now["youth_lean_mass_kg"] * leg_ripened * of_task("muscle_force_ratio", task) * shown_skill

    tall = (now["height_cm"] / parameter("reference_height_cm")) ** parameter("grip_height_exponent")
    grip = parameter("youth_grip_strength_kg") * tall * grip_ripened * of_task("muscle_force_ratio", "grip")
    knee = leg_strength(parameter("youth_knee_torque_Nm_per_kg_lean"), "knee_extension")
    ankle = leg_strength(parameter("youth_dorsiflexion_torque_Nm_per_kg_lean"), "dorsiflexion")
    power = leg_strength(parameter("youth_leg_power_W_per_kg_lean"), "knee_extension")
    power = power * of_task("muscle_speed_ratio", "knee_extension")

    mass = np.maximum(now["body_mass_kg"], 1)
    x = np.maximum(power / mass, 0.01)
    half_speed = (parameter("gait_half_speed_power_W_per_kg") / x) ** parameter("gait_steepness")
    gait = parameter("fastest_usual_gait_m_per_s") / (1 + half_speed)
    rises = np.minimum(parameter("chair_rise_fixed_s") + parameter("chair_rise_work_J_per_kg") / x, 60)
    rises = np.where(knee / mass < parameter("chair_rise_torque_Nm_per_kg"), 60, rises)

    walk_s = 4 / gait
    walk_points = (walk_s < 4.82) + sum((walk_s <= limit).astype(float) for limit in (6.20, 8.70, 60))
    rise_points = sum((rises < limit).astype(float) for limit in (11.20, 13.70, 16.70, 60))
    steady = x / parameter("tandem_stand_power_W_per_kg")
    stand_points = sum((steady >= 1 - steps * parameter("stand_step_fraction")).astype(float) for steps in range(4))
    return {
        "grip_strength_kg": grip,
        "knee_extension_torque_Nm": knee,
        "dorsiflexion_torque_Nm": ankle,
        "leg_power_W": power,
        "gait_speed_m_per_s": gait,
        "chair_rise_s": rises,
        "sppb_score": walk_points + rise_points + stand_points,
    }
