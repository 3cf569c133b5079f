#pragma once
// All that is told of everyone simulated, table by table.

#include "sim/result/accumulate.hpp"
#include "sim/result/table.hpp"

namespace sarx {

/// Monte Carlo standard error of the mean paired effect that plan.until names; NaN where it is not defined yet.
[[nodiscard]] double effect_mcse(Layout const& layout, Accumulators const& sums);

/// Every table that a run of this layout has, in an order of its own.
void each_statistic(Layout const& layout, Accumulators const& sums, TableSink& sink);

}  // namespace sarx
