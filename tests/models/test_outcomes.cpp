// Outcomes: definitions at their borders, order of grades, rates, survival to entry.

#include <cmath>
#include <string>

#include "models/6_outcomes/adverse_events.hpp"
#include "models/6_outcomes/disability.hpp"
#include "models/6_outcomes/ill_health.hpp"
#include "models/6_outcomes/intrinsic_capacity.hpp"
#include "models/6_outcomes/mortality.hpp"
#include "models/6_outcomes/sarcopenia.hpp"
#include "models/6_outcomes/threshold.hpp"
#include "models/columns.hpp"
#include "models/events/events.hpp"
#include "sim/contract/math.hpp"
#include "support/catch.hpp"

using namespace sarx;
using namespace sarx::models;

namespace {

struct Body {
    double grip_kg = 40.0;
    double chair_s = 8.0;
    double alm_index = 8.0;
    double gait = 1.3;
    double sppb = 12.0;
};
double ewgsop2_man(Body const& b) {
    return ewgsop2_grade(b.grip_kg, b.chair_s, b.alm_index, b.gait, b.sppb, 27.0, 15.0, 7.0, 0.8, 8.0);
}
double awgs_man(Body const& b) {
    return awgs2019_grade(b.grip_kg, b.chair_s, b.alm_index, b.gait, b.sppb, 28.0, 12.0, 7.0, 1.0, 9.0);
}

}  // namespace

TEST_CASE("EWGSOP2: each cut-off divides where the consensus says", "[outcomes]") {
    CHECK(ewgsop2_man({}) == 0.0);
    CHECK(ewgsop2_man({.grip_kg = 27.0}) == 0.0);
    CHECK(ewgsop2_man({.grip_kg = 26.99}) == 1.0);
    CHECK(ewgsop2_man({.chair_s = 15.0}) == 0.0);
    CHECK(ewgsop2_man({.chair_s = 15.01}) == 1.0);
    CHECK(ewgsop2_man({.grip_kg = 26.0, .alm_index = 7.0}) == 1.0);
    CHECK(ewgsop2_man({.grip_kg = 26.0, .alm_index = 6.99}) == 2.0);
    CHECK(ewgsop2_man({.grip_kg = 26.0, .alm_index = 6.9, .gait = 0.81}) == 2.0);
    CHECK(ewgsop2_man({.grip_kg = 26.0, .alm_index = 6.9, .gait = 0.8}) == 3.0);
    CHECK(ewgsop2_man({.grip_kg = 26.0, .alm_index = 6.9, .sppb = 9.0}) == 2.0);
    CHECK(ewgsop2_man({.grip_kg = 26.0, .alm_index = 6.9, .sppb = 8.0}) == 3.0);
    CHECK(ewgsop2_man({.alm_index = 5.0, .gait = 0.5, .sppb = 3.0}) == 0.0);  // low mass and slow, not weak
}

TEST_CASE("EWGSOP2 and AWGS: nothing that gets worse lowers a grade", "[outcomes]") {
    Body const steps[] = {{.grip_kg = 45.0, .chair_s = 7.0, .alm_index = 9.0, .gait = 1.4, .sppb = 12.0},
                          {.grip_kg = 27.5, .chair_s = 11.0, .alm_index = 7.1, .gait = 1.05, .sppb = 10.0},
                          {.grip_kg = 25.0, .chair_s = 14.0, .alm_index = 6.5, .gait = 0.9, .sppb = 9.0},
                          {.grip_kg = 15.0, .chair_s = 30.0, .alm_index = 5.5, .gait = 0.6, .sppb = 5.0}};
    double before_e = 0.0;
    double before_a = 0.0;
    for (auto const& body : steps) {
        CHECK(ewgsop2_man(body) >= before_e);
        CHECK(awgs_man(body) >= before_a);
        before_e = ewgsop2_man(body);
        before_a = awgs_man(body);
    }
    CHECK(before_e == 3.0);
    CHECK(before_a == 3.0);
}

TEST_CASE("AWGS 2019: borders and the grades", "[outcomes]") {
    CHECK(awgs_man({.grip_kg = 28.0}) == 0.0);
    CHECK(awgs_man({.grip_kg = 27.9}) == 1.0);
    CHECK(awgs_man({.chair_s = 11.99}) == 0.0);
    CHECK(awgs_man({.chair_s = 12.0}) == 1.0);
    CHECK(awgs_man({.alm_index = 6.9, .gait = 1.0}) == 0.0);
    CHECK(awgs_man({.alm_index = 6.9, .gait = 0.99}) == 2.0);
    CHECK(awgs_man({.alm_index = 6.9, .sppb = 9.0}) == 2.0);
    CHECK(awgs_man({.grip_kg = 27.0, .alm_index = 6.9}) == 2.0);
    CHECK(awgs_man({.grip_kg = 27.0, .alm_index = 6.9, .gait = 0.9}) == 3.0);
}

TEST_CASE("FNIH and SDOC need both of their signs", "[outcomes]") {
    CHECK(fnih_flag(25.9, 20.0, 27.0, 26.0, 0.789) == 1.0);
    CHECK(fnih_flag(26.0, 20.0, 27.0, 26.0, 0.789) == 0.0);
    CHECK(fnih_flag(25.9, 0.789 * 27.0 + 0.01, 27.0, 26.0, 0.789) == 0.0);
    CHECK(sdoc_flag(35.4, 0.79, 35.5, 0.8) == 1.0);
    CHECK(sdoc_flag(35.5, 0.79, 35.5, 0.8) == 0.0);
    CHECK(sdoc_flag(35.4, 0.8, 35.5, 0.8) == 0.0);
}

TEST_CASE("the share of people with a deficit is its probability, and muscle has no part in it", "[outcomes]") {
    double const p = domain_deficit_probability(70.0, 1.0, -2.3, 0.05, 0.5);
    CHECK_THAT(p, WithinRel(1.0 / (1.0 + std::exp(1.8)), 1e-9));
    int with = 0;
    for (int i = 0; i < 10000; ++i) with += exceeds(p, (i + 0.5) / 10000.0) > 0.5 ? 1 : 0;
    CHECK_THAT(with / 10000.0, WithinAbs(p, 1e-4));
    CHECK(domain_deficit_probability(80.0, 1.0, -2.3, 0.05, 0.5) > p);
    CHECK(domain_deficit_probability(70.0, 2.0, -2.3, 0.05, 0.5) > p);
}

TEST_CASE("weak muscle makes a deficit likelier, never certain", "[outcomes]") {
    CHECK_THAT(muscle_deficit_probability(0.0, -2.0, 0.6), WithinRel(1.0 / (1.0 + std::exp(2.0)), 1e-9));
    double const fit = muscle_deficit_probability(-3.0, -2.0, 0.6);
    double const weak = muscle_deficit_probability(5.0, -2.0, 0.6);
    CHECK(fit > 0.0);
    CHECK(fit < 0.03);
    CHECK(weak > 0.5);
    CHECK(weak < 1.0);
}

TEST_CASE("disability: odds multiply over gait, strength for loads, age and frailty, each in its direction",
          "[outcomes]") {
    auto const p = [](double gait, double grip, double torque, double age, double frailty) {
        return disability_probability(gait, strength_for_loads(grip, torque), age, frailty, -2.0, 2.0, 0.8, 0.04, 0.5);
    };
    auto const odds = [](double x) { return x / (1.0 - x); };
    double const reference = odds(p(1.0, 30.0, 100.0, 75.0, 1.0));
    CHECK_THAT(reference, WithinRel(std::exp(-2.0), 1e-9));
    CHECK_THAT(odds(p(0.8, 30.0, 100.0, 75.0, 1.0)) / reference, WithinRel(std::exp(0.4), 1e-9));
    CHECK_THAT(odds(p(1.0, 15.0, 50.0, 75.0, 1.0)) / reference, WithinRel(std::pow(2.0, 0.8), 1e-9));
    CHECK_THAT(odds(p(1.0, 30.0, 50.0, 75.0, 1.0)), WithinRel(odds(p(1.0, 15.0, 100.0, 75.0, 1.0)), 1e-9));
    CHECK_THAT(odds(p(1.0, 30.0, 100.0, 85.0, 1.0)) / reference, WithinRel(std::exp(0.4), 1e-9));
    CHECK_THAT(odds(p(1.0, 30.0, 100.0, 75.0, 4.0)) / reference, WithinRel(2.0, 1e-9));
}

TEST_CASE("falls: the reference person falls at the reference rate; balance training spares a quarter to two fifths",
          "[outcomes]") {
    CHECK_THAT(fall_rate(76.0, 1.0, 1.15, 1.5, 0.85, 0.01, 1.8, 0.5, 0.7), WithinRel(0.85, 1e-12));
    CHECK_THAT(fall_rate(76.0, 2.0, 1.15, 1.5, 0.85, 0.01, 1.8, 0.5, 0.7), WithinRel(1.7, 1e-12));
    CHECK_THAT(fall_rate(76.0, 1.0, 0.85, 1.5, 0.85, 0.01, 1.8, 0.5, 1.0) / 0.85, WithinRel(std::exp(0.54), 1e-9));
    CHECK(fall_rate(76.0, 1.0, 0.5, 0.5, 0.85, 0.01, 1.8, 0.5, 0.0) ==
          fall_rate(76.0, 1.0, 1.5, 2.5, 0.85, 0.01, 1.8, 0.5, 0.0));
    CHECK(balance_training_ratio(0.0, 0.18, 3.0) == 1.0);
    CHECK_THAT(balance_training_ratio(3.0, 0.18, 3.0), WithinAbs(0.58, 0.005));
    CHECK(balance_training_ratio(10.0, 0.18, 3.0) == balance_training_ratio(3.0, 0.18, 3.0));
}

TEST_CASE("fractures are probabilities and stays grow with frailty, disease and weakness", "[outcomes]") {
    CHECK_THAT(fracture_probability(75.0, 6.6, 0.05, 0.03, 6.6, 0.12), WithinRel(0.05, 1e-12));
    CHECK_THAT(fracture_probability(75.0, 5.6, 0.05, 0.03, 6.6, 0.12), WithinRel(0.05 * std::exp(0.12), 1e-12));
    CHECK_THAT(fracture_probability(85.0, 6.6, 0.05, 0.03, 6.6, 0.12), WithinRel(0.05 * std::exp(0.3), 1e-12));
    CHECK(fracture_probability(1000.0, 6.6, 0.05, 0.03, 6.6, 0.12) == 0.5);
    auto const stays = [](double frailty, double grip, double burden) {
        return hospital_rate(75.0, frailty, grip, burden, 0.31, 0.036, 0.5, 37.5, 0.042, 0.5, 0.6);
    };
    CHECK_THAT(stays(1.0, 37.5, 0.0), WithinRel(0.31, 1e-9));
    CHECK_THAT(stays(4.0, 37.5, 0.0), WithinRel(0.62, 1e-9));
    CHECK_THAT(stays(1.0, 37.5, 1.0), WithinRel(0.31 * 1.6, 1e-9));
    CHECK_THAT(stays(1.0, 27.5, 0.0), WithinRel(0.31 * std::exp(0.21), 1e-9));
}

TEST_CASE("mortality: 5 kg of grip between people is 1.16, of which training moves the causal share", "[outcomes]") {
    double const b = std::log(1.16) / 5.0;
    auto const eta = [&](double grip, double youth, double share) {
        return mortality_log_hazard_ratio(1.0, grip, youth, 0.0, 37.5, 48.7, b, share, 0.588);
    };
    CHECK_THAT(std::exp(eta(32.5, 43.7, 0.5) - eta(37.5, 48.7, 0.5)), WithinRel(1.16, 1e-9));
    CHECK_THAT(std::exp(eta(32.5, 48.7, 0.5) - eta(37.5, 48.7, 0.5)), WithinRel(std::sqrt(1.16), 1e-9));
    CHECK(eta(20.0, 48.7, 0.0) == eta(60.0, 48.7, 0.0));
    CHECK_THAT(mortality_log_hazard_ratio(2.0, 37.5, 48.7, 1.0, 37.5, 48.7, b, 0.5, 0.588),
               WithinRel(std::log(2.0) + 0.588, 1e-9));
}

TEST_CASE("management holds off its share of a disease, and frailty has a logarithm", "[outcomes]") {
    CHECK(burden_left(1.0, 0.0) == 1.0);
    CHECK_THAT(burden_left(1.5, 0.4), WithinRel(0.9, 1e-12));
    CHECK(burden_left(1.0, 1.0) == 0.0);
    CHECK(frailty_above_zero(0.5) == 0.5);
    CHECK(frailty_above_zero(0.0) > 0.0);
}

TEST_CASE("frailty of survivors has its closed form", "[outcomes]") {
    double const k = 5.0;
    double const baseline = 2.0;                                 // hazard of a person of frailty 1
    double const population = k * std::log(1.0 + baseline / k);  // what a life table shows of it
    CHECK_THAT(survivors_frailty_ratio(population, k), WithinRel(k / (k + baseline), 1e-9));
    CHECK(survivors_frailty_ratio(0.0, k) == 1.0);

    // The same by selection: mean of a gamma variable among those who survive, from its own quantiles.
    int const n = 20000;
    double weighted = 0.0;
    double weight = 0.0;
    for (int i = 0; i < n; ++i) {
        double const z = gamma_quantile(k, (i + 0.5) / n) / k;
        double const survival = sarx::exp(-z * baseline);
        weighted += z * survival;
        weight += survival;
    }
    CHECK_THAT(weighted / weight, WithinRel(k / (k + baseline), 1e-3));
}

TEST_CASE("events, deliveries and burdens refer to each other and to what exists", "[outcomes]") {
    int deaths = 0;
    for (auto const& event : events()) {
        deaths += event.is_death ? 1 : 0;
        bool const rated = event.occurs == Occurs::once || event.occurs == Occurs::recurrent;
        CHECK(event.rate_per_year.has_value() == rated);
        CHECK(event.probability.has_value() == (event.occurs == Occurs::follows));
        CHECK(event.crosses.has_value() == (event.occurs == Occurs::crossing));
        if (event.occurs == Occurs::follows) {
            bool before = false;
            for (auto const& other : events()) {
                if (other.name == event.name) break;
                before = before || other.name == event.parent;
            }
            CHECK(before);
        }
    }
    CHECK(deaths == 1);
    for (auto const& delivery : standing_deliveries()) {
        bool known = false;
        for (auto const& event : events()) known = known || event.name == delivery.event;
        INFO(std::string(delivery.kind));
        CHECK(known);
        CHECK(!delivery.amount_parameter.empty());
    }
    for (auto const& burden : burdens()) CHECK(columns[burden.column.index].kind == Kind::flag);
}
