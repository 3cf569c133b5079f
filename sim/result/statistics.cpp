#include "sim/result/statistics.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/result/outcome_tables.hpp"
#include "sim/result/summary_tables.hpp"

namespace sarx {

double effect_mcse(Layout const& layout, Accumulators const& sums) {
    Until const& until = layout.plan->until.value();
    for (Variable const& v : layout.variables) {
        if (!(v.column == until.effect)) continue;
        std::size_t const series = v.first + static_cast<std::size_t>(std::max(until.muscle, 0));
        auto const arm = static_cast<std::size_t>(until.arm);
        auto const record = static_cast<std::size_t>(until.record);
        Cell cell = sums.effect(series, arm, 0, record);
        cell.add(sums.effect(series, arm, 1, record));
        return layout.scales[series].resolution * moments_of(cell).standard_error;
    }
    throw std::logic_error("the effect of run.until is not recorded");
}

void each_statistic(Layout const& layout, Accumulators const& sums, TableSink& sink) {
    each_summary(layout, sums, false, sink);
    if (layout.by_age) each_summary(layout, sums, true, sink);
    if (layout.arms > 1) each_effect(layout, sums, sink);
    each_outcome(layout, sums, sink);
    each_prevalence(layout, sums, sink);
    if (layout.deliveries > 0) each_flow(layout, sums, sink);
}

}  // namespace sarx
