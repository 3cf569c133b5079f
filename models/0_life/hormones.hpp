#pragma once
// Hormones of a healthy life, as functions of age.
//
//   T = T_0 e^(-d (age - 40)+)                                       total testosterone [nmol/l]
//   A = T / T_0                                                      androgen effect [1 = youth of the same sex]
//   O = 1 - (1 - O_1) / (1 + e^((menopause - age)/s))                oestrogen effect [1 before menopause]
//   G = e^(-g (age - 20)+)                                           effect of growth hormone and IGF-1 [1 = youth]
//
//   T_0 testosterone of youth, O_1 oestrogen effect left after menopause, s scale of its fall [years]; menopause: age
//   at the final period [years], of men 200, which leaves O at 1
//
// Treatment adds to these. Domain: adults from 20. Neglected: cycles and hours of the day, binding in plasma, what
// fatness and illness do to hormones. Sources stand at each part; parameters/life.yaml has those of the values.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Total testosterone [nmol/l]: level of youth, falling by a rate from 40. Flat after 40 in a normative model of 13
/// studies (doi:10.1371/journal.pone.0109346), -1.6 % a year in men followed (doi:10.1210/jcem.87.2.8201), of which
/// 1.2 % are of the calendar (doi:10.1210/jc.2006-1375).
template <class V>
SARX_EQUATION V testosterone_nmol_per_l(V youth_nmol_per_l, V decline_per_year, V age_years) {
    return youth_nmol_per_l * exp(-decline_per_year * max(age_years - 40.0F, V(0.0F)));
}

/// Androgen effect [1 = youth of the same sex]. @param youth_nmol_per_l > 0
template <class V>
SARX_EQUATION V androgen_ratio(V testosterone_nmol_per_l, V youth_nmol_per_l) {
    SARX_EXPECTS(everywhere(youth_nmol_per_l > 0.0F));
    return testosterone_nmol_per_l / youth_nmol_per_l;
}

/// Oestrogen effect [1 before the transition]: falls to `floor` along a logistic curve centred on the final period.
/// With a scale of 0.6 years oestradiol holds until two years before it, falls fastest at it and is stable two years
/// after, as in women followed yearly (doi:10.1210/jc.2010-1746).
/// @param floor [0, 1]   @param fall_years scale of the fall, > 0
template <class V>
SARX_EQUATION V oestrogen_ratio(V age_years, V menopause_age_years, V floor, V fall_years) {
    SARX_EXPECTS(everywhere(fall_years > 0.0F) && everywhere(floor >= 0.0F) && everywhere(floor <= 1.0F));
    return 1.0F - (1.0F - floor) * logistic((age_years - menopause_age_years) / fall_years);
}

/// Growth hormone and IGF-1 effect [1 at 20], halved by 70 where the rate is ln 2 / 50 years.
template <class V>
SARX_EQUATION V gh_igf1_ratio(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F)));
}

}  // namespace sarx::models
