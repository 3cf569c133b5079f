#pragma once
// Lane: a few people side by side in one register, with the operators and functions that equations need,
// so that a stage's header reads like its paper and is compiled once for `double` (tests) and once for
// each instruction set. Units: the same people's motor units in neighbouring rows, for loops over a pool: while
// one row waits for a result, the processor works on the other. Include it only in files compiled with SARX_ISA and
// SARX_WIDTH defined.
//
// Plain IEEE arithmetic without contraction: the bits are the same for every width and compiler.
// Relative error of exp and log: below 3e-7.

#include <cstdint>
#include <cstring>
#if defined(__AVX512F__) && SARX_WIDTH == 16
#include <immintrin.h>
#endif

#include "sim/contract/block.hpp"
#include "sim/contract/stage.hpp"

#ifndef SARX_ISA
#error "lane.hpp is for code compiled per instruction set: define SARX_ISA and SARX_WIDTH"
#endif

namespace sarx::SARX_ISA {

inline constexpr int width = SARX_WIDTH;
static_assert(lanes % width == 0);

typedef float Floats __attribute__((vector_size(4 * SARX_WIDTH)));
typedef std::int32_t Ints __attribute__((vector_size(4 * SARX_WIDTH)));

/// The outcome of a comparison, lane by lane.
struct Mask {
    Ints bits;
    friend SARX_INLINE Mask operator&(Mask a, Mask b) { return {a.bits & b.bits}; }
    friend SARX_INLINE Mask operator|(Mask a, Mask b) { return {a.bits | b.bits}; }
    friend SARX_INLINE Mask operator!(Mask a) { return {~a.bits}; }
};

struct Lane {
    Floats v;

    Lane() = default;
    SARX_INLINE Lane(Floats x) : v(x) {}                                 // NOLINT: conversions are the point
    SARX_INLINE Lane(float x) : v(Floats{} + x) {}                       // NOLINT
    SARX_INLINE Lane(double x) : v(Floats{} + static_cast<float>(x)) {}  // NOLINT
    SARX_INLINE Lane(int x) : v(Floats{} + static_cast<float>(x)) {}     // NOLINT

    friend SARX_INLINE Lane operator+(Lane a, Lane b) { return {a.v + b.v}; }
    friend SARX_INLINE Lane operator-(Lane a, Lane b) { return {a.v - b.v}; }
    friend SARX_INLINE Lane operator*(Lane a, Lane b) { return {a.v * b.v}; }
    friend SARX_INLINE Lane operator/(Lane a, Lane b) { return {a.v / b.v}; }
    friend SARX_INLINE Lane operator-(Lane a) { return {-a.v}; }
    SARX_INLINE Lane& operator+=(Lane b) {
        v += b.v;
        return *this;
    }
    SARX_INLINE Lane& operator-=(Lane b) {
        v -= b.v;
        return *this;
    }
    SARX_INLINE Lane& operator*=(Lane b) {
        v *= b.v;
        return *this;
    }
    friend SARX_INLINE Mask operator<(Lane a, Lane b) { return {a.v < b.v}; }
    friend SARX_INLINE Mask operator>(Lane a, Lane b) { return {a.v > b.v}; }
    friend SARX_INLINE Mask operator<=(Lane a, Lane b) { return {a.v <= b.v}; }
    friend SARX_INLINE Mask operator>=(Lane a, Lane b) { return {a.v >= b.v}; }
};

SARX_INLINE Ints bits_of(Floats x) {
    Ints i;
    std::memcpy(&i, &x, sizeof i);
    return i;
}
SARX_INLINE Floats floats_of(Ints i) {
    Floats x;
    std::memcpy(&x, &i, sizeof x);
    return x;
}

/// Lane by lane `m ? a : b`.
SARX_INLINE Lane select(Mask m, Lane a, Lane b) { return {m.bits ? a.v : b.v}; }
SARX_INLINE Lane min(Lane a, Lane b) { return {b.v < a.v ? b.v : a.v}; }
SARX_INLINE Lane max(Lane a, Lane b) { return {a.v < b.v ? b.v : a.v}; }
SARX_INLINE bool any(Mask m) {
#if defined(__AVX512F__) && SARX_WIDTH == 16
    return _mm512_movepi32_mask((__m512i)m.bits) != 0;
#else
    // Four lanes at a time: a loop over single lanes takes the register apart.
    typedef std::int64_t Pair __attribute__((vector_size(16)));
    Pair part[width / 4];
    std::memcpy(part, &m.bits, sizeof m.bits);
    Pair seen = part[0];
    for (int i = 1; i < width / 4; ++i) seen |= part[i];
    return (seen[0] | seen[1]) != 0;
#endif
}

SARX_INLINE Lane load(float const* p) {
    Floats x;
    std::memcpy(&x, p, sizeof x);
    return {x};
}
SARX_INLINE void store(float* p, Lane x) { std::memcpy(p, &x.v, sizeof x.v); }

SARX_INLINE Lane sqrt(Lane x) {
    Lane y;
    for (int i = 0; i < width; ++i) y.v[i] = __builtin_sqrtf(x.v[i]);
    return y;
}

/// e^x, x clamped to [-87, 88].
SARX_INLINE Lane exp(Lane x) {
    x = min(max(x, Lane(-87.0F)), Lane(88.0F));
    constexpr float round_to_int = 12582912.0F;  // 1.5 * 2^23: adding it rounds to the nearest whole number
    Lane const n = (x * 1.44269504F + round_to_int) - round_to_int;
    Lane const r = (x - n * 0.693359375F) - n * -2.12194440e-4F;
    Lane const r2 = r * r;
    Lane const p01 = r * 1.6666665459e-1F + 5.0000001201e-1F;
    Lane const p23 = r * 8.3334519073e-3F + 4.1665795894e-2F;
    Lane const p45 = r * 1.9875691500e-4F + 1.3981999507e-3F;
    Lane const p = ((p01 + p23 * r2) + p45 * (r2 * r2)) * r2 + r + 1.0F;
    Ints const exponent = (__builtin_convertvector(n.v, Ints) + 127) << 23;
    return p * Lane(floats_of(exponent));
}

/// ln x for normal x > 0.
SARX_INLINE Lane log(Lane x) {
    Ints const i = bits_of(x.v);
    Ints const shifted = i - 0x3f3504f3;  // split at sqrt(1/2)
    Ints const exponent = shifted >> 23;
    Lane const m = floats_of((shifted & 0x007fffff) + 0x3f3504f3);
    Lane const e = Floats(__builtin_convertvector(exponent, Floats));
    Lane const f = m - 1.0F;
    // The polynomial in pairs (Estrin), not term after term: a register waits for a third of the operations.
    Lane const f2 = f * f;
    Lane const f4 = f2 * f2;
    Lane const p01 = f * -2.4999993993e-1F + 3.3333331174e-1F;
    Lane const p23 = f * -1.6668057665e-1F + 2.0000714765e-1F;
    Lane const p45 = f * -1.2420140846e-1F + 1.4249322787e-1F;
    Lane const p67 = f * -1.1514610310e-1F + 1.1676998740e-1F;
    Lane const p = (p01 + p23 * f2) + ((p45 + p67 * f2) + f4 * 7.0376836292e-2F) * f4;
    Lane y = p * f2 * f;
    y += e * -2.12194440e-4F;
    y -= f2 * 0.5F;
    return f + y + e * 0.693359375F;
}

/// ln x for normal x > 0, wrong by less than 2e-6 (of 1 or of itself), exactly 0 at 1: for what moves unit by unit.
SARX_INLINE Lane coarse_log(Lane x) {
    Ints const shifted = bits_of(x.v) - 0x3f3504f3;  // split at sqrt(1/2)
    Lane const m = floats_of((shifted & 0x007fffff) + 0x3f3504f3);
    Lane const e = Floats(__builtin_convertvector(shifted >> 23, Floats));
    Lane const f = m - 1.0F;
    Lane const f2 = f * f;
    Lane const p01 = f * -4.9985048175e-1F + 1.0000127554F;
    Lane const p23 = f * -2.5472539663e-1F + 3.3225885034e-1F;
    Lane const p45 = f * -1.4319342375e-1F + 2.2329936922e-1F;
    Lane const p = (p01 + p23 * f2) + p45 * (f2 * f2);
    return f * p + e * 6.9314718056e-1F;
}

/// x^y for x > 0.
SARX_INLINE Lane pow(Lane x, Lane y) { return exp(y * log(x)); }

/// Rows of a pool taken together; no result depends on it.
inline constexpr int rows_together = SARX_WIDTH == 16 ? 4 : SARX_WIDTH == 8 ? 2 : 1;
static_assert(row_group % rows_together == 0);

/// The outcome of a comparison of Units.
struct UnitsMask {
    Mask row[rows_together];
};

/// Units of the people of a Lane, in `rows_together` neighbouring rows. What is of the person or the muscle (a Lane)
/// stands for all rows.
struct Units {
    Lane row[rows_together];

    Units() = default;
    SARX_INLINE Units(Lane x) {  // NOLINT: conversions are the point
        for (int i = 0; i < rows_together; ++i) row[i] = x;
    }
    SARX_INLINE Units(float x) : Units(Lane(x)) {}  // NOLINT

    SARX_INLINE Units& operator+=(Units b) { return *this = *this + b; }
    SARX_INLINE Units& operator*=(Units b) { return *this = *this * b; }

#define SARX_BY_ROW(result, name)                                                    \
    friend SARX_INLINE result name(Units const& a, Units const& b) {                 \
        result c;                                                                    \
        for (int i = 0; i < rows_together; ++i) c.row[i] = name(a.row[i], b.row[i]); \
        return c;                                                                    \
    }
    SARX_BY_ROW(Units, operator+)
    SARX_BY_ROW(Units, operator-)
    SARX_BY_ROW(Units, operator*)
    SARX_BY_ROW(Units, operator/)
    SARX_BY_ROW(Units, min)
    SARX_BY_ROW(Units, max)
    SARX_BY_ROW(UnitsMask, operator<)
    SARX_BY_ROW(UnitsMask, operator>)
    SARX_BY_ROW(UnitsMask, operator<=)
    SARX_BY_ROW(UnitsMask, operator>=)
#undef SARX_BY_ROW
};

SARX_INLINE Units operator-(Units x) {
    for (auto& r : x.row) r = -r;
    return x;
}
SARX_INLINE UnitsMask operator&(UnitsMask a, UnitsMask const& b) {
    for (int i = 0; i < rows_together; ++i) a.row[i] = a.row[i] & b.row[i];
    return a;
}
SARX_INLINE Units select(UnitsMask const& m, Units a, Units const& b) {
    for (int i = 0; i < rows_together; ++i) a.row[i] = select(m.row[i], a.row[i], b.row[i]);
    return a;
}
SARX_INLINE bool any(UnitsMask const& m) {
    Mask seen = m.row[0];
    for (int i = 1; i < rows_together; ++i) seen = seen | m.row[i];
    return any(seen);
}
SARX_INLINE Units exp(Units x) {
    for (auto& r : x.row) r = exp(r);
    return x;
}
SARX_INLINE Units log(Units x) {
    for (auto& r : x.row) r = log(r);
    return x;
}
SARX_INLINE Units coarse_log(Units x) {
    for (auto& r : x.row) r = coarse_log(r);
    return x;
}
SARX_INLINE Units pow(Units const& x, Units const& y) { return exp(y * log(x)); }
/// Adds row after row: the order of a sum over a pool is that of its rows, however many are taken together.
SARX_INLINE void add_rows(Lane& sum, Units const& x) {
    for (auto const& r : x.row) sum += r;
}

/// Calls f(first lane) for each register's width of lanes in which time passes for somebody.
template <class F>
SARX_INLINE void for_chunks(Span const& span, F&& f) {
    for (int first = 0; first < lanes; first += width)
        if (any(load(span.dt_years + first) > Lane(0.0F))) f(first);
}

}  // namespace sarx::SARX_ISA
