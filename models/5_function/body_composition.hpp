#pragma once
// Body composition from the muscles and from age.
//
//   appendicular lean mass = youth (f + (1 - f) R) + a (fat - youth fat),   R mean cross-section of muscles over youth
//   fat mass = (youth fat + usual youth fat (e^(g (min(age, A) - 20) - l (age - B)+) - 1)) * F,   A, B ages of gain and loss
//   d ln F / dt = k (energy balance - 1): the lean and the fat of youth gain alike, in kg
//   body mass = fat + appendicular lean + rest of the lean body, which keeps its youth value
//   lean body of youth = usual + b ln(fat / usual fat)   (Forbes; doi:10.1017/S0007114507691946)
//
// DXA sees water, fascia and connective tissue as lean: f is what does not follow the muscles. Without it strength would
// fall only 1.2 times as fast as mass (published: 2 to 5 times, doi:10.1093/gerona/61.10.1059).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Lean mass as DXA sees it [kg]; `muscle_ratio` >= 0 of cross-sections, `passive_share` in [0, 1].
template <class V>
SARX_EQUATION V lean_mass_seen_kg(V youth_lean_mass_kg, V muscle_ratio, V passive_share) {
    return youth_lean_mass_kg * (passive_share + (1.0 - passive_share) * muscle_ratio);
}

/// Lean mass that comes with fat [kg]: adipose tissue is a seventh water and protein, which a scan counts as lean.
/// Positive above the fat of youth, negative below it.
/// @param lean_per_kg_fat in arms and legs, for each kg of fat of the whole body
template <class V>
SARX_EQUATION V lean_mass_of_fat_kg(V fat_mass_kg, V youth_fat_mass_kg, V lean_per_kg_fat) {
    return lean_per_kg_fat * (fat_mass_kg - youth_fat_mass_kg);
}

/// Lean mass of youth [kg] that comes with a fatter or leaner youth: b ln(fat / usual fat), in arms and legs.
/// Negative below the usual fat. @param lean_per_log_fat_kg b of the whole body  @param appendicular_share of lean mass
template <class V>
SARX_EQUATION V lean_mass_of_fatness_kg(V fat_mass_kg, V usual_fat_mass_kg, V lean_per_log_fat_kg,
                                        V appendicular_share) {
    return lean_per_log_fat_kg * appendicular_share * log(fat_mass_kg / usual_fat_mass_kg);
}

/// Fat mass [kg] of this age: that of youth and what age has added since, the same for the lean and the fat, so that
/// body mass spreads less in old age than in youth, relative to itself, as in cross-sections. At least half a kilogram.
/// @param age_ratio fat of the usual person over that at 20
template <class V>
SARX_EQUATION V fat_of_age_kg(V youth_fat_mass_kg, V usual_fat_mass_kg, V age_ratio) {
    return max(youth_fat_mass_kg + usual_fat_mass_kg * (age_ratio - 1.0), V(0.5));
}

/// Fat mass of the usual person of this age over that at 20.
template <class V>
SARX_EQUATION V fat_of_age_ratio(V age_years, V gain_per_year, V gain_until_years, V loss_per_year, V loss_from_years) {
    V const gained = max(min(age_years, gain_until_years) - 20.0, V(0.0));
    V const spent = max(age_years - loss_from_years, V(0.0));
    return exp(gain_per_year * gained - loss_per_year * spent);
}

/// Fat over what youth and age would give, after dt [years] at an energy balance (intake over need), which moves it no
/// further than to 0.15 and 6; who is beyond, by a mass that was measured, stays there.
template <class V>
SARX_EQUATION V fat_after(V fat_ratio, V energy_balance, V change_per_year, V dt_years) {
    V const next = fat_ratio * exp(change_per_year * (energy_balance - 1.0) * dt_years);
    return min(max(next, min(fat_ratio, V(0.15))), max(fat_ratio, V(6.0)));
}

/// Lean mass of head and trunk [kg] from that of arms and legs in youth and their share of all lean mass.
template <class V>
SARX_EQUATION V axial_lean_mass_kg(V youth_lean_mass_kg, V appendicular_share) {
    return youth_lean_mass_kg * (1.0 / appendicular_share - 1.0);
}

}  // namespace sarx::models
