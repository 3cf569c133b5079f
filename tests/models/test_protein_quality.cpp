// Damaged protein and calcium release, as equations on numbers.

#include "models/1_cells/protein_quality.hpp"
#include "support/catch.hpp"

using namespace sarx::models;

TEST_CASE("active youth makes no damage in excess; failing mitochondria and age do", "[protein_quality]") {
    CHECK(damage_production(0.03, 1.0, 0.012, 20.0) == 0.0);
    CHECK(damage_production(0.03, 1.2, 0.012, 20.0) == 0.0);
    CHECK(damage_production(0.03, 0.6, 0.012, 20.0) == Approx(0.03 * 0.4));
    CHECK(damage_production(0.03, 0.6, 0.012, 80.0) > damage_production(0.03, 0.6, 0.012, 20.0));
}

TEST_CASE("damage goes to the balance of what is made and cleared, whatever the step", "[protein_quality]") {
    double const made = 0.06;
    double const cleared = damage_clearance(0.5, 0.4, 1.0, 1.0);
    CHECK(cleared == Approx(0.5));
    CHECK(damage_after(0.3, made, cleared, 0.0) == 0.3);
    CHECK(damage_after(0.3, made, cleared, 200.0) == Approx(made / cleared).epsilon(1e-9));
    double in_steps = 0.3;
    for (int i = 0; i < 8; ++i) in_steps = damage_after(in_steps, made, cleared, 0.5);
    CHECK(in_steps == Approx(damage_after(0.3, made, cleared, 4.0)).epsilon(1e-9));
}

TEST_CASE("clearance needs activity and rest, and never stops", "[protein_quality]") {
    CHECK(damage_clearance(0.5, 0.4, 0.0, 1.0) == Approx(0.2));
    CHECK(damage_clearance(0.5, 0.4, 1.0, 0.8) == Approx(0.4));
    CHECK(damage_clearance(0.5, 0.0, 0.0, 1.0) == Approx(0.025));
}

TEST_CASE("calcium release is full in active youth and never gone", "[protein_quality]") {
    CHECK(calcium_handling(0.0, 0.219, 1.0, 0.03) == 1.0);
    CHECK(calcium_handling(0.2, 0.219, 1.0, 0.03) == Approx(1.0 - 0.0438));
    CHECK(calcium_handling(0.0, 0.219, 0.5, 0.03) == Approx(0.985));
    CHECK(calcium_handling(50.0, 0.219, 1.0, 0.03) == Approx(0.1));
}
