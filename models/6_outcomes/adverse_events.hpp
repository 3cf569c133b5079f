#pragma once
// Rates of falls, of fractures given a fall, and of hospital stays.
//
//   falls = f y e^(g (age - 76) + s (b_v (1.15 - gait) + b_t (1.5 - torque))) e^(-c min(training, most))   [1/year]
//           f at 76 years, 1.15 m/s and 1.5 N m/kg of knee torque per body mass (performance.hpp); balance training
//           [h/week]
//   P(fracture | fall) = min(p e^(g (age - 75) + b (index_ref - index)), 0.5)
//           p at 75 years and index_ref; index lean mass of arms and legs in youth over height^2 [kg/m2]
//   stays = h z^x (1 + d burden) e^(g (age - 75) + s b (grip_ref - grip))                                  [1/year]
//           h at 75 years and grip_ref [kg]; z frailty, burden of disease that is left (ill_health.hpp)
//
//   y frailty of the person for falls, gamma, mean 1; s the part of an observed association that is taken as cause (a
//   switch: the rest is what weak people have beside weakness)
//
// Bone is built with the muscle that loads it, so that who was lean of muscle in youth breaks bones more easily;
// training in old age does not change that here. Eyes and drugs count by age alone. Domain: adults, fitted to
// old age. Neglected: a fall that brings the next. Sources: falls doi:10.1002/14651858.CD012424.pub2; sarcopenia and
// stays doi:10.3390/jcm11216474. Values and their sources: parameters/outcomes.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// Rate of falls with balance training over the rate without. @param hours_per_week >= 0
template <class V>
SARX_EQUATION V balance_training_ratio(V hours_per_week, V effect_per_hour, V most_hours) {
    return exp(-effect_per_hour * min(hours_per_week, most_hours));
}

/// Falls a year before training. @param frailty y >= 0   @param causal_share [0, 1]
template <class V>
SARX_EQUATION V fall_rate(V age_years, V frailty, V gait_m_per_s, V torque_Nm_per_kg, V rate_at_76, V age_slope,
                          V gait_slope, V torque_slope, V causal_share) {
    return rate_at_76 * frailty *
           exp(age_slope * (age_years - 76.0F) +
               causal_share * (gait_slope * (1.15 - gait_m_per_s) + torque_slope * (1.5F - torque_Nm_per_kg)));
}

/// Probability that a fall breaks a bone [0, 0.5].
/// @param youth_lean_index appendicular lean mass of youth over height squared [kg/m2]
/// @source fractures 1.5-fold per standard deviation of bone density (doi:10.1136/bmj.312.7041.1254), density and lean
/// mass correlate by 0.39 (doi:10.1210/jc.2013-3190)
template <class V>
SARX_EQUATION V fracture_probability(V age_years, V youth_lean_index, V probability_at_75, V age_slope,
                                     V reference_lean_index, V lean_slope) {
    return min(probability_at_75 *
                   exp(age_slope * (age_years - 75.0F) + lean_slope * (reference_lean_index - youth_lean_index)),
               V(0.5F));
}

/// Hospital stays a year. @param frailty z > 0   @param burden of disease that management does not hold off >= 0
template <class V>
SARX_EQUATION V hospital_rate(V age_years, V frailty, V grip_kg, V burden, V rate_at_75, V age_slope,
                              V frailty_exponent, V reference_grip_kg, V grip_slope_per_kg, V causal_share,
                              V burden_effect) {
    SARX_EXPECTS(everywhere(frailty > 0.0F));
    return rate_at_75 * pow(frailty, frailty_exponent) * (1.0F + burden_effect * burden) *
           exp(age_slope * (age_years - 75.0F) + causal_share * grip_slope_per_kg * (reference_grip_kg - grip_kg));
}

}  // namespace sarx::models
