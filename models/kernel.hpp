#pragma once
// What every kernel (a stage's .cpp) includes. A kernel lives in namespace sarx::models::SARX_ISA, so that nothing
// compiled for one instruction set is ever linked into another; it holds no std:: templates for the same reason.

#include "models/columns.hpp"
#include "sim/contract/lane.hpp"
#include "sim/contract/stage.hpp"

namespace sarx::models::SARX_ISA {
using namespace sarx::SARX_ISA;  // NOLINT: Lane and its functions are this namespace's vocabulary

/// Lanes `first`.. of a row of a person's column, a muscle's column or a parameter.
SARX_INLINE Lane at(float const* row, int first) { return load(row + first); }
/// Lanes of the `row`-th row of a unit column.
SARX_INLINE Lane at(float const* rows, int row, int first) { return load(rows + row * lanes + first); }
SARX_INLINE void put(float* row, int first, Lane x) { store(row + first, x); }
SARX_INLINE void put(float* rows, int row, int first, Lane x) { store(rows + row * lanes + first, x); }

}  // namespace sarx::models::SARX_ISA
