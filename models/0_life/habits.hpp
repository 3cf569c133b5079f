#pragma once
// Daily living: how active people of an age are, and what loads their muscles meet. Loads are absolute, in shares of
// the muscle's strength in youth, so that the same stairs cost a weak person more; what costs too much is given up.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Activity of the average person [1 at 25 years], falling along a logistic curve of age. With a half age of 82.5 and
/// a scale of 8.5 years it follows daily steps from 20 to 85 in NHANES 2011-2014 within 5 %.
/// @param age_years >= 20   @param half_age_years at which half is left   @param scale_years of the fall
template <class V>
SARX_EQUATION V activity_of_age(V age_years, V half_age_years, V scale_years) {
    return (1.0F + exp((25.0F - half_age_years) / scale_years)) /
           (1.0F + exp((age_years - half_age_years) / scale_years));
}

/// Effort that an absolute load asks of a muscle, load over capacity [>= 0]; above 1 it cannot be done.
/// @param load [0, 2] share of the strength of youth   @param force_ratio strength over that of youth
template <class V>
SARX_EQUATION V effort_of_load(V load, V force_ratio) {
    return load / max(force_ratio, V(0.05F));
}

/// Tension that a load puts on the fibres left, over that in youth [1 in youth]: what is carried is shared by less
/// muscle, up to what the muscle can carry at all.
/// @param effort load over capacity >= 0   @param load [0, 2] share of the strength of youth
template <class V>
SARX_EQUATION V tension_of_effort(V effort, V load) {
    return min(effort, V(1.0F)) / max(load, V(0.01F));
}

/// Share of a bout that is kept up [0, 1]: people give up what asks for more than about `limit` of their strength.
template <class V>
SARX_EQUATION V share_kept_up(V effort, V limit, V spread) {
    return logistic((limit - effort) / spread);
}

}  // namespace sarx::models
