#include "sim/result/histories.hpp"

#include <algorithm>
#include <numeric>

namespace sarx {

Histories::Histories(Layout const& layout, BatchResult const& batch)
    : batch_(&batch),
      people_(batch.people),
      kinds_(layout.kinds.size()),
      death_kind_(layout.death),
      first_burden_(layout.counted + 2) {
    first_.assign(layout.arms * people_ * kinds_ + 1, 0);
    auto const place = [&](std::size_t arm, Event const& e) {
        return (arm * people_ + (e.person - batch.first_person)) * kinds_ + e.kind;
    };
    for (std::size_t arm = 0; arm < layout.arms; ++arm)
        for (Event const& e : batch.events[arm]) ++first_[place(arm, e) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    times_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t arm = 0; arm < layout.arms; ++arm)
        for (Event const& e : batch.events[arm]) times_[next[place(arm, e)]++] = e.time_years;
    end_.resize(layout.arms * people_);
    for (std::size_t arm = 0; arm < layout.arms; ++arm)
        for (std::size_t p = 0; p < people_; ++p)
            end_[arm * people_ + p] = std::min(follow_years(p), death_years(arm, p));
}

double Histories::years_with(std::size_t arm, std::size_t person, std::size_t burden, double zero, double until) const {
    auto const [begins, ends] = spells(arm, person, burden);
    double sum = 0.0;
    for (std::size_t i = 0; i < begins.size(); ++i) {
        double const from = std::max(begins[i], zero);
        double const to = std::min(i < ends.size() ? ends[i] : until, until);
        if (to > from) sum += to - from;
    }
    return sum;
}

}  // namespace sarx
