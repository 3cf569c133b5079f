// What CONTRIBUTING.md works through does what it says: a scenario can name it, and it moves people.

#include "support/catch.hpp"
#include "support/real_model.hpp"

using namespace sarx;
using namespace sarx::testing;

TEST_CASE("the worked stage takes the place that it names and runs", "[examples]") {
    std::string const text =
        "sarx: 1\npopulation: {people: 16, start_age: 20 years, end_age: 60 years}\n"
        "arms: {usual_life: []}\nrecord: {variables: [mitochondrial_capacity]}\n";
    auto const usual = plan_of(real_model(), text);
    auto const by_use = plan_of(
        real_model(), text + "model: {cascade: {like: nerve_first, replace: {mitochondria: mitochondria_by_use}}}\n");
    auto const with_age = simulate_all(usual);
    auto const without = simulate_all(by_use);
    auto const last = usual.clock.records - 1;
    auto const series = series_index(usual, "mitochondrial_capacity");
    int higher = 0;
    for (std::uint32_t person = 0; person < 16; ++person)
        higher +=
            value_at(by_use, without, series, 0, person, last) > value_at(usual, with_age, series, 0, person, last);
    CHECK(higher >= 14);  // capacity has no age of its own there (the dead are no higher)
}

TEST_CASE("the worked intervention reaches people and moves what it says", "[examples]") {
    auto const plan = plan_of(real_model(),
                              "sarx: 1\npopulation: {people: 16, start_age: 60 years, end_age: 62 years}\n"
                              "interventions: {plate: {kind: whole_body_vibration, dose: {sessions_per_week: 5}}}\n"
                              "arms: {usual_life: [], plate: [{give: plate}]}\nclock: {record_every: 1 year}\n"
                              "record: {variables: [muscle_protein_synthesis]}\n");
    auto const lives = simulate_all(plan);
    auto const last = plan.clock.records - 1;
    auto const series = series_index(plan, "muscle_protein_synthesis");
    int higher = 0;
    for (std::uint32_t person = 0; person < 16; ++person)
        higher += value_at(plan, lives, series, 1, person, last) > value_at(plan, lives, series, 0, person, last);
    CHECK(higher >= 12);
}
