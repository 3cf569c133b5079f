#pragma once
// All keys of a scenario, a list a mapping, in the order in which they are told.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

Keys<Clock> const& clock_keys();

}  // namespace sarx::grammar
