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

/// A bout's part of the recruitment curve: exp(-R / width). 0 where every unit is reached alike (electrical).
/// @param order 1 by rank, 0 all alike
template <class V>
SARX_EQUATION V bout_factor(V rank, V width, V order) {
    return order * exp(-rank / width);
}

/// Share of a bout that reaches a unit [0, 1]: the logistic of (R - u) / width, in two factors, so that no
/// exponential is needed for each unit. @param rank_exponential exp(u / width), kept by the unit
template <class V>
SARX_EQUATION V share_recruited(V bout_factor_, V rank_exponential) {
    return 1.0F / (1.0F + bout_factor_ * rank_exponential);
}

}  // namespace sarx::models
