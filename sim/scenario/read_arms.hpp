#pragma once
// arms: who gets which intervention, when, and how much of it arrives.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// The mapping of names to lists of deliveries.
Form<Plan> arms_form();
/// Whether anybody is there when a delivery begins.
void check_from(Reading const& reading, Given const& given, std::string const& path, Delivery& delivery);
/// Whether a delivery ends after it begins.
void check_until(Reading const& reading, Given const& given, std::string const& path, Delivery& delivery);
/// Whether a group is one of its groups.
void check_groups(Reading const& reading, Given const& given, std::string const& path, Delivery& delivery);

}  // namespace sarx::grammar
