// seed and population: who is simulated, from when to when.

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/scenario/people_file.hpp"
#include "sim/scenario/reading.hpp"
#include "sim/scenario/scenario_tree.hpp"

namespace sarx {
namespace {

constexpr std::uint64_t most_people = 1'000'000'000;
constexpr std::size_t most_file_bytes = 256U << 20U;

void read_start_age(Reading const& reading, YamlNode const& node) {
    auto& population = reading.plan.population;
    std::string const path = "population.start_age";
    if (!node.is_map()) {
        if (auto const age = read_years(reading, node, path, youngest_years, oldest_years))
            population.start_age_from_years = population.start_age_to_years = *age;
        return;
    }
    Fields fields(reading, node, path);
    YamlNode const* const from = fields.need("from", "the youngest age at the start");
    YamlNode const* const to = fields.need("to", "the oldest age at the start");
    fields.finish();
    if (from == nullptr || to == nullptr) return;
    constexpr double refused = -1.0;
    double const a = read_years(reading, *from, fields.path("from"), youngest_years, oldest_years).value_or(refused);
    double const b = read_years(reading, *to, fields.path("to"), youngest_years, oldest_years).value_or(refused);
    if (a == refused || b == refused) return;
    if (!(a <= b)) reading.refuse(*to, fields.path("to"), to->text + " comes before 'from'", "'from' is " + from->text);
    population.start_age_from_years = a;
    population.start_age_to_years = b;
}

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

void read_given(Reading const& reading, Fields& fields, YamlNode const& from, YamlNode const* named,
                YamlNode const* ignored) {
    auto& population = reading.plan.population;
    std::string const path = fields.path("from");
    PeopleColumns columns;
    if (named != nullptr) read_columns(reading, *named, columns);
    if (ignored != nullptr) read_ignored(reading, *ignored, columns);
    auto const name = read_text(reading, from, path);
    if (!name) return;
    auto text =
        reading.folder.read(*name, "", most_file_bytes, from.mark, path, reading.problems, population.given_path);
    if (!text) return;
    read_people_file(*text, population.given_path, columns, reading.model, population, reading.problems);
    reading.plan.origin.tables.push_back({population.given_path, std::move(*text)});
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

void read_seed(Reading const& reading, YamlNode const& root) {
    YamlNode const* const seed = root.find("seed");
    reading.plan.seed = 1;
    if (seed == nullptr) return;
    if (auto const value = read_whole(reading, *seed, "seed", 0, std::numeric_limits<std::uint64_t>::max()))
        reading.plan.seed = *value;
}

}  // namespace

void read_population(Reading const& reading, YamlNode const& root) {
    read_seed(reading, root);
    auto& population = reading.plan.population;
    YamlNode const* const node = root.find("population");
    if (node == nullptr) {
        reading.problems.add({root.mark, "", "'population' is missing", "who is simulated", ""});
        return;
    }
    Fields fields(reading, *node, "population");
    if (!fields.is_map()) return;
    YamlNode const* const from = fields.take("from");
    YamlNode const* const columns = fields.take("columns");
    YamlNode const* const ignored = fields.take("ignore");
    YamlNode const* const people =
        from == nullptr ? fields.need("people", "how many are simulated") : fields.take("people");
    YamlNode const* const start_age = fields.take("start_age");
    YamlNode const* const end_age = fields.take("end_age");
    YamlNode const* const follow = fields.take("follow");
    YamlNode const* const female = fields.take("female_fraction");
    YamlNode const* const candidates = fields.take("candidates");
    YamlNode const* const where = fields.take("where");  // read_where, when the model is known
    fields.finish();

    if (people != nullptr)
        if (auto const count = read_whole(reading, *people, fields.path("people"), 1, most_people,
                                          "1 to 1000000000 people; at a billion the summaries alone take days"))
            population.people = static_cast<std::uint32_t>(*count);
    if (female != nullptr)
        if (auto const share = read_number(reading, *female, fields.path("female_fraction"), "1", 0.0, 1.0))
            population.female_fraction = *share;
    if (candidates != nullptr)
        if (auto const count = read_whole(reading, *candidates, fields.path("candidates"), 1, 1000))
            population.candidates = static_cast<int>(*count);
    if (start_age != nullptr) read_start_age(reading, *start_age);
    if (end_age != nullptr)
        if (auto const age = read_years(reading, *end_age, fields.path("end_age"), youngest_years, oldest_years))
            population.end_age_years = *age;
    if (follow != nullptr) {
        population.end_age_years = std::numeric_limits<double>::infinity();
        if (auto const years =
                read_years(reading, *follow, fields.path("follow"), 0.0, oldest_years - youngest_years)) {
            population.follow_years = *years;
            if (!(*years > 0.0))
                reading.refuse(*follow, fields.path("follow"), "nobody is followed", "must be above 0 years");
        }
    }
    if (follow != nullptr && end_age != nullptr)
        reading.refuse(*follow, fields.path("follow"), "stands beside 'end_age'", "give one of the two");
    if (columns != nullptr && from == nullptr)
        reading.refuse(*columns, fields.path("columns"), "names columns of no file", "'from' names the file");
    if (ignored != nullptr && from == nullptr)
        reading.refuse(*ignored, fields.path("ignore"), "names columns of no file", "'from' names the file");

    if (from != nullptr) {
        if (start_age != nullptr)
            reading.refuse(*start_age, fields.path("start_age"), "stands beside 'from'", "the file gives the ages");
        if (female != nullptr)
            reading.refuse(*female, fields.path("female_fraction"), "stands beside 'from'", "the file gives the sexes");
        read_given(reading, fields, *from, columns, ignored);
        auto& given = population.given;
        if (people != nullptr && !given.empty() && population.people > given.size())
            reading.refuse(*people, fields.path("people"), people->text + " people are not there",
                           "the file has " + std::to_string(given.size()));
        population.given_rows = static_cast<std::uint32_t>(given.size());
        // Of those who qualify, as many as are asked for: not yet known who they are.
        bool const fewer = people != nullptr && population.people > 0 && population.people < given.size();
        if (fewer && where == nullptr) given.resize(population.people);
        if (!fewer || where == nullptr) population.people = static_cast<std::uint32_t>(given.size());
        if (!given.empty()) check_given_ages(reading, *from);
    } else if (follow == nullptr && !(population.end_age_years > population.start_age_to_years)) {
        YamlNode const& at = end_age != nullptr ? *end_age : start_age != nullptr ? *start_age : *node;
        reading.refuse(at, fields.path("end_age"),
                       "observation ends at " + number_text(population.end_age_years) + " years, before it begins",
                       "people start at up to " + number_text(population.start_age_to_years) + " years");
    }
    if (follow == nullptr) population.follow_years = population.end_age_years - population.start_age_from_years;
}

}  // namespace sarx
