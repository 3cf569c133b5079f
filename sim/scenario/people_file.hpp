#pragma once
// Real people from a CSV file, a row each: id, sex, age_years, weight and what Model::given() names.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"
#include "sim/scenario/plan.hpp"
#include "sim/scenario/problems.hpp"

namespace sarx {

/// Reads the text of a file of people into population.given, .weighted and .given_ignored.
///
/// `renamed`: pairs (our column, the file's name for it); other columns are found under our name. sex
/// (female, male, f, m) and age_years (20 to 120) are needed; id defaults to the row's number and must be
/// unique; weight is at least 0; the rest lies within its GivenSpec's bounds, in its unit. An empty cell is
/// drawn. Lines that start with # are comments; quotes as in RFC 4180; a byte-order mark and CRLF are fine.
/// A person's luck is keyed by the 64-bit XXH3 of the id, so it does not depend on the row.
///
/// Everything wrong is added to `problems` with its line and column name; nothing is kept of a wrong file.
void read_people_file(std::string_view text, std::string const& path,
                      std::vector<std::pair<std::string, std::string>> const& renamed, Model const& model,
                      Population& population, Problems& problems);

}  // namespace sarx
