#pragma once
// Exact sums over people: every value is an integer of its variable's resolution, so that batches may
// come in any order, from any thread or machine, and the totals are the same to the bit.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "sim/result/layout.hpp"
#include "sim/result/outcomes.hpp"
#include "sim/result/prevalence.hpp"

namespace sarx {

/// Totals of one variable in one cell (arm, sex, time): of integers q, or of paired differences of q.
struct Cell {
    Int128 weight_squares = 0;  ///< sum of w^2
    Int128 sum = 0;             ///< sum of w q
    Int128 squares = 0;         ///< sum of w q^2
    Int128 sum_w2 = 0;          ///< sum of w^2 q
    Int128 squares_w2 = 0;      ///< sum of w^2 q^2
    std::int64_t count = 0;     ///< people
    std::int64_t weight = 0;    ///< sum of w
    std::int32_t least = INT32_MAX;
    std::int32_t most = INT32_MIN;

    void add(Cell const& other);
};

/// Totals of paired differences.
struct EffectCell : Cell {
    Int128 cubes = 0;         ///< sum of w q^3
    std::int64_t differ = 0;  ///< people whose q is not 0
    std::int64_t better = 0;  ///< sum of w where the difference is a worthwhile improvement
    std::int64_t worse = 0;   ///< sum of w where it is as much the other way

    void add(EffectCell const& other);
};

/// Moments of a cell in integers q; NaN where too few people count.
struct Moments {
    double mean;
    double sd;              ///< of people, n - 1 (weighted: effective n) in the denominator
    double standard_error;  ///< of the mean; where people have weights, from how weighted residuals spread
};
[[nodiscard]] Moments moments_of(Cell const& cell);

/// Third central moment of differences, in cubes of the resolution; NaN where nobody counts.
[[nodiscard]] double third_moment_of(EffectCell const& cell);

/// 95 % confidence interval of a mean difference: Student's t of the transformation that undoes the skewness of the
/// mean (Hall 1992, doi:10.1111/j.2517-6161.1992.tb01872.x). NaN where fewer than `fewest_differing` differ: what so few
/// show says too little of the tail.
struct Interval {
    double lower;
    double upper;
};
inline constexpr std::int64_t fewest_differing = 20;
[[nodiscard]] Interval interval_of(EffectCell const& cell);

/// Everything summed over all people simulated.
class Accumulators {
public:
    explicit Accumulators(Layout const& layout);

    /// Adds a batch; may be called by many threads at once.
    void add(BatchResult const& batch);
    /// Adds the totals of another part.
    void add(Accumulators const& other);

    /// All totals as raw bytes, to be saved and restored.
    [[nodiscard]] std::span<std::byte const> bytes() const { return {data_.get(), size_}; }
    [[nodiscard]] std::span<std::byte> bytes() { return {data_.get(), size_}; }

    /// Sex in the file's order: 0 female, 1 male. `axis`: false time, true age.
    [[nodiscard]] Cell const& cell(bool by_age, std::size_t series, std::size_t arm, std::size_t sex,
                                   std::size_t at) const;
    /// Adds the histogram of a cell, a number for each of the series' bins.
    void add_bins_to(std::span<std::uint64_t> totals, bool by_age, std::size_t series, std::size_t arm, std::size_t sex,
                     std::size_t at) const;
    /// Difference from the reference, arm >= 1.
    [[nodiscard]] EffectCell const& effect(std::size_t series, std::size_t arm, std::size_t sex, std::size_t at) const;
    /// Weight of events in the interval that ends at a record.
    [[nodiscard]] Int128 events(std::size_t arm, std::size_t sex, std::size_t kind, std::size_t at) const;
    /// Weight times outcome quanta of time; `what` 0: all, 1 + burden: without that burden.
    [[nodiscard]] Int128 person_time(std::size_t arm, std::size_t sex, std::size_t what, std::size_t at) const;
    [[nodiscard]] OutcomeTotals outcomes() const { return {*layout_, at<Int128>(places_.outcomes)}; }
    [[nodiscard]] PrevalenceTotals prevalence() const { return {*layout_, at<Int128>(places_.prevalence)}; }
    /// `field` in the order of Flow.
    [[nodiscard]] std::uint64_t flow(std::size_t delivery, std::size_t at, std::size_t field) const;

    /// Memory the totals take, from the plan alone.
    [[nodiscard]] static std::size_t bytes_needed(Layout const& layout);

private:
    struct Places {
        std::array<std::size_t, 2> cells;  ///< by axis, byte offsets
        std::array<std::size_t, 2> bins;
        std::size_t effects, events, person_time, outcomes, prevalence, flow, end;
    };
    static Places places_of(Layout const& layout);
    template <class T>
    T* at(std::size_t offset) const {
        return reinterpret_cast<T*>(data_.get() + offset);
    }
    [[nodiscard]] std::size_t cell_index(bool by_age, std::size_t series, std::size_t arm, std::size_t sex,
                                         std::size_t at) const {
        return ((series * layout_->arms + arm) * 2 + sex) * rows(by_age) + at;
    }
    [[nodiscard]] std::size_t bin_index(bool by_age, std::size_t series, std::size_t arm, std::size_t sex,
                                        std::size_t at) const {
        return bins_before_[series] * layout_->arms * 2 * rows(by_age) +
               (((arm * 2) + sex) * rows(by_age) + at) * static_cast<std::size_t>(layout_->scales[series].bins);
    }
    [[nodiscard]] std::size_t rows(bool by_age) const { return by_age ? layout_->ages : layout_->records; }
    struct Scratch;
    template <bool weighted>
    void add_series(BatchResult const& batch, std::size_t series, Scratch& scratch);
    void add_intervals(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights);
    template <class Counter>
    void add_bins(BatchResult const& batch, std::size_t series, std::size_t arm, Scratch const& scratch);

    Layout const* layout_;
    Places places_;
    std::vector<std::size_t> bins_before_;  ///< [series]: bins of the series before it
    std::size_t size_ = 0;
    struct Free {
        void operator()(std::byte* p) const noexcept;
    };
    std::unique_ptr<std::byte[], Free> data_;
    std::unique_ptr<std::mutex[]> locks_;  ///< one a series; for counts, outcomes, prevalences
};

}  // namespace sarx
