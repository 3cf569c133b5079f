#pragma once
// What every kernel (a stage's .cpp) includes. A kernel lives in namespace sarx::models::SARX_ISA, so that nothing
// compiled for one instruction set is ever linked into another; it holds no std:: templates for the same reason.

#include "models/columns.hpp"
#include "sim/contract/lane.hpp"
#include "sim/contract/stage.hpp"

/// Lambdas inside kernels are inlined, so that none is a symbol of its own.
#define SARX_LAMBDA __attribute__((always_inline))

namespace sarx::models::SARX_ISA {
using namespace sarx::SARX_ISA;  // NOLINT: Lane and its functions are this namespace's vocabulary

/// Lanes `first`.. of a row of a person's column, a muscle's column or a parameter.
SARX_INLINE Lane at(float const* row, int first) { return load(row + first); }
/// Lanes of the `row`-th row of a unit column.
SARX_INLINE Lane at(float const* rows, int row, int first) { return load(rows + row * lanes + first); }
/// The same lanes of the units in `rows_together` rows from `row` on.
SARX_INLINE Units units_at(float const* rows, int row, int first) {
    Units x;
    for (int i = 0; i < rows_together; ++i) x.row[i] = at(rows, row + i, first);
    return x;
}
SARX_INLINE void put(float* row, int first, Lane x) { store(row + first, x); }
SARX_INLINE void put_units(float* rows, int row, int first, Units const& x) {
    for (int i = 0; i < rows_together; ++i) store(rows + (row + i) * lanes + first, x.row[i]);
}
/// Stores only where `where` holds: what is not a relaxation must not move over a span of no time.
SARX_INLINE void put_where(Mask where, float* row, int first, Lane x) {
    store(row + first, select(where, x, load(row + first)));
}
/// The largest of the lanes' whole numbers.
SARX_INLINE int largest(Lane x) {
    float most = 0.0F;
    for (int i = 0; i < width; ++i) most = most < x.v[i] ? x.v[i] : most;
    return static_cast<int>(most);
}

}  // namespace sarx::models::SARX_ISA
