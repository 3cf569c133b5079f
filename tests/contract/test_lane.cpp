#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "lane_probe.hpp"
#include "support/catch.hpp"

namespace {

constexpr int count = 1 << 16;

struct Inputs {
    std::vector<float> x;         ///< -87 to 88
    std::vector<float> positive;  ///< 1e-35 to 1e35, evenly in the logarithm
};

Inputs inputs() {
    Inputs in;
    for (int i = 0; i < count; ++i) {
        double const share = static_cast<double>(i) / (count - 1);
        in.x.push_back(static_cast<float>(-87.0 + 175.0 * share));
        in.positive.push_back(static_cast<float>(std::exp(-80.0 + 160.0 * share)));
    }
    return in;
}

struct Outputs {
    std::vector<float> all = std::vector<float>(8 * count);
    sarx::LaneResults results() {
        float* const p = all.data();
        return {p, p + count, p + 2 * count, p + 3 * count, p + 4 * count, p + 5 * count, p + 6 * count, p + 7 * count};
    }
};

#ifdef SARX_PROBES_AVX2
bool has_avx2() { return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0; }
#endif
#ifdef SARX_PROBES_AVX512
bool has_avx512() {
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
           __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}
#endif

double relative(float got, double wanted) { return std::abs(static_cast<double>(got) - wanted) / std::abs(wanted); }

}  // namespace

TEST_CASE("exp and log of lanes are within 3e-7 of the truth", "[lane]") {
    auto const in = inputs();
    Outputs out;
    auto const r = out.results();
    sarx::baseline::probe(in.x.data(), in.positive.data(), count, r);
    double worst_exp = 0.0;
    double worst_log = 0.0;
    double worst_pow = 0.0;
    double worst_coarse = 0.0;
    for (int i = 0; i < count; ++i) {
        auto const at = static_cast<std::size_t>(i);
        double const x = static_cast<double>(in.x[at]);
        double const p = static_cast<double>(in.positive[at]);
        worst_exp = std::max(worst_exp, relative(r.exp[i], std::exp(x)));
        // Near 1 the logarithm passes through zero: there its absolute error counts.
        double const log_error = std::abs(static_cast<double>(r.log[i]) - std::log(p));
        worst_log = std::max(worst_log, log_error / std::max(std::abs(std::log(p)), 0.1));
        worst_coarse = std::max(worst_coarse, std::abs(static_cast<double>(r.coarse_log2[i]) - std::log2(p)) /
                                                  std::max(std::abs(std::log2(p)), 1.0));
        // An error of the exponent grows with its size.
        double const exponent = 1.7 * std::log(p);
        if (std::abs(exponent) < 20.0) worst_pow = std::max(worst_pow, relative(r.pow[i], std::exp(exponent)));
        CHECK((r.sqrt[i] == std::sqrt(in.positive[at])));
    }
    CHECK(worst_exp < 3e-7);
    CHECK(worst_log < 3e-7);
    CHECK(worst_coarse < 1.1e-4);
    CHECK(worst_coarse > 3e-7);  // or it would not be the coarse one
    CHECK(worst_pow < 6e-6);
    CHECK(worst_exp > 1e-9);  // it is float arithmetic that is looked at
}

TEST_CASE("lanes choose by comparison", "[lane]") {
    auto const in = inputs();
    Outputs out;
    auto const r = out.results();
    sarx::baseline::probe(in.x.data(), in.positive.data(), count, r);
    for (int i = 0; i < count; i += 97) {
        float const x = in.x[static_cast<std::size_t>(i)];
        float const wanted = x < 0.0F ? std::min(x, -1.0F) : std::max(x, 1.0F);
        CHECK((r.selected[i] == wanted));
    }
}

namespace {

/// Operands of a b + c that rounding twice gets wrong, or nearly so: ties by a hair, cancellation, subnormal results,
/// and random bits of all exponents.
struct Operands {
    std::vector<float> a;
    std::vector<float> b;
    std::vector<float> c;
    void add(float x, float y, float z) {
        a.push_back(x);
        b.push_back(y);
        c.push_back(z);
    }
};

Operands operands() {
    Operands all;
    std::mt19937 bits(20);
    auto const any = [&](int low, int high) {  // random digits, an exponent from low to high
        auto const exponent =
            static_cast<std::uint32_t>(low + static_cast<int>(bits() % static_cast<unsigned>(high - low + 1)));
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits() & 0x807fffffU) | ((exponent + 127U) << 23));
    };
    for (int i = 0; i < 60000; ++i) all.add(any(-63, 63), any(-62, 62), any(-126, 126));
    for (int i = 0; i < 60000; ++i) {
        float const x = any(-20, 20);
        float const y = any(-20, 20);
        float const minus_product = -x * y;
        all.add(x, y, minus_product);  // what is left is the product's rounding error
        all.add(x, y, std::nextafter(minus_product, 0.0F));
        // The sum lies at, or a hair beside, the middle between two floats: (1 + k e)(1 - k e) = 1 - k k e e.
        float const k_e = std::ldexp(static_cast<float>(i % 5), -23);
        float const half_a_step = i % 2 == 0 ? std::ldexp(1.0F, -24) : -std::ldexp(1.0F, -24);
        all.add(half_a_step * (1.0F + k_e), 1.0F - k_e, std::abs(any(0, 0)));
        // Products and sums below the normal numbers.
        all.add(any(-80, -60), any(-80, -60), any(-126, -120));
        all.add(any(-75, -70), any(-75, -55), std::bit_cast<float>(static_cast<std::uint32_t>(bits() & 0x807fffffU)));
        all.add(any(-63, 63), any(-62, 62), 0.0F);
        // Few digits: many sums are exact, many are ties.
        auto const few = [&] { return std::ldexp(static_cast<float>(bits() % 8192), -static_cast<int>(bits() % 14)); };
        all.add(few(), -few(), std::ldexp(few(), -static_cast<int>(bits() % 12)));
    }
    all.add(0.0F, -1.0F, 0.0F);
    all.add(0.0F, -1.0F, -0.0F);
    all.add(1e30F, 1e30F, -1.0F);
    all.add(1e-30F, -1e-30F, 0.0F);
    while (all.a.size() % 64 != 0) all.add(1.0F, 1.0F, 1.0F);
    return all;
}

}  // namespace

TEST_CASE("a product and a sum are rounded once, on every instruction set", "[lane]") {
    auto const in = operands();
    auto const many = static_cast<int>(in.a.size());
    std::vector<float> wanted;
    int rounded_twice = 0;  // had the product, or the sum in double, been rounded first
    int by_double = 0;
    for (std::size_t i = 0; i < in.a.size(); ++i) {
        wanted.push_back(std::fma(in.a[i], in.b[i], in.c[i]));
        float const product = in.a[i] * in.b[i];
        rounded_twice += product + in.c[i] != wanted[i] ? 1 : 0;
        auto const in_double = static_cast<float>(static_cast<double>(in.a[i]) * static_cast<double>(in.b[i]) +
                                                  static_cast<double>(in.c[i]));
        by_double += in_double != wanted[i] ? 1 : 0;
    }
    CHECK(rounded_twice > 50000);
    CHECK(by_double > 100);
    auto const check = [&](char const* name, auto probe_fma, auto probe_units) {
        INFO(name);
        std::vector<float> sums(in.a.size());
        probe_fma(in.a.data(), in.b.data(), in.c.data(), many, sums.data());
        int wrong = 0;
        for (std::size_t i = 0; i < sums.size(); ++i)
            wrong += std::bit_cast<std::uint32_t>(sums[i]) != std::bit_cast<std::uint32_t>(wanted[i]) ? 1 : 0;
        CHECK(wrong == 0);
        // In equations of Units, the left product is the one that is fused.
        std::vector<float> equations(10 * in.a.size());
        probe_units(in.a.data(), in.b.data(), in.c.data(), many, equations.data());
        CHECK(std::memcmp(equations.data(), equations.data() + 5 * in.a.size(), 5 * in.a.size() * sizeof(float)) == 0);
        CHECK(std::memcmp(equations.data(), wanted.data(), wanted.size() * sizeof(float)) == 0);
    };
    check("baseline", sarx::baseline::probe_fma, sarx::baseline::probe_units);
#ifdef SARX_PROBES_AVX2
    if (has_avx2()) check("AVX2", sarx::avx2::probe_fma, sarx::avx2::probe_units);
#endif
#ifdef SARX_PROBES_AVX512
    if (has_avx512()) check("AVX-512", sarx::avx512::probe_fma, sarx::avx512::probe_units);
#endif
}

TEST_CASE("lanes of 4, 8 and 16 give the same bits", "[lane]") {
    auto const in = inputs();
    Outputs reference;
    sarx::baseline::probe(in.x.data(), in.positive.data(), count, reference.results());
    int compared = 0;
    auto const compare = [&](char const* name, bool here, auto probe) {
        if (!here) {
            WARN("skipped: this machine has no " << name);
            return;
        }
        Outputs out;
        probe(in.x.data(), in.positive.data(), count, out.results());
        INFO(name);
        CHECK(std::memcmp(out.all.data(), reference.all.data(), out.all.size() * sizeof(float)) == 0);
        ++compared;
    };
#ifdef SARX_PROBES_AVX2
    compare("AVX2", has_avx2(), sarx::avx2::probe);
#endif
#ifdef SARX_PROBES_AVX512
    compare("AVX-512", has_avx512(), sarx::avx512::probe);
#endif
    if (compared == 0) WARN("only one width could be run");
    // The comparison sees a single bit.
    Outputs changed = reference;
    changed.all[12345] = std::nextafter(changed.all[12345], 1e30F);
    CHECK(std::memcmp(changed.all.data(), reference.all.data(), changed.all.size() * sizeof(float)) != 0);
}
