#pragma once
// Intrinsic capacity: deficits in the five domains of WHO.
//
//   logit P = a + b (age - 60) + c ln z      cognition, psychological, sensory: a at 60 years; z: ill_health.hpp
//   logit P = a + b (cut - x)                locomotion, x by SPPB; vitality, x by grip [kg]: a at the cut-off
//   deficits = how many P exceed the person's threshold of their domain (threshold.hpp), 0 to 5
//
// Locomotion and vitality come from the cascade, but not from it alone: joints, pain and appetite have a say, so
// weak people have the deficit more often, not always. The other three come from age and frailty: no training cures
// deafness. Prevalence: doi:10.1016/j.archger.2025.106031. Domain: adults from 20. Neglected: a deficit that brings the
// next. Values and their sources: parameters/outcomes.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Probability of a deficit in a domain that muscle does not decide. @param frailty z > 0, mean 1 at 20
template <class V>
SARX_EQUATION V domain_deficit_probability(V age_years, V frailty, V logit_at_60, V slope_per_year, V frailty_slope) {
    SARX_EXPECTS(everywhere(frailty > 0.0F));
    return logistic(logit_at_60 + slope_per_year * (age_years - 60.0F) + frailty_slope * log(frailty));
}

/// Probability of a deficit in a domain that muscle has a part in.
/// @param short_by what is missing to the cut-off, in points or kg, negative above it
template <class V>
SARX_EQUATION V muscle_deficit_probability(V short_by, V logit_at_cut, V slope) {
    return logistic(logit_at_cut + slope * short_by);
}

}  // namespace sarx::models
