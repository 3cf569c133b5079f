#pragma once
// A person's hazard of death against the average of their age and sex.
//
//   eta = ln z + b (theta (g_ref - grip) + (1 - theta) (y_ref - youth grip)) + ln(HR_disease) burden
//
// z gamma frailty, mean 1 at 20; b log hazard per kg of weaker grip (with z, 1.16 per 5 kg, doi:10.1016/S0140-6736(14)62000-6);
// theta the share of that association that is cause: it follows the grip a person has, the rest follows the grip
// they were born to, which nothing changes. Walking speed is left out: it would count the same muscle twice.
// The engine takes the average of e^eta away (death rate = mu(sex, age) e^(eta - A)), so the life table stays.
//
// Survival to entry: frailty z ~ Gamma(mean 1, shape k) given survival of a hazard z H0 is Gamma with mean
// k / (k + H0); with the population's cumulative hazard H = k ln(1 + H0 / k) that is e^(-H / k)
// (Vaupel, Manton, Stallard 1979, doi:10.2307/2061224).

#include "models/relaxation.hpp"

namespace sarx::models {

/// eta; `frailty` > 0, grips in kg, `burden` >= 0 of chronic disease that management does not hold off.
template <class V>
SARX_EQUATION V mortality_log_hazard_ratio(V frailty, V grip_kg, V youth_grip_kg, V burden, V reference_grip_kg,
                                           V reference_youth_grip_kg, V log_hazard_per_kg, V causal_share,
                                           V log_hazard_of_disease) {
    V const now = causal_share * (reference_grip_kg - grip_kg);
    V const inborn = (1.0 - causal_share) * (reference_youth_grip_kg - youth_grip_kg);
    return log(frailty) + log_hazard_per_kg * (now + inborn) + log_hazard_of_disease * burden;
}

/// Mean frailty of survivors over that at 20, from the population's cumulative hazard >= 0 and the shape > 0.
[[nodiscard]] inline double survivors_frailty_ratio(double population_cumulative_hazard, double shape) noexcept {
    return exp(-population_cumulative_hazard / shape);
}

}  // namespace sarx::models
