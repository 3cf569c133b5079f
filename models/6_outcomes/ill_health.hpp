#pragma once
// What beside muscle does people harm: frailty and chronic disease.
//
//   z ~ Gamma(mean 1 at 20, shape k)        frailty: multiplies a person's hazard of death for life; counts as at least
//                                           0.001
//   mean z of survivors = e^(-H/k)          H cumulative hazard of the population from 20
//   burden left = burden (1 - control)      chronic disease that management does not hold off, 1 = a typical case
//
// Survival to entry: given survival of a hazard z H0, frailty is Gamma with mean k/(k + H0); with H = k ln(1 + H0/k)
// that is e^(-H/k) (Vaupel, Manton, Stallard 1979, doi:10.2307/2061224).

#include "models/equation.hpp"

namespace sarx::models {

/// Frailty as its logarithm and powers take it, at least 0.001: the distribution has no least value.
template <class V>
SARX_EQUATION V frailty_above_zero(V frailty) {
    return max(frailty, V(1.0e-3F));
}

/// Mean frailty of survivors over that at 20. @param population_cumulative_hazard H >= 0   @param shape k > 0
[[nodiscard]] inline double survivors_frailty_ratio(double population_cumulative_hazard, double shape) {
    SARX_EXPECTS(shape > 0.0);
    return exp(-population_cumulative_hazard / shape);
}

/// Burden of chronic disease that management does not hold off. @param control [0, 1]
template <class V>
SARX_EQUATION V burden_left(V burden, V control) {
    return burden * (1.0F - control);
}

}  // namespace sarx::models
