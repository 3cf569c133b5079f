#pragma once
// Markers in blood: what junctions and axons shed, over what the kidney clears.
//
//   CAF = person (base + shed U) K                 C-terminal agrin fragment [pmol/l]
//   U   = 1 - stability I/(I + D)                  share of junctions that is not stable
//   NfL = (person e^(g (age - 20)) + shed L) K     neurofilament light chain [pg/ml]
//   L   = (N_recent - N)/(tau N_youth)             share of motor units lost a year
//   dN_recent/dt = (N - N_recent)/tau              N motor units, which never rise
//   K   = (110/max(eGFR, 5))^k                     eGFR [ml/min]
//
//   I innervated and D denervated fibres, together at least 1; tau time that the debris of axons lasts; L is of
//   N_recent at the end of the span
//
// U and L are means over muscles by their weights of lean mass, 0 where none has one. Agrin holds a junction together
// and is cut where the junction comes apart, all the time and not only when a unit dies: what is shed follows the share
// of junctions that is not stable, with those of denervated fibres counted in full. (Shed by units as they die it would
// come in spikes, and scatter twice as much between old people as it does.) Unit loss rises less than 2-fold over life
// and NfL 4-fold: most of it is not motor. CAF doi:10.1007/s40291-024-00724-y against the modest slope of
// doi:10.1002/jcsm.13507; NfL doi:10.1007/s00415-025-13246-2. Domain: adults from 20. Neglected: the volume that
// markers spread in. Values and their sources: parameters/measures.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// Concentration over that at an eGFR of 110 ml/min. @param egfr_ml_per_min at least 5 counts   @param exponent k >= 0
template <class V>
SARX_EQUATION V clearance_ratio(V egfr_ml_per_min, V exponent) {
    return pow(110.0F / max(egfr_ml_per_min, V(5.0F)), exponent);
}

/// Share of junctions that is coming apart [0, 1].
/// @param stability [0, 1] mean of the junctions of innervated fibres   @param innervated_count, denervated_count >= 0
template <class V>
SARX_EQUATION V unstable_share(V stability, V innervated_count, V denervated_count) {
    V const fibres = max(innervated_count + denervated_count, V(1.0F));
    return 1.0F - stability * innervated_count / fibres;
}

/// Agrin fragment [pmol/l] before clearance. @param unstable U in [0, 1]
template <class V>
SARX_EQUATION V agrin_fragment(V person_ratio, V base_pmol_per_l, V unstable, V shed_pmol_per_l) {
    return person_ratio * (base_pmol_per_l + shed_pmol_per_l * unstable);
}

/// Neurofilament light chain [pg/ml] before clearance. @param unit_loss_per_year L >= 0
template <class V>
SARX_EQUATION V neurofilament_light(V youth_pg_per_ml, V age_years, V slope_per_year, V unit_loss_per_year,
                                    V shed_pg_per_ml_year) {
    return youth_pg_per_ml * exp(slope_per_year * (age_years - 20.0F)) + shed_pg_per_ml_year * unit_loss_per_year;
}

/// Running mean of a count that never rises, after dt: follows with a time constant > 0 and never falls below it.
template <class V>
SARX_EQUATION V trailing_count(V before, V count, V dt_years, V time_years) {
    SARX_EXPECTS(everywhere(time_years > 0.0F));
    V const start = max(before, count);
    V const after = count + (start - count) * exp(-dt_years / time_years);
    SARX_ENSURES(everywhere(after >= count));
    return after;
}

/// A muscle's part, by its weight, in the share of motor units lost a year.
/// @param recent_count, count of its units, over `time_years` > 0 and now   @param youth_count at least 1 counts
template <class V>
SARX_EQUATION V weighted_unit_loss_per_year(V weight, V recent_count, V count, V time_years, V youth_count) {
    SARX_EXPECTS(everywhere(time_years > 0.0F));
    return weight * (recent_count - count) / time_years / max(youth_count, V(1.0F));
}

}  // namespace sarx::models
