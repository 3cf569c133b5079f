#pragma once
// Stability of neuromuscular junctions. A slow part is repaired with use and energy and eroded with age, inflammation
// and loss of oestrogen; a fast part falls within weeks of disuse and comes back (the slow part alone is some 35 times
// too slow for bed rest). Unstable junctions jitter, block, and let go of single fibres.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Energy for repair [1 in active youth]: a share of it comes from the fibre's mitochondria, the rest from the nerve's.
/// @param capacity of mitochondria [0, 2]   @param fibre_share [0, 1]
template <class V>
SARX_EQUATION V repair_energy(V capacity, V fibre_share) {
    return max(1.0F - fibre_share * (1.0F - capacity), V(0.05F));
}

/// Repair of a junction [1/year, or 1 where the rate is one times a time].
/// @param rate at full use   @param drive [0, 1] share of full synaptic use of its unit
/// @param resting_share of repair that needs no use, 0.4
template <class V>
SARX_EQUATION V repair_by_use(V rate, V resting_share, V drive) {
    return rate * resting_share + rate * (1.0F - resting_share) * drive;
}

/// Erosion of junctions [1/year].
/// @param ageing multiplier of the age clock >= 1   @param vulnerability of the person, mean 1
/// @param oestrogen [0, 1], of whose loss `oestrogen_effect` <= 0.1 tells
template <class V>
SARX_EQUATION V erosion_rate_per_year(V rate_per_year, V vulnerability, V ageing, V inflammation, V oestrogen_effect,
                                      V oestrogen) {
    return rate_per_year * vulnerability * ageing *
           (1.0F + inflammation + oestrogen_effect * max(1.0F - oestrogen, V(0.0F)));
}

/// Erosion of the junctions of shrunken fibres over that of fibres of youth's size, in muscle-first couplings.
template <class V>
SARX_EQUATION V erosion_by_shrinkage(V coupling, V area_ratio) {
    return 1.0F + coupling * max(1.0F - area_ratio, V(0.0F));
}

/// Stability after a time: ds/dt = repair (1 - s) - erosion s, at constant rates (relaxation by share_gone_fast).
/// @param repair, erosion rates times the time [1]
template <class V>
SARX_EQUATION V stability_after(V stability, V repair, V erosion) {
    V const x = repair + erosion;
    return stability + (repair - x * stability) / (1.0F + x * (0.5F + x * 0.083333336F));
}

/// Fast instability towards which it moves [0, largest]: disuse and inflammation.
template <class V>
SARX_EQUATION V fast_instability_target(V largest, V unloading, V inflammation) {
    return largest * min(max(unloading + inflammation, V(0.0F)), V(1.0F));
}

/// Jitter [us], mean consecutive difference of single-fibre potentials; youth 25 to 30 us (doi:10.1002/mus.24750).
template <class V>
SARX_EQUATION V jitter_us(V youth_us, V gain, V youth_stability, V stability) {
    return youth_us * max(1.0F + gain * (youth_stability - stability), V(0.1F));
}

/// Share of junctions that fail to transmit [0, 1].
template <class V>
SARX_EQUATION V blocking_fraction(V stability, V half_stability, V spread) {
    return logistic((half_stability - stability) / spread);
}

/// Share of a unit's fibres that lose their junction in a time: rate (1 - s).
/// @param run rate times the time [1]   @param slow part of the stability s = slow steady
/// @param steady share of it that fast instability leaves
template <class V>
SARX_EQUATION V share_let_go(V run, V slow, V steady) {
    V const x = run - run * steady * slow;
    return x * (1.0F - x * 0.5F);  // 1 - exp(-x) for the small x of these losses, wrong by x^3/6
}

}  // namespace sarx::models
