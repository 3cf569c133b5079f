#pragma once
// How many people are in which class of a coded variable in an arm, and in which as their own twins in the reference
// arm: all there is to know of prevalences and of how they differ. The dead are a class of their own.

#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "sim/result/histories.hpp"

namespace sarx {

/// A recorded flag of persons with the classes it can have.
struct Classes {
    std::size_t series = 0;
    std::size_t count = 0;  ///< codes from 0, and last the dead
    std::size_t first = 0;  ///< of its pairs among those of all
};
std::vector<Classes> classes_of(Layout const& layout);
/// Labels of the classes of a flag, the dead last.
std::vector<std::string> class_names(Layout const& layout, Classes const& classes);

/// Totals of all pairs, in memory that somebody else holds: [people, weight, weight_squares][pair][arm][sex][record].
class PrevalenceTotals {
public:
    static constexpr std::size_t statistics = 3;

    PrevalenceTotals(Layout const& layout, Int128* memory);
    [[nodiscard]] static std::size_t size(Layout const& layout);

    [[nodiscard]] Int128 at(std::size_t statistic, Classes const& of, std::size_t reference_class,
                            std::size_t own_class, std::size_t arm, std::size_t sex, std::size_t record) const;
    void add(PrevalenceTotals const& other);
    /// Adds the people of a batch; may be called by many threads at once. `weights`: integers, by person.
    void add(BatchResult const& batch, Histories const& histories, std::span<std::int64_t const> weights,
             std::mutex& turn);
    [[nodiscard]] std::vector<Classes> const& classes() const { return classes_; }

private:
    [[nodiscard]] std::size_t place(std::size_t statistic, std::size_t pair, std::size_t arm, std::size_t sex) const;

    Layout const* layout_;
    Int128* data_;
    std::vector<Classes> classes_;
    std::size_t pairs_ = 0;
};

}  // namespace sarx
