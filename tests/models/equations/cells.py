"""Level 1, cells, as another hand reads the headers."""

import numpy as np

from shared import above_zero, relaxed


def er_mitochondria_contacts(now):
    def parameter(name):
        return now.parameter(f"er_mitochondria_contacts.{name}")

    contacts, notch, unloading = now["er_mitochondria_contact"], now["notch_activity"], now["body_unloading_fraction"]
    aged = np.exp(-parameter("decline_per_year") * above_zero(now.age_years - 20))
    contacts_held = 1 - parameter("unloading_loss") * unloading
    contacts_target = aged * contacts_held / (1 + parameter("notch_gain") * above_zero(notch - 1))
    raised = (
        1
        + parameter("notch_by_unloading") * unloading
        + parameter("notch_by_contact_loss") * above_zero(1 - contacts)
        + parameter("notch_by_inflammation") * now["inflammation"]
    )
    not_blocked = 1 - parameter("notch_inhibitor_efficacy") * now["notch_inhibition_fraction"]
    return {
        "er_mitochondria_contact": relaxed(contacts, contacts_target, parameter("contact_rate_per_year") * now.dt_years),
        "notch_activity": relaxed(notch, raised * not_blocked, parameter("notch_rate_per_year") * now.dt_years),
    }


def mitochondria(now):
    a = now["metabolic_activity_ratio"]
    q = now.parameter("mitochondria.sedentary_capacity")
    aged = np.exp(-now.parameter("mitochondria.decline_per_year") * above_zero(now.age_years - 30))
    contacts = np.maximum(now["er_mitochondria_contact"], 0.01) ** now.parameter("mitochondria.contact_exponent")
    run = now.parameter("mitochondria.adaptation_rate_per_year") * now.dt_years
    return {"mitochondrial_capacity": relaxed(now["mitochondrial_capacity"], (q + (1 - q) * a) * aged * contacts, run)}


def mitochondria_age_only(now):
    target = np.exp(-now.parameter("mitochondria.age_only_decline_per_year") * (now.age_years - 20))
    run = now.parameter("mitochondria.adaptation_rate_per_year") * now.dt_years
    return {"mitochondrial_capacity": relaxed(now["mitochondrial_capacity"], target, run)}


def protein_quality(now):
    def parameter(name):
        return now.parameter(f"protein_quality.{name}")

    capacity = now["mitochondrial_capacity"]
    growth = np.exp(parameter("production_growth_per_year") * above_zero(now.age_years - 20))
    made = parameter("production_per_year") * above_zero((2 - capacity) * growth - 1)
    resting = parameter("resting_clearance_share")
    activity = (resting + (1 - resting) * now["metabolic_activity_ratio"]) * now["recovery_ratio"]
    cleared = parameter("clearance_per_year") * np.maximum(activity, 0.05)
    damage = relaxed(now["protein_damage"], made / cleared, cleared * now.dt_years)
    lost = parameter("calcium_loss_by_damage") * damage + parameter("calcium_loss_by_capacity") * above_zero(1 - capacity)
    return {"protein_damage": damage, "calcium_handling": np.maximum(1 - lost, 0.1)}
