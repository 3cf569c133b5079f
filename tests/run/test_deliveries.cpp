// Who gets what, and when: triggers, ramps, adherence, coverage, drop-out, flow. On the toy model, whose
// activity is habit + 0.2 * sessions * intensity, with habit set to 1 so that a dose can be read off.

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include "support/catch.hpp"
#include "support/real_model.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

Model const& immortal() {
    static auto const model = toy::make_model(false);
    return *model;
}

Plan toy_plan(std::string const& arms,
              std::string const& population = "people: 32, start_age: 40 years, end_age: 50 years",
              std::string const& training = "", std::string const& step = "1 month") {
    return plan_of(immortal(), R"(sarx: 1
seed: 11
population: {)" + population + R"(}
clock: {step: )" + step + R"(, record_every: 1 month}
model: {parameters: {habits.activity_ratio: 1}}
record: {variables: all}
interventions:
  train: {kind: training, dose: {sessions_per_week: 5, intensity_fraction: 1})" +
                                   training + R"(}
  cast: {kind: immobilisation}
arms:
  usual: []
)" + arms);
}

/// Starts of courses in an arm.
std::vector<Event> starts(std::vector<BatchResult> const& run, std::size_t arm) {
    std::vector<Event> found;
    for (auto const& b : run)
        std::ranges::copy_if(b.events[arm], std::back_inserter(found),
                             [](Event const& e) { return e.kind == immortal().events().size(); });
    return found;
}

float activity(Plan const& plan, std::vector<BatchResult> const& run, std::size_t arm, std::uint32_t person,
               double years) {
    return value_at(plan, run, series_index(plan, "activity_ratio"), arm, person,
                    static_cast<int>(std::lround(years * 12)));
}

Flow flow_at(Plan const& plan, std::vector<BatchResult> const& run, int delivery, int record) {
    Flow sum;
    for (auto const& b : run) {
        auto const& f = b.flow[static_cast<std::size_t>(delivery) * static_cast<std::size_t>(plan.clock.records) +
                               static_cast<std::size_t>(record)];
        sum += f;
    }
    return sum;
}

}  // namespace

TEST_CASE("a delivery starts at its age and ends at its end, to the day", "[deliveries]") {
    Plan const plan = toy_plan("  trained: [{give: train, from: {age: 42 years}, until: {after: 2 years}}]\n");
    auto const run = simulate_all(plan);
    CHECK(activity(plan, run, 1, 0, 2.0) == 1.0F);
    CHECK(activity(plan, run, 1, 0, 2.0 + 1.0 / 12) == 2.0F);
    CHECK(activity(plan, run, 1, 0, 4.0) == 2.0F);
    CHECK(activity(plan, run, 1, 0, 4.0 + 1.0 / 12) == 1.0F);
    CHECK(run[0].first_divergence_years[run[0].people] == 2.0F);
    std::size_t starts = 0;
    std::size_t stops = 0;
    for (auto const& b : run)
        for (auto const& e : b.events[1]) {
            starts += e.kind == immortal().events().size() && std::abs(e.time_years - 2.0) < 1e-9;
            stops += e.kind == immortal().events().size() + 1 && std::abs(e.time_years - 4.0) < 1e-9;
        }
    CHECK(starts == 32);
    CHECK(stops == 32);
}

TEST_CASE("dose rises over the ramp and fades by halves", "[deliveries]") {
    Plan const plan = toy_plan("  trained: [{give: train, from: {age: 42 years}, until: {after: 2 years}}]\n",
                               "people: 16, start_age: 40 years, end_age: 50 years",
                               ", ramp_up: 1 year, waning: {exponential: {half_life: 6 months}}");
    auto const run = simulate_all(plan);
    // Read at the middle of the step that ends at the record.
    CHECK_THAT(activity(plan, run, 1, 0, 2.5), WithinAbs(1.0 + (0.5 - 1.0 / 24), 1e-5));
    CHECK_THAT(activity(plan, run, 1, 0, 4.5), WithinAbs(1.0 + std::pow(0.5, (0.5 - 1.0 / 24) / 0.5), 1e-5));
    CHECK(activity(plan, run, 1, 0, 9.0) == 1.0F);  // eight half-lives on, it is let go
}

TEST_CASE("adherence scales the dose, coverage and drop-out thin the reached, and flow counts them", "[deliveries]") {
    Plan const plan = toy_plan(
        "  trained: [{give: train, from: {age: 41 years}, to: \"sex == female\", reach: {coverage: 0.5, adherence: "
        "0.6, dropout_per_year: 0.2}}]\n",
        "people: 2000, start_age: 40 years, end_age: 50 years");
    auto const run = simulate_all(plan);
    auto const end = flow_at(plan, run, 0, plan.clock.records - 1);
    auto const within = [](double count, double n, double p) {
        return std::abs(count - n * p) < 4.0 * std::sqrt(n * p * (1 - p));
    };
    CHECK(within(end.eligible, 2000, 0.5));
    CHECK(within(end.offered, end.eligible, 0.5));
    CHECK(end.reached == end.offered);
    CHECK(within(end.dropped, end.reached, 1.0 - std::exp(-0.2 * 9.0)));
    // Who stops within the last month has adhered in it.
    CHECK(end.adherent >= end.reached - end.dropped);
    CHECK(end.adherent <= end.reached - flow_at(plan, run, 0, plan.clock.records - 2).dropped);
    CHECK(flow_at(plan, run, 0, 12).eligible == 0);
    int at_dose = 0;
    for (std::uint32_t p = 0; p < 2000; ++p)
        at_dose += std::abs(activity(plan, run, 1, p, 1.0 + 1.0 / 12) - 1.6F) < 1e-5F;
    CHECK(at_dose > static_cast<int>(end.reached) * 9 / 10);
}

TEST_CASE("a delivery that ended is no drop-out, and half a dose is needed to adhere", "[deliveries]") {
    Plan const plan = toy_plan(
        "  ended: [{give: train, from: {age: 41 years}, until: {after: 1 year}, reach: {adherence: 0.4, "
        "dropout_per_year: 0.2}}]\n",
        "people: 2000, start_age: 40 years, end_age: 50 years");
    auto const run = simulate_all(plan);
    auto const end = flow_at(plan, run, 0, plan.clock.records - 1);
    CHECK(end.reached == 2000);
    double const p = 1.0 - std::exp(-0.2 * 1.0);
    CHECK(std::abs(end.dropped - 2000 * p) < 4.0 * std::sqrt(2000 * p * (1 - p)));
    for (int r = 0; r < plan.clock.records; ++r) CHECK(flow_at(plan, run, 0, r).adherent == 0);
}

TEST_CASE("two arms that give the same reach the same people, whenever they give it", "[deliveries]") {
    Plan const plan = toy_plan(
        "  early: [{give: train, from: {age: 41 years}, reach: {coverage: 0.5}}]\n"
        "  late: [{give: train, from: {age: 44.5 years}, reach: {coverage: 0.5}}]\n",
        "people: 200, start_age: 40 years, end_age: 50 years");
    auto const run = simulate_all(plan);
    std::array<std::set<std::uint32_t>, 3> reached;
    for (auto const& b : run)
        for (std::size_t arm = 1; arm < 3; ++arm)
            for (auto const& e : b.events[arm])
                if (e.kind == immortal().events().size()) reached[arm].insert(e.person);
    CHECK((reached[1].size() > 60 && reached[1].size() < 140));
    CHECK(reached[1] == reached[2]);
}

TEST_CASE("a condition, an event and a screen can begin a delivery", "[deliveries]") {
    Plan const plan = toy_plan(
        "  when: [{give: train, from: {when: \"age_years >= 43.05\"}}]\n"
        "  event: [{give: train, from: {event: fall}, until: {after: 1 month}, repeat: true}]\n"
        "  screen: [{give: train, from: {screen: \"strength_kg < 1000\", every: 3 years}, to: \"age_years > 41\"}]\n"
        "  insensitive: [{give: train, from: {screen: \"strength_kg < 1000\", every: 1 year, sensitivity: 0.5}}]\n",
        "people: 400, start_age: 40 years, end_age: 50 years");
    auto const run = simulate_all(plan);
    CHECK(activity(plan, run, 1, 0, 3.0) == 1.0F);
    CHECK(activity(plan, run, 1, 0, 3.0 + 2.0 / 12) == 2.0F);
    // Each fall begins one month of training at the next step.
    std::size_t falls = 0;
    std::size_t starts = 0;
    for (auto const& b : run)
        for (auto const& e : b.events[2]) {
            falls += e.kind == 0;
            starts += e.kind == immortal().events().size();
        }
    CHECK(falls > 400);
    CHECK(5 * starts > 4 * falls);
    CHECK(starts <= falls);
    // A screen fires once; those it finds too young are not asked again without `repeat`.
    CHECK(activity(plan, run, 3, 0, 9.0) == 1.0F);
    // With half the sensitivity half are found at the first screen, half of the rest at the second.
    CHECK(std::abs(static_cast<int>(flow_at(plan, run, 3, 1).eligible) - 200) < 40);
    CHECK(std::abs(static_cast<int>(flow_at(plan, run, 3, 13).eligible) - 300) < 40);
}

TEST_CASE("an exposure of days splits only that person's step, and touches only its muscles", "[deliveries]") {
    Plan const plan = toy_plan(
        "  cast: [{give: cast, from: {age: 42.03 years}, until: {after: 8 days}, muscles: [leg], to: \"sex == "
        "female\"}]\n");
    auto const run = simulate_all(plan);
    std::size_t const arm_fibres = series_index(plan, "fibre_count", 0);
    std::size_t const leg_fibres = series_index(plan, "fibre_count", 1);
    int women = 0;
    for (std::uint32_t p = 0; p < 32; ++p) {
        int const later = 30;
        bool const woman = run[p / batch_people(plan)].sex[p % batch_people(plan)] == 0;
        women += woman;
        CHECK(value_at(plan, run, arm_fibres, 1, p, later) ==
              Approx(value_at(plan, run, arm_fibres, 0, p, later)).epsilon(1e-5));
        double const ratio = static_cast<double>(value_at(plan, run, leg_fibres, 1, p, later) /
                                                 value_at(plan, run, leg_fibres, 0, p, later));
        if (woman)
            CHECK_THAT(ratio, WithinAbs(std::exp(-0.01 * 5.0 * 8.0 / 365.2422), 2e-6));
        else
            CHECK(ratio == 1.0);
    }
    CHECK((women > 5 && women < 27));
}

TEST_CASE("arms that do the same share their past and their bits, whatever their names", "[deliveries]") {
    Plan const plan = toy_plan(
        "  one: [{give: train, from: {age: 45 years}}]\n  two: [{give: train, from: {age: 45 years}, until: {age: 48 "
        "years}}]\n");
    auto const run = simulate_all(plan);
    std::size_t const s = series_index(plan, "strength_kg");
    for (std::uint32_t p = 0; p < 32; ++p)
        for (int r = 0; r <= 96; ++r) CHECK(value_at(plan, run, s, 1, p, r) == value_at(plan, run, s, 2, p, r));
    CHECK(value_at(plan, run, s, 1, 0, 110) != value_at(plan, run, s, 2, 0, 110));
}

TEST_CASE("a condition that repeats fires when it becomes true, not while it is", "[deliveries]") {
    Plan const plan = toy_plan(
        "  older: [{give: train, from: {when: \"age_years > 41\"}, until: {after: 1 month}, repeat: true}]\n"
        "  whiles: [{give: train, from: {when: \"age_years > 41 and age_years < 43 or age_years > 45\"}, until: "
        "{after: 1 "
        "month}, repeat: true}]\n"
        "  at_first: [{give: train, from: {when: \"age_years > 20\"}, until: {after: 1 month}, repeat: true}]\n");
    auto const run = simulate_all(plan);
    CHECK(starts(run, 1).size() == 32);
    CHECK(starts(run, 2).size() == 64);
    auto const first = starts(run, 3);
    CHECK(first.size() == 32);
    CHECK(std::ranges::all_of(first, [](Event const& e) { return e.time_years == 0.0; }));
}

TEST_CASE("a screen comes as often as it says, whatever the step", "[deliveries]") {
    // 260 weekly tests of which one in a hundred errs: 93 % are treated in five years.
    for (std::string const step : {"1 month", "1 year", "1 week"}) {
        INFO("a step of " << step);
        std::string text =
            "  a: [{give: train, from: {screen: \"strength_kg < 0\", every: 1 week, specificity: 0.99}}]\n";
        Plan plan = toy_plan(text, "people: 2000, start_age: 40 years, end_age: 45 years", "", step);
        auto const begun = starts(simulate_all(plan), 1);
        double const p = 1.0 - std::pow(0.99, 261.0);
        CHECK(std::abs(static_cast<double>(begun.size()) - 2000.0 * p) < 4.0 * std::sqrt(2000.0 * p * (1.0 - p)));
        // Half of those who are found at all are found in the first 69 tests, at the time of a test.
        double const half = (1.0 - std::pow(0.99, 69.0)) * 2000.0;
        auto const early =
            std::ranges::count_if(begun, [](Event const& e) { return e.time_years < 68.5 * 7 / 365.2422; });
        CHECK(std::abs(static_cast<double>(early) - half) < 4.0 * std::sqrt(half * 0.5));
        for (auto const& e : begun) {
            double const weeks = e.time_years * 365.242198781 / 7.0;
            if (std::abs(weeks - std::round(weeks)) > 1e-6) FAIL_CHECK("a test at week " << weeks);
        }
    }
}

TEST_CASE("a course follows every event, and an event within a course begins it anew", "[deliveries]") {
    for (std::string const waning : {"", ", waning: {exponential: {half_life: 6 months}}"}) {
        Plan const plan =
            toy_plan("  a: [{give: train, from: {event: fall}, until: {after: 3 months}, repeat: true}]\n",
                     "people: 400, start_age: 40 years, end_age: 50 years", waning);
        auto const run = simulate_all(plan);
        std::set<std::pair<std::uint32_t, long>> months_of_falls;
        std::size_t within = 0;
        for (auto const& b : run)
            for (auto const& e : b.events[1])
                if (e.kind == 0) {
                    // An event begins a course at the step that follows.
                    auto const month = static_cast<long>(std::ceil(e.time_years * 12.0 - 1e-7));
                    if (month < 120) within += months_of_falls.contains({e.person, month - 1});
                    if (month < 120) months_of_falls.insert({e.person, month});
                }
        CHECK(within > 20);  // falls that come during a course
        // Of who is late, an event is found a step later.
        std::set<std::pair<std::uint32_t, long>> months_of_starts;
        for (auto const& e : starts(run, 1)) {
            long const month = std::lround(e.time_years * 12.0);
            months_of_starts.insert({e.person, month});
            if (!months_of_falls.contains({e.person, month}) && !months_of_falls.contains({e.person, month - 1}))
                FAIL_CHECK("a course of " << e.person << " in month " << month << " without a fall");
        }
        for (auto const& [person, month] : months_of_falls)
            if (month < 119 && !months_of_starts.contains({person, month}) &&
                !months_of_starts.contains({person, month + 1}))
                FAIL_CHECK("a fall of " << person << " in month " << month << " without a course");
        // Never more than one full dose.
        for (std::uint32_t p = 0; p < 400; ++p)
            for (int r = 0; r < plan.clock.records; ++r)
                if (activity(plan, run, 1, p, r / 12.0) > 2.0F) FAIL_CHECK("more than a dose");
    }
}

TEST_CASE("where courses of one intervention overlap, the larger dose counts; those of two add", "[deliveries]") {
    Plan const plan = toy_plan(
        "  once: [{give: train}]\n"
        "  twice: [{give: train}, {give: train, from: {when: \"age_years > 42\"}, reach: {adherence: 0.5}}]\n"
        "  half_first: [{give: train, from: {when: \"age_years > 20\"}, reach: {adherence: 0.5}}, {give: train, from: "
        "{age: 42 years}}]\n"
        "  both: [{give: train}, {give: same, from: {age: 42 years}}]\n"
        "  other_name: [{give: same}]\n",
        "people: 32, start_age: 40 years, end_age: 50 years",
        "}\n  same: {kind: training, dose: {sessions_per_week: 5, intensity_fraction: 1}");
    auto const run = simulate_all(plan);
    for (std::uint32_t p = 0; p < 32; ++p) {
        CHECK(activity(plan, run, 2, p, 5.0) == 2.0F);
        CHECK(activity(plan, run, 3, p, 1.0) == 1.5F);
        CHECK(activity(plan, run, 3, p, 5.0) == 2.0F);
        CHECK(activity(plan, run, 4, p, 1.0) == 2.0F);
        CHECK(activity(plan, run, 4, p, 5.0) == 3.0F);
        CHECK(activity(plan, run, 5, p, 5.0) == 2.0F);
    }
    CHECK(std::isnan(run[0].first_divergence_years[2 * run[0].people]) == false);
    CHECK(run[0].first_divergence_years[2 * run[0].people] == run[0].first_divergence_years[1 * run[0].people]);
}

TEST_CASE("a cast on the left and one on the right add, two on the left do not", "[deliveries]") {
    Plan const plan = toy_plan(
        "  both: [{give: cast}]\n"
        "  each: [{give: cast, side: left}, {give: cast, side: right}]\n"
        "  left: [{give: cast, side: left}]\n"
        "  twice: [{give: cast, side: left}, {give: cast, side: left, from: {when: \"age_years > 20\"}}]\n");
    auto const run = simulate_all(plan);
    std::size_t const s = series_index(plan, "unloading_fraction", 1);
    for (std::uint32_t p = 0; p < 32; ++p) {
        CHECK(value_at(plan, run, s, 1, p, 12) == value_at(plan, run, s, 2, p, 12));
        CHECK(value_at(plan, run, s, 3, p, 12) == value_at(plan, run, s, 4, p, 12));
        CHECK(value_at(plan, run, s, 3, p, 12) == 0.5F * value_at(plan, run, s, 1, p, 12));
    }
}

TEST_CASE("groups take everybody once between them", "[deliveries]") {
    Plan const plan = toy_plan(
        "  steps: [{give: train, reach: {group: 1, groups: 3}}, {give: train, from: {age: 42 years}, reach: {group: 2, "
        "groups: 3}}, {give: train, from: {age: 44 years}, reach: {group: 3, groups: 3}}]\n",
        "people: 600, start_age: 40 years, end_age: 50 years");
    auto const run = simulate_all(plan);
    std::map<std::uint32_t, int> times;
    for (auto const& e : starts(run, 1)) ++times[e.person];
    CHECK(times.size() == 600);
    CHECK(std::ranges::all_of(times, [](auto const& t) { return t.second == 1; }));
    for (int d = 0; d < 3; ++d)
        CHECK(std::abs(static_cast<int>(flow_at(plan, run, d, plan.clock.records - 1).reached) - 200) <
              4.0 * std::sqrt(600.0 * 2.0 / 9.0));
}

TEST_CASE("a course that stops on its way up fades from where it stood", "[deliveries]") {
    Plan const plan = toy_plan("  a: [{give: train, until: {after: 6 months}}]\n",
                               "people: 16, start_age: 40 years, end_age: 45 years",
                               ", ramp_up: 1 year, waning: {exponential: {half_life: 10 years}}");
    auto const run = simulate_all(plan);
    CHECK_THAT(activity(plan, run, 1, 0, 1.0), WithinAbs(1.0 + 0.5 * std::pow(0.5, (0.5 - 1.0 / 24) / 10.0), 1e-5));
}

TEST_CASE("whose window is over gets nothing and counts nowhere", "[deliveries]") {
    Plan const plan = toy_plan(
        "  past: [{give: train, from: {when: \"age_years > 20\"}, until: {age: 50 years}}]\n"
        "  again: [{give: train, from: {event: fall}, until: {age: 50 years}, repeat: true}]\n",
        "people: 200, start_age: {from: 40 years, to: 60 years}, end_age: 70 years");
    CHECK(plan.notes.size() == 2);
    auto const run = simulate_all(plan);
    std::size_t young = 0;
    for (auto const& b : run)
        for (float const age : b.start_age_years) young += age < 50.0F;
    CHECK(flow_at(plan, run, 0, plan.clock.records - 1).eligible == young);
    for (std::size_t arm : {1, 2})
        for (auto const& e : starts(run, arm)) {
            auto const& b = run[e.person / run[0].people];
            CHECK(static_cast<double>(b.start_age_years[e.person - b.first_person]) + e.time_years < 50.0);
        }
    CHECK(starts(run, 2).size() > 50);
}

TEST_CASE("fourteen days in bed within a month are fourteen", "[deliveries]") {
    // On the toy: fibres lost while a cast is worn.
    auto const plan = [](std::string const& step) {
        std::string arms = "  casts: [";
        for (int day = 1; day < 28; day += 2)
            arms += (day > 1 ? ", " : "") + std::string("{give: cast, from: {time: ") + std::to_string(day) +
                    " days}, until: {after: 1 day}}";
        return toy_plan(arms + "]\n", "people: 32, start_age: 40 years, end_age: 41 years", "", step);
    };
    Plan const month = plan("1 month");
    Plan const day = plan("1 day");
    auto const a = simulate_all(month);
    auto const b = simulate_all(day);
    std::size_t const s = series_index(month, "fibre_count", 1);
    int apart = 0;
    for (std::uint32_t p = 0; p < 32; ++p) {
        double const kept = value_at(month, a, s, 1, p, 1) / value_at(month, a, s, 0, p, 1);
        CHECK_THAT(kept, WithinAbs(std::exp(-0.01 * 5.0 * 14.0 / 365.2422), 3e-6));
        apart += std::abs(kept - value_at(day, b, s, 1, p, 1) / value_at(day, b, s, 0, p, 1)) > 3e-6;
    }
    CHECK(apart <= 2);  // who falls ill within the month lies then anyway
}

TEST_CASE("flow and events keep what is possible, in scenarios made at random", "[deliveries]") {
    auto const model = toy::make_model(true);
    std::mt19937 luck(20260101);
    auto const one_of = [&](std::vector<std::string> const& of) { return of[luck() % of.size()]; };
    for (int trial = 0; trial < 24; ++trial) {
        std::string const text =
            "sarx: 1\nseed: " + std::to_string(luck()) +
            "\npopulation: {people: 48, start_age: {from: 70 years, to: " + one_of({"70", "82"}) +
            " years}, end_age: " + one_of({"90", "95.3"}) +
            " years}\nclock: {step: " + one_of({"1 month", "7 weeks", "1 year"}) +
            ", record_every: " + one_of({"1 year", "5 months", "30 years"}) +
            "}\ninterventions: {train: {kind: training, dose: {sessions_per_week: 3}" +
            one_of({"", ", ramp_up: 3 months", ", waning: {exponential: {half_life: 1 month}}"}) +
            "}}\narms:\n  usual: []\n  a: [{give: train" +
            one_of({"", ", from: {age: 80.1 years}", ", from: {time: 3.21 years}",
                    ", from: {when: \"strength_kg < 25\"}, repeat: true", ", from: {event: fall}, repeat: true",
                    ", from: {event: illness}",
                    ", from: {screen: \"strength_kg < 25\", every: 3 weeks, sensitivity: 0.3}, repeat: true"}) +
            one_of({"", ", until: {age: 84.5 years}", ", until: {time: 9.9 years}", ", until: {after: 20 days}",
                    ", until: {when: \"strength_kg < 20\"}"}) +
            one_of({"", ", to: \"sex == female\""}) + ", reach: {coverage: " + one_of({"1", "0.6"}) +
            ", adherence: " + one_of({"0.4", "0.7", "{mean: 0.5, sd: 0.3}"}) +
            ", dropout_per_year: " + one_of({"0", "0.5", "20"}) + "}}]\n";
        INFO(text);
        Plan const plan = plan_of(*model, text);
        auto const run = simulate_all(plan);
        std::size_t const alive = series_index(plan, "alive");
        auto const start = static_cast<std::uint8_t>(model->events().size());
        std::uint32_t before_reached = 0;
        double courses = 0.0;
        std::map<std::uint32_t, int> begun;
        for (auto const& b : run) {
            std::map<std::uint32_t, double> died;
            for (auto const& e : b.events[1])
                if (model->events()[e.kind < start ? e.kind : 0].is_death && e.kind < start)
                    died[e.person] = e.time_years;
            std::map<std::uint32_t, double> open;
            auto const end_of = [&](std::uint32_t person) {
                double const follow = std::min(
                    plan.population.follow_years,
                    plan.population.end_age_years - static_cast<double>(b.start_age_years[person - b.first_person]));
                return died.contains(person) ? std::min(follow, died[person]) : follow;
            };
            for (auto const& e : b.events[1]) {
                if (e.kind != start && e.kind != start + 1) continue;
                CHECK(e.time_years >= 0.0);
                CHECK(e.time_years <= end_of(e.person) + 1e-5);
                if (e.kind == start) {
                    CHECK_FALSE(open.contains(e.person));
                    open[e.person] = e.time_years;
                    ++begun[e.person];
                } else {
                    REQUIRE(open.contains(e.person));
                    CHECK(e.time_years > open[e.person]);
                    courses += e.time_years - open[e.person];
                    open.erase(e.person);
                }
            }
            for (auto const& [person, from] : open) courses += end_of(person) - from;
        }
        std::int64_t treated = 0;
        for (int r = 0; r < plan.clock.records; ++r) {
            auto const f = flow_at(plan, run, 0, r);
            CHECK(f.eligible >= f.offered);
            CHECK(f.offered >= f.reached);
            CHECK(f.reached >= f.dropped);
            CHECK(f.reached >= f.adherent);
            CHECK(f.taken_time <= f.treated_time);
            std::uint32_t living = 0;
            for (std::uint32_t p = 0; p < 48; ++p) living += r > 0 && value_at(plan, run, alive, 1, p, r - 1) > 0.0F;
            CHECK(f.reached - before_reached <= living);
            before_reached = f.reached;
            treated += f.treated_time;
        }
        CHECK(begun.size() == before_reached);
        CHECK(std::abs(static_cast<double>(treated) * 1e-6 - courses) < 1e-3);
    }
}
