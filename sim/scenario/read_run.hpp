#pragma once
// run: how many people it takes.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

inline constexpr std::string_view at_most_why = "must be within population.people, which is the least, and 1000000000";

/// What must be known, of which arm, when and how well. Needs the arms and the clock.
void check_until_effect(Reading const& reading, Given const& given, std::string const& path, Until& until);
/// Whether there can be more people.
void check_run(Reading const& reading, Given const& given, std::string const& path, Plan& plan);

}  // namespace sarx::grammar
