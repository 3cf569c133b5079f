// What the stages of life hand to the body: habits, hormones and conditions, as equations on numbers.

#include <cmath>

#include "models/0_life/conditions.hpp"
#include "models/0_life/habits.hpp"
#include "models/0_life/hormones.hpp"
#include "support/catch.hpp"

using namespace sarx::models;

TEST_CASE("a habit is done in proportion to activity and to what is kept up of it", "[habits]") {
    CHECK(volume_of_habit(0.6, 1.0, 1.0, 1.0) == 0.6);
    CHECK(volume_of_habit(0.6, 0.9, 0.5, 0.8) == Approx(0.6 * 0.9 * 0.5 * 0.8).epsilon(1e-12));
    CHECK(volume_of_habit(0.6, 1.0, 0.0, 1.0) == 0.0);
    CHECK(share_kept_up(3.0, 3.0, 0.3) == Approx(0.5));
}

TEST_CASE("what is carried strains the muscle that is left more, up to all that it can carry", "[habits]") {
    double const load = 0.4;
    CHECK(tension_of_effort(effort_of_load(load, 1.0), load) == Approx(1.0));
    CHECK(tension_of_effort(effort_of_load(load, 0.5), load) == Approx(2.0));
    CHECK(tension_of_effort(effort_of_load(load, 0.2), load) == Approx(1.0 / load));  // more cannot be carried
}

TEST_CASE("protein falls from 50, and sleep beyond enough does nothing", "[habits]") {
    CHECK(protein_of_age_g_per_kg_day(1.15, 0.003, 49.0) == 1.15);
    CHECK(protein_of_age_g_per_kg_day(1.15, 0.003, 80.0) == Approx(1.15 * std::exp(-0.09)).epsilon(1e-9));
    CHECK(recovery_by_sleep(0.024, 7.5, 7.5) == 1.0);
    CHECK(recovery_by_sleep(0.024, 7.5, 9.0) == 1.0);
    CHECK(recovery_by_sleep(0.024, 7.5, 0.0) == Approx(0.82).epsilon(1e-9));  // a night without: 18 % of synthesis
}

TEST_CASE("androgen effect is that of youth in youth of either sex", "[hormones]") {
    for (double const youth : {1.2, 15.4})
        CHECK(androgen_ratio(testosterone_nmol_per_l(youth, 0.004, 30.0), youth) == 1.0);
    CHECK(androgen_ratio(testosterone_nmol_per_l(15.4, 0.004, 80.0), 15.4) == Approx(std::exp(-0.16)).epsilon(1e-9));
}

TEST_CASE("without disease inflammation and activity are those of age and habit", "[conditions]") {
    CHECK(inflammation_of_age(0.0006, 40.0) == 0.0);
    double const of_age = inflammation_of_age(0.0006, 80.0);
    CHECK(of_age == Approx(0.024));
    CHECK(inflammation_with_disease(of_age, 0.06, 0.0) == of_age);
    CHECK(inflammation_with_disease(of_age, 0.06, 1.0) == Approx(0.084));
    CHECK(activity_with_disease(0.8, 0.15, 0.0) == 0.8);
    CHECK(activity_with_disease(0.8, 0.15, 1.0) == Approx(0.8 / 1.15));
}

TEST_CASE("disease comes sooner to the old, the inactive and the insulin resistant, and kidneys never stop",
          "[conditions]") {
    auto const onset = [](double age_years, double metabolic, double insulin) {
        return chronic_disease_rate_per_year(0.008, 0.045, age_years, 0.6, metabolic, 0.8, insulin);
    };
    CHECK(onset(60.0, 1.0, 1.0) == Approx(0.008));
    CHECK(onset(75.0, 1.0, 1.0) == Approx(0.008 * std::exp(0.675)).epsilon(1e-9));
    CHECK(onset(60.0, 0.5, 1.0) > onset(60.0, 1.0, 1.0));
    CHECK(onset(60.0, 1.0, 0.5) > onset(60.0, 1.0, 1.0));
    CHECK(egfr_ml_per_min(107.0, 0.85, 40.0) == 107.0);
    CHECK(egfr_ml_per_min(107.0, 0.85, 80.0) == Approx(73.0));
    CHECK(egfr_ml_per_min(60.0, 3.0, 90.0) == 5.0);
}
