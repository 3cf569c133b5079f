#pragma once
// All keys of a scenario, a list a mapping, in the order in which they are told; those of interventions and arms are in
// delivery_keys.hpp.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// Of the whole scenario; every other mapping is inside one of its keys.
Keys<Plan> const& scenario_keys();

}  // namespace sarx::grammar
