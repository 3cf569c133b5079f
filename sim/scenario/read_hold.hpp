#pragma once
// model.hold: columns that stay as they are from youth or from entry on.

#include "sim/scenario/reading.hpp"

namespace sarx::grammar {

void read_holds(Reading const& reading, YamlNode const& node);

}  // namespace sarx::grammar
