// The rules by which stimuli combine.

#include "bench.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;
using namespace sarx::models::testing;

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
    scale_habits(block, 0, 1, 0.0);
    CHECK(work(block, 0, 1) == Approx(1.0));
}

TEST_CASE("nothing is changed by shares, amounts and effects of nothing", "[stimuli]") {
    float x = 0.3F;
    add_share(x, 0.0);
    add_amount(x, 0.0);
    multiply(x, 0.0);
    CHECK(x == 0.3F);
    add_share(x, 1.0);
    CHECK(x == 1.0F);
}
