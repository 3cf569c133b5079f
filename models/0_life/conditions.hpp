#pragma once
// What builds up in a body beside its muscles: low-grade inflammation with age, kidneys that clear less, and chronic
// disease, likelier in the inactive and the insulin resistant.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Inflammation of healthy ageing [0 = healthy youth], rising from 40.
template <class V>
SARX_EQUATION V inflammation_of_age(V rise_per_year, V age_years) {
    return rise_per_year * max(age_years - 40.0F, V(0.0F));
}

/// Estimated glomerular filtration rate [ml/min], falling from 40, at least 5.
template <class V>
SARX_EQUATION V egfr_ml_per_min(V youth_ml_per_min, V decline_ml_per_min_per_year, V age_years) {
    return max(youth_ml_per_min - decline_ml_per_min_per_year * max(age_years - 40.0F, V(0.0F)), V(5.0F));
}

/// Onset hazard of chronic disease [1/year].
/// @param rate_at_60_per_year in active people   @param insulin_sensitivity [0, 3], 1 = youth, of the last step
template <class V>
SARX_EQUATION V chronic_disease_rate_per_year(V rate_at_60_per_year, V growth_per_year, V age_years,
                                              V inactivity_effect, V metabolic, V insulin_effect,
                                              V insulin_sensitivity) {
    return rate_at_60_per_year * exp(growth_per_year * (age_years - 60.0F) + inactivity_effect * (1.0F - metabolic) +
                                     insulin_effect * (1.0F - insulin_sensitivity));
}

}  // namespace sarx::models
