#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/contract/math.hpp"
#include "support/catch.hpp"

namespace {

double relative(double got, long double wanted) {
    return static_cast<double>(std::abs((static_cast<long double>(got) - wanted) / wanted));
}
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("exp is within 4e-16 of the truth", "[math]") {
    double worst = 0.0;
    for (double x = -700.0; x <= 700.0; x += 0.0137)
        worst = std::max(worst, relative(sarx::exp(x), std::exp(static_cast<long double>(x))));
    CHECK(worst < 4e-16);
    CHECK(sarx::exp(0.0) == 1.0);
    CHECK(sarx::exp(-701.0) == 0.0);
    CHECK(sarx::exp(710.0) == infinity);
    CHECK(std::isnan(sarx::exp(std::nan(""))));
}

TEST_CASE("log is within 4e-16 of the truth and undoes exp", "[math]") {
    double worst = 0.0;
    for (double exponent = -300.0; exponent <= 300.0; exponent += 0.0113) {
        double const x = std::pow(10.0, exponent);
        worst = std::max(worst, relative(sarx::log(x), std::log(static_cast<long double>(x))));
    }
    for (double x = 0.5; x <= 2.0; x += 1.3e-5)
        if (x != 1.0) worst = std::max(worst, relative(sarx::log(x), std::log(static_cast<long double>(x))));
    CHECK(worst < 4e-16);
    CHECK(sarx::log(1.0) == 0.0);
    CHECK(sarx::log(0.0) == -infinity);
    CHECK(sarx::log(infinity) == infinity);
    CHECK(std::isnan(sarx::log(-1.0)));
    CHECK_THAT(sarx::log(5e-324), WithinRel(std::log(5e-324), 1e-15));
    for (double x = -50.0; x < 50.0; x += 0.71)
        CHECK_THAT(sarx::log(sarx::exp(x)), WithinAbs(x, 1e-14 + 1e-15 * std::abs(x)));
}

TEST_CASE("exp and log of many numbers are those of each, to the bit", "[math]") {
    std::vector<double> numbers = {-0.0, 0.0, 1.0, -700.0, -700.1, 709.0, 709.1, -1e300, infinity, -infinity};
    for (double x = -705.0; x <= 712.0; x += 0.137) numbers.push_back(x);
    std::vector<double> powers = numbers;
    sarx::exp_each(powers);
    for (std::size_t i = 0; i < numbers.size(); ++i) CHECK(powers[i] == sarx::exp(numbers[i]));

    numbers = {std::numeric_limits<double>::min(), std::numeric_limits<double>::max(), 1.0, std::sqrt(0.5)};
    for (double exponent = -300.0; exponent <= 300.0; exponent += 0.137) numbers.push_back(std::pow(10.0, exponent));
    std::vector<double> logarithms = numbers;
    sarx::log_each(logarithms);
    for (std::size_t i = 0; i < numbers.size(); ++i) CHECK(logarithms[i] == sarx::log(numbers[i]));
}

TEST_CASE("powers obey their laws", "[math]") {
    for (double x : {0.03, 0.7, 1.0, 2.5, 80.0}) {
        CHECK(sarx::pow(x, 0.0) == 1.0);
        CHECK_THAT(sarx::pow(x, 2.0), WithinRel(x * x, 4e-15));
        CHECK_THAT(sarx::pow(x, 0.5), WithinRel(std::sqrt(x), 2e-15));
        CHECK_THAT(sarx::pow(x, 1.3) * sarx::pow(x, -1.3), WithinRel(1.0, 4e-15));
    }
}

TEST_CASE("log_gamma agrees with Boost.Math and the recurrence", "[math]") {
    for (double x = 0.01; x <= 100.0; x += 0.0731) {
        CHECK_THAT(sarx::log_gamma(x),
                   WithinAbs(boost::math::lgamma(x), 1e-13 + 4e-16 * std::abs(boost::math::lgamma(x))));
        CHECK_THAT(sarx::log_gamma(x + 1.0) - sarx::log_gamma(x), WithinAbs(std::log(x), 3e-13));
    }
    CHECK_THAT(sarx::log_gamma(5.0), WithinAbs(std::log(24.0), 1e-14));
    CHECK(std::isnan(sarx::log_gamma(0.0)));
}

TEST_CASE("the gamma distribution agrees with Boost.Math", "[math]") {
    for (double shape : {0.05, 0.3, 1.0, 2.5, 17.0, 90.0}) {
        for (double x = 0.01 * shape; x < 5.0 * shape + 5.0; x += 0.37 * shape + 0.01)
            CHECK_THAT(sarx::gamma_cdf(shape, x), WithinAbs(boost::math::gamma_p(shape, x), 2e-13));
        double before = 0.0;
        for (double p : {1e-6, 0.01, 0.2, 0.5, 0.9, 0.999, 1.0 - 1e-9}) {
            double const q = sarx::gamma_quantile(shape, p);
            INFO("shape " << shape << ", p " << p);
            CHECK(q > before);
            CHECK_THAT(q, WithinRel(boost::math::gamma_p_inv(shape, p), p > 0.9999 ? 1e-7 : 1e-11));
            before = q;
        }
    }
    for (double p : {0.001, 0.3, 0.97})
        CHECK_THAT(sarx::gamma_quantile(1.0, p), WithinRel(-std::log(1.0 - p), 1e-11));  // exponential
    CHECK(sarx::gamma_cdf(2.0, 0.0) == 0.0);
}

TEST_CASE("the normal quantile agrees with Boost.Math, is odd and rises", "[math]") {
    double before = -infinity;
    for (double p = 0.5 * 0x1p-52; p < 0.5; p = p < 1e-3 ? p * 1.7 : p + 1e-3) {
        double const z = sarx::normal_quantile(p);
        CHECK_THAT(z, WithinRel(-std::sqrt(2.0) * boost::math::erfc_inv(2.0 * p), 1e-14));
        CHECK(z > before);
        before = z;
    }
    CHECK(sarx::normal_quantile(0.5) == 0.0);
    for (double p : {0.25, 0.125, 0.0625}) CHECK(sarx::normal_quantile(1.0 - p) == -sarx::normal_quantile(p));
    CHECK(std::isfinite(sarx::normal_quantile(1.0 - 0x1p-53)));
    CHECK(sarx::normal_quantile(0.0) == -infinity);
    CHECK(sarx::normal_quantile(1.0) == infinity);
    CHECK(std::isnan(sarx::normal_quantile(-0.1)));
    CHECK_THAT(sarx::normal_cdf(sarx::normal_quantile(0.3)), WithinAbs(0.3, 1e-13));
    CHECK_THAT(sarx::normal_cdf(1.96), WithinAbs(0.97500210485177952, 1e-13));
}
