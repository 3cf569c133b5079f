#pragma once
// Daily living: how active people of an age are, what loads their muscles meet, what they eat and how they sleep.
//
//   A(a, s)  = (1 + e^((25 - a)/s)) / (1 + e^((age - a)/s))          activity of the average person [1 at 25 years]
//   activity = h A(a_1, s_1)                                         metabolic stimulus [1 = active youth]
//   protein  = p e^(-q (age - 50)+)                                  [g/kg/day]
//   recovery = 1 - g (enough - sleep)+                               [1 with enough sleep], sleep in h/day
//   three bouts (walking, rising and climbing, vigorous effort) of each muscle:
//     e       = L / max(f, 0.05)                                     effort: load over capacity [1]; noted up to 1
//     k       = 1 / (1 + e^((e - l)/w))                              share that is kept up [0, 1]
//     volume  = V m h A k                                            [1 = all bouts of youth, about]; A(a_1, s_1), of
//                                                                    vigorous effort A(a_2, s_2)
//     tension = T min(e, 1) / max(L, 0.01)                           over the habit of youth [1]
//     ballistic share as in youth, units by rank
//
//   h activity of the person over the average of that age, a age at which half is left, s scale of the fall [years]
//   p protein until 50, q its decline [1/year], g recovery lost an hour of missing sleep
//   L load over the muscle's strength of youth, f its force over that of youth, of the last step; l effort at which half
//   is given up, w how gradually; m share of daily living that reaches the muscle; V, T volume and tension of the bout
//   in youth
//
// All other stimuli begin each span anew: no unloading, injury, practice, exercise or added food, energy in balance.
// These are the first three bouts, and the only ones: places that others held are cleared (by rank, all else 0).
// Loads are absolute, so that the same stairs cost a weak person more; what costs too much is given up. Domain: adults
// from 20. Neglected: seasons, work and retirement, differences between women and men. Activity follows daily steps of
// NHANES 2011-2014, vigorous effort is fitted to area and strength, loads are assumed. Values and their sources:
// parameters/life.yaml; of sleep: parameters/interventions.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Activity of the average person [1 at 25 years], falling along a logistic curve of age. With a half age of 82.5 and
/// a scale of 8.5 years it follows daily steps from 20 to 85 in NHANES 2011-2014 within 5 %.
/// @param age_years >= 20   @param half_age_years at which half is left   @param scale_years of the fall, > 0
template <class V>
SARX_EQUATION V activity_of_age(V age_years, V half_age_years, V scale_years) {
    SARX_EXPECTS(everywhere(scale_years > 0.0F));
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
/// @param spread > 0: how gradually
template <class V>
SARX_EQUATION V share_kept_up(V effort, V limit, V spread) {
    SARX_EXPECTS(everywhere(spread > 0.0F));
    return logistic((limit - effort) / spread);
}

/// Volume of a habitual bout in a muscle [1 = all bouts of youth, about].
/// @param volume in youth   @param muscle_share of daily living that reaches the muscle   @param activity over youth's
/// @param kept_up share [0, 1]
template <class V>
SARX_EQUATION V volume_of_habit(V volume, V muscle_share, V activity, V kept_up) {
    return volume * muscle_share * (activity * kept_up);
}

/// Dietary protein [g/kg/day], falling from 50.
template <class V>
SARX_EQUATION V protein_of_age_g_per_kg_day(V until_50_g_per_kg_day, V decline_per_year, V age_years) {
    return until_50_g_per_kg_day * exp(-decline_per_year * max(age_years - 50.0F, V(0.0F)));
}

/// Overnight recovery [1 with enough sleep].
template <class V>
SARX_EQUATION V recovery_by_sleep(V loss_per_h, V enough_h_per_day, V sleep_h_per_day) {
    return 1.0F - loss_per_h * max(enough_h_per_day - sleep_h_per_day, V(0.0F));
}

}  // namespace sarx::models
