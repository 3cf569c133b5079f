#pragma once
// clock: in what steps life goes, and when it is looked at.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// Counts the steps and records of the longest follow-up; refuses more than a run can hold. Needs the population.
void check_clock(Reading const& reading, Given const& given, std::string const& path, Clock& clock);

}  // namespace sarx::grammar
