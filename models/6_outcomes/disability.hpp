#pragma once
// Disability: need of help in activities of daily living.
//
//   logit P = a + g (1 - gait) - l ln S + s (age - 75) + c ln z     a at 1.0 m/s, S = 1, 75 years and z = 1
//   S = sqrt(grip/30 kg * torque/100 N m)                           strength for loads that weigh the same in all hands
//   disabled while P exceeds the person's threshold (threshold.hpp)
//
//   gait [m/s], torque at the knee, z frailty (ill_health.hpp); grip and torque count as at least 0.1 kg and 0.1 N m
//
// Help is needed where any of three things fails. Moving about takes strength for the body that is moved, which gait
// has from power per mass; lifting and carrying take strength as such, for shopping weighs the same in every hand
// (grip and new limitations: doi:10.1007/BF03327406; gait: doi:10.1093/gerona/glv126); illness takes a part beside
// muscle, as those who need help die sooner, and makes people thin, so that low muscle for height goes with disability
// although thin people carry less (disability ratios: doi:10.1046/j.1532-5415.2002.50216.x). Eyes, joints and mind
// count by age alone. Domain: adults, fitted to old age. Neglected: home and helpers. Values and their sources:
// parameters/outcomes.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Strength for loads that weigh the same for everyone, over 30 kg of grip and 100 N m at the knee; both > 0.
template <class V>
SARX_EQUATION V strength_for_loads(V grip_kg, V torque_Nm) {
    SARX_EXPECTS(everywhere(grip_kg > 0.0F) && everywhere(torque_Nm > 0.0F));
    return sqrt((grip_kg / 30.0F) * (torque_Nm / 100.0F));
}

/// Probability of needing help in activities of daily living. @param load_strength S > 0   @param frailty z > 0
template <class V>
SARX_EQUATION V disability_probability(V gait_m_per_s, V load_strength, V age_years, V frailty, V logit, V gait_slope,
                                       V load_slope, V age_slope, V frailty_slope) {
    SARX_EXPECTS(everywhere(load_strength > 0.0F) && everywhere(frailty > 0.0F));
    return logistic(logit + gait_slope * (1.0F - gait_m_per_s) - load_slope * log(load_strength) +
                    age_slope * (age_years - 75.0F) + frailty_slope * log(frailty));
}

}  // namespace sarx::models
