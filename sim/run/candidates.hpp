#pragma once
// A real person whose strength was measured: several lives are drawn and aged to the day of the
// measurement, and one is chosen by its likelihood given the reading and its error.

#include <array>
#include <optional>
#include <vector>

#include "sim/run/life.hpp"

namespace sarx {

/// Whether the plan's people bring a measurement that a life must fit.
bool needs_candidates(Plan const& plan);

/// Replaces the key of each measured person by that of the chosen life. Whom none of the plan's candidates meets within
/// three errors of the instrument has up to 64.
void choose_candidates(World const& world, Crew& crew,
                       std::array<std::vector<std::optional<double>> const*, lanes> const& given,
                       LifeOptions const& options);

/// What is said of a person and not so at entry: a number to the digit it is written with, a reading within three errors.
std::vector<NotMet> not_met(World const& world, Block const& block, int lane, std::uint32_t person,
                            std::vector<std::optional<double>> const& given);

}  // namespace sarx
