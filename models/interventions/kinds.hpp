#pragma once
// The kinds of intervention and insult a scenario can name. A kind turns a dose into stimuli and knows nothing
// else: onset, ramp-up, waning, adherence, coverage and triggers belong to the engine, what a body makes of a
// stimulus belongs to the stages. A new kind is one class in a file of its family and one line in kinds.cpp.

#include <memory>
#include <span>
#include <string_view>

#include "sim/contract/intervention.hpp"
#include "sim/contract/parameter.hpp"

namespace sarx::models {

/// Every kind, interventions first, then insults. Lives as long as the program.
[[nodiscard]] std::span<KindSpec const> kind_specs();

/// Makes a kind by its name; throws std::logic_error for a name that kind_specs() does not list, or where a
/// parameter it asks for is in no file.
[[nodiscard]] std::unique_ptr<InterventionKind> make_kind(std::string_view name, ParameterTable const& parameters);

}  // namespace sarx::models
