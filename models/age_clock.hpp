#pragma once
// One clock of ageing for all stages, so that rival cascades differ in their couplings and not in their clocks.
//
//   clock(age) = 1 + k (e^(g (age - 20)+) - 1)       multiplier of a stage [1]
//
//   g growth of the clock [1/year], k coupling of the stage, 0 where it has no ageing of its own; 1 at 20 years

#include "models/relaxation.hpp"

namespace sarx::models {

/// Age-driven multiplier [1] of a stage.
/// @param age_years >= 20   @param growth_per_year of the clock   @param coupling >= 0 of the stage to the clock
/// Assumed form: exponential growth, as in motor-unit counts of tibialis anterior (doi:10.1002/mus.20276).
template <class V>
SARX_EQUATION V ageing_multiplier(V age_years, V growth_per_year, V coupling) {
    return 1.0F + coupling * (exp(growth_per_year * max(age_years - 20.0F, V(0.0F))) - 1.0F);
}

}  // namespace sarx::models
