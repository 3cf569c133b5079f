#pragma once
// Making the people of one block.

#include <array>
#include <optional>
#include <vector>

#include "sim/run/life.hpp"

namespace sarx {

/// People `row` .. `row + count` of the run, in the first lanes.
Crew crew_of(World const& world, std::uint32_t row, std::uint32_t count);

/// Every parameter for everyone in the crew.
ParameterLanes parameters_of(World const& world, Crew const& crew,
                             std::array<std::vector<std::optional<double>> const*, lanes> const& given);

/// Motor units that a person of the crew has in a muscle of the plan.
int unit_count(World const& world, ParameterLanes const& parameters, int muscle, int lane);

/// A block's shape that holds the largest pool of the crew.
BlockShape shape_of(World const& world, ParameterLanes const& parameters);

}  // namespace sarx
