#pragma once
// Keys of what is given, and of who gets it when.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// Of what stands under a name in `interventions`.
Keys<Intervention> const& intervention_keys();
/// Of an entry in the list of an arm.
Keys<Delivery> const& delivery_keys();

}  // namespace sarx::grammar
