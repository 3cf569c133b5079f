#pragma once
// population: who is simulated, from when to when.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// Reads the file of people where there is one; refuses keys that exclude each other and ends before the start.
void check_population(Reading const& reading, Given const& given, std::string const& path, Population& population);
/// Of a range of ages.
void check_start_age(Reading const& reading, Given const& given, std::string const& path, Population& population);

}  // namespace sarx::grammar
