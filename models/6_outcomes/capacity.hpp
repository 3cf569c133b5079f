#pragma once
// Intrinsic capacity (five domains, WHO) and disability.
//
//   logit P(deficit) = at 60 + slope (age - 60) + c ln(frailty)      cognition, psychological, sensory
//   logit P(deficit) = at the cut + slope (cut - what is measured)   locomotion by SPPB, vitality by grip
//   logit P(disability) = a + g (1.0 - gait) - l ln S + s (age - 75) + c ln(frailty),  S = sqrt(grip/30 kg torque/100 N m)
//
// A person has the deficit while P exceeds the threshold drawn once for them (uniform, a trait): the share of
// people with it is P, the same person has it sooner or later, and better function postpones or ends it.
// Locomotion and vitality come from the cascade, but not from it alone: joints, pain and appetite have a say, so
// weak people have the deficit more often, not always. The other three come from age and frailty: no training cures
// deafness. Prevalence: doi:10.1016/j.archger.2025.106031.
//
// Help is needed where any of three things fails. Moving about takes strength for the body that is moved, which gait
// has from power per mass; lifting and carrying take strength as such, for shopping weighs the same in every hand
// (grip and new limitations: doi:10.1007/BF03327406; gait: doi:10.1093/gerona/glv126); illness takes a part beside
// muscle, as those who need help die sooner, and makes people thin, so that low muscle for height goes with disability
// although thin people carry less (disability ratios: doi:10.1046/j.1532-5415.2002.50216.x).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Probability of a deficit in a domain that muscle does not decide; `frailty` > 0, mean 1 at 20.
template <class V>
SARX_EQUATION V domain_deficit_probability(V age_years, V frailty, V logit_at_60, V slope_per_year, V frailty_slope) {
    return logistic(logit_at_60 + slope_per_year * (age_years - 60.0) + frailty_slope * log(frailty));
}

/// Probability of a deficit in a domain that muscle has a part in; `short_by` is what is missing to the cut-off, in
/// points or kg, negative above it.
template <class V>
SARX_EQUATION V muscle_deficit_probability(V short_by, V logit_at_cut, V slope) {
    return logistic(logit_at_cut + slope * short_by);
}

/// Strength for loads that weigh the same for everyone, over 30 kg of grip and 100 N m at the knee; both > 0.
template <class V>
SARX_EQUATION V strength_for_loads(V grip_kg, V torque_Nm) {
    return sqrt((grip_kg / 30.0) * (torque_Nm / 100.0));
}

/// Probability of needing help in activities of daily living; `load_strength` and `frailty` > 0.
template <class V>
SARX_EQUATION V disability_probability(V gait_m_per_s, V load_strength, V age_years, V frailty, V logit, V gait_slope,
                                       V load_slope, V age_slope, V frailty_slope) {
    return logistic(logit + gait_slope * (1.0 - gait_m_per_s) - load_slope * log(load_strength) +
                    age_slope * (age_years - 75.0) + frailty_slope * log(frailty));
}

/// 1 where a probability exceeds a person's threshold, else 0.
template <class V>
SARX_EQUATION V exceeds(V probability, V threshold) {
    return select(probability > threshold, V(1.0), V(0.0));
}

}  // namespace sarx::models
