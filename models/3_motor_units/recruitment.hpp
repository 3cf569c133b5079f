#pragma once
// What a bout asks of each motor unit.
//
//   R = 1 + ln(max(e, 0.001) (1 + 2 v)/e_full) / ln r                rank that a bout reaches, about -2 to 1.4
//   sigma = 1/(1 + o min(e^(-R/w), 1e8) e^(u/w))                     share of the bout that reaches a unit [0, 1]
//   drive = min(sum V sigma, 1)                                      share of full synaptic use [0, 1]
//   stimulus = z sum V T sigma                                       mechanical [1 = habit of youth]
//
//   of a bout: e effort (load over capacity), v ballistic share, V volume, T tension, o 1 by rank, 0 all units alike
//   of a unit: u rank in the pool of youth [0 first, 1 last], z 1 over its sum V T sigma by the habits at 20
//   w softness of recruitment in rank, e_full effort at which all units are recruited, r threshold of the last unit
//   over that of the first
//
// Units are recruited in the order of their rank: a bout of some effort reaches up to a rank R, softly. Effort is not
// rank, as thresholds crowd at low force (range 30-fold, Fuglevand et al. 1993, doi:10.1152/jn.1993.70.6.2470);
// ballistic effort lowers thresholds (Desmedt & Godaux 1977), to a third where it is all ballistic. Each unit keeps
// e^(u/w) and z. Domain: adults from 20. Neglected: firing rates, fatigue, ranks that change as units grow. Values and
// their sources: parameters/life.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Recruitment rank that a bout reaches [about -2..1.4]: 25 % effort reaches rank 0.64, 85 % all.
/// @param effort [0.001, 1]   @param velocity [0, 1] ballistic share   @param full_recruitment_effort > 0
/// @param log_threshold_range > 0
template <class V>
SARX_EQUATION V rank_reached(V effort, V velocity, V full_recruitment_effort, V log_threshold_range) {
    SARX_EXPECTS(everywhere(full_recruitment_effort > 0.0F) && everywhere(log_threshold_range > 0.0F));
    return 1.0F +
           log(max(effort, V(0.001F)) * (1.0F + 2.0F * velocity) / full_recruitment_effort) / log_threshold_range;
}

/// A bout's part of the recruitment curve: exp(-R / width), at most 1e8, which reaches nobody. 0 where every unit is
/// reached alike (electrical).
/// @param order 1 by rank, 0 all alike   @param width >= 0.05
template <class V>
SARX_EQUATION V bout_factor(V rank, V width, V order) {
    SARX_EXPECTS(everywhere(width > 0.0F));
    return order * min(exp(-rank / width), V(1.0e8F));
}

/// Share of a bout that reaches a unit [0, 1]: the logistic of (R - u) / width, in two factors, so that no
/// exponential is needed for each unit. @param rank_exponential exp(u / width), kept by the unit
template <class V, class U>
SARX_EQUATION U share_recruited(V bout_factor_, U rank_exponential) {
    SARX_EXPECTS(everywhere(bout_factor_ >= 0.0F) && everywhere(rank_exponential >= 0.0F));
    return 1.0F / (1.0F + bout_factor_ * rank_exponential);
}

/// Three bouts as one fraction of polynomials, so that one division serves them all:
/// sum a_i / (1 + f_i x) = (p0 + x (p1 + x p2)) / (1 + x (q1 + x (q2 + x q3))), x the unit's rank_exponential.
template <class V>
struct ThreeFactors {
    V q1, q2, q3;
};
template <class V>
struct ThreeAmounts {
    V p0, p1, p2;
};
template <class V>
SARX_EQUATION ThreeFactors<V> together(V const* f) {
    return {f[0] + f[1] + f[2], f[0] * f[1] + f[0] * f[2] + f[1] * f[2], f[0] * f[1] * f[2]};
}
/// @param a what each bout gives to a unit that it reaches [3]   @param f their factors [3]
template <class V>
SARX_EQUATION ThreeAmounts<V> together(V const* a, V const* f) {
    return {a[0] + a[1] + a[2], a[0] * (f[1] + f[2]) + a[1] * (f[0] + f[2]) + a[2] * (f[0] + f[1]),
            a[0] * f[1] * f[2] + a[1] * f[0] * f[2] + a[2] * f[0] * f[1]};
}
template <class V, class U>
SARX_EQUATION U denominator(ThreeFactors<V> const& q, U x) {
    return 1.0F + x * (q.q1 + x * (q.q2 + x * q.q3));
}
template <class V, class U>
SARX_EQUATION U numerator(ThreeAmounts<V> const& p, U x) {
    return p.p0 + x * (p.p1 + x * p.p2);
}

/// Share of full synaptic use [0, 1] of a unit. @param volume that reaches it, of all bouts
template <class U>
SARX_EQUATION U share_of_full_use(U volume) {
    return min(volume, U(1.0F));
}

/// Mechanical stimulus of a unit [1 = habit of youth].
/// @param volume_tension that reaches it, of all bouts   @param scale 1 over the same of the habits at 20
template <class U>
SARX_EQUATION U mechanical_stimulus(U volume_tension, U scale) {
    return volume_tension * scale;
}

}  // namespace sarx::models
