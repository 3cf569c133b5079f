#pragma once
// Who shares a block. A block has as many rows of units as its largest pool and is stepped for as long as anybody in
// it lives, so it pays to put people together who are alike in both. No result depends on it.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/contract/block.hpp"

namespace sarx {

/// What a person asks of a block.
struct Seat {
    double from_years = 0.0;              ///< first step of life, on the run's clock
    double to_years = 0.0;                ///< last step, as far as it can be foreseen
    std::array<int, max_muscles> rows{};  ///< units of each muscle
};

/// An order of `people` in which each sixteen that follow one another share a block: halved again and again, each
/// time by what spares most. Depends on `people` alone.
std::vector<std::uint32_t> seated(std::vector<Seat> const& people);

}  // namespace sarx
