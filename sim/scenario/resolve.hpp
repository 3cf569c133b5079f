#pragma once
// The plan as YAML text with every default filled in, and the number that stands for it.

#include <string>

#include "sim/scenario/plan.hpp"

namespace sarx::grammar {

/// Fills plan.resolved and plan.digest.
void resolve(Plan& plan);

// What of it is no key's own: each ready to stand behind a key.
std::string parameters_text(Plan const& plan);
std::string correlations_text(Plan const& plan);
std::string holds_text(Plan const& plan);
/// What the scenario changed of the model, and by whose hand.
std::string changes_text(Plan const& plan);
/// What a file of people says of its survey.
std::string design_text(Population const& population);

}  // namespace sarx::grammar
