#pragma once
// Reinnervation: surviving units sprout towards denervated fibres.
//
//   W_j = s_j (x n0_j - n_j)+                        what a living unit j can sprout for [fibres]; 0 once it is dead
//   c   = c_0 v G W E / (W E + h N)                  capture of a denervated fibre [1/year], W sum of W_j
//   G   = max(1 - g_c (1 - contacts)+, 0.05) / (1 + g_n (notch - 1)+)                     signalling left (0, 1]
//   dD/dt = inflow - (c + l) D                       pool of denervated fibres; l D die for good
//   captured fibres go to units by W_j / W, bring the pool's mean area and type; at rate t the fibres of a unit take on
//   its type, which is I below the rank limit of type I and else II
//   size over youth = (I/units) / (I_youth/units_youth)                                   mean n over mean n0
//   potential over youth = size^y * sum n a / I                                           of a unit of mean size
//   flux = (inflow + captured) / (I dt)              share of junctions remodelled [1/year]
//
//   s slow stability of junctions, n fibres now and n0 in youth, a mean area over youth, x enlargement cap (5- to
//   8-fold in partly denervated muscle), v capacity of the person, E mitochondrial capacity, N fibres of the muscle in
//   youth, h half share, l loss [1/year], I innervated fibres after the capture, y exponent of fibre numbers
//
// The inflow is what joined since the last span (denervation.hpp), as if evenly. Capture and loss compete exactly,
// whatever the step: of all that leave the pool, which is never more than it holds, c/(c + l) are captured and the rest
// is lost. W is of motor_unit_loss.hpp. I and units count as at least 1, size as at least 0.001. Domain: adults from
// 20. Neglected: distance between a sprout and its fibre, fibres that wait too long to be taken, new axons. Values and
// sources: parameters/motor_units.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// What does not differ between the units of one muscle of one person over a span of time.
template <class V>
struct Capture {
    V enlargement_cap;    ///< x [1]
    V fibres_per_weight;  ///< fibres captured over the span for each fibre of sprouting weight [1]
    V pool_area;          ///< mean area of denervated fibres over youth [1]
    V pool_type2;         ///< share of type II among them [0, 1]
    V converted;          ///< share of the way to the unit's own type gone in the span [0, 1)
    V type1_rank_limit;   ///< units below this rank are type I by birth [0, 1]
};

/// What a unit can sprout for [fibres]: its stability times the room left. No fibres, no unit, no sprouts.
/// @param cap times the number of youth, >= 1   @param stability slow part [0, 1]
template <class V, class U>
SARX_EQUATION U sprouting_weight(V cap, U stability, U youth_fibres, U fibres) {
    return select(fibres > 0.0F, U(stability * max(cap * youth_fibres - fibres, U(0.0F))), U(0.0F));
}

/// Fibres that a unit captures over the span.
template <class V, class U>
SARX_EQUATION U fibres_captured(Capture<V> const& p, U stability, U youth_fibres, U fibres) {
    return p.fibres_per_weight * sprouting_weight(p.enlargement_cap, stability, youth_fibres, fibres);
}

/// Mean area of a unit's fibres once `share` of them [0, 1] has come from the pool.
template <class V, class U>
SARX_EQUATION U area_with_captured(Capture<V> const& p, U area_ratio, U share) {
    return area_ratio + (p.pool_area - area_ratio) * share;
}

/// Share of type II in a unit once `share` of its fibres has come from the pool, and part of them has taken on its type.
template <class V, class U>
SARX_EQUATION U type2_with_captured(Capture<V> const& p, U type2, U share, U rank) {
    U const mixed = type2 + (p.pool_type2 - type2) * share;
    return mixed * (1.0F - p.converted) + select(rank < p.type1_rank_limit, U(0.0F), U(p.converted));
}

/// Rate at which a denervated fibre is captured [1/year].
/// @param sprouting total weight [fibres]   @param half_sprouting weight at half the full rate [fibres]
/// @param signalling [0, 1] what Notch and contact faults leave
template <class V>
SARX_EQUATION V capture_rate_per_year(V rate_per_year, V capacity, V sprouting, V half_sprouting, V signalling) {
    return rate_per_year * capacity * signalling * (sprouting / (sprouting + half_sprouting));
}

/// Capture left by Notch above youth and contacts below it (0, 1].
template <class V>
SARX_EQUATION V signalling_left(V notch, V notch_effect, V contact, V contact_effect) {
    return max(1.0F - contact_effect * max(1.0F - contact, V(0.0F)), V(0.05F)) /
           (1.0F + notch_effect * max(notch - 1.0F, V(0.0F)));
}

/// Fibres that leave the pool in a span [fibres]: of those there before, 1 - exp(-k dt); of a constant inflow during
/// the span, 1 - (1 - exp(-k dt))/(k dt). Exactly 0 over no time (no inflow then).
/// @param exit_rate_per_year k = capture + loss
template <class V>
SARX_EQUATION V fibres_leaving(V before, V inflow, V exit_rate_per_year, V dt_years) {
    V const x = exit_rate_per_year * dt_years;
    return before * share_gone(x) + inflow * (1.0F - share_left_of_inflow(x));
}

/// Surface potential of a unit over youth: fibres to a power below 1 (distant fibres count less), times their area.
template <class V>
SARX_EQUATION V mup_size_ratio(V size_ratio, V exponent, V area_ratio) {
    return pow(max(size_ratio, V(0.001F)), exponent) * area_ratio;
}

}  // namespace sarx::models
