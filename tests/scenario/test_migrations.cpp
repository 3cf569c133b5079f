#include "sim/scenario/migrations.hpp"

#include "support/catch.hpp"

using namespace sarx;

namespace {

YamlNode tree(std::string const& text) {
    Problems problems;
    auto root = parse_yaml(text, 0, problems);
    INFO(problems.text());
    REQUIRE(root);
    return *root;
}

void persons_became_people(YamlNode& root) { rename_key(root, "population.persons", "people"); }
void people_became_folk(YamlNode& root) { rename_key(root, "population.people", "folk"); }

/// Of a made-up history: format 2 called people people, format 3 calls them folk.
constexpr Migration made_up[] = {{1, persons_became_people}, {2, people_became_folk}};

}  // namespace

TEST_CASE("an old key is brought to today's name, step by step, and keeps its line", "[migrations]") {
    auto root = tree("sarx: 1\npopulation:\n  start_age: 20 years\n  persons: 10\n");
    migrate(root, 1, 3, made_up);
    auto const& population = *root.find("population");
    CHECK(population.find("persons") == nullptr);
    REQUIRE(population.find("folk") != nullptr);
    CHECK(population.find("folk")->mark.line == 4);
    CHECK(population.find("folk")->mark.column == 12);
    CHECK(population.fields.at(1).first.mark.line == 4);
    CHECK(population.find("start_age")->text == "20 years");
}

TEST_CASE("what is of a later format already is left as it is", "[migrations]") {
    auto const migrated = [](int from, int to) {
        auto root = tree("population: {persons: 10, people: 20}");
        migrate(root, from, to, made_up);
        return root.find("population")->fields.at(1).first.text;
    };
    CHECK(migrated(1, 1) == "people");
    CHECK(migrated(2, 3) == "folk");
    CHECK(migrated(3, 3) == "people");
}

TEST_CASE("every migration leads from one format to the next, up to today's", "[migrations]") {
    CHECK(migrations().size() == format_version - 1);
    for (std::size_t i = 0; i < migrations().size(); ++i) CHECK(migrations()[i].from == static_cast<int>(i) + 1);
}
