#include "sim/scenario/read_population.hpp"

#include <algorithm>
#include <limits>

#include "sim/scenario/scenario_tree.hpp"
#include "sim/tables/people_file.hpp"

namespace sarx::grammar {
namespace {

constexpr std::size_t most_file_bytes = 256U << 20U;

/// Names of the file's columns for the names sarx knows: {grip_strength_kg: grip_max_kg}.
void read_columns(Reading const& reading, YamlNode const& node, PeopleColumns& columns) {
    std::string const path = "population.columns";
    if (!node.is_map()) return reading.refuse(node, path, "needs keys with values", "found " + found(node));
    auto const known = people_columns(reading.model);
    for (auto const& [key, value] : node.fields) {
        auto const index = read_name(reading, key, path, known, "unknown column");
        auto const name = read_text(reading, value, path + "." + key.text);
        if (!index || !name) continue;
        auto const other = std::ranges::find(columns.named, *name, &std::pair<std::string, std::string>::second);
        if (other != columns.named.end())
            reading.refuse(value, path + "." + key.text, "'" + *name + "' stands here twice",
                           "it is " + other->first + " already; a column means one thing");
        else
            columns.named.emplace_back(known[*index], *name);
    }
}

/// Columns of the file that are not to be used.
void read_ignored(Reading const& reading, YamlNode const& node, PeopleColumns& columns) {
    std::string const path = "population.ignore";
    if (!node.is_sequence())
        return reading.refuse(node, path, "needs a list of the file's columns", "found " + found(node));
    for (auto const& item : node.items) {
        auto const name = read_text(reading, item, path);
        if (!name) continue;
        if (std::ranges::find(columns.named, *name, &std::pair<std::string, std::string>::second) !=
            columns.named.end())
            reading.refuse(item, path, "'" + *name + "' is named in population.columns", "give one of the two");
        columns.ignored.push_back(*name);
    }
}

void check_given_ages(Reading const& reading, YamlNode const& from) {
    auto& population = reading.plan.population;
    std::size_t late = 0;
    GivenPerson const* first = nullptr;
    double youngest = oldest_years;
    double oldest = youngest_years;
    for (auto const& person : population.given) {
        youngest = std::min(youngest, person.age_years);
        oldest = std::max(oldest, person.age_years);
        if (person.age_years < population.end_age_years) continue;
        if (late++ == 0) first = &person;
    }
    population.start_age_from_years = youngest;
    population.start_age_to_years = oldest;
    if (first != nullptr)
        reading.refuse(from, "population.from",
                       "'" + first->id + "' is " + number_text(first->age_years) + " years old at entry",
                       "observation ends at " + number_text(population.end_age_years) + " years" +
                           (late > 1 ? "; " + std::to_string(late - 1) + " more like this" : "") +
                           "; give 'follow' instead of 'end_age'");
}

/// Reads the file of people, of whom `people` may ask for fewer.
void read_given(Reading const& reading, Given const& keys, YamlNode const& from) {
    auto& population = reading.plan.population;
    std::string const path = "population.from";
    PeopleColumns columns;
    if (YamlNode const* const named = keys.at("columns")) read_columns(reading, *named, columns);
    if (YamlNode const* const ignored = keys.at("ignore")) read_ignored(reading, *ignored, columns);
    auto& given = population.given;
    if (auto const name = read_text(reading, from, path))
        if (auto text = reading.folder.read(*name, "", most_file_bytes, from.mark, path, reading.problems,
                                            population.given_path)) {
            read_people_file(*text, population.given_path, columns, reading.model, population, reading.problems);
            reading.plan.origin.tables.push_back({population.given_path, std::move(*text)});
        }
    YamlNode const* const people = keys.at("people");
    if (people != nullptr && !given.empty() && population.people > given.size())
        reading.refuse(*people, "population.people", people->text + " people are not there",
                       "the file has " + std::to_string(given.size()));
    population.given_rows = static_cast<std::uint32_t>(given.size());
    // Of those who qualify, as many as are asked for: not yet known who they are.
    bool const fewer = people != nullptr && population.people > 0 && population.people < given.size();
    bool const chosen = keys.at("where") != nullptr;
    if (fewer && !chosen) given.resize(population.people);
    if (!fewer || !chosen) population.people = static_cast<std::uint32_t>(given.size());
    if (!given.empty()) check_given_ages(reading, from);
}

}  // namespace

void check_start_age(Reading const& reading, Given const& given, std::string const& path, Population& population) {
    YamlNode const* const from = given.sound_at("from");
    YamlNode const* const to = given.sound_at("to");
    if (from == nullptr || to == nullptr) {
        population.start_age_from_years = population.start_age_to_years = Population{}.start_age_from_years;
        return;
    }
    if (!(population.start_age_from_years <= population.start_age_to_years))
        reading.refuse(*to, path + ".to", to->text + " comes before 'from'", "'from' is " + from->text);
}

void check_population(Reading const& reading, Given const& given, std::string const& path, Population& population) {
    auto const refuse = [&](std::string const& key, std::string what, std::string why) {
        if (YamlNode const* const node = given.at(key))
            reading.refuse(*node, path + "." + key, std::move(what), std::move(why));
    };
    YamlNode const* const from = given.at("from");
    bool const follows = given.at("follow") != nullptr;
    if (follows && given.sound_at("follow") != nullptr && !(population.follow_years > 0.0))
        refuse("follow", "nobody is followed", "must be above 0 years");
    if (follows) population.end_age_years = std::numeric_limits<double>::infinity();
    if (given.at("end_age") != nullptr) refuse("follow", "stands beside 'end_age'", "give one of the two");
    if (from == nullptr) {
        for (char const* const key : {"columns", "ignore"})
            refuse(key, "names columns of no file", "'from' names the file");
        if (!follows && !(population.end_age_years > population.start_age_to_years)) {
            YamlNode const* const start = given.at("start_age");
            YamlNode const* const end = given.at("end_age");
            reading.refuse(end != nullptr     ? *end
                           : start != nullptr ? *start
                                              : given.node,
                           path + ".end_age",
                           "observation ends at " + number_text(population.end_age_years) + " years, before it begins",
                           "people start at up to " + number_text(population.start_age_to_years) + " years");
        }
    } else {
        refuse("start_age", "stands beside 'from'", "the file gives the ages");
        refuse("female_fraction", "stands beside 'from'", "the file gives the sexes");
        read_given(reading, given, *from);
    }
    if (!follows) population.follow_years = population.end_age_years - population.start_age_from_years;
}

}  // namespace sarx::grammar
