#pragma once
// What can happen to a person, what it brings with it, what is counted, what instruments read and what a file of
// real people may say.

#include <span>

#include "models/columns.hpp"
#include "sim/contract/model.hpp"

namespace sarx::models {

/// Events of life, each with the column that holds its rate, probability or flag.
std::span<EventSpec const> events();
/// What events bring in every arm: a hospital stay is bed rest and illness and weeks of little activity,
/// a fracture bed rest.
std::span<StandingDelivery const> standing_deliveries();
/// Errors of instruments, by column.
std::span<MeasureSpec const> measures();
/// Columns of a file of real people beyond id, sex, age and weight.
std::span<GivenSpec const> given();
/// States whose absence is counted in years.
std::span<BurdenSpec const> burdens();

/// Entry into observation after 20: frailty as survivors of this age have it; a given mass [kg] sets the fat mass.
void enter(Block& block, EntryInfo const& entry, ParameterTable const& parameters);

}  // namespace sarx::models
