#include <algorithm>

#include "sim/text/problems.hpp"
#include "support/catch.hpp"

using namespace sarx;

TEST_CASE("a problem is one line: where, what, why, try", "[problems]") {
    Problems problems;
    problems.files = {"ageing.yaml"};
    problems.add({{0, 14, 5}, "model.parameters.x", "unknown key", "not a parameter", "y"});
    CHECK(problems.text() ==
          "ageing.yaml:14:5: model.parameters.x: unknown key (not a parameter). Did you mean 'y'?\n");
}

TEST_CASE("problems are told in the order of their places", "[problems]") {
    Problems problems;
    problems.files = {"a", "b"};
    problems.add({{1, 1, 1}, "", "third", "", ""});
    problems.add({{0, 9, 2}, "", "second", "", ""});
    problems.add({{0, 9, 1}, "", "first", "", ""});
    problems.add({{-1, 0, 0}, "", "without a place", "", ""});
    CHECK(problems.text() == "without a place\na:9:1: first\na:9:2: second\nb:1:1: third\n");
}

TEST_CASE("no more than a hundred lines, then a count", "[problems]") {
    Problems problems;
    for (int i = 0; i < 130; ++i) problems.add({{-1, 0, 0}, "", "wrong", "", ""});
    std::string const text = problems.text();
    CHECK(std::count(text.begin(), text.end(), '\n') == 101);
    CHECK(text.ends_with("and 30 more\n"));
}

TEST_CASE("text from a scenario cannot steer the terminal", "[problems]") {
    Problems problems;
    problems.add({{-1, 0, 0}, "a\x1b[2Jb", "two\nlines", "", ""});
    CHECK(problems.text() == "a?[2Jb: two?lines\n");
}

TEST_CASE("the nearest name is found by typing errors and by parts", "[problems]") {
    std::vector<std::string> const names = {"grip_strength_kg", "gait_speed_m_per_s", "alive", "age_years", "sex"};
    CHECK(nearest("grip_strenght_kg", names) == "grip_strength_kg");
    CHECK(nearest("Grip_Strength_kg", names) == "grip_strength_kg");
    CHECK(nearest("grip-strength-kg", names) == "grip_strength_kg");
    CHECK(nearest("ailve", names) == "alive");
    CHECK(nearest("gait_speed", names) == "gait_speed_m_per_s");
    CHECK(nearest("sxe", names) == "sex");
    CHECK(nearest("quite_another_thing", names).empty());
    CHECK(nearest("", names).empty());
    CHECK(nearest(std::string(100000, 'a'), names).empty());
}
