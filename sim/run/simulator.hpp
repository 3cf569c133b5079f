#pragma once
// From a plan to batches: makes the people of a batch, lives their lives in all arms. Pure: the same batch
// number gives the same result on any thread.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/result/batch.hpp"
#include "sim/run/world.hpp"

namespace sarx {

class Simulator {
public:
    /// For an instruction set ("": the best of this machine), with the table of CentredMortality.
    Simulator(Plan const& plan, LogRateTable const& base_rate, std::string const& instruction_set = "");
    /// One that can only say who people are at their entry: meeting().
    explicit Simulator(Plan const& plan);

    [[nodiscard]] std::uint32_t batches() const;
    /// All people of a batch, in all arms.
    [[nodiscard]] BatchResult simulate(std::uint32_t batch) const;
    /// Any run of people, as if it were a batch (number 0).
    [[nodiscard]] BatchResult simulate_people(std::uint32_t first_person, std::uint32_t people) const;
    /// The same people at their entry: which conditions each meets, bit k for the k-th of at most 32.
    [[nodiscard]] std::vector<std::uint32_t> meeting(std::uint32_t first_person, std::uint32_t people,
                                                     std::span<Expression const> conditions) const;
    [[nodiscard]] World const& world() const { return world_; }

private:
    World world_;
};

/// Bytes one worker needs while it simulates, roughly.
double estimated_worker_bytes(Plan const& plan);

}  // namespace sarx
