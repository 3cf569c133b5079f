#pragma once
// ER-mitochondria contacts held by MFN2, and the Notch signal that rises when they are lost. In human myotubes,
// weightlessness or loss of MFN2 lowers the contacts, Notch rises, differentiation fails and fibres shrink; blocking
// Notch rescues part of it (doi:10.7554/eLife.89381). The two feed on each other; the loop is stable while the
// product of its two gains stays below 1 (kept at 0.5 or less).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Contacts towards which they move [1 = youth].
/// @param age_years >= 20   @param decline_per_year of contacts with age   @param unloading [0, 1]
/// @param notch >= 0, 1 = youth   @param notch_gain loss of contacts per unit of Notch above youth
template <class V>
SARX_EQUATION V contacts_target(V age_years, V decline_per_year, V unloading, V unloading_loss, V notch, V notch_gain) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F))) * (1.0F - unloading_loss * unloading) /
           (1.0F + notch_gain * max(notch - 1.0F, V(0.0F)));
}

/// Notch activity towards which it moves [1 = youth].
/// @param contact [0, 1.5]   @param inflammation >= 0   @param inhibition [0, 1] share blocked, of which `efficacy` tells
template <class V>
SARX_EQUATION V notch_target(V unloading, V unloading_gain, V contact, V contact_gain, V inflammation,
                             V inflammation_gain, V inhibition, V efficacy) {
    return (1.0F + unloading_gain * unloading + contact_gain * max(1.0F - contact, V(0.0F)) +
            inflammation_gain * inflammation) *
           (1.0F - efficacy * inhibition);
}

}  // namespace sarx::models
