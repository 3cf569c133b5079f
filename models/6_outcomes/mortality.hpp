#pragma once
// A person's hazard of death against the average of their age and sex.
//
//   eta = ln z + b (theta (g_ref - grip) + (1 - theta) (y_ref - youth grip)) + d burden
//   death rate = mu(sex, age) e^(eta - A)      A, by the engine, takes the average of e^eta away: the life table stays
//
//   z gamma frailty, mean 1 at 20, and burden of disease (ill_health.hpp), d its log hazard; b log hazard per kg of
//   weaker grip (with z, 1.16 per 5 kg, doi:10.1016/S0140-6736(14)62000-6), g_ref and y_ref reference grips [kg]; theta
//   the share of that association that is cause: it follows the grip a person has, the rest follows the grip they were
//   born to (youth grip by height, before it ripens: performance.hpp), which nothing changes
//
// Walking speed is left out: it would count the same muscle twice. Domain: adults from 20. Neglected: causes of death,
// falls and stays that kill. Values and their sources: parameters/outcomes.yaml, life_table.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// eta. @param frailty z > 0   @param burden of chronic disease that management does not hold off >= 0
/// @param causal_share theta in [0, 1]
template <class V>
SARX_EQUATION V mortality_log_hazard_ratio(V frailty, V grip_kg, V youth_grip_kg, V burden, V reference_grip_kg,
                                           V reference_youth_grip_kg, V log_hazard_per_kg, V causal_share,
                                           V log_hazard_of_disease) {
    SARX_EXPECTS(everywhere(frailty > 0.0F));
    V const now = causal_share * (reference_grip_kg - grip_kg);
    V const inborn = (1.0F - causal_share) * (reference_youth_grip_kg - youth_grip_kg);
    return log(frailty) + log_hazard_per_kg * (now + inborn) + log_hazard_of_disease * burden;
}

}  // namespace sarx::models
