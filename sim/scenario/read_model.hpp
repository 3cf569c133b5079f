#pragma once
// model: the cascade, the muscles, the parameters and how they go together.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// Beyond it two parameters are one.
inline constexpr double strongest_correlation = 0.999;

/// Fills the plan's muscles, stages, parameters, correlations and holds, from the model where the scenario says nothing.
void check_model(Reading const& reading, Given const& given, std::string const& path, Plan& plan);

}  // namespace sarx::grammar
