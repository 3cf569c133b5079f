#pragma once
// What every header of equations includes. An equation is a template over its numbers: `double` in tests, a register of
// people (Lane) or of their motor units (Units) in the engine, so that the one that is tested is the one that runs.
// Where V and U both stand in an equation, V is of the person or muscle and U of the unit.

#include "sim/contract/expects.hpp"
#include "sim/contract/math.hpp"

/// Equations are inlined where they are used: no copy of them is shared between instruction sets.
#define SARX_EQUATION [[nodiscard]] inline __attribute__((always_inline))

namespace sarx::models {

// For double; those of Lane and Units are found beside them.
using sarx::coarse_log2;
using sarx::everywhere;
using sarx::exp;
using sarx::log;
using sarx::max;
using sarx::min;
using sarx::pow;
using sarx::select;
using sarx::sqrt;

}  // namespace sarx::models
