#pragma once
// What happened to the people of a batch, person by person and arm by arm: when each kind of event came, until
// when a person lived and was followed. Made from the batch's events, which are of everyone.

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "sim/result/layout.hpp"

namespace sarx {

class Histories {
public:
    static constexpr double never = std::numeric_limits<double>::infinity();

    Histories(Layout const& layout, BatchResult const& batch);

    /// Times [year from the run's start] of a kind of event (by event_kinds) in order.
    [[nodiscard]] std::span<double const> times(std::size_t arm, std::size_t person, std::size_t kind) const {
        std::size_t const at = (arm * people_ + person) * kinds_ + kind;
        return std::span(times_).subspan(first_[at], first_[at + 1] - first_[at]);
    }
    /// The first of them; `never` where there is none.
    [[nodiscard]] double first(std::size_t arm, std::size_t person, std::size_t kind) const {
        auto const all = times(arm, person, kind);
        return all.empty() ? never : all.front();
    }
    /// Whether a once-only event (by Model::events()) came before the run.
    [[nodiscard]] bool had(std::size_t person, std::size_t event) const {
        return batch_->had_before[event * people_ + person] != 0;
    }
    /// Planned end of follow-up.
    [[nodiscard]] double follow_years(std::size_t person) const { return batch_->follow_years[person]; }
    /// End of life in follow-up.
    [[nodiscard]] double end_years(std::size_t arm, std::size_t person) const { return end_[arm * people_ + person]; }
    [[nodiscard]] double death_years(std::size_t arm, std::size_t person) const {
        return first(arm, person, death_kind_);
    }
    /// When a burden (by Model::burdens()) begins and ends; one that is there at the run's start begins at 0.
    [[nodiscard]] std::pair<std::span<double const>, std::span<double const>> spells(std::size_t arm,
                                                                                     std::size_t person,
                                                                                     std::size_t burden) const {
        std::size_t const begins = first_burden_ + 2 * burden;
        return {times(arm, person, begins), times(arm, person, begins + 1)};
    }
    /// Time with a burden between `zero` and `until`, both in follow-up.
    [[nodiscard]] double years_with(std::size_t arm, std::size_t person, std::size_t burden, double zero,
                                    double until) const;
    [[nodiscard]] std::size_t people() const { return people_; }

private:
    BatchResult const* batch_;
    std::size_t people_;
    std::size_t kinds_;
    std::size_t death_kind_;
    std::size_t first_burden_;          ///< kind of the first burden's beginning
    std::vector<std::uint32_t> first_;  ///< [arm][person][kind], and the end
    std::vector<double> times_;
    std::vector<double> end_;  ///< [arm][person]
};

}  // namespace sarx
