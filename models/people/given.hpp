#pragma once
// What a file of real people may say of them, and what entry into observation makes of it.

#include <span>

#include "models/columns.hpp"
#include "sim/contract/model.hpp"

namespace sarx::models {

/// Columns of a file of real people beyond id, sex, age and weight.
std::span<GivenSpec const> given();

/// Entry into observation after 20: frailty as survivors of this age have it; a given mass [kg] sets the fat mass.
void enter(Block& block, EntryInfo const& entry, ParameterTable const& parameters);

}  // namespace sarx::models
