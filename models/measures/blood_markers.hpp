#pragma once
// Markers in blood: what junctions and axons shed, over what the kidney clears.
//
//   CAF = person * (base + shed * unstable) * (110 / eGFR)^k,   unstable = 1 - stability * innervated share of fibres
//   NfL = (person * e^(g (age - 20)) + shed per unit loss * loss) * (110 / eGFR)^k
//
// Agrin holds a junction together and is cut where the junction comes apart, all the time and not only when a unit
// dies: what is shed follows the share of junctions that is not stable, with those of denervated fibres counted in full.
// (Shed by units as they die it would come in spikes, and scatter twice as much between old people as it does.)
// loss: share of motor units lost a year, averaged over the months that debris lasts. Unit loss rises less than 2-fold
// over life and NfL 4-fold: most of it is not motor.
// CAF doi:10.1007/s40291-024-00724-y against the modest slope of doi:10.1002/jcsm.13507; NfL
// doi:10.1007/s00415-025-13246-2.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Concentration over that at an eGFR of 110 ml/min; `egfr_ml_per_min` > 0, `exponent` >= 0.
template <class V>
SARX_EQUATION V clearance_ratio(V egfr_ml_per_min, V exponent) {
    return pow(110.0 / egfr_ml_per_min, exponent);
}

/// Share of junctions that is coming apart [0, 1]; `stability` [0, 1] is the mean of the junctions of innervated fibres.
template <class V>
SARX_EQUATION V unstable_share(V stability, V innervated_count, V denervated_count) {
    V const fibres = max(innervated_count + denervated_count, V(1.0));
    return 1.0 - stability * innervated_count / fibres;
}

/// Agrin fragment [pmol/l] before clearance.
template <class V>
SARX_EQUATION V agrin_fragment(V person_ratio, V base_pmol_per_l, V unstable, V shed_pmol_per_l) {
    return person_ratio * (base_pmol_per_l + shed_pmol_per_l * unstable);
}

/// Neurofilament light chain [pg/ml] before clearance.
template <class V>
SARX_EQUATION V neurofilament_light(V youth_pg_per_ml, V age_years, V slope_per_year, V unit_loss_per_year,
                                    V shed_pg_per_ml_year) {
    return youth_pg_per_ml * exp(slope_per_year * (age_years - 20.0)) + shed_pg_per_ml_year * unit_loss_per_year;
}

/// Running mean of a count that never rises, after dt: follows with a time constant and never falls below it.
template <class V>
SARX_EQUATION V trailing_count(V before, V count, V dt_years, V time_years) {
    V const start = max(before, count);
    return count + (start - count) * exp(-dt_years / time_years);
}

}  // namespace sarx::models
