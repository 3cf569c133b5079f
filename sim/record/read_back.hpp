#pragma once
// A finished file read back: where it came from, and whether people simulated again are the same to the bit.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/identity/program.hpp"
#include "sim/result/accumulate.hpp"
#include "sim/result/batch.hpp"

namespace sarx {

/// /provenance, as far as it takes to make the plan again.
struct FileOrigin {
    Program made_by;
    std::string plan_digest;  ///< 16 hexadecimal digits
    ScenarioOrigin scenario;
    std::uint32_t recorded = 0;  ///< people recorded one by one
};

/// What was compared, and what differed first.
struct Comparison {
    std::uint64_t values = 0;  ///< numbers of trajectories
    std::uint64_t traits = 0;  ///< numbers that do not move
    std::uint64_t events = 0;
    std::uint64_t motor_units = 0;  ///< in snapshots
    std::uint64_t statistics = 0;   ///< numbers of /summary, /summary_by_age, /effects and /flow
    std::uint64_t different = 0;
    std::string first_difference{};  ///< one line; empty where nothing differs

    void note(std::string const& difference);
    void add(Comparison const& other);
};

class RecordedFile {
public:
    /// Throws InputError where it is no file of sarx.
    explicit RecordedFile(std::string const& path);
    ~RecordedFile();
    RecordedFile(RecordedFile const&) = delete;
    RecordedFile& operator=(RecordedFile const&) = delete;

    [[nodiscard]] FileOrigin const& origin() const;
    /// Numbers of the candidates that the first so many people were, as the file says.
    [[nodiscard]] std::vector<std::uint32_t> candidates(std::uint32_t people) const;
    /// Compares people of `again` with the file, which holds all of them: trajectories, traits, events and
    /// snapshots of motor units. `plan` made `again`; its arm k
    /// is arm first_arm + k of the file, and its first delivery is number `first_delivery` there. Divergence
    /// from the reference is compared where first_arm is 0. One call at a time.
    [[nodiscard]] Comparison compare(Plan const& plan, BatchResult const& again, std::size_t first_arm,
                                     std::size_t first_delivery) const;

    /// Compares /summary, /summary_by_age, /effects and /flow with `sums` of everyone simulated again.
    [[nodiscard]] Comparison compare_statistics(Layout const& layout, Accumulators const& sums) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sarx
