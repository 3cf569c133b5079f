#pragma once
// Whether what was saved belongs to this plan, and what changed where it does not.

#include <string>

#include "sim/record/journal.hpp"

namespace sarx {

/// Throws InputError, naming what changed, where a journal was begun by another program or with another scenario.
void require_same_plan(Plan const& plan, JournalHeader const& header, std::string const& journal);

/// Why the file is not that of this very plan and program, as "it is of another scenario"; empty where it is.
/// Throws InputError where it is no finished file of sarx.
std::string why_not_of(Plan const& plan, std::string const& file);

}  // namespace sarx
