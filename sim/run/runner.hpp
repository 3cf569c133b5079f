#pragma once
// Batches over threads, saved from time to time; progress; a clean stop.

#include <atomic>
#include <cstdint>
#include <functional>

#include "sim/result/sink.hpp"
#include "sim/run/simulator.hpp"

namespace sarx {

struct Progress {
    std::uint64_t people_done = 0;
    std::uint64_t people_total = 0;
    double seconds = 0.0;
};

struct RunOptions {
    int threads = 0;  ///< 0: all
    int part = 0;     ///< this machine's share: batches part, part + parts, ...
    int parts = 1;
    std::atomic<bool> const* stop = nullptr;        ///< set from a signal handler: finish the batches under way
    std::function<void(Progress const&)> progress;  ///< called from workers, one at a time
    /// Called before so many of the first people are simulated, where they must be found first; false: stopped.
    std::function<bool(std::uint32_t people)> find_people{};
    double save_every_s = 20.0;  ///< seconds of work that a kill may cost
};

/// Simulates every batch of this part that is not done yet; with plan.until, as many as it takes. Returns how
/// many people the whole run has (all of the plan without plan.until), or 0 where it was stopped before the
/// end, with what was accepted saved; else the last save is left to who finishes the sink.
std::uint32_t run_batches(Simulator const& simulator, ResultSink& sink, RunOptions const& options);

}  // namespace sarx
