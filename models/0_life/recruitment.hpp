#pragma once
// What a bout asks of each motor unit. Units are recruited in the order of their rank: a bout of some effort reaches
// up to a rank R, softly. Effort is not rank, as thresholds crowd at low force (range 30-fold, Fuglevand et al. 1993,
// doi:10.1152/jn.1993.70.6.2470); ballistic effort lowers thresholds (Desmedt & Godaux 1977).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Recruitment rank that a bout reaches [about -2..1.4]: 25 % effort reaches rank 0.64, 85 % all.
/// @param effort [0.001, 1]   @param velocity [0, 1] ballistic share
template <class V>
SARX_EQUATION V rank_reached(V effort, V velocity, V full_recruitment_effort, V log_threshold_range) {
    return 1.0F +
           log(max(effort, V(0.001F)) * (1.0F + 2.0F * velocity) / full_recruitment_effort) / log_threshold_range;
}

/// A bout's part of the recruitment curve: exp(-R / width), at most 1e8, which reaches nobody. 0 where every unit is
/// reached alike (electrical).
/// @param order 1 by rank, 0 all alike   @param width >= 0.05
template <class V>
SARX_EQUATION V bout_factor(V rank, V width, V order) {
    return order * min(exp(-rank / width), V(1.0e8F));
}

/// Share of a bout that reaches a unit [0, 1]: the logistic of (R - u) / width, in two factors, so that no
/// exponential is needed for each unit. @param rank_exponential exp(u / width), kept by the unit
template <class V>
SARX_EQUATION V share_recruited(V bout_factor_, V rank_exponential) {
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
SARX_EQUATION V denominator(ThreeFactors<U> const& q, V x) {
    return 1.0F + x * (q.q1 + x * (q.q2 + x * q.q3));
}
template <class V, class U>
SARX_EQUATION V numerator(ThreeAmounts<U> const& p, V x) {
    return p.p0 + x * (p.p1 + x * p.p2);
}

}  // namespace sarx::models
