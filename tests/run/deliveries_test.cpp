// Who gets what, and when: triggers, ramps, adherence, coverage, drop-out, flow. On the toy model, whose
// activity is habit + 0.2 * sessions * intensity, with habit set to 1 so that a dose can be read off.

#include <array>
#include <cmath>
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
              std::string const& training = "") {
    return plan_of(immortal(), R"(sarx: 1
seed: 11
population: {)" + population + R"(}
clock: {step: 1 month, record_every: 1 month}
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
        sum.eligible += f.eligible;
        sum.offered += f.offered;
        sum.reached += f.reached;
        sum.adherent += f.adherent;
        sum.dropped += f.dropped;
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
    CHECK(end.adherent == end.reached - end.dropped);
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
