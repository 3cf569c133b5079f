#pragma once
// Water that DXA counts as lean mass beside muscle: what lying drains from the limbs, what growth hormone retains.
//
//   limbs tend to  -d u lean              d share drained, u unloading of the whole body
//   body tends to  limbs + r (g - g_age)  g effect of growth hormone and IGF-1, g_age that of this age
//
// Lying down costs the thigh 1.9 % and the calf 5.5 % of muscle area within two hours (Berg 1993,
// doi:10.1111/j.1748-1716.1993.tb09573.x); the plasma volume follows in days. The lean mass that growth hormone adds in
// old age is largely water, without strength (Liu 2007, doi:10.7326/0003-4819-146-2-200701160-00005).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Water of arms and legs beyond the usual [kg], where it tends to; negative in bed.
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

}  // namespace sarx::models
