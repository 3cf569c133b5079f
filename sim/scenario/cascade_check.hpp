#pragma once
// Which stages run, in which order, and whether that order makes sense.

#include <string>
#include <vector>

#include "sim/scenario/reading.hpp"

namespace sarx {

/// Fills plan.cascade and plan.stages from `model.cascade` (null: the model's first cascade). Returns the
/// cascade whose parameter values apply, or null.
Cascade const* read_cascade(Reading const& reading, YamlNode const* node);

/// Sentences about a list of stages: two writers of a column, a column read before it is written, a stage
/// together with its variant.
std::vector<std::string> cascade_faults(Model const& model, std::vector<std::string> const& stages);

/// Why no plan of the model can hold a column: nothing moves it, or the engine does; empty where one can.
std::string why_never_held(Model const& model, ColumnId column);

}  // namespace sarx
