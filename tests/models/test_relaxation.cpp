#include <cmath>

#include "models/relaxation.hpp"
#include "support/catch.hpp"

using namespace sarx::models;

TEST_CASE("a share gone is one minus the exponential, and nothing over no time", "[relaxation]") {
    CHECK(share_gone(0.0) == 0.0);
    CHECK(share_gone_fast(0.0) == 0.0);
    for (double const x : {1e-6, 1e-3, 0.05, 0.099, 0.3, 1.0, 4.0, 20.0})
        CHECK(share_gone(x) == Approx(-std::expm1(-x)).epsilon(2e-7));
    // The series is too low by about x^4/720.
    for (double const x : {0.01, 0.1, 0.5, 1.0})
        CHECK(std::fabs(share_gone_fast(x) / -std::expm1(-x) - 1.0) < 1.1 * x * x * x * x / 720 + 1e-7);
}

TEST_CASE("two short relaxations are one long one", "[relaxation]") {
    double once = 1.0;
    once += (0.3 - once) * share_gone(2.0);
    double twice = 1.0;
    for (int i = 0; i < 2; ++i) twice += (0.3 - twice) * share_gone(1.0);
    CHECK(twice == Approx(once).epsilon(1e-12));
}

TEST_CASE("what is left of a constant inflow is the mean of the decay", "[relaxation]") {
    CHECK(share_left_of_inflow(0.0) == 1.0);
    for (double const x : {1e-5, 1e-3, 0.2, 3.0})
        CHECK(share_left_of_inflow(x) == Approx(-std::expm1(-x) / x).epsilon(3e-7));
}
