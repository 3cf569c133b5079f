#pragma once
// What muscle does for metabolism: insulin sensitivity and resting energy expenditure.
//
//   dI/dt = (I_inf - I)/tau                    I  insulin sensitivity over that of a youth of usual fat [1], tau days
//   I_inf = q^e E^m max(1 - a (1 - min(A, 1.5)), 0.1)
//   q = (L/mass)/(L_usual/mass_usual)          lean share of body mass, over that of a youth of the same frame and the
//                                              usual fat, so that the fat of youth counts too;
//                                              mass_usual = F_usual + L_usual/s
//   resting metabolism = b + c (mass - fat)    [kcal/day] (doi:10.1093/ajcn/33.11.2372)
//
//   L lean mass of arms and legs, s their share in all lean mass of youth, F_usual fat [kg]; E mitochondrial capacity
//   and A metabolic activity [1 = active youth]; q and E count as at least 0.01, mass as at least 1 kg
//
// Exact over a span. Domain: adults from 20. Neglected: where fat lies, the liver, meals. Insulin:
// doi:10.1210/jc.2011-0435. Values and their sources: parameters/function.yaml (performance).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Lean share of body mass over that of a youth of usual fat [1]. @param lean_mass_kg of arms and legs
/// @param body_mass_kg, usual_lean_mass_kg, usual_mass_kg > 0
template <class V>
SARX_EQUATION V lean_share_over_usual(V lean_mass_kg, V body_mass_kg, V usual_lean_mass_kg, V usual_mass_kg) {
    SARX_EXPECTS(everywhere(body_mass_kg > 0.0F) && everywhere(usual_lean_mass_kg > 0.0F) &&
                 everywhere(usual_mass_kg > 0.0F));
    return (lean_mass_kg / body_mass_kg) / (usual_lean_mass_kg / usual_mass_kg);
}

/// Where insulin sensitivity tends to, over that of a youth of usual fat [1].
/// @param lean_share_ratio q >= 0   @param mitochondria, activity >= 0, 1 = active youth
template <class V>
SARX_EQUATION V insulin_sensitivity_target(V lean_share_ratio, V mitochondria, V activity, V lean_exponent,
                                           V mitochondria_exponent, V activity_share) {
    V const least = 0.01;
    V const active = max(1.0F - activity_share * (1.0F - min(activity, V(1.5F))), V(0.1));
    return pow(max(lean_share_ratio, least), lean_exponent) * pow(max(mitochondria, least), mitochondria_exponent) *
           active;
}

/// Resting energy expenditure [kcal/day] from lean body mass [kg].
template <class V>
SARX_EQUATION V resting_metabolism(V lean_body_mass_kg, V fixed_kcal_per_day, V kcal_per_kg_day) {
    return fixed_kcal_per_day + kcal_per_kg_day * lean_body_mass_kg;
}

}  // namespace sarx::models
