#pragma once
// What recorded people are numbered by beside their row: candidates of a search, strata and sampling units of a survey.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/result/layout.hpp"

namespace sarx {

struct PeopleCodes {
    std::string name;  ///< "candidate", "stratum" or "sampling_unit"
    std::string meaning;
    std::vector<std::int32_t> codes;    ///< [person], of those recorded one by one
    std::vector<std::string> labels{};  ///< what the codes stand for; none for candidates
    std::string meaning_of_labels{};
};

/// Those that a plan's people have.
[[nodiscard]] std::vector<PeopleCodes> codes_of_people(Layout const& layout);

}  // namespace sarx
