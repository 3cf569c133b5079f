// The rules by which stimuli combine.

#include <algorithm>
#include <functional>

#include "bench.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;
using namespace sarx::models::testing;
using sarx::testing::any_rule;
using sarx::testing::muscle_of;

TEST_CASE("a bout without volume leaves no trace", "[stimuli]") {
    Block block = people_at_habit();
    Block before = block;
    add_bout(block, 3, 1, {.effort = 0.9F, .volume = 0.0F, .tension = 3.0F});
    CHECK(same_bits(lane_of(block, 3), lane_of(before, 3)));
}

TEST_CASE("bouts beyond the last place join it: no volume and no tension is lost", "[stimuli]") {
    Block block = people_at_habit();
    double expected = work(block, 0, 1);
    for (int i = 0; i < 2 * max_bouts; ++i) {
        Bout const bout{.effort = 0.3F,
                        .volume = 0.1F + 0.01F * static_cast<float>(i),
                        .tension = 1.0F + static_cast<float>(i % 3)};
        expected += static_cast<double>(bout.volume) * static_cast<double>(bout.tension);
        add_bout(block, 0, 1, bout);
    }
    CHECK(block.muscle(column("bout_count"), 1)[0] == static_cast<float>(max_bouts));
    CHECK(work(block, 0, 1) == Approx(expected).epsilon(1e-5));
}

TEST_CASE("what an insult takes from habits it does not take from training", "[stimuli]") {
    Block block = people_at_habit();
    add_bout(block, 0, 1, {.effort = 0.8F, .volume = 0.5F, .tension = 2.0F});
    any_rule.daily_living.keep(muscle_of(block, 0, 1), 0.0);
    CHECK(work(block, 0, 1) == Approx(1.0));
}

TEST_CASE("barred exercise takes from training, and not from habits or from the electrode", "[stimuli]") {
    Block block = people_at_habit();
    double const habits = work(block, 0, 1);
    add_bout(block, 0, 1, {.effort = 0.4F, .volume = 1.0F, .tension = 1.0F, .order = Bout::electrical});
    add_bout(block, 0, 1, {.effort = 0.8F, .volume = 0.5F, .tension = 2.0F});
    any_rule.exercise.bar(muscle_of(block, 0, 1), 1.0);
    CHECK(work(block, 0, 1) == Approx(habits + 1.0));
    CHECK(block.muscle(column("exercise_barred_fraction"), 1)[0] == 1.0F);
}

TEST_CASE("nothing is changed by shares, amounts and effects of nothing, nor by a limit that is not reached",
          "[stimuli]") {
    float x = 0.3F;
    Stimulus const stimulus(x);
    stimulus.add(0.0);
    stimulus.add_share(0.0);
    stimulus.change_by(0.0);
    stimulus.limit_to(0.31);
    CHECK(x == 0.3F);
    stimulus.limit_to(0.2);
    CHECK(x == 0.2F);
    stimulus.add_share(1.0);
    CHECK(x == 1.0F);
}

TEST_CASE("contributions by one rule may come in any order", "[stimuli]") {
    std::vector<std::function<void(Stimulus, double)>> const rules = {
        [](Stimulus x, double a) { x.add(a); },
        [](Stimulus x, double a) { x.add_share(a); },
        [](Stimulus x, double a) { x.change_by(-a); },
        [](Stimulus x, double a) { x.limit_to(a); },
    };
    for (auto const& rule : rules) {
        std::vector<double> contributions = {0.1, 0.35, 0.6};
        std::vector<double> ends;
        do {
            float x = 0.5F;
            for (double const a : contributions) rule(Stimulus(x), a);
            ends.push_back(static_cast<double>(x));
        } while (std::ranges::next_permutation(contributions).found);
        CHECK(ends.size() == 6);
        for (double const end : ends) CHECK(end == Approx(ends.front()).epsilon(1e-6));
        CHECK(ends.front() != 0.5);
    }
}
