// The order of a cascade follows from what its stages do to columns.

#include <algorithm>
#include <string>
#include <vector>

#include "sim/contract/stage.hpp"
#include "support/catch.hpp"

using namespace sarx;

namespace {

constexpr ColumnId a{0};
constexpr ColumnId b{1};
constexpr ColumnId c{2};

std::vector<std::string> ordered(std::vector<StageSpec> stages) {
    // Whatever order they are given in, but where nothing decides.
    std::vector<std::string> names;
    for (std::size_t const i : order_of_stages(stages)) names.emplace_back(stages[i].name);
    std::ranges::reverse(stages);
    std::vector<std::string> again;
    for (std::size_t const i : order_of_stages(stages)) again.emplace_back(stages[i].name);
    CHECK(names == again);
    return names;
}

}  // namespace

TEST_CASE("who reads a column of this step runs after who writes it", "[stage_order]") {
    CHECK(ordered({{.name = "reader", .level = "1", .about = "", .reads = {a}, .writes = {b}},
                   {.name = "last", .level = "1", .about = "", .reads = {b}},
                   {.name = "writer", .level = "3", .about = "", .writes = {a}}}) ==
          std::vector<std::string>{"writer", "reader", "last"});
}

TEST_CASE("who reads a column of the previous step runs before who writes it", "[stage_order]") {
    CHECK(ordered({{.name = "writer", .level = "1", .about = "", .writes = {a}},
                   {.name = "feedback", .level = "2", .about = "", .reads_previous = {a}, .writes = {b}}}) ==
          std::vector<std::string>{"feedback", "writer"});
}

TEST_CASE("who adds to a column runs after who sets it and before who reads it, by level among themselves",
          "[stage_order]") {
    CHECK(ordered({{.name = "reads", .level = "0", .about = "", .reads = {a}},
                   {.name = "adds later", .level = "2", .about = "", .adds_to = {a}},
                   {.name = "adds", .level = "1", .about = "", .adds_to = {a}},
                   {.name = "sets", .level = "3", .about = "", .writes = {a}}}) ==
          std::vector<std::string>{"sets", "adds", "adds later", "reads"});
}

TEST_CASE("stages of life run first and measures last, and where nothing decides lower levels first", "[stage_order]") {
    CHECK(ordered({{.name = "body 2", .level = "2", .about = "", .writes = {a}},
                   {.name = "measure", .phase = Phase::measure, .level = "0", .about = ""},
                   {.name = "body 1", .level = "1", .about = "", .writes = {b}},
                   {.name = "life", .phase = Phase::life, .level = "9", .about = "", .writes = {c}}}) ==
          std::vector<std::string>{"life", "body 1", "body 2", "measure"});
}

TEST_CASE("a loop of stages ends in an order nevertheless", "[stage_order]") {
    CHECK(ordered({{.name = "one", .level = "1", .about = "", .reads = {b}, .writes = {a}},
                   {.name = "two", .level = "2", .about = "", .reads = {a}, .writes = {b}}}) ==
          std::vector<std::string>{"one", "two"});
}
