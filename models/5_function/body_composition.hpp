#pragma once
// Body composition from the muscles and from age.
//
//   appendicular lean mass = youth (f + (1 - f) R) + a (fat - youth fat),   R mean cross-section of muscles over youth, f = 0.30
//   fat mass = youth e^(g (min(age, 50) - 20) - l (age - 70)+) * F,   d ln F / dt = k (energy balance - 1)
//   body mass = fat + appendicular lean + rest of the lean body, which keeps its youth value
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

/// Fat mass of the average person of this age over that at 20.
template <class V>
SARX_EQUATION V fat_of_age_ratio(V age_years, V gain_per_year, V gain_until_years, V loss_per_year, V loss_from_years) {
    V const gained = max(min(age_years, gain_until_years) - 20.0, V(0.0));
    V const spent = max(age_years - loss_from_years, V(0.0));
    return exp(gain_per_year * gained - loss_per_year * spent);
}

/// Fat over what youth and age would give, after dt [years] at an energy balance (intake over need);
/// kept within [0.15, 6].
template <class V>
SARX_EQUATION V fat_after(V fat_ratio, V energy_balance, V change_per_year, V dt_years) {
    V const next = fat_ratio * exp(change_per_year * (energy_balance - 1.0) * dt_years);
    return min(max(next, V(0.15)), V(6.0));
}

/// Lean mass of head and trunk [kg] from that of arms and legs in youth and their share of all lean mass.
template <class V>
SARX_EQUATION V axial_lean_mass_kg(V youth_lean_mass_kg, V appendicular_share) {
    return youth_lean_mass_kg * (1.0 / appendicular_share - 1.0);
}

}  // namespace sarx::models
