#pragma once
// What electrodes read of a muscle: a motor-unit number estimate, the potential of a unit, near-fibre jiggle.
//
//   potential of a unit   p = p1 n^x a                               (fibres n, relative area a)
//   units in the sample   w = logistic((R(f) - u) / width)           (recruited at the test force f: share_recruited)
//   estimate              MUNE = sum p / (sum w p / sum w)
//   near-fibre jiggle     = youth * (jitter / jitter of youth)^y
//
// The compound potential is that of all units, the sample only of those that a weak contraction recruits, which are
// small: the estimate is above the count and falls as the test force rises (226 at threshold, 91 at 40 % of maximum in
// the same muscles, McNeil 2005, Clin Neurophysiol 116:1342-1347). Potentials grow less than fibre numbers, as fibres
// far from the electrode and out of phase add little. Jiggle: doi:10.1113/JP271785.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Potential of a motor unit [uV ms]; `fibres` >= 0 innervated, `area_ratio` >= 0 over youth, `exponent` in (0, 1].
template <class V>
SARX_EQUATION V unit_potential_uV_ms(V one_fibre_uV_ms, V fibres, V area_ratio, V exponent) {
    return one_fibre_uV_ms * pow(max(fibres, V(1.0e-6F)), exponent) * area_ratio;
}

/// Motor-unit number estimate: compound potential over the mean potential of the sample; 0 where nothing is left.
/// @param all sum of potentials   @param sampled sum of potentials times shares   @param shares sum of shares
template <class V>
SARX_EQUATION V motor_unit_number_estimate(V all, V sampled, V shares) {
    return all * shares / max(sampled, V(1.0e-6F));
}

/// Near-fibre jiggle [1]: variability of a unit's shape from discharge to discharge. `jitter_us` > 0.
template <class V>
SARX_EQUATION V jiggle(V youth_fraction, V jitter_us, V youth_jitter_us, V exponent) {
    return youth_fraction * pow(jitter_us / youth_jitter_us, exponent);
}

}  // namespace sarx::models
