// Once-only and recurrent events against their closed forms, on the toy model.

#include <algorithm>
#include <cmath>
#include <map>

#include "support/catch.hpp"
#include "support/real_model.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

std::string scenario(std::string const& parameters, std::string const& step = "1 month", int people = 4000) {
    return R"(sarx: 1
seed: 17
population: {people: )" +
           std::to_string(people) + R"(, start_age: 30 years, end_age: 40 years}
clock: {step: )" +
           step + R"(, record_every: 1 year}
model: {parameters: {habits.activity_ratio: 1, strength.weak_below_kg: 1, )" +
           parameters + R"(}}
record: {variables: all}
)";
}

std::vector<double> times_of(std::vector<BatchResult> const& run, std::size_t kind) {
    std::vector<double> times;
    for (auto const& b : run)
        for (auto const& e : b.events[0])
            if (e.kind == kind) times.push_back(e.time_years);
    return times;
}

std::map<std::uint32_t, double> times_by_person(std::vector<BatchResult> const& run, std::size_t kind) {
    std::map<std::uint32_t, double> times;
    for (auto const& b : run)
        for (auto const& e : b.events[0])
            if (e.kind == kind) times.emplace(e.person, e.time_years);
    return times;
}

}  // namespace

TEST_CASE("a recurrent event comes at its rate, evenly, whatever the step", "[events]") {
    auto const model = toy::make_model(false);
    for (double const rate : {0.3, 2.5}) {
        Plan const month = plan_of(*model, scenario("strength.fall_rate_per_year: " + std::to_string(rate)));
        auto const times = times_of(simulate_all(month), 0);
        double const expected = rate * 4000 * 10;
        INFO(rate << " a year: " << times.size() << " events, expected " << expected);
        CHECK(std::abs(static_cast<double>(times.size()) - expected) < 4.0 * std::sqrt(expected));
        double mean = 0.0;
        for (double const t : times) mean += t / static_cast<double>(times.size());
        CHECK(std::abs(mean - 5.0) < 4.0 * 10.0 / std::sqrt(12.0 * expected));
        // The points are fixed in age: another step finds the same ones.
        Plan const week = plan_of(*model, scenario("strength.fall_rate_per_year: " + std::to_string(rate), "1 week"));
        CHECK(times_of(simulate_all(week), 0) == times);
    }
}

TEST_CASE("a rate that rises within a year of life brings its events at once", "[events]") {
    auto const model = toy::make_model(false);
    Plan const plan = plan_of(*model, R"(sarx: 1
seed: 17
population: {people: 4000, start_age: 20 years, end_age: 21 years}
clock: {step: 1 month, record_every: 1 month}
model: {parameters: {shrinking.rate_per_year: 1, strength.weak_below_kg: 30, strength.fall_rate_per_year: 0.8}}
record: {variables: all}
)");
    auto const run = simulate_all(plan);
    std::size_t const rate = series_index(plan, "fall_rate_per_year");
    double expected = 0.0;
    double above_one = 0.0;  // what comes only once the rate has passed 1 a year
    for (std::uint32_t person = 0; person < 4000; ++person)
        for (int month = 1; month <= 12; ++month) {
            double const now = static_cast<double>(value_at(plan, run, rate, 0, person, month));
            expected += now / 12.0;
            above_one += std::max(now - 1.0, 0.0) / 12.0;
        }
    auto const falls = static_cast<double>(times_of(run, 0).size());
    INFO(falls << " falls, expected " << expected << ", " << above_one << " of them above 1 a year");
    CHECK(std::abs(falls - expected) < 4.0 * std::sqrt(expected));
    REQUIRE(0.4 * above_one > 12.0 * std::sqrt(expected));
}

TEST_CASE("more rate keeps every event and adds some", "[events]") {
    auto const model = toy::make_model(false);
    auto const few =
        times_of(simulate_all(plan_of(*model, scenario("strength.fall_rate_per_year: 0.5", "1 month", 200))), 0);
    auto const many =
        times_of(simulate_all(plan_of(*model, scenario("strength.fall_rate_per_year: 0.9", "1 month", 200))), 0);
    CHECK(many.size() > few.size());
    for (double const t : few) CHECK(std::find(many.begin(), many.end(), t) != many.end());
}

TEST_CASE("a once-only event comes when the integrated rate passes its threshold", "[events]") {
    auto const model = toy::make_model(false);
    Plan const plan = plan_of(*model, scenario("strength.illness_rate_per_year: 0.1"));
    auto const run = simulate_all(plan);
    auto const times = times_of(run, 1);
    double const p = 1.0 - std::exp(-0.1 * 10.0);
    // Those who fell ill in the ten years before entry are not seen to fall ill again.
    double const expected = 4000 * std::exp(-0.1 * 10.0) * p;
    CHECK(std::abs(static_cast<double>(times.size()) - expected) < 4.0 * std::sqrt(expected));
    // Four fifths of the rate: the same threshold is reached after five fourths of the time from 20, to the minute.
    Plan const slower = plan_of(*model, scenario("strength.illness_rate_per_year: 0.08"));
    auto const later = times_by_person(simulate_all(slower), 1);
    int compared = 0;
    for (auto const& [person, t] : times_by_person(run, 1)) {
        double const due = 1.25 * (10.0 + t) - 10.0;
        if (due > 9.9) continue;
        ++compared;
        REQUIRE(later.contains(person));
        CHECK(std::abs(later.at(person) - due) < 2e-6);
    }
    CHECK(compared > 400);
}

TEST_CASE("survival follows the life table, whatever the spread of risk", "[events]") {
    auto const model = toy::make_model(true);
    Plan const plan = plan_of(*model, R"(sarx: 1
seed: 23
population: {people: 8000, start_age: 20 years, end_age: 90 years, female_fraction: 1}
clock: {step: 1 month, record_every: 10 years}
model: {parameters: {strength.weak_below_kg: 28}}
)");
    auto const run = simulate_all(plan);
    World const world(plan, "");
    std::size_t const alive = series_index(plan, "alive");
    for (int r = 1; r < plan.clock.records; ++r) {
        double n = 0;
        for (std::uint32_t p = 0; p < 8000; ++p) n += value_at(plan, run, alive, 0, p, r) > 0 ? 1 : 0;
        double const expected = std::exp(-world.population_rate.cumulative(Sex::female, 20.0 + 10.0 * r));
        INFO("at " << 20 + 10 * r << ": " << n / 8000 << " alive, life table " << expected);
        CHECK(std::abs(n / 8000 - expected) < 4.0 * std::sqrt(expected * (1 - expected) / 8000) + 0.012);
    }
    // The toy's weak die more: the recentring has something to do.
    CHECK(std::abs(base_rate(plan).at(Sex::female, 70.0) - world.population_rate.at(Sex::female, 70.0)) > 0.05);
}

TEST_CASE("a standing delivery follows its event at the next step", "[events]") {
    auto const model = toy::make_model(false);
    Plan const plan = plan_of(*model, scenario("strength.illness_rate_per_year: 0.1", "1 month", 400));
    Plan const none = plan_of(*model, scenario("strength.illness_rate_per_year: 0", "1 month", 400));
    auto const ill = simulate_all(plan);
    auto const well = simulate_all(none);
    std::size_t const fibres = series_index(plan, "fibre_count", 0);
    std::size_t const illness = series_index(plan, "illness");
    int seen = 0;
    for (std::uint32_t p = 0; p < 400; ++p) {
        float const with = value_at(plan, ill, fibres, 0, p, 10);
        float const without = value_at(none, well, fibres, 0, p, 10);
        if (value_at(plan, ill, illness, 0, p, 9) > 0.0F) {
            ++seen;
            CHECK(with < without);  // days in a cast cost fibres
        } else if (!(value_at(plan, ill, illness, 0, p, 10) > 0.0F)) {
            CHECK(with == without);
        }
    }
    CHECK(seen > 50);
}

TEST_CASE("events of the last year are those of the log, before entry too, whatever the step", "[events]") {
    auto const model = toy::make_model(false);
    auto const plan_from = [&](std::string const& start, std::string const& step) {
        return plan_of(*model, "sarx: 1\nseed: 17\npopulation: {people: 300, start_age: " + start +
                                   ", end_age: 34 years}\nclock: {step: " + step + R"(, record_every: 3 months}
model: {parameters: {strength.weak_below_kg: 1, strength.fall_rate_per_year: 0.8}}
record: {variables: [falls_last_year, falls_count]}
)");
    };
    Plan const early = plan_from("28 years", "1 month");
    auto const seen = simulate_all(early);
    std::map<std::uint32_t, std::vector<double>> falls;  // ages
    for (auto const& b : seen)
        for (auto const& e : b.events[0])
            if (e.kind == 0) falls[e.person].push_back(28.0 + e.time_years);
    for (std::string const step : {"1 month", "1 week", "3 months"}) {
        Plan const plan = plan_from("30 years", step);
        auto const run = simulate_all(plan);
        std::size_t const count = series_index(plan, "falls_last_year");
        int most = 0;
        int fewer = 0;
        for (std::uint32_t p = 0; p < 300; ++p) {
            float before = 0.0F;
            for (int r = 0; r < plan.clock.records; ++r) {
                double const age = 30.0 + 0.25 * r;
                auto const expected = std::ranges::count_if(
                    falls[p], [&](double at) { return at > age - 1.0 + 1e-9 && at <= age + 1e-9; });
                float const now = value_at(plan, run, count, 0, p, r);
                REQUIRE(now == static_cast<float>(expected));
                most = std::max(most, static_cast<int>(expected));
                fewer += now < before ? 1 : 0;
                before = now;
            }
        }
        CHECK(most > 3);     // more than one in a year ...
        CHECK(fewer > 100);  // ... and forgotten again
    }
}
