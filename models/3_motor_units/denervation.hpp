#pragma once
// The pool of denervated fibres, which junctions and lost motor units feed and reinnervation empties. Every fibre is
// innervated, denervated or lost: the three always add up to the number of youth. The pool knows the mean area and the
// mean share of type II of its fibres; who joins or leaves brings theirs.
//
//   D + J denervated, (I - J)+ innervated           J = sum x: fibres that join in a span, x of a unit
//   (D A + sum x a)/(D + J)                         their mean area over youth; their share of type II likewise
//   flow + J                                        what has joined since reinnervation looked last

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

/// Sums over the units of a muscle of what loses its nerve in a span: fibres, and their area and type II share weighted
/// by fibres.
struct Denervated {
    Lane fibres = 0.0F;
    Lane area = 0.0F;
    Lane type2 = 0.0F;

    SARX_INLINE void add(Units const& fibres_now, Units const& area_ratio, Units const& type2_share) {
        add_rows(fibres, fibres_now);
        add_rows(area, fibres_now * area_ratio);
        add_rows(type2, fibres_now * type2_share);
    }
};

/// The part of a description that all stages share which denervate fibres.
struct DenervatesFibres : Description {
    AddsTo<"unit_fibres"> unit_fibres{this};
    AddsTo<"innervated_fibre_count"> innervated{this};
    AddsTo<"denervated_fibre_count"> denervated{this};
    AddsTo<"denervation_flow_fibres"> flow{this};
    AddsTo<"denervated_area_ratio"> denervated_area{this};
    AddsTo<"denervated_type2_share"> denervated_type2{this};

    /// Moves the sums from the innervated to the denervated fibres; no fibres move no bit.
    template <class D>
    SARX_INLINE void join_pool(MuscleOf<D> const& muscle, Denervated const& freed) const {
        Lane const after = muscle(denervated) + freed.fibres;
        Lane const per_fibre = 1.0F / max(after, Lane(1.0e-6F));
        auto const mixed = [&](Lane before, Lane sum)
                               SARX_LAMBDA { return before + (sum - freed.fibres * before) * per_fibre; };
        muscle.put(denervated_area, mixed(muscle(denervated_area), freed.area));
        muscle.put(denervated_type2, mixed(muscle(denervated_type2), freed.type2));
        muscle.put(innervated, max(muscle(innervated) - freed.fibres, Lane(0.0F)));
        muscle.put(denervated, after);
        muscle.put(flow, muscle(flow) + freed.fibres);
    }
};

}  // namespace sarx::models::SARX_ISA
