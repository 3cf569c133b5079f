// A target population: who is of it, whoever looks for them and however many are wanted.

#include "sim/run/target.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "sim/contract/errors.hpp"
#include "support/catch.hpp"
#include "support/real_model.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

std::string scenario(std::string const& population) {
    return "sarx: 1\nseed: 8\npopulation: {" + population + R"(}
clock: {step: 3 months, record_every: 1 year}
interventions: {train: {kind: training, dose: {sessions_per_week: 2}}}
arms: {none: [], train: [{give: train, from: {time: 1 year}}]}
record: {variables: all}
)";
}

std::string const weak_women = R"(start_age: {from: 50 years, to: 60 years}, end_age: 62 years,
  where: "sex == female and strength_kg < 34 and falls_last_year >= 1")";

Plan found(Model const& model, std::string const& population, int threads = 1) {
    Plan plan = plan_of(model, scenario(population));
    REQUIRE(Search(plan, {.threads = threads}).find(plan.population.people));
    return plan;
}

/// Why a search for so many ends without them.
std::string told(Plan& plan, std::uint32_t people, SearchOptions const& options = {}) {
    try {
        Search(plan, options).find(people);
    } catch (InputError const& e) { return e.what(); }
    return "found";
}

bool has(std::string const& text, std::string const& part) {
    UNSCOPED_INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a target population is of those candidates who qualify, in their order, each with their own life",
          "[target]") {
    auto const model = toy::make_model(false);
    Plan const target = found(*model, "people: 60, " + weak_women);
    auto const& chosen = target.population.chosen;
    REQUIRE(chosen.size() >= 60);
    CHECK(target.population.examined() == chosen[59] + 1);
    // Everyone up to the last of them, nobody left out.
    Plan everyone = target;
    everyone.population.where = {};
    everyone.population.chosen.clear();
    everyone.population.people = target.population.examined();
    auto const all = simulate_all(everyone);
    auto const run = simulate_all(target);
    std::size_t const strength = series_index(target, "strength_kg");
    std::size_t const falls = series_index(target, "falls_last_year");
    std::uint32_t place = 0;
    for (std::uint32_t candidate = 0; candidate < everyone.population.people; ++candidate) {
        auto const size = batch_people(everyone);
        bool const female = all[candidate / size].sex[candidate % size] == static_cast<std::uint8_t>(Sex::female);
        bool const qualifies = female && value_at(everyone, all, strength, 0, candidate, 0) < 34.0F &&
                               value_at(everyone, all, falls, 0, candidate, 0) >= 1.0F;
        REQUIRE(qualifies == (place < 60 && chosen[place] == candidate));
        if (!qualifies) continue;
        for (std::size_t s = 0; s < series_of(target).size(); ++s)
            for (std::size_t arm = 0; arm < 2; ++arm)
                for (int r = 0; r < target.clock.records; ++r)
                    REQUIRE(same_bits(value_at(target, run, s, arm, place, r),
                                      value_at(everyone, all, s, arm, candidate, r)));
        ++place;
    }
    CHECK(place == 60);
    CHECK(everyone.population.people > 200);  // most do not qualify
}

TEST_CASE("the first of many wanted are those of few, on any number of threads, all at once or little by little",
          "[target]") {
    auto const model = toy::make_model(false);
    auto many = found(*model, "people: 400, " + weak_women, 3).population.chosen;
    many.resize(400);
    auto const few = found(*model, "people: 20, " + weak_women).population.chosen;
    CHECK(std::equal(few.begin(), few.begin() + 20, many.begin()));
    Plan plan = plan_of(*model, scenario("people: 400, " + weak_women));
    Search search(plan, {.threads = 2});
    for (std::uint32_t const people : {7U, 250U, 400U}) REQUIRE(search.find(people));
    CHECK(std::equal(many.begin(), many.end(), plan.population.chosen.begin()));
}

TEST_CASE("of a file those rows are of the run that qualify, with the luck of their ids", "[target]") {
    auto const model = toy::make_model(false);
    std::string rows = "id,sex,age_years,weight,height_cm\n";
    for (int i = 0; i < 120; ++i)
        rows += "p" + std::to_string(i) + (i % 2 == 0 ? ",female," : ",male,") + std::to_string(50 + i % 11) + "," +
                std::to_string(1 + i % 3) + ",170\n";
    auto const read = [&](std::string const& population) {
        Problems problems;
        ScenarioText const text{
            .name = "t.yaml", .text = scenario(population), .folder = {}, .beside = {{"people.csv", rows}}};
        auto plan = read_plan(text, *model, {}, problems);
        INFO(problems.text());
        REQUIRE(plan);
        return std::move(*plan);
    };
    std::string const weak =
        R"(from: people.csv, columns: {weight: weight}, follow: 3 years, where: "strength_kg < 38 and age_years > 52")";
    Plan const all = read("from: people.csv, columns: {weight: weight}, follow: 3 years");
    Plan target = read(weak);
    REQUIRE(Search(target, {.threads = 2}).find(target.population.people));
    auto const& p = target.population;
    CHECK(p.people == p.given.size());
    CHECK(p.people == p.chosen.size());
    CHECK(p.examined() == 120);
    auto const everyone = simulate_all(all);
    auto const run = simulate_all(target);
    std::size_t const strength = series_index(all, "strength_kg");
    std::uint32_t place = 0;
    for (std::uint32_t row = 0; row < 120; ++row) {
        bool const qualifies =
            value_at(all, everyone, strength, 0, row, 0) < 38.0F && all.population.given[row].age_years > 52.0;
        REQUIRE(qualifies == (place < p.people && p.chosen[place] == row));
        if (!qualifies) continue;
        CHECK(p.given[place].id == all.population.given[row].id);
        CHECK(p.given[place].weight == all.population.given[row].weight);
        for (int r = 0; r < all.clock.records; ++r)
            CHECK(
                same_bits(value_at(target, run, strength, 1, place, r), value_at(all, everyone, strength, 1, row, r)));
        ++place;
    }
    CHECK(place == p.people);
    REQUIRE(place > 10);
    REQUIRE(place < 100);

    Plan first = read("people: 5, " + weak);
    REQUIRE(Search(first, {}).find(5));
    CHECK(std::equal(first.population.chosen.begin(), first.population.chosen.end(), p.chosen.begin(),
                     p.chosen.begin() + 5));
    Plan many = read("people: 110, " + weak);
    CHECK(has(told(many, 110), std::to_string(place) + " of the 120 people of people.csv qualify, 110 are wanted"));
    Plan nobody = read(R"(from: people.csv, columns: {weight: weight}, follow: 3 years, where: "strength_kg > 150")");
    CHECK(has(told(nobody, 120), "none of the 120 people of people.csv qualify"));
}

TEST_CASE("a search in vain ends with a sentence that names what is rare", "[target]") {
    auto const model = toy::make_model(false);
    Plan plan = plan_of(*model, scenario(R"(people: 5, start_age: 30 years, end_age: 32 years,
  where: "age_years < 40 and strength_kg > 150 and sex == male")"));
    std::string const why = told(plan, 5, {.most_in_vain = 2000});
    CHECK(has(why, "0 of the 5 wanted were found among 2,000 candidates"));
    CHECK(has(why, "the rarest first: strength_kg > 150 0 %, sex == male 5"));
    CHECK(has(why, "age_years < 40 100 %"));
    bool asked = false;
    CHECK_FALSE(Search(plan, {.stopped = [&] { return std::exchange(asked, true); }}).find(5));
    // Whom nobody looked for, nobody simulates.
    CHECK_THROWS_AS(simulate_all(plan), std::logic_error);
}

TEST_CASE("a condition of the real model holds of everyone as recorded at the start, electrodes and events too",
          "[target]") {
    std::string const where =
        "mune_estimate_count.tibialis_anterior < 120 and hospital_stays_last_year == 0 and gait_speed_m_per_s < 1.3";
    Plan plan = plan_of(real_model(),
                        "sarx: 1\nseed: 8\npopulation: {people: 12, start_age: 70 years, end_age: 71 years, "
                        "where: \"" +
                            where + "\"}\nrecord: {variables: all}\n");
    REQUIRE(Search(plan, {}).find(12));
    auto const run = simulate_all(plan);
    int const tibialis =
        static_cast<int>(std::ranges::find(plan.muscle_names, "tibialis_anterior") - plan.muscle_names.begin());
    for (std::uint32_t p = 0; p < 12; ++p) {
        CHECK(value_at(plan, run, series_index(plan, "mune_estimate_count", tibialis), 0, p, 0) < 120.0F);
        CHECK(value_at(plan, run, series_index(plan, "hospital_stays_last_year"), 0, p, 0) == 0.0F);
        CHECK(value_at(plan, run, series_index(plan, "gait_speed_m_per_s"), 0, p, 0) < 1.3F);
    }
    CHECK(plan.population.examined() > 12);
}
