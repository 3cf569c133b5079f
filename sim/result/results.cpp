#include "sim/result/results.hpp"

#include "sim/result/statistics.hpp"

namespace sarx {

Results::Results(Plan const& plan) : plan_(&plan), layout_(plan), sums_(layout_) {}

void Results::accept(BatchResult const& batch) {
    require_fit(layout_, batch);
    sums_.add(batch);
    Digest const of_batch = digest_of(layout_, batch);
    std::lock_guard const lock(one_at_a_time_);
    of_people_.add(of_batch);
}

std::uint64_t Results::digest(std::uint32_t people) const {
    Plan const plan = first_people(*plan_, people);
    Digest digest = of_people_;
    digest.add(digest_of(Layout(plan), sums_));
    return digest.value();
}

void Results::each_statistic(TableSink& sink) const { sarx::each_statistic(layout_, sums_, sink); }

}  // namespace sarx
