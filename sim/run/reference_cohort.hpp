#pragma once
// Mortality without drift: what people die of is the model's affair, how many die is the life table's.
// A fixed cohort with its own luck lives without interventions and without dying; from its log hazard
// ratios eta and the survival each would have had, the mean A(sex, age) = ln E[exp(eta) | alive] is taken
// off, so that log rate = log mu(sex, age) + eta - A keeps the life table in the untreated population and
// no benefit of an arm is erased. The table depends on the model and its parameters alone.

#include <map>
#include <mutex>
#include <string>

#include "sim/run/world.hpp"

namespace sarx {

/// People of the reference cohort, half of each sex: the table's Monte Carlo error is near 2 %.
inline constexpr int reference_people = 2048;

/// Tables log mu - A, one for each set of parameters, kept while this lives and between runs (table_cache.hpp), where
/// wanted. Many threads may ask at once.
class CentredMortality {
public:
    enum class Cache : std::uint8_t { used, untouched };
    explicit CentredMortality(Cache cache = Cache::used) : cache_(cache) {}

    /// For World and Simulator. Lives the reference cohort, which takes seconds, where the table is not known for this
    /// instruction set ("": the best of this machine), though all give the same.
    [[nodiscard]] LogRateTable of(Plan const& plan, std::string const& instruction_set = "");

private:
    Cache cache_;
    std::mutex mutex_;
    std::map<std::string, LogRateTable> known_;  ///< by what they depend on
};

}  // namespace sarx
