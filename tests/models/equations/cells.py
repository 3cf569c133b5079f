"""Level 1, cells, as another hand reads the headers."""

import numpy as np


def mitochondria(now):
    a = now["metabolic_activity_ratio"]
    q = now.parameter("mitochondria.sedentary_capacity")
    aged = np.exp(-now.parameter("mitochondria.decline_per_year") * np.maximum(now.age_years - 30, 0))
    contacts = np.maximum(now["er_mitochondria_contact"], 0.01) ** now.parameter("mitochondria.contact_exponent")
    target = (q + (1 - q) * a) * aged * contacts
    gone = 1 - np.exp(-now.parameter("mitochondria.adaptation_rate_per_year") * now.dt_years)
    before = now["mitochondrial_capacity"]
    return {"mitochondrial_capacity": before + (target - before) * gone}
