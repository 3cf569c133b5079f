#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>

#include "sim/contract/random.hpp"
#include "support/catch.hpp"

using sarx::Purpose;
using sarx::Random;

namespace {

Purpose purpose_with(std::uint32_t id) {
    Purpose p;
    p.id = id;
    return p;
}

constexpr std::uint64_t both(std::uint32_t low, std::uint32_t high) {
    return static_cast<std::uint64_t>(high) << 32 | low;
}

double from_words(std::uint32_t first, std::uint32_t second) {
    return (static_cast<double>(static_cast<std::uint64_t>(first) << 20 | second >> 12) + 0.5) / 4503599627370496.0;
}

/// Correlation of two series of uniform numbers times sqrt(n): standard normal where they are independent.
template <class F, class G>
double dependence(int n, F&& a, G&& b) {
    double sum = 0.0;
    for (int i = 0; i < n; ++i) sum += (a(i) - 0.5) * (b(i) - 0.5);
    return 12.0 * sum / std::sqrt(static_cast<double>(n));
}

}  // namespace

TEST_CASE("draws are Philox4x32-10: the published vectors", "[random]") {
    // Known answers of Salmon et al. 2011, doi:10.1145/2063384.2063405.
    CHECK(Random(0).uniform(0, purpose_with(0), 0) == from_words(0x6627e8d5U, 0xe169c58dU));
    CHECK(Random(both(0xffffffffU, 0xffffffffU))
              .uniform(both(0xffffffffU, 0xffffffffU), purpose_with(0xffffffffU), 0xffffffffU) ==
          from_words(0x408f276dU, 0x41c83b0eU));
    CHECK(Random(both(0xa4093822U, 0x299f31d0U))
              .uniform(both(0x243f6a88U, 0x85a308d3U), purpose_with(0x13198a2eU), 0x03707344U) ==
          from_words(0xd16cfe09U, 0x94fdccebU));
}

TEST_CASE("uniform draws fill the open interval evenly", "[random]") {
    Random const random(20260101);
    constexpr int n = 200000;
    constexpr int bins = 100;
    std::array<int, bins> counts{};
    double lowest = 1.0;
    double highest = 0.0;
    for (int i = 0; i < n; ++i) {
        double const u = random.uniform(static_cast<std::uint64_t>(i), Purpose{"even"});
        lowest = std::min(lowest, u);
        highest = std::max(highest, u);
        ++counts[static_cast<std::size_t>(u * bins)];
    }
    CHECK(lowest > 0.0);
    CHECK(highest < 1.0);
    CHECK(lowest < 1e-4);
    CHECK(highest > 1.0 - 1e-4);
    double chi2 = 0.0;
    double const expected = static_cast<double>(n) / bins;
    for (int const c : counts) chi2 += (c - expected) * (c - expected) / expected;
    // 99 degrees of freedom: mean 99, sd 14; false alarm below 1e-5 on each side.
    CHECK(chi2 < 170.0);
    CHECK(chi2 > 45.0);
    // The ends that 52 bits can make are inside the interval.
    CHECK(from_words(0, 0) > 0.0);
    CHECK(from_words(0xffffffffU, 0xffffffffU) < 1.0);
}

TEST_CASE("people, purposes, indices and seeds are independent", "[random]") {
    Random const random(7);
    constexpr int n = 100000;
    auto const index = [](int i) { return static_cast<std::uint32_t>(i); };
    auto const person = [](int i) { return static_cast<std::uint64_t>(i); };
    Purpose const fall{"fall"};
    Purpose const loss{"loss"};
    auto const base = [&](int i) { return random.uniform(person(i), fall, 0); };
    // |z| < 4.5: false alarm 7e-6 each; a correlation of 0.03 would give z = 9.
    CHECK(std::abs(dependence(n, base, [&](int i) { return random.uniform(person(i + 1), fall, 0); })) < 4.5);
    CHECK(std::abs(dependence(n, base, [&](int i) { return random.uniform(person(i), loss, 0); })) < 4.5);
    CHECK(std::abs(dependence(n, base, [&](int i) { return random.uniform(person(i), fall, 1); })) < 4.5);
    CHECK(std::abs(dependence(n, base, [&](int i) { return random.uniform(person(i), fall.of(1), 0); })) < 4.5);
    CHECK(std::abs(dependence(n, base, [&](int i) { return Random(8).uniform(person(i), fall, 0); })) < 4.5);
    CHECK(std::abs(dependence(
              n, [&](int i) { return random.uniform(3, fall, index(i)); },
              [&](int i) { return random.uniform(3, fall, index(i + 1)); })) < 4.5);
    CHECK(std::abs(dependence(n, base, base)) > 100.0);  // the statistic sees dependence
    // A 64-bit key counts in full.
    CHECK(random.uniform(1, fall) != random.uniform(both(1, 1), fall));
}

TEST_CASE("a draw has an address and no history", "[random]") {
    Random const random(11);
    double const first = random.uniform(5, Purpose{"loss"}, 3);
    for (std::uint32_t i = 0; i < 100; ++i) (void)random.uniform(i, Purpose{"other"}, i);
    CHECK(random.uniform(5, Purpose{"loss"}, 3) == first);
    CHECK(Random(11).uniform(5, Purpose{"loss"}, 3) == first);
}

TEST_CASE("draws made together are those made one by one", "[random]") {
    Random const random(11);
    std::array<double, 37> waits{};
    random.exponentials(5, Purpose{"loss"}, waits);
    for (std::uint32_t i = 0; i < waits.size(); ++i) CHECK(waits[i] == random.exponential(5, Purpose{"loss"}, i));
    random.exponentials(5, Purpose{"loss"}, waits, 100, 2);
    for (std::uint32_t i = 0; i < waits.size(); ++i)
        CHECK(waits[i] == random.exponential(5, Purpose{"loss"}, 100 + 2 * i));
}

TEST_CASE("purposes within a purpose are apart", "[random]") {
    std::set<std::uint32_t> ids;
    for (std::uint32_t part = 0; part < 1000; ++part) ids.insert(Purpose{"loss"}.of(part).id);
    for (char const* name : {"loss", "fall", "hospital", "reinnervation"}) ids.insert(Purpose{name}.id);
    CHECK(ids.size() == 1004);
}

TEST_CASE("normal and exponential draws have their moments", "[random]") {
    Random const random(13);
    constexpr int n = 200000;
    double sum = 0.0;
    double squares = 0.0;
    double waits = 0.0;
    for (std::uint64_t i = 0; i < n; ++i) {
        double const z = random.normal(i, Purpose{"z"});
        sum += z;
        squares += z * z;
        double const wait = random.exponential(i, Purpose{"wait"});
        CHECK((wait > 0.0));
        waits += wait;
    }
    double const root = std::sqrt(static_cast<double>(n));
    CHECK(std::abs(sum / root) < 4.5);
    CHECK(std::abs((squares / n - 1.0) * root / std::sqrt(2.0)) < 4.5);
    CHECK(std::abs((waits / n - 1.0) * root) < 4.5);
}
