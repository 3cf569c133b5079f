#include "sim/scenario/scenario_reader.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
namespace fs = std::filesystem;

namespace {

std::string const small = "sarx: 1\npopulation: {people: 10, start_age: 20 years, end_age: 60 years}\n";

std::string const whole = R"(
sarx: 1
title: Everything at once
description: every key of the grammar
authors: [A. Person, B. Person]
references: doi:10.0000/nothing
seed: 7
population:
  people: 1e3
  start_age: {from: 50 years, to: 60 years}
  end_age: 90 years
  female_fraction: 40 %
clock: {step: 1 month, record_every: 6 months}
model:
  cascade: {like: slow, replace: {shrinking: rapid_shrinking}}
  muscles: [leg, arm]
  parameters:
    shrinking.rate_per_year: 0.05
    shrinking: {death_rate_per_year: 0.0025 /month}
    people.unit_count: {leg: 30, arm: {female: 10, male: {uniform: {from: 8, to: 12}}}}
    habits.activity_ratio: {gamma: {mean: 1, shape: 9}, between: people}
    strength.per_fibre_kg: {lognormal: {median: 100 g, sd_log: 0.2}, between: runs}
  correlations:
    - {between: [people.height_cm, habits.activity_ratio], rho: 0.3}
interventions:
  gym:
    kind: training
    dose: {sessions_per_week: 2}
    ramp_up: 12 weeks
    waning: {exponential: {half_life: 6 months}}
  cast: {kind: immobilisation, dose: {unloading_fraction: 80 %}, waning: {linear: {duration: 1 week}}}
arms:
  usual_life: []
  power:
    - give: gym
      from: {age: 60 years}
      until: {after: 24 weeks}
      to: "sex == female and age_years >= 60"
      reach: {coverage: 0.8, adherence: {mean: 0.7, sd: 0.2}, dropout_per_year: 0.1}
    - give: cast
      from: {event: fall}
      until: {after: 2 weeks}
      muscles: [leg]
      side: left
      repeat: true
    - {give: gym, from: {screen: "strength_kg < 27", every: 1 year, sensitivity: 0.9, specificity: 0.8}, until: {when: strength_kg > 40}}
    - {give: gym, from: {time: 1 year}, until: {age: 70 years}, reach: {adherence: 0.5}}
record:
  variables: [strength_kg, unit_count]
  people: 100
  motor_units: {people: 50, every: 10 years}
  significant_bits: 12
)";

std::optional<Plan> read(std::string const& text, ReadOptions const& options, std::string& said,
                         std::vector<ScenarioSource> beside = {}) {
    static auto const model = toy::make_model();
    Problems problems;
    auto plan = read_plan(ScenarioText{"folder/test.yaml", text, {}, std::move(beside)}, *model, options, problems);
    said = problems.text();
    CHECK(plan.has_value() == problems.empty());
    return plan;
}

Plan accepted(std::string const& text, ReadOptions const& options = {}, std::vector<ScenarioSource> beside = {}) {
    std::string said;
    auto plan = read(text, options, said, std::move(beside));
    INFO(said);
    REQUIRE(plan);
    return *plan;
}

std::string refused(std::string const& text, ReadOptions const& options = {}, std::vector<ScenarioSource> beside = {}) {
    std::string said;
    auto const plan = read(text, options, said, std::move(beside));
    CHECK_FALSE(plan.has_value());
    return said;
}

ReadOptions set(std::string const& path, std::string const& value) {
    ReadOptions options;
    options.set.emplace_back(path, value);
    return options;
}

Value const& value_of(Plan const& plan, std::string const& path, std::size_t muscle = 0, int sex = 0) {
    return plan.parameters.values.at(plan.model->parameters().id(path).index)
        .at(muscle)
        .at(static_cast<std::size_t>(sex));
}

std::vector<std::string> recorded(Plan const& plan) {
    std::vector<std::string> names;
    for (ColumnId const c : plan.record.variables) names.emplace_back(plan.model->columns()[c.index].name);
    return names;
}

}  // namespace

TEST_CASE("every key of a scenario arrives in the plan", "[reader]") {
    Plan const plan = accepted(whole);
    CHECK(plan.name == "test");
    CHECK(plan.title == "Everything at once");
    CHECK(plan.seed == 7);
    CHECK(plan.population.people == 1000);
    CHECK(plan.population.start_age_from_years == 50.0);
    CHECK(plan.population.start_age_to_years == 60.0);
    CHECK(plan.population.end_age_years == 90.0);
    CHECK(plan.population.follow_years == 40.0);
    CHECK_THAT(plan.population.female_fraction, WithinRel(0.4, 1e-12));
    CHECK(plan.clock.step_years == 1.0 / 12.0);
    CHECK(plan.clock.steps == 480);
    CHECK(plan.clock.record_every_years == 0.5);
    CHECK(plan.clock.records == 81);
    CHECK(plan.cascade == "custom");
    CHECK(plan.stages == std::vector<std::string>{"habits", "rapid_shrinking", "strength"});
    CHECK(plan.muscles == std::vector<int>{1, 0});
    CHECK(plan.muscle_names == std::vector<std::string>{"leg", "arm"});

    REQUIRE(plan.interventions.size() == 2);
    auto const& gym = plan.interventions[0];
    CHECK(gym.name == "gym");
    CHECK(gym.dose == std::vector<double>{2.0, 0.5});
    CHECK_THAT(gym.ramp_up_years, WithinRel(84.0 / 365.242198781, 1e-9));
    CHECK(gym.waning.shape == Waning::Shape::exponential);
    CHECK_THAT(gym.waning.years, WithinRel(0.5, 1e-12));
    auto const& cast = plan.interventions[1];
    CHECK(cast.kind == 1);
    CHECK_THAT(cast.dose.at(0), WithinRel(0.8, 1e-12));
    CHECK(cast.waning.shape == Waning::Shape::linear);

    REQUIRE(plan.arms.size() == 2);
    CHECK(plan.arms[0].name == "usual_life");
    CHECK(plan.arms[0].deliveries.empty());
    auto const& d = plan.arms[1].deliveries;
    REQUIRE(d.size() == 4);
    CHECK(d[0].from == Delivery::From::age);
    CHECK(d[0].from_years == 60.0);
    CHECK(d[0].until == Delivery::Until::after);
    CHECK(d[0].to.text == "sex == female and age_years >= 60");
    CHECK(d[0].coverage == 0.8);
    CHECK(d[0].adherence_mean == 0.7);
    CHECK(d[0].adherence_sd == 0.2);
    CHECK(d[0].dropout_rate_per_year == 0.1);
    CHECK(d[0].muscles == ~0U);
    CHECK(d[1].from == Delivery::From::event);
    CHECK(d[1].event == 0);
    CHECK(d[1].muscles == 1U);
    CHECK(d[1].sides == left_side);
    CHECK(d[1].repeat);
    CHECK(d[2].from == Delivery::From::screen);
    CHECK(d[2].screen_every_years == 1.0);
    CHECK(d[2].screen_sensitivity == 0.9);
    CHECK(d[2].screen_specificity == 0.8);
    CHECK(d[2].until == Delivery::Until::when);
    CHECK(d[3].from == Delivery::From::time);
    CHECK(d[3].until == Delivery::Until::age);
    CHECK(d[3].adherence_mean == 0.5);
    CHECK(std::vector<int>{d[0].occurrence, d[1].occurrence, d[2].occurrence, d[3].occurrence} ==
          std::vector<int>{0, 0, 1, 2});

    CHECK(recorded(plan) == std::vector<std::string>{"alive", "unit_count", "strength_kg"});
    CHECK(plan.record.people == 100);
    CHECK(plan.record.motor_units.people == 50);
    CHECK_THAT(plan.record.motor_units.every_years, WithinRel(10.0, 1e-12));
    CHECK(plan.record.significant_bits == 12);
}

TEST_CASE("what a scenario leaves out has the described default", "[reader]") {
    Plan const plan = accepted(small);
    CHECK(plan.seed == 1);
    CHECK(plan.cascade == "slow");
    CHECK(plan.muscle_names == std::vector<std::string>{"arm", "leg"});
    CHECK(plan.arms.size() == 1);
    CHECK(plan.clock.steps == 480);
    CHECK(plan.clock.records == 41);
    CHECK(plan.record.people == 10);
    CHECK(plan.overrides.empty());
    CHECK(recorded(plan) == std::vector<std::string>{"alive", "unit_count", "fibre_count", "strength_kg", "weakness"});
}

TEST_CASE("the step is the one asked for, whatever is recorded", "[reader]") {
    auto const clock = [](std::string const& text) { return accepted(small + "clock: " + text + "\n").clock; };
    CHECK(clock("{step: 5 months, record_every: 1 year}").step_years == 5.0 / 12.0);
    CHECK(clock("{step: 5 months, record_every: 1 year}").steps == 96);
    CHECK(clock("{step: 1 year, record_every: 1 month}").step_years == 1.0);
    CHECK(clock("{step: 1 year, record_every: 1 month}").records == 481);
    CHECK(clock("{step: 0.25 years}").step_years == 0.25);
    CHECK_THAT(clock("{step: 7 days, record_every: 1 month}").step_years, WithinRel(7.0 / 365.242198781, 1e-9));
    CHECK_THAT(clock("{step: 7 days, record_every: 1 month}").record_years(7), WithinRel(7.0 / 12.0, 1e-12));
}

TEST_CASE("records come every so often, and at the end of the longest follow-up", "[reader]") {
    auto const clock = [](std::string const& follow) {
        return accepted("sarx: 1\npopulation: {people: 5, start_age: 60 years, " + follow + "}\n").clock;
    };
    CHECK(clock("follow: 30 months").records == 4);
    CHECK(clock("follow: 30 months").record_years(2) == 2.0);
    CHECK(clock("follow: 30 months").record_years(3) == 2.5);
    CHECK(clock("follow: 26 weeks").records == 2);
    CHECK_THAT(clock("follow: 26 weeks").record_years(1), WithinRel(26.0 * 7.0 / 365.242198781, 1e-9));
    CHECK(clock("end_age: 65.9 years").records == 7);
    CHECK_THAT(clock("end_age: 65.9 years").record_years(6), WithinRel(5.9, 1e-9));
    CHECK(clock("follow: 5 years").records == 6);
    CHECK(std::isinf(
        accepted("sarx: 1\npopulation: {people: 5, start_age: 60 years, follow: 5 years}\n").population.end_age_years));
}

TEST_CASE("parameters: dotted or nested, by muscle and sex, with units and distributions", "[reader]") {
    Plan const plan = accepted(whole);
    CHECK(value_of(plan, "shrinking.rate_per_year", 0).a == 0.05);
    CHECK(value_of(plan, "shrinking.rate_per_year", 1).a == 0.05);
    CHECK_THAT(value_of(plan, "shrinking.death_rate_per_year").a, WithinRel(0.03, 1e-9));
    CHECK(value_of(plan, "people.unit_count", 0).a == 30.0);  // muscle 0 of the plan is the leg
    CHECK(value_of(plan, "people.unit_count", 1, 0).a == 10.0);
    CHECK(value_of(plan, "people.unit_count", 1, 1).shape == Shape::uniform);
    CHECK(value_of(plan, "habits.activity_ratio").shape == Shape::gamma);
    auto const& per_fibre = value_of(plan, "strength.per_fibre_kg");
    CHECK(per_fibre.shape == Shape::lognormal);
    CHECK(per_fibre.between == Between::runs);
    CHECK_THAT(per_fibre.a, WithinRel(0.1, 1e-12));
    CHECK(per_fibre.low == 0.01);
    CHECK(value_of(plan, "people.height_cm", 0, 1).a == 178.0);
    REQUIRE(plan.parameters.correlations.size() == 1);
    CHECK(plan.parameters.correlations[0].rho == 0.3);

    Plan const female = accepted(
        small + "model: {parameters: {people.height_cm.female: 160, shrinking.rate_per_year.leg.male: 0.2}}\n");
    CHECK(value_of(female, "people.height_cm", 0, 0).a == 160.0);
    CHECK(value_of(female, "people.height_cm", 0, 1).a == 178.0);
    CHECK(value_of(female, "shrinking.rate_per_year", 1, 1).a == 0.2);
    CHECK(value_of(female, "shrinking.rate_per_year", 1, 0).a == 0.01);
    CHECK(value_of(female, "shrinking.rate_per_year", 0, 1).a == 0.01);
}

TEST_CASE("a change against the model's default says from what, to what and by which line", "[reader]") {
    Plan const plan = accepted(small + "model:\n  parameters:\n    measures.strength_cv: 0.1\n",
                               set("model.parameters.strength.weak_below_kg", "30"));
    REQUIRE(plan.overrides.size() == 2);
    CHECK(plan.overrides[0].path == "measures.strength_cv");
    CHECK(plan.overrides[0].from == "0.05");
    CHECK(plan.overrides[0].to == "0.1");
    CHECK(plan.overrides[0].by == "folder/test.yaml:5");
    CHECK(plan.overrides[1].path == "strength.weak_below_kg");
    CHECK(plan.overrides[1].by == "--set");
}

TEST_CASE("a cascade brings its own parameter values, and the scenario has the last word", "[reader]") {
    CHECK(value_of(accepted(small), "strength.fall_rate_per_year").a == 0.3);
    Plan const fast = accepted(small + "model: {cascade: fast}\n");
    CHECK(value_of(fast, "strength.fall_rate_per_year").a == 0.6);
    CHECK(fast.overrides.at(0).by == "cascade fast");
    CHECK(value_of(accepted(small + "model: {cascade: fast, parameters: {strength.fall_rate_per_year: 1}}\n"),
                   "strength.fall_rate_per_year")
              .a == 1.0);
}

TEST_CASE("life stages come first whatever the list says; a stage may be left out", "[reader]") {
    CHECK(accepted(small + "model: {cascade: [shrinking, strength, habits]}\n").stages ==
          std::vector<std::string>{"habits", "shrinking", "strength"});
    Plan const plan = accepted(small + "model: {cascade: {like: slow, without: [shrinking]}}\n");
    CHECK(plan.stages == std::vector<std::string>{"habits", "strength"});
    CHECK(recorded(plan) == std::vector<std::string>{"alive", "strength_kg", "weakness"});
}

TEST_CASE("held variables come in the order of the dictionary and count in the digest", "[reader]") {
    auto const held = [](std::string const& hold) { return accepted(small + "model: {hold: {" + hold + "}}\n"); };
    Plan const plan = held("strength_kg: entry, fitness: youth");
    REQUIRE(plan.holds.size() == 2);
    CHECK(plan.holds[0].column == toy::column("fitness"));
    CHECK(plan.holds[0].at == Hold::At::youth);
    CHECK(plan.holds[1].column == toy::column("strength_kg"));
    CHECK(plan.holds[1].at == Hold::At::entry);
    CHECK(plan.resolved.find("hold: {fitness: youth, strength_kg: entry}") != std::string::npos);
    CHECK(plan.digest == held("fitness: youth, strength_kg: entry").digest);
    CHECK(plan.digest != held("fitness: youth, strength_kg: youth").digest);
    CHECK(plan.digest != held("fitness: youth").digest);
    CHECK(accepted(small).resolved.find("hold") == std::string::npos);
    CHECK(accepted(small, set("model.hold.fitness", "youth")).holds.size() == 1);
    // What is internal to the model may be held too; what an event sets may not.
    CHECK(held("illness_rate_per_year: youth").holds.size() == 1);
    CHECK(refused(small + "model: {hold: {illness: youth}}\n").find("the engine itself") != std::string::npos);
}

TEST_CASE("a scenario without the muscle leaves its variables out of the default, not silently out of a list",
          "[reader]") {
    CHECK(recorded(accepted(small + "model: {muscles: [leg]}\n")) ==
          std::vector<std::string>{"alive", "unit_count", "fibre_count", "weakness"});
}

TEST_CASE("parents: maps merge, lists and choices are replaced, arms as a whole", "[reader]") {
    std::vector<ScenarioSource> const beside = {
        {"parent.yaml",
         "sarx: 1\nextends: deeper/grandparent.yaml\nseed: 3\nclock: {record_every: 2 years}\n"
         "interventions: {gym: {kind: training, dose: {sessions_per_week: 1, intensity_fraction: 0.9}, waning: "
         "{linear: {duration: 1 year}}}}\n"
         "model: {parameters: {shrinking.rate_per_year: 0.2, measures.strength_cv: 0.2}, "
         "hold: {strength_kg: entry, fitness: entry}}\n"},
        {"deeper/grandparent.yaml",
         "sarx: 1\npopulation: {people: 5, end_age: 50 years}\nclock: {step: 2 months}\narms: {old: [], older: []}\n"}};
    Plan const plan = accepted(
        "sarx: 1\nextends: parent.yaml\npopulation: {follow: 4 years}\n"
        "interventions: {gym: {dose: {sessions_per_week: 3}, waning: {exponential: {half_life: 1 year}}}}\n"
        "arms: {new: [{give: gym}]}\nmodel: {parameters: {shrinking: {rate_per_year: 0.3}}, hold: {fitness: youth}}\n",
        {}, beside);
    CHECK(plan.seed == 3);
    CHECK(plan.population.people == 5);
    CHECK(plan.population.follow_years == 4.0);
    CHECK(plan.clock.step_years == 1.0 / 6.0);
    CHECK(plan.interventions.at(0).dose == std::vector<double>{3.0, 0.9});
    CHECK(plan.interventions.at(0).waning.shape == Waning::Shape::exponential);
    REQUIRE(plan.arms.size() == 1);
    CHECK(plan.arms[0].name == "new");
    CHECK(value_of(plan, "shrinking.rate_per_year").a == 0.3);
    CHECK(value_of(plan, "measures.strength_cv").a == 0.2);
    REQUIRE(plan.holds.size() == 2);
    CHECK(plan.holds[0].at == Hold::At::youth);
    CHECK(plan.holds[1].at == Hold::At::entry);
    REQUIRE(plan.origin.sources.size() == 3);
    CHECK(plan.origin.sources[0].path == "folder/test.yaml");
    CHECK(plan.origin.sources[2].path == "deeper/grandparent.yaml");
}

TEST_CASE("a parent in a folder below may not climb out of the scenario's folder", "[reader]") {
    auto const said = refused("sarx: 1\nextends: deeper/parent.yaml\n", {},
                              {{"deeper/parent.yaml", "sarx: 1\nextends: ../../outside.yaml\n"}});
    CHECK(said ==
          "deeper/parent.yaml:2:10: extends: '../../outside.yaml' lies outside the scenario's folder (a scenario uses "
          "only files beside it)\n");
}

TEST_CASE("a scenario without a folder reads no files", "[reader]") {
    CHECK(refused("sarx: 1\nextends: other.yaml\n").find("this scenario has no folder") != std::string::npos);
    CHECK(refused("sarx: 1\npopulation: {from: people.csv, follow: 1 year}\n").find("this scenario has no folder") !=
          std::string::npos);
}

TEST_CASE("--set changes any key of the merged tree", "[reader]") {
    CHECK(accepted(whole, set("population.people", "100")).population.people == 100);
    CHECK(value_of(accepted(whole, set("model.parameters.shrinking.rate_per_year", "0.5")), "shrinking.rate_per_year")
              .a == 0.5);
    CHECK(value_of(accepted(whole, set("model.parameters.shrinking.rate_per_year.leg", "0.5")),
                   "shrinking.rate_per_year", 1)
              .a == 0.05);
    CHECK(value_of(accepted(small, set("model.parameters.people.height_cm", "{normal: {mean: 150, sd: 1}}")),
                   "people.height_cm")
              .b == 1.0);
    CHECK(accepted(whole, set("interventions.gym.dose.sessions_per_week", "4")).interventions[0].dose[0] == 4.0);
    CHECK(accepted(whole, set("arms.power.0.reach.coverage", "0.1")).arms[1].deliveries[0].coverage == 0.1);
    CHECK(accepted(whole, set("population.follow", "3 years")).population.follow_years == 3.0);
    CHECK(accepted(small, set("record.variables", "[strength_kg]")).record.variables.size() == 2);
    CHECK(accepted(small, set("model.cascade", "fast")).cascade == "fast");
    ReadOptions both;
    both.people = 20;
    both.seed = 18446744073709551615ULL;
    CHECK(accepted(whole, both).population.people == 20);
    CHECK(accepted(whole, both).seed == 18446744073709551615ULL);
}

TEST_CASE("--set that makes no sense is told like any other key", "[reader]") {
    CHECK(
        refused(small, set("population.peple", "3")) ==
        "--set: population.peple: unknown key (known here: from, columns, ignore, people, start_age, end_age, follow, "
        "female_fraction, candidates, where). "
        "Did you mean 'people'?\n");
    CHECK(refused(small, set("model.parameters.shrinking.rate", "3")).find("Did you mean 'shrinking.rate_per_year'?") !=
          std::string::npos);
    CHECK(refused(small, set("population.people.x", "3")) ==
          "--set: population.people.x: 'population.people' has no keys (found '10')\n");
    CHECK(refused(whole, set("arms.power.9.give", "gym")) ==
          "--set: arms.power.9.give: '9' is not an entry of the list (it has 4, counted from 0)\n");
    CHECK(refused(small, set("population..people", "3")) ==
          "--set: population..people: is not a path (keys joined by single dots)\n");
    CHECK(refused(small, set("extends", "a.yaml")).find("cannot be set here") != std::string::npos);
    CHECK(refused(small, set("seed", "[1")).find("not valid YAML") != std::string::npos);
    ReadOptions options;
    options.people = 0;
    CHECK(refused(small, options).find("--people: population.people: 0 is out of bounds") == 0);
}

TEST_CASE("--arms keeps the arms asked for, in that order", "[reader]") {
    ReadOptions options;
    options.arms = {"power"};
    CHECK(accepted(whole, options).arms.size() == 1);
    options.arms = {"power", "usual_life"};
    CHECK(accepted(whole, options).arms.at(0).name == "power");
    options.arms = {"powre"};
    CHECK(refused(whole, options) == "--arms: unknown arm 'powre' (known: usual_life, power). Did you mean 'power'?\n");
}

TEST_CASE("the resolved plan holds every parameter with unit and source, and every dose", "[reader]") {
    Plan const plan = accepted(whole);
    for (auto const& spec : plan.model->parameters().parameters)
        CHECK(plan.resolved.find("    " + spec.path) != std::string::npos);
    CHECK(plan.resolved.find("shrinking.rate_per_year.leg: {value: 0.05, unit: \"1/year\", evidence: assumed, source: "
                             "\"assumed: a toy\"}") != std::string::npos);
    CHECK(plan.resolved.find("dose: {sessions_per_week: 2, intensity_fraction: 0.5}") != std::string::npos);
    CHECK(plan.resolved.find("people.unit_count.arm.male: {value: {uniform: {from: 8, to: 12}, between: people}") !=
          std::string::npos);
}

TEST_CASE("the digest stands for whatever can change a number", "[reader]") {
    auto const digest = [](std::string const& path, std::string const& value) {
        return accepted(whole, set(path, value)).digest;
    };
    auto const usual = accepted(whole).digest;
    CHECK(accepted(whole).digest == usual);
    CHECK(digest("title", "Another") == usual);
    CHECK(digest("seed", "7") == usual);
    CHECK(digest("seed", "8") != usual);
    CHECK(digest("population.people", "999") != usual);
    CHECK(digest("model.parameters.measures.strength_cv", "0.06") != usual);
    CHECK(digest("interventions.gym.ramp_up", "11 weeks") != usual);
    CHECK(digest("arms.power.1.side", "both") != usual);
    CHECK(digest("arms.power.0.to", "age_years >= 61") != usual);
    CHECK(digest("record.significant_bits", "11") != usual);
    CHECK(digest("clock.step", "2 months") != usual);

    auto const with_people = [](std::string const& rows) {
        static auto const model = toy::make_model();
        Problems problems;
        auto const plan =
            read_plan(ScenarioText{"t.yaml",
                                   "sarx: 1\npopulation: {from: people.csv, follow: 5 years, columns: "
                                   "{weight: weight, stratum: region, sampling_unit: town}}\n",
                                   {},
                                   {{"people.csv", "id,sex,age_years,strength_kg,weight,region,town\n" + rows}}},
                      *model, {}, problems);
        INFO(problems.text());
        REQUIRE(plan.has_value());
        return plan->digest;
    };
    auto const two = with_people("a,female,60,25,1,N,x\nb,male,70,30,2,N,y\n");
    CHECK(with_people("a,female,60,25,1.0,N,x\nb,male,70,30,2,N,y\n") == two);
    for (char const* row : {"c,male,70,30,2,N,y", "b,female,70,30,2,N,y", "b,male,71,30,2,N,y", "b,male,70,31,2,N,y",
                            "b,male,70,,2,N,y", "b,male,70,30,3,N,y", "b,male,70,30,2,S,y", "b,male,70,30,2,N,x"}) {
        INFO(row);
        CHECK(with_people("a,female,60,25,1,N,x\n" + std::string(row) + "\n") != two);
    }
}

TEST_CASE("everything wrong is told at once, in the order of the file", "[reader]") {
    auto const said = refused("sarx: 1\nsead: 1\npopulation: {people: 0, start_age: 10}\nrecord: {people: -1}\n");
    CHECK(said.find("2:1: sead") < said.find("3:22: population.people"));
    CHECK(said.find("3:22: population.people") < said.find("3:36: population.start_age"));
    CHECK(said.find("3:36: population.start_age") < said.find("4:18: record.people"));
}

TEST_CASE("a file that is not there, or a folder, is a sentence", "[reader]") {
    auto const model = toy::make_model();
    Problems missing;
    CHECK_FALSE(read_plan(fs::path("no/such/file.yaml"), *model, {}, missing));
    CHECK(missing.text() == "no/such/file.yaml: cannot be found\n");
    Problems folder;
    CHECK_FALSE(read_plan(fs::path(SARX_TESTS_FOLDER), *model, {}, folder));
    CHECK(folder.text() == SARX_TESTS_FOLDER ": is not a file\n");
}

TEST_CASE("scenarios with bytes changed at random are accepted or refused, never a crash", "[reader]") {
    std::mt19937 random(20260101);
    std::string const likely = "{}[]:,-?&*!|>'\"%@` \n\t#abc019.";
    int refusals = 0;
    for (int i = 0; i < 1500; ++i) {
        std::string text = whole;
        for (unsigned k = 0; k < 1 + random() % 4; ++k) {
            auto const at = random() % text.size();
            switch (random() % 3) {
                case 0: text[at] = likely[random() % likely.size()]; break;
                case 1: text.erase(at, 1 + random() % 20); break;
                default: text.insert(at, text.substr(random() % text.size(), random() % 30)); break;
            }
        }
        static auto const model = toy::make_model();
        Problems problems;
        auto const plan = read_plan(ScenarioText{"t.yaml", text, {}, {}}, *model, {}, problems);
        if (plan.has_value() != problems.empty()) FAIL("neither a plan nor a problem:\n" << text);
        refusals += plan.has_value() ? 0 : 1;
    }
    CHECK(refusals > 300);
    CHECK(refusals < 1500);
}

TEST_CASE("what the fuzzer starts from is accepted or refused, never a crash", "[reader]") {
    auto const model = toy::make_model();
    int files = 0;
    int plans = 0;
    for (auto const& entry : fs::directory_iterator(fs::path(SARX_TESTS_FOLDER) / "fuzz" / "corpus")) {
        std::ifstream in(entry.path(), std::ios::binary);
        ScenarioText const scenario{"t.yaml",
                                    {std::istreambuf_iterator<char>(in), {}},
                                    {},
                                    {{"parent.yaml", "sarx: 1\npopulation: {people: 10}\n"},
                                     {"people.csv", "id,sex,age_years\na,female,60\n"}}};
        Problems problems;
        auto const plan = read_plan(scenario, *model, {}, problems);
        INFO(entry.path());
        CHECK(plan.has_value() == problems.empty());
        plans += plan.has_value() ? 1 : 0;
        ++files;
    }
    CHECK(files > 30);
    CHECK(plans > 0);
    CHECK(plans < files);
}

TEST_CASE("what may not be meant is noted, each once", "[reader]") {
    auto const notes = [](std::string const& arms, std::string const& before = small) {
        std::string text;
        for (auto const& note :
             accepted(before + "interventions: {gym: {kind: training, dose: {sessions_per_week: 2}}}\n" +
                      "arms: " + arms + "\n")
                 .notes)
            text += note.path + ": " + note.what + "; ";
        return text;
    };
    CHECK(notes("{a: [{give: gym}]}").empty());
    CHECK(notes("{a: [{give: gym, until: {age: 30 years}}, {give: gym, from: {age: 30 years}}]}").empty());
    CHECK(notes("{a: [{give: gym, reach: {group: 1, groups: 2}}, {give: gym, reach: {group: 2, groups: 2}}]}").empty());
    CHECK(notes("{a: [{give: gym}], b: [{give: gym}]}").empty());
    CHECK(notes("{a: [{give: gym}, {give: gym, from: {event: fall}}, {give: gym, to: \"sex == female\"}]}") ==
          "arms.a.1: may come at the same time as arms.a.0; arms.a.2: may come at the same time as arms.a.0; ");
    CHECK(notes("{a: [{give: gym, until: {age: 65 years}}]}",
                "sarx: 1\npopulation: {people: 10, start_age: {from: 60 years, to: 70 years}, end_age: 80 years}\n") ==
          "arms.a.0.until.age: is over before it begins for some people, who get nothing of it; ");
    CHECK(notes("{a: [{give: gym, until: {after: 10 days}}]}", small + "clock: {step: 3 months}\n") ==
          "clock.step: is longer than a course of gym; ");
    CHECK(notes("{a: [{give: gym, until: {after: 10 days}}]}", small + "clock: {step: 1 month}\n").empty());
}

TEST_CASE("a ramp written for another kind is noted", "[reader]") {
    std::vector<ScenarioSource> const beside = {
        {"parent.yaml",
         small + "interventions: {gym: {kind: training, dose: {sessions_per_week: 2}, ramp_up: 12 weeks}}\n"}};
    auto const child = [&](std::string const& gym) {
        return accepted("sarx: 1\nextends: parent.yaml\ninterventions: {gym: " + gym + "}\n", {}, beside).notes;
    };
    auto const notes = child("{kind: immobilisation}");
    REQUIRE(notes.size() == 1);
    CHECK(
        notes.front().text() ==
        "parent.yaml:3:78: interventions.gym.ramp_up: is that of another kind (it was written for 'training', and the "
        "kind is 'immobilisation' now)");
    CHECK(child("{kind: immobilisation, ramp_up: 1 week}").empty());
    CHECK(child("{dose: {sessions_per_week: 3}}").empty());
}
