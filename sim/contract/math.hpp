#pragma once
// Double-precision functions whose bits are the same on every machine and compiler: plain IEEE
// arithmetic and sqrt only, never the C library's (its results change where FMA exists).
// Used wherever a number between seed and file is computed once a person; lanes have their own.

#include <span>

namespace sarx {

/// e^x; relative error below 4e-16 on [-700, 700]; 0 below, infinity above.
[[nodiscard]] double exp(double x) noexcept;
/// Each number x becomes e^x, to the bit as by exp(), in less time than one by one.
void exp_each(std::span<double> numbers) noexcept;
/// ln x; relative error below 4e-16 for normal x > 0; -infinity at 0, NaN below.
[[nodiscard]] double log(double x) noexcept;
/// log2 x; for registers a coarse one (lane.hpp), wrong by less than 1.1e-4.
[[nodiscard]] double coarse_log2(double x) noexcept;
/// Each number x, normal and > 0, becomes ln x, to the bit as by log(), in less time than one by one.
void log_each(std::span<double> numbers) noexcept;
[[nodiscard]] double sqrt(double x) noexcept;
/// x^y for x > 0, as exp(y ln x).
[[nodiscard]] double pow(double x, double y) noexcept;
/// ln Gamma(x), x > 0; absolute error below 1e-13 for x in (0, 100].
[[nodiscard]] double log_gamma(double x) noexcept;
/// Regularised lower incomplete gamma function P(shape, x).
[[nodiscard]] double gamma_cdf(double shape, double x) noexcept;
/// Standard normal distribution function.
[[nodiscard]] double normal_cdf(double z) noexcept;
/// Standard normal quantile (Wichura 1988, AS 241); p in (0, 1).
[[nodiscard]] double normal_quantile(double p) noexcept;
/// Quantile of the gamma distribution with this shape and scale 1; p in (0, 1).
[[nodiscard]] double gamma_quantile(double shape, double p) noexcept;

[[nodiscard]] constexpr double min(double a, double b) noexcept { return b < a ? b : a; }
[[nodiscard]] constexpr double max(double a, double b) noexcept { return a < b ? b : a; }
/// `condition ? a : b`, so that equations read the same for numbers and for lanes.
[[nodiscard]] constexpr double select(bool condition, double a, double b) noexcept { return condition ? a : b; }
/// Whether a comparison holds: of numbers side by side, for each of them. For contracts.
[[nodiscard]] constexpr bool everywhere(bool condition) noexcept { return condition; }

}  // namespace sarx
