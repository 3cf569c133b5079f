#include "sim/contract/stage.hpp"

#include "sim/contract/intervention.hpp"

namespace sarx {

// Out of line, so that code compiled for one instruction set never provides them for another.
Stage::~Stage() = default;
InterventionKind::~InterventionKind() = default;

}  // namespace sarx
