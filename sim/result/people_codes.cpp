#include "sim/result/people_codes.hpp"

#include <algorithm>
#include <utility>

namespace sarx {

namespace {

PeopleCodes coded(Layout const& layout, std::string const& name, std::string const& what,
                  std::string GivenPerson::*label) {
    auto const& given = layout.plan->population.given;
    std::vector<std::string> labels;
    for (auto const& person : given) labels.push_back(person.*label);
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    std::vector<std::int32_t> codes;
    for (std::size_t p = 0; p < layout.recorded; ++p)
        codes.push_back(static_cast<std::int32_t>(std::lower_bound(labels.begin(), labels.end(), given[p].*label) -
                                                  labels.begin()));
    return {.name = name,
            .meaning = what + ", counted from 0 in " + name + "_label",
            .codes = std::move(codes),
            .labels = std::move(labels),
            .meaning_of_labels = "label of a " + what};
}

}  // namespace

std::vector<PeopleCodes> codes_of_people(Layout const& layout) {
    Population const& population = layout.plan->population;
    std::vector<PeopleCodes> all;
    if (layout.recorded == 0) return all;
    if (!population.given.empty() && population.has_strata)
        all.push_back(coded(layout, "stratum", "stratum of the survey", &GivenPerson::stratum));
    if (!population.given.empty() && population.has_sampling_units)
        all.push_back(coded(layout, "sampling_unit", "sampling unit of the survey, within its stratum",
                            &GivenPerson::sampling_unit));
    if (!population.chosen.empty())
        all.push_back({.name = "candidate",
                       .meaning = population.given.empty() ? "number of the candidate, from 0; luck is keyed by it"
                                                           : "row of the file of people, from 0",
                       .codes = {population.chosen.begin(),
                                 population.chosen.begin() + static_cast<std::ptrdiff_t>(layout.recorded)}});
    return all;
}

}  // namespace sarx
