// Markers in blood and the water of the body.

#include <cmath>

#include "models/5_function/body_water.hpp"
#include "models/6_outcomes/blood_markers.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;

TEST_CASE("markers rise as filtration falls", "[measures]") {
    CHECK_THAT(clearance_ratio(110.0, 0.4), WithinRel(1.0, 1e-12));
    CHECK_THAT(clearance_ratio(55.0, 0.4), WithinRel(std::pow(2.0, 0.4), 1e-9));
    CHECK_THAT(clearance_ratio(20.0, 0.0), WithinRel(1.0, 1e-12));
    CHECK(clearance_ratio(0.0, 0.4) == clearance_ratio(5.0, 0.4));
}

TEST_CASE("agrin fragment is its base where junctions are stable and linear in the share that is not", "[measures]") {
    CHECK(unstable_share(1.0, 1000.0, 0.0) == 0.0);
    CHECK_THAT(unstable_share(0.7, 1000.0, 0.0), WithinRel(0.3, 1e-12));
    CHECK_THAT(unstable_share(0.7, 500.0, 500.0), WithinRel(0.65, 1e-12));  // junctions without a nerve count in full
    CHECK(unstable_share(0.7, 0.0, 1000.0) == 1.0);
    CHECK(unstable_share(0.7, 0.0, 0.0) == 1.0);
    CHECK(agrin_fragment(1.0, 85.0, 0.0, 200.0) == 85.0);
    CHECK_THAT(agrin_fragment(1.2, 85.0, 0.1, 200.0), WithinRel(1.2 * 105.0, 1e-12));
}

TEST_CASE("neurofilament mostly follows age, and an injury shows", "[measures]") {
    double const young = neurofilament_light(4.2, 20.0, 0.022, 0.005, 30.0);
    double const old = neurofilament_light(4.2, 80.0, 0.022, 0.02, 30.0);
    double const same_age_no_loss = neurofilament_light(4.2, 80.0, 0.022, 0.0, 30.0);
    CHECK(old / young > 3.0);
    CHECK((old - same_age_no_loss) / old < 0.1);
    CHECK(neurofilament_light(4.2, 40.0, 0.022, 0.5, 30.0) > 2.0 * neurofilament_light(4.2, 40.0, 0.022, 0.01, 30.0));
}

TEST_CASE("the trailing count gives the rate of a steady loss and does not move without time", "[measures]") {
    CHECK(trailing_count(100.0, 95.0, 0.0, 0.5) == 100.0);
    CHECK(trailing_count(0.0, 95.0, 0.1, 0.5) == 95.0);
    double count = 1000.0;
    double recent = 1000.0;
    double const day = 1.0 / 365.25;
    for (int i = 0; i < 365 * 5; ++i) {
        count -= 20.0 * day;
        recent = trailing_count(recent, count, day, 0.5);
    }
    CHECK_THAT((recent - count) / 0.5, WithinRel(20.0, 0.01));
    CHECK_THAT(weighted_unit_loss_per_year(1.0, recent, count, 0.5, 1000.0), WithinRel(20.0 / 1000.0, 0.01));
    CHECK_THAT(weighted_unit_loss_per_year(0.25, recent, count, 0.5, 1000.0), WithinRel(5.0 / 1000.0, 0.01));
}

TEST_CASE("lying drains the limbs, growth hormone retains, usual life does neither", "[measures]") {
    CHECK(drained_limb_water_kg(20.0, 0.0, 0.03) == 0.0);
    CHECK_THAT(drained_limb_water_kg(20.0, 1.0, 0.03), WithinRel(-0.6, 1e-12));
    CHECK(retained_water_kg(0.5, 0.5, 4.0) == 0.0);
    CHECK_THAT(retained_water_kg(1.0, 0.5, 4.0), WithinRel(2.0, 1e-12));
    CHECK_THAT(water_target_kg(-0.6, 2.0, 0.4),
               WithinRel(0.2, 1e-12));  // the limbs have their share of what is retained
    CHECK_THAT(water_target_kg(-0.6, 2.0, 1.0), WithinRel(1.4, 1e-12));
}
