#include "sim/scenario/check_report.hpp"

#include <sstream>

#include "sim/scenario/scenario_reader.hpp"
#include "sim/text/text_table.hpp"
#include "sim/text/words.hpp"
#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;

TEST_CASE("times are told in the unit that reads best", "[check_report]") {
    CHECK(duration_text(1.0) == "1 year");
    CHECK(duration_text(1.0 / 12.0) == "1 month");
    CHECK(duration_text(24.0 * 7.0 / 365.2425) == "24 weeks");
    CHECK(duration_text(1.0 / 365.2425) == "1 day");
    CHECK(duration_text(60.0) == "60 years");
    CHECK(duration_text(0.5) == "6 months");
}

TEST_CASE("a plan is told in words", "[check_report]") {
    auto const model = toy::make_model();
    Problems problems;
    ScenarioText const scenario{.text = R"(
sarx: 1
title: Train the toy
population: {people: 10000, start_age: 20 years, end_age: 90 years, female_fraction: 0.5}
clock: {step: 1 month, record_every: 1 year}
model: {cascade: slow, hold: {strength_kg: entry, fall_rate_per_year: youth, fitness: youth}, parameters: {strength.weak_below_kg: 30}}
interventions:
  twice_a_week: {kind: training, dose: {sessions_per_week: 2}, ramp_up: 12 weeks}
  cast: {kind: immobilisation, dose: {unloading_fraction: 0.9}}
arms:
  usual_life: []
  active:
    - {give: twice_a_week, from: {age: 60 years}, until: {after: 24 weeks}, to: "sex == female", reach: {coverage: 0.8, adherence: {mean: 0.7, sd: 0.2}}}
    - {give: cast, from: {event: fall}, until: {after: 6 weeks}, repeat: true, muscles: [leg], side: left}
)",
                                .folder = {},
                                .beside = {}};
    auto const plan = read_plan(scenario, *model, {}, problems);
    INFO(problems.text());
    REQUIRE(plan);
    auto const report = plan_report(*plan, 90.0, 2.5e9, 4.2e6);
    INFO(report);
    std::string unwrapped;
    for (auto const& line : wrapped(report, report.size())) unwrapped += line;
    for (std::string const part :
         {"Train the toy",
          "as at 20: fitness, fall_rate_per_year; as at entry: strength_kg",
          "10,000 people, 50 % women",
          "from 20 years, until 90",
          "a step of 1 month",
          "840 steps, 71 records",
          "slow: habits, shrinking, strength",
          "usual_life (the reference)",
          "nothing is given",
          "twice_a_week from 60 years of age for 24 weeks, to those with sex == female, reaching 80 %",
          "adherence 70 %",
          "cast after every fall for",
          "in leg, left side",
          "strength.weak_below_kg",
          "24 -> 30",
          "scenario.yaml:6",
          "in full after 12 weeks",
          "strength_kg",
          "90 s",
          "2.5 GB",
          "4.2 MB"}) {
        INFO(part);
        CHECK(unwrapped.find(part) != std::string::npos);
    }
    std::istringstream lines(report);
    for (std::string line; std::getline(lines, line);) CHECK(shown_width(line) <= text_width);
}

TEST_CASE("what is not done as it is written is told with its place, and only then", "[check_report]") {
    auto const model = toy::make_model();
    auto const report = [&](std::string const& age) {
        Problems problems;
        auto const plan = read_plan(
            ScenarioText{
                .name = "mixed.yaml",
                .text = "sarx: 1\n"
                        "population: {people: 10, start_age: {from: 50 years, to: 70 years}, end_age: 90 years}\n"
                        "interventions: {gym: {kind: training, dose: {sessions_per_week: 2}}}\n"
                        "arms: {a: [{give: gym, from: {age: " +
                        age + "}}]}\n",
                .folder = {},
                .beside = {}},
            *model, {}, problems);
        INFO(problems.text());
        REQUIRE(plan);
        return plan_report(*plan, 1.0, 1.0, 1.0);
    };
    CHECK(report("75 years").find("not as written") == std::string::npos);
    CHECK(report("60 years")
              .find("not as written\n  - mixed.yaml:4:36: arms.a.0.from.age: who is older at the start "
                    "begins at entry") != std::string::npos);
}
