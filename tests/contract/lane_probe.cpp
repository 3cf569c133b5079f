#include "lane_probe.hpp"

#include "sim/contract/lane.hpp"

namespace sarx::SARX_ISA {

void probe(float const* x, float const* positive, int count, LaneResults const& out) {
    for (int i = 0; i < count; i += width) {
        Lane const a = load(x + i);
        Lane const p = load(positive + i);
        store(out.exp + i, exp(a));
        store(out.log + i, log(p));
        store(out.pow + i, pow(p, Lane(1.7F)));
        store(out.sqrt + i, sqrt(p));
        store(out.selected + i, select(a < Lane(0.0F), min(a, Lane(-1.0F)), max(a, Lane(1.0F))));
        store(out.coarse_log2 + i, coarse_log2(p));
        store(out.fused + i, fma(a, p, a));
        store(out.quotient + i, (a * 3.0F + p) / (p + 0.1F));
    }
}

void probe_fma(float const* a, float const* b, float const* c, int count, float* sums) {
    for (int i = 0; i < count; i += width) store(sums + i, fma(load(a + i), load(b + i), load(c + i)));
}

void probe_units(float const* a, float const* b, float const* c, int count, float* out) {
    constexpr int together = rows_together * width;
    for (int i = 0; i < count; i += together) {
        Units x;
        Units y;
        Units z;
        for (int r = 0; r < rows_together; ++r) {
            x.row[r] = load(a + i + r * width);
            y.row[r] = load(b + i + r * width);
            z.row[r] = load(c + i + r * width);
        }
        Units const yz = y * z;
        Units const by_operators[] = {x * y + z, x - y * z, x * y - z, x * y - y * z, -(x * y) + y * z};
        Units const by_fma[] = {fma(x, y, z), fma(-y, z, x), fma(x, y, -z), fma(x, y, -yz), fma(-x, y, yz)};
        for (int k = 0; k < 5; ++k)
            for (int r = 0; r < rows_together; ++r) {
                store(out + k * count + i + r * width, by_operators[k].row[r]);
                store(out + (5 + k) * count + i + r * width, by_fma[k].row[r]);
            }
    }
}

}  // namespace sarx::SARX_ISA
