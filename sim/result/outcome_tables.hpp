#pragma once
// How much happened to everyone, as tables: /outcomes and /prevalence.

#include "sim/result/accumulate.hpp"
#include "sim/result/table.hpp"

namespace sarx {

void each_outcome(Layout const& layout, Accumulators const& sums, TableSink& sink);
void each_prevalence(Layout const& layout, Accumulators const& sums, TableSink& sink);

}  // namespace sarx
