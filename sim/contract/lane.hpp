#pragma once
// Lane: a few people side by side in one register, with the operators and functions that equations need,
// so that a stage's header reads like its paper and is compiled once for `double` (tests) and once for
// each instruction set. Units: the same people's motor units in neighbouring rows, for loops over a pool: while
// one row waits for a result, the processor works on the other. Include it only in files compiled with SARX_ISA and
// SARX_WIDTH defined.
//
// IEEE arithmetic that no compiler contracts: the bits are the same for every width and compiler. A product and a sum
// are rounded together (fused) where that is said, and only there: by fma(), and in equations of Units, where a product
// that stands in a sum or difference is fused with it; of two products the left one. Relative error of exp and log:
// below 3e-7.

#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
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
/// `b < a ? b : a` and `a < b ? b : a`: one instruction where there is one that takes them in this order.
#if defined(__AVX512F__) && SARX_WIDTH == 16
SARX_INLINE Lane min(Lane a, Lane b) { return Floats(_mm512_maskz_min_ps(0xffff, b.v, a.v)); }
SARX_INLINE Lane max(Lane a, Lane b) { return Floats(_mm512_maskz_max_ps(0xffff, b.v, a.v)); }
#elif defined(__AVX__) && SARX_WIDTH == 8
SARX_INLINE Lane min(Lane a, Lane b) { return Floats(_mm256_min_ps(b.v, a.v)); }
SARX_INLINE Lane max(Lane a, Lane b) { return Floats(_mm256_max_ps(b.v, a.v)); }
#elif defined(__SSE2__) && SARX_WIDTH == 4
SARX_INLINE Lane min(Lane a, Lane b) { return Floats(_mm_min_ps(b.v, a.v)); }
SARX_INLINE Lane max(Lane a, Lane b) { return Floats(_mm_max_ps(b.v, a.v)); }
#else
SARX_INLINE Lane min(Lane a, Lane b) { return {b.v < a.v ? b.v : a.v}; }
SARX_INLINE Lane max(Lane a, Lane b) { return {a.v < b.v ? b.v : a.v}; }
#endif
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
/// Whether a comparison holds for all of them.
SARX_INLINE bool everywhere(Mask m) { return !any(!m); }

#if defined(__AVX512F__) && SARX_WIDTH == 16
SARX_INLINE Floats fused(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
#elif defined(__FMA__) && SARX_WIDTH == 8
SARX_INLINE Floats fused(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
#elif defined(__FP_FAST_FMAF)
SARX_INLINE Floats fused(Floats a, Floats b, Floats c) {
    for (int i = 0; i < width; ++i) c[i] = __builtin_fmaf(a[i], b[i], c[i]);
    return c;
}
#else
/// a b + c where the machine cannot: the product of two floats is exact in double, and of the two doubles around the
/// sum we take the one whose last bit is 1 unless the sum is exact, so that rounding to float sees no tie that was none.
SARX_INLINE float fused(float a, float b, float c) {
    double const product = static_cast<double>(a) * static_cast<double>(b);
    double const addend = static_cast<double>(c);
    double sum = product + addend;
    double const part = sum - product;
    double const error = (product - (sum - part)) + (addend - part);
    if (error < 0.0 || error > 0.0) {
        std::int64_t bits = 0;
        std::memcpy(&bits, &sum, sizeof bits);
        if ((bits & 1) == 0) bits += (error > 0.0) == (sum > 0.0) ? 1 : -1;
        std::memcpy(&sum, &bits, sizeof bits);
    }
    return static_cast<float>(sum);
}

__attribute__((noinline, cold)) inline Floats fused_one_by_one(Floats a, Floats b, Floats c) {
    for (int i = 0; i < width; ++i) c[i] = fused(a[i], b[i], c[i]);
    return c;
}

#if defined(__SSE2__) && SARX_WIDTH == 4
/// Plainly rounded, the sum is right but where the double lies halfway between two floats, or near the subnormal ones.
SARX_INLINE Floats fused(Floats a, Floats b, Floats c) {
    auto const front = [](Floats x) { return _mm_cvtps_pd(x); };
    auto const back = [](Floats x) { return _mm_cvtps_pd(_mm_movehl_ps(x, x)); };
    __m128d const s01 = _mm_add_pd(_mm_mul_pd(front(a), front(b)), front(c));
    __m128d const s23 = _mm_add_pd(_mm_mul_pd(back(a), back(b)), back(c));
    __m128 const s0 = _mm_castpd_ps(s01);
    __m128 const s2 = _mm_castpd_ps(s23);
    __m128i const low = _mm_castps_si128(_mm_shuffle_ps(s0, s2, _MM_SHUFFLE(2, 0, 2, 0)));
    __m128i const high =
        _mm_and_si128(_mm_castps_si128(_mm_shuffle_ps(s0, s2, _MM_SHUFFLE(3, 1, 3, 1))), _mm_set1_epi32(0x7fffffff));
    __m128i const halfway = _mm_cmpeq_epi32(_mm_and_si128(low, _mm_set1_epi32(0x1fffffff)), _mm_set1_epi32(0x10000000));
    __m128i const small = _mm_and_si128(_mm_cmplt_epi32(high, _mm_set1_epi32(0x38200000)),  // below 2^-125
                                        _mm_cmpgt_epi32(high, _mm_setzero_si128()));
    if (__builtin_expect(_mm_movemask_epi8(_mm_or_si128(halfway, small)) != 0, 0)) return fused_one_by_one(a, b, c);
    return _mm_movelh_ps(_mm_cvtpd_ps(s01), _mm_cvtpd_ps(s23));
}
#else
SARX_INLINE Floats fused(Floats a, Floats b, Floats c) { return fused_one_by_one(a, b, c); }
#endif
#endif

/// a b + c, rounded once.
SARX_INLINE Lane fma(Lane a, Lane b, Lane c) { return {fused(a.v, b.v, c.v)}; }

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
    Lane const n = fma(x, 1.44269504F, round_to_int) - round_to_int;
    Lane const r = fma(n, 2.12194440e-4F, fma(n, -0.693359375F, x));
    Lane const r2 = r * r;
    Lane const p01 = fma(r, 1.6666665459e-1F, 5.0000001201e-1F);
    Lane const p23 = fma(r, 8.3334519073e-3F, 4.1665795894e-2F);
    Lane const p45 = fma(r, 1.9875691500e-4F, 1.3981999507e-3F);
    Lane const p = fma(fma(fma(p45, r2, p23), r2, p01), r2, r) + 1.0F;
    Ints const exponent = (__builtin_convertvector(n.v, Ints) + 127) << 23;
    return p * Lane(floats_of(exponent));
}

/// A number's parts for logarithms: x = (1 + fraction) 2^exponent, split at sqrt(1/2).
struct Split {
    Lane fraction;
    Lane exponent;
};
SARX_INLINE Split split(Lane x) {
    Ints const shifted = bits_of(x.v) - 0x3f3504f3;
    Lane const m = floats_of((shifted & 0x007fffff) + 0x3f3504f3);
    return {m - 1.0F, Floats(__builtin_convertvector(shifted >> 23, Floats))};
}

/// ln x for normal x > 0.
SARX_INLINE Lane log(Lane x) {
    auto const [f, e] = split(x);
    // The polynomial in pairs (Estrin), not term after term: a register waits for a third of the operations.
    Lane const f2 = f * f;
    Lane const f4 = f2 * f2;
    Lane const p01 = fma(f, -2.4999993993e-1F, 3.3333331174e-1F);
    Lane const p23 = fma(f, -1.6668057665e-1F, 2.0000714765e-1F);
    Lane const p45 = fma(f, -1.2420140846e-1F, 1.4249322787e-1F);
    Lane const p67 = fma(f, -1.1514610310e-1F, 1.1676998740e-1F);
    Lane const p = fma(fma(f4, 7.0376836292e-2F, fma(p67, f2, p45)), f4, fma(p23, f2, p01));
    Lane const y = fma(f2, -0.5F, fma(e, -2.12194440e-4F, p * f2 * f));
    return fma(e, 0.693359375F, f + y);
}

/// log2 x for normal x > 0, wrong by less than 1.1e-4, exactly 0 at 1: for what moves unit by unit and answers to
/// orders of magnitude.
SARX_INLINE Lane coarse_log2(Lane x) {
    auto const [f, e] = split(x);
    Lane const p01 = fma(f, -7.2490415e-1F, 1.4417606F);
    Lane const p23 = fma(f, -3.2962980e-1F, 5.1750939e-1F);
    return fma(f, fma(p23, f * f, p01), e);
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
        for (Lane& r : row) r = x;
    }
    SARX_INLINE Units(float x) : Units(Lane(x)) {}  // NOLINT
};

/// A product of Units that waits for what it stands in: a sum or difference is rounded together with it, anything else
/// takes it as Units.
struct UnitsProduct {
    Units a;
    Units b;
    SARX_INLINE operator Units() const {  // NOLINT: conversions are the point
        Units c;
        for (int i = 0; i < rows_together; ++i) c.row[i] = a.row[i] * b.row[i];
        return c;
    }
};

#define SARX_BY_ROW(result, name)                                                    \
    SARX_INLINE result name(Units const& a, Units const& b) {                        \
        result c;                                                                    \
        for (int i = 0; i < rows_together; ++i) c.row[i] = name(a.row[i], b.row[i]); \
        return c;                                                                    \
    }
SARX_BY_ROW(Units, operator+)
SARX_BY_ROW(Units, operator-)
SARX_BY_ROW(Units, operator/)
SARX_BY_ROW(Units, min)
SARX_BY_ROW(Units, max)
SARX_BY_ROW(UnitsMask, operator<)
SARX_BY_ROW(UnitsMask, operator>)
SARX_BY_ROW(UnitsMask, operator<=)
SARX_BY_ROW(UnitsMask, operator>=)
#undef SARX_BY_ROW

SARX_INLINE Units operator-(Units x) {
    for (auto& r : x.row) r = -r;
    return x;
}
SARX_INLINE Units fma(Units const& a, Units const& b, Units const& c) {
    Units d;
    for (int i = 0; i < rows_together; ++i) d.row[i] = fma(a.row[i], b.row[i], c.row[i]);
    return d;
}

SARX_INLINE UnitsProduct operator*(Units const& a, Units const& b) { return {a, b}; }
SARX_INLINE UnitsProduct operator-(UnitsProduct const& p) { return {-p.a, p.b}; }
SARX_INLINE Units operator+(UnitsProduct const& p, Units const& x) { return fma(p.a, p.b, x); }
SARX_INLINE Units operator+(Units const& x, UnitsProduct const& p) { return fma(p.a, p.b, x); }
SARX_INLINE Units operator+(UnitsProduct const& p, UnitsProduct const& q) { return fma(p.a, p.b, q); }
SARX_INLINE Units operator-(UnitsProduct const& p, Units const& x) { return fma(p.a, p.b, -x); }
SARX_INLINE Units operator-(Units const& x, UnitsProduct const& p) { return fma(-p.a, p.b, x); }
SARX_INLINE Units operator-(UnitsProduct const& p, UnitsProduct const& q) { return p - Units(q); }
SARX_INLINE Units& operator+=(Units& x, UnitsProduct const& p) { return x = x + p; }
SARX_INLINE Units& operator*=(Units& x, Units const& y) { return x = x * y; }

SARX_INLINE UnitsMask operator&(UnitsMask a, UnitsMask const& b) {
    for (int i = 0; i < rows_together; ++i) a.row[i] = a.row[i] & b.row[i];
    return a;
}
SARX_INLINE Units select(UnitsMask const& m, Units a, Units const& b) {
    for (int i = 0; i < rows_together; ++i) a.row[i] = select(m.row[i], a.row[i], b.row[i]);
    return a;
}
SARX_INLINE bool everywhere(UnitsMask const& m) {
    bool holds = true;
    for (auto const& r : m.row) holds = holds && everywhere(r);
    return holds;
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
SARX_INLINE Units coarse_log2(Units x) {
    for (auto& r : x.row) r = coarse_log2(r);
    return x;
}
SARX_INLINE Units pow(Units const& x, Units const& y) { return exp(y * log(x)); }
/// Adds row after row: the order of a sum over a pool is that of its rows, however many are taken together.
SARX_INLINE void add_rows(Lane& sum, Units const& x) {
    for (auto const& r : x.row) sum += r;
}
SARX_INLINE void add_rows(Lane& sum, UnitsProduct const& p) {
    for (int i = 0; i < rows_together; ++i) sum = fma(p.a.row[i], p.b.row[i], sum);
}

/// Calls f(first lane) for each register's width of lanes in which time passes for somebody.
template <class F>
SARX_INLINE void for_chunks(LaneTime const& span, F&& f) {
    for (int first = 0; first < lanes; first += width)
        if (any(load(span.dt_years + first) > Lane(0.0F))) f(first);
}

}  // namespace sarx::SARX_ISA
