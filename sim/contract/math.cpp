#include "sim/contract/math.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <span>

#include "sim/contract/random.hpp"

namespace sarx {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double ln2_high = 6.93147180369123816490e-01;  // first 33 bits of ln 2
constexpr double ln2_low = 1.90821492927058770002e-10;
}  // namespace

double sqrt(double x) noexcept { return __builtin_sqrt(x); }

namespace {

/// e^x for x in [-700, 709].
inline double exp_in_range(double x) noexcept {
    constexpr double round_to_int = 6755399441055744.0;  // 1.5 * 2^52: the low bits of the sum are a whole number's
    double const rounded = x * 1.4426950408889634074 + round_to_int;
    double const n = rounded - round_to_int;
    double const r = (x - n * ln2_high) - n * ln2_low;
    // Taylor series in Horner form; |r| <= ln2/2, so the first term left out is below 2e-17.
    constexpr double one_over_factorial[] = {1.0,
                                             1.0,
                                             1.0 / 2,
                                             1.0 / 6,
                                             1.0 / 24,
                                             1.0 / 120,
                                             1.0 / 720,
                                             1.0 / 5040,
                                             1.0 / 40320,
                                             1.0 / 362880,
                                             1.0 / 3628800,
                                             1.0 / 39916800,
                                             1.0 / 479001600,
                                             1.0 / 6227020800,
                                             1.0 / 87178291200};
    double p = one_over_factorial[14];
    for (int k = 13; k >= 0; --k) p = p * r + one_over_factorial[k];
    return p * std::bit_cast<double>((std::bit_cast<std::uint64_t>(rounded) + 1023) << 52);
}

/// ln x for normal x > 0, where x was scaled by 2^-`scale` before.
inline double log_of_normal(double x, double scale) noexcept {
    std::uint64_t const shifted = std::bit_cast<std::uint64_t>(x) - 0x3fe6a09e667f3bcdULL;  // split at sqrt(1/2)
    // The exponent as a number: its bits, made positive, are the low ones of 2^52 + 1024 + exponent.
    std::uint64_t const biased = (shifted + (1024ULL << 52)) >> 52;
    double const exponent = std::bit_cast<double>(0x4330000000000000ULL | biased) - (0x1p52 + 1024.0) + scale;
    double const m = std::bit_cast<double>((shifted & 0x000fffffffffffffULL) + 0x3fe6a09e667f3bcdULL);
    // ln m = 2 atanh t, t = (m - 1) / (m + 1), |t| < 0.1716
    double const t = (m - 1.0) / (m + 1.0);
    double const t2 = t * t;
    constexpr double one_over_odd[] = {1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13,
                                       1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};
    double p = 0.0;
    for (int k = 10; k >= 0; --k) p = (p + one_over_odd[k]) * t2;
    return exponent * ln2_high + (2.0 * t + (2.0 * t * p + exponent * ln2_low));
}

}  // namespace

double exp(double x) noexcept {
    if (x != x) return nan;
    if (x < -700.0) return 0.0;
    if (x > 709.0) return infinity;
    return exp_in_range(x);
}

void exp_each(std::span<double> numbers) noexcept {
    for (double& x : numbers) {
        double const y = exp_in_range(min(max(x, -700.0), 709.0));
        x = x < -700.0 ? 0.0 : x > 709.0 ? infinity : y;
    }
}

double log(double x) noexcept {
    if (x != x || x < 0.0) return nan;
    if (x == 0.0) return -infinity;
    if (x == infinity) return infinity;
    constexpr double least_normal = std::numeric_limits<double>::min();
    return x < least_normal ? log_of_normal(x * 18014398509481984.0, -54.0) : log_of_normal(x, 0.0);  // 2^54
}

double coarse_log2(double x) noexcept { return log(x) * 1.4426950408889634074; }

void log_each(std::span<double> numbers) noexcept {
    for (double& x : numbers) x = log_of_normal(x, 0.0);
}

double pow(double x, double y) noexcept { return exp(y * log(x)); }

double log_gamma(double x) noexcept {
    if (!(x > 0.0)) return nan;
    double shift = 0.0;
    if (x < 13.0) {
        double product = 1.0;
        while (x < 13.0) product *= x++;
        shift = log(product);
    }
    // Stirling's series.
    double const y = 1.0 / (x * x);
    double const series = (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x;
    return (x - 0.5) * log(x) - x + 0.91893853320467274178 + series - shift;
}

namespace {

/// x^shape e^-x / Gamma(shape), which is x times the density of the gamma distribution.
double gamma_front(double shape, double log_gamma_of_shape, double x) noexcept {
    return exp(shape * log(x) - x - log_gamma_of_shape);
}

/// gamma_cdf() where the front is known already.
double gamma_cdf_of(double shape, double x, double front) noexcept {
    if (x < shape + 1.0) {
        double term = 1.0 / shape;
        double sum = term;
        for (int k = 1; k < 500; ++k) {
            term *= x / (shape + k);
            sum += term;
            if (term < sum * 1e-17) break;
        }
        return front * sum;
    }
    // Continued fraction of the upper tail (modified Lentz).
    constexpr double tiny = 1e-300;
    double b = x + 1.0 - shape;
    double c = 1.0 / tiny;
    double d = 1.0 / b;
    double h = d;
    for (int k = 1; k < 500; ++k) {
        double const an = -k * (k - shape);
        b += 2.0;
        d = an * d + b;
        if (d < tiny && d > -tiny) d = tiny;
        c = b + an / c;
        if (c < tiny && c > -tiny) c = tiny;
        d = 1.0 / d;
        double const delta = d * c;
        h *= delta;
        if (delta - 1.0 < 1e-16 && delta - 1.0 > -1e-16) break;
    }
    return 1.0 - front * h;
}

}  // namespace

double gamma_cdf(double shape, double x) noexcept {
    if (!(x > 0.0)) return 0.0;
    return gamma_cdf_of(shape, x, gamma_front(shape, log_gamma(shape), x));
}

double normal_cdf(double z) noexcept {
    // Phi(z) = (1 + sign P(1/2, z^2/2)) / 2, with the tail from the continued fraction.
    double const p = gamma_cdf(0.5, 0.5 * z * z);
    return z < 0.0 ? 0.5 * (1.0 - p) : 0.5 * (1.0 + p);
}

double normal_quantile(double p) noexcept {
    if (!(p > 0.0)) return p == 0.0 ? -infinity : nan;
    if (!(p < 1.0)) return p == 1.0 ? infinity : nan;
    double const q = p - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        double const r = 0.180625 - q * q;
        double const num =
            (((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r + 6.7265770927008700853e+4) * r +
                 4.5921953931549871457e+4) *
                    r +
                1.3731693765509461125e+4) *
                   r +
               1.9715909503065514427e+3) *
                  r +
              1.3314166789178437745e+2) *
                 r +
             3.3871328727963666080e+0);
        double const den =
            (((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r + 3.9307895800092710610e+4) * r +
                 2.1213794301586595867e+4) *
                    r +
                5.3941960214247511077e+3) *
                   r +
               6.8718700749205790830e+2) *
                  r +
              4.2313330701600911252e+1) *
                 r +
             1.0);
        return q * num / den;
    }
    double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double value = 0.0;
    if (r <= 5.0) {
        r -= 1.6;
        double const num =
            (((((((7.7454501427834140764e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
                 1.27045825245236838258e+0) *
                    r +
                3.64784832476320460504e+0) *
                   r +
               5.76949722146069140550e+0) *
                  r +
              4.63033784615654529590e+0) *
                 r +
             1.42343711074968357734e+0);
        double const den =
            (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
                 1.48103976427480074590e-1) *
                    r +
                6.89767334985100004550e-1) *
                   r +
               1.67638483018380384940e+0) *
                  r +
              2.05319162663775882187e+0) *
                 r +
             1.0);
        value = num / den;
    } else {
        r -= 5.0;
        double const num =
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
                 2.65321895265761230930e-2) *
                    r +
                2.96560571828504891230e-1) *
                   r +
               1.78482653991729133580e+0) *
                  r +
              5.46378491116411436990e+0) *
                 r +
             6.65790464350110377720e+0);
        double const den =
            (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
                 7.86869131145613259100e-4) *
                    r +
                1.48753612908506148525e-2) *
                   r +
               1.36929880922735805310e-1) *
                  r +
              5.99832206555887937690e-1) *
                 r +
             1.0);
        value = num / den;
    }
    return q < 0.0 ? -value : value;
}

double gamma_quantile(double shape, double p) noexcept {
    if (!(p > 0.0)) return 0.0;
    if (!(p < 1.0)) return infinity;
    // Wilson-Hilferty start, then Newton inside a bracket.
    double const z = normal_quantile(p);
    double const third = 1.0 / (9.0 * shape);
    double const cube = 1.0 - third + z * sqrt(third);
    double x = shape * cube * cube * cube;
    if (!(x > 0.0) || shape < 0.2) x = exp((log(p) + log_gamma(shape + 1.0)) / shape);
    double low = 0.0;
    double high = infinity;
    double const log_gamma_of_shape = log_gamma(shape);
    for (int k = 0; k < 100; ++k) {
        double const front = gamma_front(shape, log_gamma_of_shape, x);
        double const error = gamma_cdf_of(shape, x, front) - p;
        if (error > 0.0)
            high = x;
        else
            low = x;
        // Halley's step: Newton's, corrected for how the density bends.
        double const newton = error * x / front;
        double const step = newton / (0.5 * newton * ((shape - 1.0) / x - 1.0) - 1.0);
        // What a step leaves is of the order of its cube.
        if ((step < 0.0 ? -step : step) <= 1e-6 * x) return x + step;
        double const next = x + step;
        x = next > low && next < high ? next : high < infinity ? 0.5 * (low + high) : 2.0 * x;
    }
    return x;
}

}  // namespace sarx
