#pragma once
// How state moves in time, exactly and without drift: x += (x_inf - x) q, with a share q that is exactly 0 over a
// span of no time. Written once for double (tests) and for Lane (engine).

#include "models/equation.hpp"

namespace sarx::models {

/// Share of the way gone in a short time of `x` time constants: x / (1 + x/2 + x^2/12), the start of the Bernoulli
/// series of x/(1 - exp(-x)). Too low by less than x^4/720 of it: 1e-7 at 0.1, 0.09 % at 1, 0.9 % at 2, ever more
/// beyond; exactly 0 at 0. No exponential: for what moves unit by unit.
/// @param x [0, 2]
template <class V>
SARX_EQUATION V share_gone_fast(V x) {
    return x / (1.0F + x * (0.5F + x * 0.083333336F));
}

/// Share of the way gone after a time of `x` >= 0 time constants [0, 1): 1 - exp(-x); exactly 0 at 0, without
/// cancellation where x is small.
template <class V>
SARX_EQUATION V share_gone(V x) {
    return select(x < 0.1F, share_gone_fast(x), 1.0F - exp(-x));
}

/// Mean over a span of what is left of a constant inflow, per unit of it: (1 - exp(-x))/x; 1 at 0.
template <class V>
SARX_EQUATION V share_left_of_inflow(V x) {
    return select(x > 1.0e-4F, share_gone(x) / max(x, V(1.0e-4F)), 1.0F - x * 0.5F);
}

/// x moved towards where it tends to over `run` >= 0 time constants: x + (target - x)(1 - exp(-run)).
template <class V>
SARX_EQUATION V relaxed(V x, V target, V run) {
    return x + (target - x) * share_gone(run);
}

/// Logistic function 1/(1 + exp(-x)).
template <class V>
SARX_EQUATION V logistic(V x) {
    return 1.0F / (1.0F + exp(-x));
}

}  // namespace sarx::models
