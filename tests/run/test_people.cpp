// People: drawn against their definition, aged to entry, or fitted to a measurement.

#include <cmath>
#include <sstream>

#include "sim/contract/errors.hpp"
#include "sim/contract/math.hpp"
#include "sim/population/drawing.hpp"
#include "support/catch.hpp"
#include "support/real_model.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
using namespace sarx::testing;

TEST_CASE("drawn values have the mean, spread and correlation they were given", "[people]") {
    auto const model = toy::make_model(false);
    Plan plan = plan_of(*model, R"(sarx: 1
seed: 3
population: {people: 20000, start_age: 40 years, end_age: 41 years}
model:
  parameters:
    strength.weak_below_kg: {gamma: {mean: 20, shape: 4}}
    strength.fitness_rate_per_year: {uniform: {from: 2, to: 6}}
  correlations: [{between: [people.height_cm, strength.weak_below_kg], rho: 0.6}]
)");
    Drawing const drawing(plan);
    auto const id = [&](char const* path) { return model->parameters().id(path); };
    ParameterLanes row = drawing.empty_lanes();
    double n = 0, h = 0, hh = 0, w = 0, ww = 0, u = 0, zz = 0;
    for (std::uint32_t i = 0; i < 20000; ++i) {
        Person const p = drawing.person(i);
        drawing.draw(p, nullptr, row, 0);
        auto const value = [&](char const* path) {
            return static_cast<double>(row.values[id(path).index * plan.muscles.size() * lanes]);
        };
        if (p.sex != Sex::female) continue;
        double const height = value("people.height_cm");
        double const weak = value("strength.weak_below_kg");
        ++n;
        h += height;
        hh += height * height;
        w += weak;
        ww += weak * weak;
        u += value("strength.fitness_rate_per_year");
        zz += (height - 165) / 6 * normal_quantile(gamma_cdf(4.0, weak / 20 * 4));
    }
    CHECK(std::abs(n - 10000) < 4 * std::sqrt(5000.0));
    CHECK_THAT(h / n, WithinAbs(165, 4 * 6 / std::sqrt(n)));
    CHECK_THAT(std::sqrt(hh / n - h / n * h / n), WithinAbs(6, 4 * 6 / std::sqrt(2 * n)));
    CHECK_THAT(w / n, WithinAbs(20, 4 * 10 / std::sqrt(n)));
    CHECK_THAT(std::sqrt(ww / n - w / n * w / n), WithinRel(10, 0.05));
    CHECK_THAT(u / n, WithinAbs(4, 4 * 1.155 / std::sqrt(n)));
    CHECK_THAT(zz / n, WithinAbs(0.6, 0.04));
}

TEST_CASE("a run without a draw sits at the median between runs, and each draw at a place of its own", "[people]") {
    auto const model = toy::make_model(false);
    auto const limit_of = [&](std::string const& draw) {
        Plan const plan = plan_of(
            *model, "sarx: 1\nseed: 3\npopulation: {people: 1, start_age: 40 years, end_age: 41 years}\nmodel:\n" +
                        draw +
                        "  parameters: {strength.weak_below_kg: {uniform: {from: 20, to: 30}, between: runs}}\n");
        Drawing const drawing(plan);
        ParameterLanes row = drawing.empty_lanes();
        drawing.draw(drawing.person(0), nullptr, row, 0);
        return static_cast<double>(
            row.values[model->parameters().id("strength.weak_below_kg").index * plan.muscles.size() * lanes]);
    };
    CHECK(limit_of("") == 25.0);
    double sum = 0.0;
    for (int draw = 1; draw <= 400; ++draw) sum += limit_of("  draw: " + std::to_string(draw) + "\n");
    CHECK_THAT(sum / 400, WithinAbs(25.0, 4 * 10 / std::sqrt(12.0 * 400)));
    CHECK(limit_of("  draw: 1\n") != limit_of("  draw: 2\n"));
    CHECK(limit_of("  draw: 2\n") == limit_of("  draw: 2\n"));
}

TEST_CASE("correlations that contradict each other are refused", "[people]") {
    auto const model = toy::make_model(false);
    Plan plan = plan_of(*model, "sarx: 1\nseed: 1\npopulation: {people: 1, start_age: 40 years, end_age: 41 years}\n");
    auto const id = [&](char const* path) { return static_cast<int>(model->parameters().id(path).index); };
    plan.parameters.correlations = {{id("people.height_cm"), id("habits.activity_ratio"), 0.9},
                                    {id("people.height_cm"), id("strength.per_fibre_kg"), 0.9},
                                    {id("habits.activity_ratio"), id("strength.per_fibre_kg"), -0.9}};
    CHECK_THROWS_AS(Drawing(plan), InputError);
}

TEST_CASE("someone who enters later has lived as someone who entered at 20", "[people]") {
    auto const model = toy::make_model(false);
    auto const text = [](int start) {
        return "sarx: 1\nseed: 8\npopulation: {people: 30, start_age: " + std::to_string(start) +
               " years, end_age: 60 years}\nclock: {step: 1 month, record_every: 10 years}\nrecord: {variables: all}\n";
    };
    Plan const young = plan_of(*model, text(20));
    Plan const old = plan_of(*model, text(50));
    auto const a = simulate_all(young);
    auto const b = simulate_all(old);
    for (char const* name : {"fibre_count", "unit_count"})
        for (std::uint32_t p = 0; p < 30; ++p) {
            std::size_t const s = series_index(young, name, 0);
            CHECK_THAT(value_at(old, b, s, 0, p, 0),
                       WithinRel(static_cast<double>(value_at(young, a, s, 0, p, 3)), 1e-5));
        }
}

TEST_CASE("everyone is followed to the end age and no further", "[people]") {
    auto const model = toy::make_model(false);
    Plan const plan = plan_of(*model, R"(sarx: 1
seed: 8
population: {people: 60, start_age: {from: 50 years, to: 70 years}, end_age: 75 years}
clock: {step: 1 month, record_every: 1 year}
record: {variables: all}
)");
    auto const run = simulate_all(plan);
    std::size_t const s = series_index(plan, "strength_kg");
    int cut = 0;
    for (std::uint32_t p = 0; p < 60; ++p) {
        double const age = static_cast<double>(run[p / batch_people(plan)].start_age_years[p % batch_people(plan)]);
        for (int r = 0; r < plan.clock.records; ++r) {
            bool const followed = age + r <= 75.0 + 1e-6;
            cut += followed ? 0 : 1;
            CHECK(std::isnan(value_at(plan, run, s, 0, p, r)) == !followed);
        }
    }
    CHECK(cut > 100);
}

TEST_CASE("a measured strength picks a life that fits it", "[people]") {
    auto const model = toy::make_model(false);
    Plan plan = plan_of(*model, R"(sarx: 1
seed: 4
population: {people: 600, start_age: 60 years, end_age: 61 years}
clock: {step: 1 month, record_every: 1 year}
record: {variables: all}
)");
    std::size_t const strength = series_index(plan, "strength_kg");
    auto const unfitted = simulate_all(plan);
    // Readings of other people of the same kind, so that the candidates can reach them.
    auto const given_index = [&](char const* name) {
        auto const facts = model->given();
        for (std::size_t g = 0; g < facts.size(); ++g)
            if (facts[g].name == name) return g;
        return std::size_t{0};
    };
    for (std::uint32_t i = 0; i < 600; ++i) {
        GivenPerson person;
        person.id = std::to_string(i);
        person.key = 1000000 + i;
        person.sex = static_cast<Sex>(unfitted[i / batch_people(plan)].sex[i % batch_people(plan)]);
        person.age_years = 60;
        person.given.resize(model->given().size());
        person.given[given_index("strength_kg")] = static_cast<double>(value_at(plan, unfitted, strength, 0, i, 0));
        plan.population.given.push_back(person);
    }
    auto const correlation = [&](int candidates) {
        plan.population.candidates = candidates;
        auto const fitted = simulate_all(plan);
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (std::uint32_t i = 0; i < 600; ++i) {
            double const reading = *plan.population.given[i].given[given_index("strength_kg")];
            double const truth = static_cast<double>(value_at(plan, fitted, strength, 0, i, 0));
            x += reading;
            y += truth;
            xx += reading * reading;
            yy += truth * truth;
            xy += reading * truth;
        }
        double const n = 600;
        return (xy / n - x / n * y / n) / std::sqrt((xx / n - x / n * x / n) * (yy / n - y / n * y / n));
    };
    CHECK(std::abs(correlation(1)) < 0.2);
    CHECK(correlation(8) > 0.6);
}

TEST_CASE("lives are chosen by the likelihood of what was measured, its width included", "[people]") {
    constexpr double reading = 40.0;
    constexpr double cv = 0.5;
    auto const model = toy::make_model(false);
    Plan plan = plan_of(*model, R"(sarx: 1
seed: 4
population: {people: 8000, start_age: 21 years, end_age: 22 years, female_fraction: 1}
clock: {step: 1 month, record_every: 1 year}
model:
  parameters:
    measures.strength_cv: 0.5
    strength.per_fibre_kg: {lognormal: {median: 0.1, sd_log: 0.3}}
record: {variables: all}
)");
    std::size_t const strength = series_index(plan, "strength_kg");
    auto const strengths = [&] {
        std::vector<double> kg;
        auto const run = simulate_all(plan);
        for (std::uint32_t i = 0; i < plan.population.people; ++i)
            kg.push_back(static_cast<double>(value_at(plan, run, strength, 0, i, 0)));
        return kg;
    };
    // What is known before the measurement, weighed by it: a normal density about each truth, its spread in proportion.
    double over_truth = 0, plain = 0, times_truth = 0;
    for (double const truth : strengths()) {
        double const z = (reading - truth) / (cv * truth);
        double const bell = std::exp(-0.5 * z * z);
        over_truth += bell / truth;
        plain += bell;
        times_truth += bell * truth;
    }
    double const mean = plain / over_truth;
    double const sd = std::sqrt(times_truth / over_truth - mean * mean);

    auto const facts = model->given();
    auto const grip = std::ranges::find(facts, std::string_view("strength_kg"), &GivenSpec::name) - facts.begin();
    plan.population.people = 2000;
    plan.population.candidates = 32;
    for (std::uint32_t i = 0; i < plan.population.people; ++i) {
        GivenPerson person;
        person.id = std::to_string(i);
        person.key = 1000000 + i;
        person.age_years = 21;
        person.given.resize(facts.size());
        person.given[static_cast<std::size_t>(grip)] = reading;
        plan.population.given.push_back(person);
    }
    double chosen = 0;
    for (double const truth : strengths()) chosen += truth / plan.population.people;
    double const error = sd * std::sqrt(1.0 / 2000 + 1.0 / 8000);
    INFO("prior weighed " << mean << ", chosen " << chosen << ", error " << error);
    CHECK(std::abs(chosen - mean) < 4 * error);
    CHECK(std::abs(times_truth / plain - mean) > 8 * error);  // it would see weights without the width
}
