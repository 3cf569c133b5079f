#pragma once
// record: what is kept of everything simulated.

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

constexpr std::uint64_t most_recorded_people = 1'000'000'000;

/// Chooses variables and people; refuses more than a disk holds. Needs the arms, the clock and what runs until.
void check_record(Reading const& reading, Given const& given, std::string const& path, Record& record);
/// Whether snapshots come at records, of no more people than there are.
void check_motor_units(Reading const& reading, Given const& given, std::string const& path, MotorUnitRecord& record);
/// "[alive, grip_strength_kg]".
std::string variables_text(Plan const& plan, Record const& record);

}  // namespace sarx::grammar
