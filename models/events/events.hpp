#pragma once
// What can happen to a person, what it brings with it, and the states whose absence is counted. An event is one entry of
// the table, with the column that holds its rate, probability or flag, which a stage writes.

#include <span>

#include "models/columns.hpp"
#include "sim/contract/model.hpp"

namespace sarx::models {

/// Events of life.
std::span<EventSpec const> events();
/// What events bring in every arm: a hospital stay is bed rest and illness and weeks of little activity,
/// a fracture bed rest.
std::span<StandingDelivery const> standing_deliveries();
/// States whose absence is counted in years.
std::span<BurdenSpec const> burdens();

}  // namespace sarx::models
