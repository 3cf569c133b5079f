#pragma once
// Water that DXA counts as lean mass beside muscle: what lying drains from the limbs, what growth hormone retains.
//
//   drained  = -d u L                 [kg] from arms and legs: d share drained, u unloading of the whole body
//   retained = r (g - g_age)          [kg] in the whole body: g effect of growth hormone and IGF-1, g_age of this age
//   limbs -> drained + s retained     s share of arms and legs in all lean mass
//   body  -> drained + retained       dx/dt = (target - x)/tau, tau some days
//
//   L lean mass of arms and legs [kg]
//
// Lying down costs the thigh 1.9 % and the calf 5.5 % of muscle area within two hours (Berg 1993,
// doi:10.1111/j.1748-1716.1993.tb09573.x); the plasma volume follows in days. The lean mass that growth hormone adds in
// old age is largely water, without strength (Liu 2007, doi:10.7326/0003-4819-146-2-200701160-00005). Exact over a
// span. Domain: adults from 20. Neglected: oedema of heart, kidney and inflammation, salt and drink. Values and their
// sources: parameters/measures.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Water of arms and legs beyond the usual [kg], where lying takes it; negative in bed.
/// @param unloading [0, 1] of the whole body   @param drained_fraction [0, 1] of the lean mass of the limbs
template <class V>
SARX_EQUATION V drained_limb_water_kg(V lean_mass_kg, V unloading, V drained_fraction) {
    return -drained_fraction * unloading * lean_mass_kg;
}

/// Water that hormones retain in the whole body [kg], where it tends to; 0 at the hormones of the age.
template <class V>
SARX_EQUATION V retained_water_kg(V gh_igf1, V gh_igf1_of_age, V retained_kg_per_ratio) {
    return retained_kg_per_ratio * (gh_igf1 - gh_igf1_of_age);
}

/// Water of a part of the body that tends to be `drained_kg` and a share of what is retained [kg].
/// @param share [0, 1] of the part: that of arms and legs, or 1 of the whole body
template <class V>
SARX_EQUATION V water_target_kg(V drained_kg, V retained_kg, V share) {
    return drained_kg + share * retained_kg;
}

}  // namespace sarx::models
