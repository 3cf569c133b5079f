#pragma once
// Reinnervation: surviving units sprout towards denervated fibres while there is room up to a few times their own
// number; a fibre that nobody takes in time is lost for good. Capture and loss compete, exactly, in the pool.

#include "models/relaxation.hpp"

namespace sarx::models {

/// What a unit can sprout for [fibres]: its stability times the room left up to `cap` times its number of youth
/// (5- to 8-fold in partly denervated muscle). No fibres, no unit, no sprouts.
template <class V>
SARX_EQUATION V sprouting_weight(V stability, V cap, V youth_fibres, V fibres) {
    return select(fibres > 0.0F, stability * max(cap * youth_fibres - fibres, V(0.0F)), V(0.0F));
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
