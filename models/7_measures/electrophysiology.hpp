#pragma once
// What electrodes read of a muscle: a motor-unit number estimate, the potential of a unit, near-fibre jiggle.
//
//   p      = p_1 n^x a                                               potential of a unit [uV ms]
//   sigma  = its share in the sample [0, 1]: recruited at the test force (recruitment.hpp, no ballistic share)
//   MUNE   = sum p / (sum sigma p / sum sigma)                       estimate of the number of units
//   mean   = sum sigma p / sum sigma                                 potential of the sampled units [uV ms]
//   jiggle = j_0 (jitter/jitter_0)^y                                 variability of a unit's shape [1]
//
//   n innervated fibres and a mean area over youth of a unit; p_1 potential of one fibre; j_0, jitter_0 those of youth.
//   Sums are over units with fibres, those in a denominator at least 1e-6.
//
// The compound potential is that of all units, the sample only of those that a weak contraction recruits, which are
// small: the estimate is above the count and falls as the test force rises (226 at threshold, 91 at 40 % of maximum in
// the same muscles, McNeil 2005, Clin Neurophysiol 116:1342-1347). Potentials grow less than fibre numbers, as fibres
// far from the electrode and out of phase add little. Jiggle: doi:10.1113/JP271785. Domain: adults from 20. Neglected:
// cancellation in the compound potential, errors of decomposition; errors of instruments are added when a measure is
// read. Values and sources: parameters/electrophysiology.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Potential of a motor unit [uV ms].
/// @param fibres >= 0 innervated   @param area_ratio >= 0 over youth   @param exponent (0, 1]
template <class V, class U>
SARX_EQUATION U unit_potential_uV_ms(V one_fibre_uV_ms, U fibres, U area_ratio, V exponent) {
    return one_fibre_uV_ms * pow(max(fibres, U(1.0e-6F)), U(exponent)) * area_ratio;
}

/// Motor-unit number estimate: compound potential over the mean potential of the sample; 0 where nothing is left.
/// @param all sum of potentials   @param sampled sum of potentials times shares   @param shares sum of shares
template <class V>
SARX_EQUATION V motor_unit_number_estimate(V all, V sampled, V shares) {
    return all * shares / max(sampled, V(1.0e-6F));
}

/// Mean potential of the sample [uV ms]; 0 where nothing is left.
template <class V>
SARX_EQUATION V sampled_potential_uV_ms(V sampled, V shares) {
    return sampled / max(shares, V(1.0e-6F));
}

/// Near-fibre jiggle [1]: variability of a unit's shape from discharge to discharge.
/// @param jitter_us > 0   @param youth_jitter_us > 0
template <class V>
SARX_EQUATION V jiggle(V youth_fraction, V jitter_us, V youth_jitter_us, V exponent) {
    SARX_EXPECTS(everywhere(youth_jitter_us > 0.0F));
    return youth_fraction * pow(jitter_us / youth_jitter_us, exponent);
}

}  // namespace sarx::models
