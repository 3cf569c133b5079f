#pragma once
// Rates of falls, of fractures given a fall, and of hospital stays.
//
//   falls = f76 e^(g (age - 76)) z e^(share (b_gait (1.15 - gait) + b_torque (1.5 - torque per mass)))
//           * e^(-c min(balance training, most))
//   P(fracture | fall) = p75 e^(g (age - 75) + b (reference lean - youth lean)), at most 0.5,  lean: index of youth
//   stays = h75 e^(g (age - 75)) frailty^x e^(share b (reference grip - grip)) (1 + d burden)
//
// z gamma frailty of the person, mean 1; `share` the part of an observed association that is taken as cause
// (a switch: the rest is what weak people have beside weakness). Bone is built with the muscle that loads it, so that
// who was lean of muscle in youth breaks bones more easily; training in old age does not change that here.
// Sources: falls doi:10.1002/14651858.CD012424.pub2; sarcopenia and stays doi:10.3390/jcm11216474.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Rate of falls with balance training over the rate without; hours per week >= 0.
template <class V>
SARX_EQUATION V balance_training_ratio(V hours_per_week, V effect_per_hour, V most_hours) {
    return exp(-effect_per_hour * min(hours_per_week, most_hours));
}

/// Falls a year before training.
template <class V>
SARX_EQUATION V fall_rate(V age_years, V frailty, V gait_m_per_s, V torque_Nm_per_kg, V rate_at_76, V age_slope,
                          V gait_slope, V torque_slope, V causal_share) {
    return rate_at_76 * frailty *
           exp(age_slope * (age_years - 76.0) +
               causal_share * (gait_slope * (1.15 - gait_m_per_s) + torque_slope * (1.5 - torque_Nm_per_kg)));
}

/// Probability that a fall breaks a bone, in [0, 0.5]; `youth_lean_index` is appendicular lean mass of youth over
/// height squared [kg/m2].
/// @source fractures 1.5-fold per standard deviation of bone density (doi:10.1136/bmj.312.7041.1254), density and lean
/// mass correlate by 0.39 (doi:10.1210/jc.2013-3190)
template <class V>
SARX_EQUATION V fracture_probability(V age_years, V youth_lean_index, V probability_at_75, V age_slope,
                                     V reference_lean_index, V lean_slope) {
    return min(probability_at_75 *
                   exp(age_slope * (age_years - 75.0) + lean_slope * (reference_lean_index - youth_lean_index)),
               V(0.5));
}

/// Hospital stays a year; `burden` is chronic disease that management does not hold off, >= 0.
template <class V>
SARX_EQUATION V hospital_rate(V age_years, V frailty, V grip_kg, V burden, V rate_at_75, V age_slope,
                              V frailty_exponent, V reference_grip_kg, V grip_slope_per_kg, V causal_share,
                              V burden_effect) {
    return rate_at_75 * pow(frailty, frailty_exponent) * (1.0 + burden_effect * burden) *
           exp(age_slope * (age_years - 75.0) + causal_share * grip_slope_per_kg * (reference_grip_kg - grip_kg));
}

}  // namespace sarx::models
