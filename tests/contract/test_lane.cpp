#include <algorithm>
#include <cmath>
#include <cstring>
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
    std::vector<float> all = std::vector<float>(7 * count);
    sarx::LaneResults results() {
        float* const p = all.data();
        return {p, p + count, p + 2 * count, p + 3 * count, p + 4 * count, p + 5 * count, p + 6 * count};
    }
};

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
        worst_coarse = std::max(worst_coarse, std::abs(static_cast<double>(r.coarse_log[i]) - std::log(p)) /
                                                  std::max(std::abs(std::log(p)), 1.0));
        // An error of the exponent grows with its size.
        double const exponent = 1.7 * std::log(p);
        if (std::abs(exponent) < 20.0) worst_pow = std::max(worst_pow, relative(r.pow[i], std::exp(exponent)));
        CHECK((r.sqrt[i] == std::sqrt(in.positive[at])));
    }
    CHECK(worst_exp < 3e-7);
    CHECK(worst_log < 3e-7);
    CHECK(worst_coarse < 2e-6);
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
    compare("AVX2", __builtin_cpu_supports("avx2") != 0, sarx::avx2::probe);
#endif
#ifdef SARX_PROBES_AVX512
    compare("AVX-512",
            __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
                __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0,
            sarx::avx512::probe);
#endif
    if (compared == 0) WARN("only one width could be run");
    // The comparison sees a single bit.
    Outputs changed = reference;
    changed.all[12345] = std::nextafter(changed.all[12345], 1e30F);
    CHECK(std::memcmp(changed.all.data(), reference.all.data(), changed.all.size() * sizeof(float)) != 0);
}
