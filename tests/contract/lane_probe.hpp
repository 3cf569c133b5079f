#pragma once
// The functions of sim/contract/lane.hpp for whole arrays, once for each instruction set.

namespace sarx {

/// Results for each x; `positive` is the input of the functions that need x > 0. All arrays hold `count` numbers, a
/// multiple of 16.
struct LaneResults {
    float* exp;
    float* log;
    float* pow;  ///< positive ^ 1.7
    float* sqrt;
    float* selected;  ///< x < 0 ? min(x, -1) : max(x, 1)
    float* quotient;  ///< (x * 3 + positive) / (positive + 0.1)
    float* coarse_log2;
    float* fused;  ///< x * positive + x
};

/// sums[i] = a[i] b[i] + c[i], rounded once; units: five equations of Units over rows of 16 numbers, each by operators
/// and by fma(): out holds twice five times `count` numbers, of which the second half is to equal the first.
namespace baseline {
void probe(float const* x, float const* positive, int count, LaneResults const& out);
void probe_fma(float const* a, float const* b, float const* c, int count, float* sums);
void probe_units(float const* a, float const* b, float const* c, int count, float* out);
}  // namespace baseline
namespace avx2 {
void probe(float const* x, float const* positive, int count, LaneResults const& out);
void probe_fma(float const* a, float const* b, float const* c, int count, float* sums);
void probe_units(float const* a, float const* b, float const* c, int count, float* out);
}  // namespace avx2
namespace avx512 {
void probe(float const* x, float const* positive, int count, LaneResults const& out);
void probe_fma(float const* a, float const* b, float const* c, int count, float* sums);
void probe_units(float const* a, float const* b, float const* c, int count, float* out);
}  // namespace avx512

}  // namespace sarx
