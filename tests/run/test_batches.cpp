// Batches over threads: whatever the pieces, batches come whole, once, and with the bits they have alone.

#include "sim/run/batches.hpp"

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "sim/run/threads.hpp"
#include "support/catch.hpp"
#include "support/real_model.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
using namespace sarx::testing;

namespace {

Plan plan_of_people(int people) {
    static auto const model = toy::make_model();
    return plan_of(*model, "sarx: 1\nseed: 3\npopulation: {people: " + std::to_string(people) + R"(,
  start_age: {from: 40 years, to: 70 years}, end_age: 75 years}
clock: {step: 1 month, record_every: 1 year}
record: {variables: all, motor_units: {people: 70, every: 10 years}}
interventions: {train: {kind: training, dose: {sessions_per_week: 5, intensity_fraction: 1}}}
arms:
  usual: []
  train: [{give: train, from: {age: 60 years}, reach: {coverage: 0.5}}]
)");
}

bool never() { return false; }

void check_same(BatchResult const& a, BatchResult const& b) {
    auto const same_numbers = [](std::vector<float> const& x, std::vector<float> const& y) {
        return std::ranges::equal(x, y, same_bits);
    };
    auto const same_units = [](MotorUnitSnapshot const& x, MotorUnitSnapshot const& y) {
        return x.arm == y.arm && x.muscle == y.muscle && x.time_years == y.time_years && x.values == y.values;
    };
    CHECK(a.first_person == b.first_person);
    CHECK(a.people == b.people);
    CHECK(a.sex == b.sex);
    CHECK(same_numbers(a.start_age_years, b.start_age_years));
    CHECK(same_numbers(a.weight, b.weight));
    CHECK(same_numbers(a.traits, b.traits));
    CHECK(same_numbers(a.trajectories, b.trajectories));
    CHECK(same_numbers(a.first_divergence_years, b.first_divergence_years));
    CHECK(same_numbers(a.first_offer_years, b.first_offer_years));
    CHECK(same_numbers(a.first_reach_years, b.first_reach_years));
    CHECK(same_numbers(a.protocol_years, b.protocol_years));
    CHECK(a.follow_years == b.follow_years);
    CHECK(a.had_before == b.had_before);
    REQUIRE(a.events.size() == b.events.size());
    for (std::size_t arm = 0; arm < a.events.size(); ++arm)
        CHECK(std::ranges::equal(a.events[arm], b.events[arm], [](Event const& x, Event const& y) {
            return x.person == y.person && x.time_years == y.time_years && x.kind == y.kind && x.value == y.value;
        }));
    CHECK(std::ranges::equal(a.flow, b.flow, [](Flow const& x, Flow const& y) {
        return x.eligible == y.eligible && x.offered == y.offered && x.reached == y.reached &&
               x.adherent == y.adherent && x.dropped == y.dropped;
    }));
    // Pools come in any order of people; nobody has two of one arm, muscle and time.
    REQUIRE(a.motor_units.size() == b.motor_units.size());
    for (auto const& of_a : a.motor_units)
        CHECK(std::ranges::count_if(b.motor_units, [&](MotorUnitSnapshot const& of_b) {
                  return of_a.person == of_b.person && same_units(of_a, of_b);
              }) == 1);
}

}  // namespace

TEST_CASE("batches in pieces have the bits of whole ones", "[batches]") {
    Plan const plan = plan_of_people(1000);
    Simulator const simulator(plan, base_rate(plan));
    REQUIRE(batch_people(plan) == 64);
    std::vector<std::uint32_t> const wanted = {1, 4, 15, 2};  // the last of the plan has fewer people
    for (int const threads : {1, 2, 7}) {
        std::mutex one_at_a_time;
        std::vector<BatchResult> got;
        simulate_batches(simulator, wanted, threads, never, [&](BatchResult const& batch) {
            std::lock_guard const lock(one_at_a_time);
            got.push_back(batch);
        });
        REQUIRE(got.size() == wanted.size());
        for (std::uint32_t const b : wanted) {
            auto const batch = std::ranges::find(got, b, &BatchResult::index);
            REQUIRE(batch != got.end());
            INFO("batch " << b << " on " << threads << " threads");
            check_same(*batch, simulator.simulate(b));
        }
    }
}

TEST_CASE("a stop ends the batches that were begun and begins no other", "[batches]") {
    Plan const plan = plan_of_people(300);
    Simulator const simulator(plan, base_rate(plan));
    std::vector<std::uint32_t> all(simulator.batches());
    for (std::uint32_t b = 0; b < all.size(); ++b) all[b] = b;
    std::atomic<int> asked{0};
    std::atomic<std::uint32_t> taken{0};
    std::atomic<std::uint32_t> people{0};
    simulate_batches(
        simulator, all, 2, [&] { return ++asked > 3; },
        [&](BatchResult const& batch) {
            ++taken;
            people += batch.people;
        });
    CHECK(taken == 3);
    CHECK(people == 3 * batch_people(plan));
}

TEST_CASE("what goes wrong in one thread ends the others and is told", "[batches]") {
    std::atomic<int> begun{0};
    auto const work = [&](std::size_t i) {
        ++begun;
        if (i == 5) throw std::runtime_error("the sixth");
    };
    CHECK_THROWS_WITH(each_in_parallel(100'000, 2, work), "the sixth");
    CHECK(begun < 100'000);
    begun = 0;
    each_in_parallel(1000, 3, [&](std::size_t) { ++begun; });
    CHECK(begun == 1000);
}
