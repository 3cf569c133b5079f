#pragma once
// Every kind of intervention and insult that a scenario can name, found by its file.

#include <memory>
#include <span>
#include <string_view>

#include "models/intervention.hpp"

namespace sarx::models {

/// The files of models/interventions/, each with its kinds.
std::span<Kinds (*const)()> kind_files();

/// What the kinds say of themselves: interventions before insults, each by name. Lives as long as the program.
[[nodiscard]] std::span<KindSpec const> kind_specs();

/// Makes a kind by its name; throws std::logic_error for a name that kind_specs() does not list, or where a
/// parameter it asks for is in no file.
[[nodiscard]] std::unique_ptr<InterventionKind> make_kind(std::string_view name, ParameterTable const& parameters);

}  // namespace sarx::models
