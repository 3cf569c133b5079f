#pragma once
// Statistics over everyone simulated as tables: /summary, /summary_by_age, /effects, /flow.

#include "sim/result/accumulate.hpp"
#include "sim/result/table.hpp"

namespace sarx {

/// Means, spreads, quantiles, events and person-years at each record, or at each whole year of age.
void each_summary(Layout const& layout, Accumulators const& sums, bool by_age, TableSink& sink);
/// Paired differences from the reference arm.
void each_effect(Layout const& layout, Accumulators const& sums, TableSink& sink);
/// Who got what.
void each_flow(Layout const& layout, Accumulators const& sums, TableSink& sink);

}  // namespace sarx
