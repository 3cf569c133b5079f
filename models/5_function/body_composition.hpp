#pragma once
// Body composition from the muscles and from age.
//
//   L    = (L_youth (f + (1 - f) R) + a (F - F_youth))+     lean mass of arms and legs as DXA sees it [kg]
//   F    = max(F_youth + F_usual (G - 1), 0.5) E            fat mass [kg]
//   G    = e^(g (min(age, A) - 20)+ - l (age - B)+)         fat of the usual person over that at 20 [1]
//   dE/dt = k (energy balance - 1) E                        fat over what youth and age would give, 0.15 to 6 [1]
//   mass = F + L + L_youth (1/s - 1)                        [kg]; head and trunk keep their lean mass of youth
//   L_youth = L_usual + b s ln(F_youth/F_usual)             a fatter youth has more lean mass (Forbes) [kg]
//   index = L/height^2, mass/height^2                       [kg/m2]
//
//   R mean cross-section of muscles over youth, by the weights of lean mass, 1 where no muscle has one; A, B ages
//   [years] at which the gain of fat ends and its loss begins; s share of arms and legs in all lean mass; F is of E at
//   the end of the span. L_youth is a trait (people/young.hpp)
//
// DXA sees water, fascia and connective tissue as lean: f is what does not follow the muscles. Without it strength
// would fall only 1.2 times as fast as mass (published: 2 to 5 times, doi:10.1093/gerona/61.10.1059). The lean and the
// fat of youth gain alike, in kg. Forbes's curve: doi:10.1017/S0007114507691946. Exact over a span. Domain: adults from
// 20. Neglected: where fat lies, loss of height, organs that shrink with age. Values and their sources:
// parameters/function.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// Lean mass of the muscles as DXA sees it [kg]. @param muscle_ratio R >= 0   @param passive_share f in [0, 1]
template <class V>
SARX_EQUATION V lean_mass_seen_kg(V youth_lean_mass_kg, V muscle_ratio, V passive_share) {
    return youth_lean_mass_kg * (passive_share + (1.0F - passive_share) * muscle_ratio);
}

/// Lean mass that comes with fat [kg]: adipose tissue is a seventh water and protein, which a scan counts as lean.
/// Positive above the fat of youth, negative below it.
/// @param lean_per_kg_fat a, in arms and legs, for each kg of fat of the whole body
template <class V>
SARX_EQUATION V lean_mass_of_fat_kg(V fat_mass_kg, V youth_fat_mass_kg, V lean_per_kg_fat) {
    return lean_per_kg_fat * (fat_mass_kg - youth_fat_mass_kg);
}

/// Lean mass of arms and legs [kg], of their muscles and their fat together.
template <class V>
SARX_EQUATION V appendicular_lean_mass_kg(V of_muscles_kg, V of_fat_kg) {
    return max(of_muscles_kg + of_fat_kg, V(0.0F));
}

/// Lean mass of youth [kg] that comes with a fatter or leaner youth, in arms and legs. Negative below the usual fat.
/// @param fat_mass_kg, usual_fat_mass_kg > 0   @param lean_per_log_fat_kg b of the whole body
/// @param appendicular_share s of lean mass
template <class V>
SARX_EQUATION V lean_mass_of_fatness_kg(V fat_mass_kg, V usual_fat_mass_kg, V lean_per_log_fat_kg,
                                        V appendicular_share) {
    SARX_EXPECTS(everywhere(fat_mass_kg > 0.0F) && everywhere(usual_fat_mass_kg > 0.0F));
    return lean_per_log_fat_kg * appendicular_share * log(fat_mass_kg / usual_fat_mass_kg);
}

/// Fat mass [kg] of this age: that of youth and what age has added since, the same for the lean and the fat, so that
/// body mass spreads less in old age than in youth, relative to itself, as in cross-sections. At least half a kilogram.
/// @param age_ratio G, fat of the usual person over that at 20
template <class V>
SARX_EQUATION V fat_of_age_kg(V youth_fat_mass_kg, V usual_fat_mass_kg, V age_ratio) {
    return max(youth_fat_mass_kg + usual_fat_mass_kg * (age_ratio - 1.0F), V(0.5F));
}

/// Fat mass of the usual person of this age over that at 20.
template <class V>
SARX_EQUATION V fat_of_age_ratio(V age_years, V gain_per_year, V gain_until_years, V loss_per_year, V loss_from_years) {
    V const gained = max(min(age_years, gain_until_years) - 20.0F, V(0.0F));
    V const spent = max(age_years - loss_from_years, V(0.0F));
    return exp(gain_per_year * gained - loss_per_year * spent);
}

/// Fat over what youth and age would give, after dt at an energy balance (intake over need), which moves it no further
/// than to 0.15 and 6; who is beyond, by a mass that was measured, stays there.
template <class V>
SARX_EQUATION V fat_after(V fat_ratio, V energy_balance, V change_per_year, V dt_years) {
    V const next = fat_ratio * exp(change_per_year * (energy_balance - 1.0F) * dt_years);
    return min(max(next, min(fat_ratio, V(0.15))), max(fat_ratio, V(6.0F)));
}

/// Lean mass of head and trunk [kg] from that of arms and legs in youth. @param appendicular_share s > 0
template <class V>
SARX_EQUATION V axial_lean_mass_kg(V youth_lean_mass_kg, V appendicular_share) {
    SARX_EXPECTS(everywhere(appendicular_share > 0.0F));
    return youth_lean_mass_kg * (1.0F / appendicular_share - 1.0F);
}

/// Body mass [kg].
template <class V>
SARX_EQUATION V total_mass_kg(V fat_mass_kg, V appendicular_lean_kg, V axial_lean_kg) {
    return fat_mass_kg + appendicular_lean_kg + axial_lean_kg;
}

/// A mass over height squared [kg/m2]: body mass index, or the index of a lean mass. @param height_cm > 0
template <class V>
SARX_EQUATION V mass_index_kg_per_m2(V mass_kg, V height_cm) {
    SARX_EXPECTS(everywhere(height_cm > 0.0F));
    V const height_m = height_cm * 0.01;
    return mass_kg / (height_m * height_m);
}

}  // namespace sarx::models
