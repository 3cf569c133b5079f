#pragma once
// interventions: what each consists of, under a name that arms can give.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// The mapping of names to interventions.
Form<Plan> interventions_form();
/// "{sessions_per_week: 2, intensity_fraction: 0.8}".
std::string dose_text(Plan const& plan, Intervention const& intervention);

}  // namespace sarx::grammar
