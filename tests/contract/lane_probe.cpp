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
        store(out.coarse_log + i, coarse_log(p));
        store(out.quotient + i, (a * 3.0F + p) / (p + 0.1F));
    }
}

}  // namespace sarx::SARX_ISA
