#pragma once
// Every stage of the model, level by level: the one list the model knows.

#include <vector>

#include "models/stage_entry.hpp"

namespace sarx::models {

/// All stages, variants too, in the order of the default cascade. Which of them run, and in which order, a
/// cascade (parameters/cascades.yaml) or a scenario says.
std::vector<StageEntry> const& all_stages();

}  // namespace sarx::models
