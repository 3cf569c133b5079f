#pragma once
// Batches over threads: whole ones first, and at the end in smaller and smaller pieces, so that no thread waits long
// for the last.

#include <cstdint>
#include <functional>
#include <span>

#include "sim/run/simulator.hpp"

namespace sarx {

/// Simulates batches on so many threads (0: as many as may be used) and gives each to `take`, whole, on the thread
/// that ended it; many call it at once. What `take` sees does not depend on the threads. They are begun in the order
/// given; once `stopped` those under way are ended and no other is begun.
void simulate_batches(Simulator const& simulator, std::span<std::uint32_t const> batches, int threads,
                      std::function<bool()> const& stopped, std::function<void(BatchResult const&)> const& take);

}  // namespace sarx
