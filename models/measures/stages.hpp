#pragma once
// Stages of this level, for the cascade.

#include <vector>

#include "models/stage_entry.hpp"

namespace sarx::models {
std::vector<StageEntry> measure_stages();
}  // namespace sarx::models
