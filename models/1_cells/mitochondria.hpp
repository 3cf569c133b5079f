#pragma once
// Oxidative capacity of muscle.
//
//   dE/dt = r (E_inf - E)                                            E  capacity over that of active youth [1]
//   E_inf = (q + (1 - q) A) e^(-d (age - 30)+) M^x                   follows use, has a slow decline of its own, and
//                                                                    needs contacts with the ER
//   E_inf = e^(-d' (age - 20))                                       the variant by age alone
//
//   A metabolic activity [1 = active youth], q sedentary capacity (0.6), M contacts of ER and mitochondria [1 = youth],
//   which count as at least 0.01
//
// It follows the metabolic stimulus within weeks and declines from 30, so that it is among the first to leave youth;
// inactivity comes on top, late. The variant follows age alone, as mitochondrial ATP production fell 8 % a decade from
// 18 to 89 years (Short et al. 2005, doi:10.1073/pnas.0501559102). Exact over a span. Domain: adults from 20. Neglected:
// differences between muscles. Values and their sources: parameters/cells.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Capacity towards which it moves [1 = active youth].
/// @param metabolic >= 0, 1 = active youth   @param sedentary_capacity at no activity, 0.6
/// @param contact of ER and mitochondria [0, 1.5], to the power `contact_exponent`
template <class V>
SARX_EQUATION V mitochondria_target(V metabolic, V sedentary_capacity, V age_years, V decline_per_year, V contact,
                                    V contact_exponent) {
    return (sedentary_capacity + (1.0F - sedentary_capacity) * metabolic) *
           exp(-decline_per_year * max(age_years - 30.0F, V(0.0F))) * pow(max(contact, V(0.01F)), contact_exponent);
}

/// Capacity of the variant that follows age alone [1 = youth].
template <class V>
SARX_EQUATION V mitochondria_target_by_age(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F)));
}

}  // namespace sarx::models
