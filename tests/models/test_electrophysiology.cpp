// What electrodes read of a muscle.

#include <cmath>
#include <vector>

#include "models/3_motor_units/recruitment.hpp"
#include "models/7_measures/electrophysiology.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;

namespace {

/// The estimate of a pool whose units grow `range`-fold over the ranks, at a test force.
double estimate_of_pool(int units, double range, double force) {
    double const reached = rank_reached(force, 0.0, 0.85, std::log(30.0));
    double all = 0.0;
    double sampled = 0.0;
    double shares = 0.0;
    for (int j = 0; j < units; ++j) {
        double const rank = (j + 0.5) / units;
        double const p = unit_potential_uV_ms(20.0, 100.0 * std::pow(range, rank), 1.0, 0.75);
        double const w = share_recruited(bout_factor(reached, 0.1, 1.0), std::exp(rank / 0.1));
        all += p;
        sampled += w * p;
        shares += w;
    }
    return motor_unit_number_estimate(all, sampled, shares);
}

}  // namespace

TEST_CASE("equal units are counted right, whatever force samples them", "[measures]") {
    for (double const force : {0.05, 0.25, 0.8}) CHECK_THAT(estimate_of_pool(150, 1.0, force), WithinRel(150.0, 1e-9));
}

TEST_CASE("a weak contraction samples small units: the estimate falls from threshold to 40 % of maximum",
          "[measures]") {
    double const threshold = estimate_of_pool(93, 30.0, 0.05);
    double const quarter = estimate_of_pool(93, 30.0, 0.25);
    double const forty = estimate_of_pool(93, 30.0, 0.4);
    CHECK(threshold > quarter);
    CHECK(quarter > forty);
    CHECK(forty > 93.0);
    CHECK(threshold / forty > 2.0);  // published 226 / 91 = 2.5
    CHECK_THAT(quarter, WithinRel(150.0, 0.05));
}

TEST_CASE("the estimate is proportional to the number of units and 0 without any", "[measures]") {
    CHECK_THAT(estimate_of_pool(400, 30.0, 0.25) / estimate_of_pool(200, 30.0, 0.25), WithinRel(2.0, 0.01));
    CHECK(motor_unit_number_estimate(0.0, 0.0, 0.0) == 0.0);
    CHECK(sampled_potential_uV_ms(0.0, 0.0) == 0.0);
    CHECK(sampled_potential_uV_ms(3.0 * 700.0, 3.0) == Approx(700.0));
}

TEST_CASE("a unit's potential grows less than its fibres and in step with their area", "[measures]") {
    double const one = unit_potential_uV_ms(20.0, 300.0, 1.0, 0.75);
    CHECK_THAT(unit_potential_uV_ms(20.0, 450.0, 1.0, 0.75) / one, WithinRel(std::pow(1.5, 0.75), 1e-9));
    CHECK_THAT(unit_potential_uV_ms(20.0, 300.0, 0.8, 0.75) / one, WithinRel(0.8, 1e-12));
    CHECK_THAT(unit_potential_uV_ms(20.0, 1.0, 1.0, 0.75), WithinRel(20.0, 1e-9));
}

TEST_CASE("jiggle is that of youth at youth's jitter and rises with jitter", "[measures]") {
    CHECK_THAT(jiggle(0.25, 26.0, 26.0, 1.1), WithinRel(0.25, 1e-9));
    CHECK(jiggle(0.25, 30.0, 26.0, 1.1) > 0.25);
    CHECK(jiggle(0.25, 30.0, 26.0, 0.0) == 0.25);
}
