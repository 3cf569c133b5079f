#pragma once
// population.where: whom the run is of.

#include "sim/scenario/reading.hpp"

namespace sarx::grammar {

/// Reads the condition and refuses one that nobody can meet at entry. Needs the model, whose columns it names.
void read_where(Reading const& reading);

}  // namespace sarx::grammar
