#pragma once
// The pool of denervated fibres, which junctions and lost motor units feed and reinnervation empties. Every fibre is
// innervated, denervated or lost: the three always add up to the number of youth.

#include "models/kernel.hpp"
#include "models/relaxation.hpp"

namespace sarx::models::SARX_ISA {

/// Sums over units of what loses its nerve in a span: fibres, and their area and type II share weighted by fibres.
struct Denervated {
    Lane fibres = 0.0F;
    Lane area = 0.0F;
    Lane type2 = 0.0F;

    SARX_INLINE void add(Units const& fibres_now, Units const& area_ratio, Units const& type2_share) {
        add_rows(fibres, fibres_now);
        add_rows(area, fibres_now * area_ratio);
        add_rows(type2, fibres_now * type2_share);
    }

    /// Moves the sums from the innervated to the denervated fibres of muscle `m`; no fibres move no bit.
    SARX_INLINE void join_pool(Block& block, int m, int first) const {
        float* const innervated = block.muscle(column("innervated_fibre_count"), m);
        float* const pool = block.muscle(column("denervated_fibre_count"), m);
        float* const flow = block.muscle(column("denervation_flow_fibres"), m);
        float* const pool_area = block.muscle(column("denervated_area_ratio"), m);
        float* const pool_type2 = block.muscle(column("denervated_type2_share"), m);
        Lane const after = at(pool, first) + fibres;
        Lane const per_fibre = 1.0F / max(after, Lane(1.0e-6F));
        Lane const a = at(pool_area, first);
        Lane const t = at(pool_type2, first);
        put(innervated, first, max(at(innervated, first) - fibres, Lane(0.0F)));
        put(pool, first, after);
        put(flow, first, at(flow, first) + fibres);
        put(pool_area, first, a + (area - fibres * a) * per_fibre);
        put(pool_type2, first, t + (type2 - fibres * t) * per_fibre);
    }
};

}  // namespace sarx::models::SARX_ISA
