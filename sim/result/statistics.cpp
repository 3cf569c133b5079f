#include "sim/result/statistics.hpp"

#include "sim/result/outcome_tables.hpp"
#include "sim/result/summary_tables.hpp"

namespace sarx {

void each_statistic(Layout const& layout, Accumulators const& sums, TableSink& sink) {
    each_summary(layout, sums, false, sink);
    if (layout.by_age) each_summary(layout, sums, true, sink);
    if (layout.arms > 1) each_effect(layout, sums, sink);
    each_outcome(layout, sums, sink);
    each_prevalence(layout, sums, sink);
    if (layout.deliveries > 0) each_flow(layout, sums, sink);
}

}  // namespace sarx
