#pragma once
// Events and years over everyone: for each outcome exact sums of what people have by a horizon in an arm and as
// their own twins in the reference arm, of the products of these, and of how much they differ. Means, rates, risks
// and ratios between arms follow from them with intervals that know of the pairing.

#include <cstddef>
#include <mutex>
#include <span>
#include <vector>

#include "sim/result/histories.hpp"
#include "sim/result/outcome_kinds.hpp"

namespace sarx {

/// Totals of all outcomes, in memory that somebody else holds: [view][arm][sex][people, weights, outcomes' sums][row].
class OutcomeTotals {
public:
    OutcomeTotals(Layout const& layout, Int128* memory);
    /// Integers they take.
    [[nodiscard]] static std::size_t size(std::size_t arms, std::span<Outcome const> outcomes, std::size_t rows);

    /// A sum as integer of its quanta; sums that an outcome has not are 0. `row`: of layout.horizons_years.
    [[nodiscard]] Int128 at(View view, std::size_t arm, std::size_t sex, std::size_t outcome, Sum sum,
                            std::size_t row) const;
    /// Adds another part's totals.
    void add(OutcomeTotals const& other);
    /// Adds the people of a batch; may be called by many threads at once. `weights`: integers, by person.
    void add(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights,
             std::mutex& turn);

private:
    struct Place;
    [[nodiscard]] std::vector<Place> places_of(BatchResult const& batch, Histories const& histories,
                                               std::size_t arm) const;
    void add_people(std::vector<Place> const& places, BatchResult const& batch, std::span<std::int64_t const> weights,
                    std::size_t arm, std::mutex& turn);
    template <class Number>
    void add_outcome(std::size_t outcome, std::vector<std::vector<Place>> const& places, BatchResult const& batch,
                     Histories const& histories, std::span<std::int64_t const> weights, std::mutex& turn);
    template <class Number>
    void put_sums(std::vector<Number> const& sums, std::size_t outcome, std::size_t arm, std::mutex& turn);
    /// First row of an outcome's own sums.
    [[nodiscard]] std::size_t front_of(std::size_t outcome) const;
    /// Row of sums of a group; see `first_`.
    [[nodiscard]] std::size_t place(std::size_t view, std::size_t arm, std::size_t sex, std::size_t sum_row) const {
        return (((view * layout_->arms + arm) * 2 + sex) * sum_rows_ + sum_row) * rows_;
    }

    Layout const* layout_;
    Int128* data_;
    std::size_t rows_;
    std::size_t sum_rows_ = 0;
    std::vector<std::size_t> first_;  ///< [outcome * sums_known + sum]: row among the sums of a group
};

}  // namespace sarx
