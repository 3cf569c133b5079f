#pragma once
// ER-mitochondria contacts held by MFN2, and the Notch signal that rises when they are lost.
//
//   dM/dt = r_M (M_inf - M)                                          M  contacts [1 = youth]
//   M_inf = e^(-d (age - 20)+) (1 - l u) / (1 + g_M (N - 1)+)
//   dN/dt = r_N (N_inf - N)                                          N  Notch activity [1 = youth]
//   N_inf = (1 + g_u u + g_N (1 - M)+ + g_i i) (1 - E b)
//
//   u unloading of the body [0, 1], l share of contacts lost in full unloading, i inflammation [0 = healthy youth], g
//   gains, b share of Notch blocked, E share of what is blocked that is truly silent
//
// In human myotubes, weightlessness or loss of MFN2 lowers the contacts, Notch rises, differentiation fails and fibres
// shrink; blocking Notch rescues part of it (doi:10.7554/eLife.89381). The two feed on each other; the loop is stable
// while the product of its two gains, g_M g_N, stays below 1 (kept at 0.5 or less). Exact over a span in which the
// other keeps the value it began with. Domain: adults from 20. Neglected: differences between muscles, and between
// fibres and their stem cells. Gains and rates are assumed; values and their reasons: parameters/cells.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Contacts towards which they move [1 = youth].
/// @param age_years >= 20   @param decline_per_year of contacts with age   @param unloading [0, 1]
/// @param unloading_loss [0, 1]   @param notch >= 0, 1 = youth
/// @param notch_gain >= 0: loss of contacts per unit of Notch above youth
template <class V>
SARX_EQUATION V contacts_target(V age_years, V decline_per_year, V unloading, V unloading_loss, V notch, V notch_gain) {
    SARX_EXPECTS(everywhere(unloading_loss <= 1.0F) && everywhere(notch_gain >= 0.0F));
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F))) * (1.0F - unloading_loss * unloading) /
           (1.0F + notch_gain * max(notch - 1.0F, V(0.0F)));
}

/// Notch activity towards which it moves [1 = youth].
/// @param contact [0, 1.5]   @param inflammation >= 0   @param inhibition [0, 1] share blocked   @param efficacy [0, 1]
template <class V>
SARX_EQUATION V notch_target(V unloading, V unloading_gain, V contact, V contact_gain, V inflammation,
                             V inflammation_gain, V inhibition, V efficacy) {
    SARX_EXPECTS(everywhere(efficacy >= 0.0F) && everywhere(efficacy <= 1.0F));
    return (1.0F + unloading_gain * unloading + contact_gain * max(1.0F - contact, V(0.0F)) +
            inflammation_gain * inflammation) *
           (1.0F - efficacy * inhibition);
}

}  // namespace sarx::models
