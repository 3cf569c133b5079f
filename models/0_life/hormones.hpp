#pragma once
// Hormones of a healthy life, as functions of age.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Total testosterone [nmol/l]: level of youth, falling by a rate from 40. Flat after 40 in a normative model of 13
/// studies (doi:10.1371/journal.pone.0109346), -1.6 % a year in men followed (doi:10.1210/jcem.87.2.8201), of which
/// 1.2 % are of the calendar (doi:10.1210/jc.2006-1375).
template <class V>
SARX_EQUATION V testosterone_nmol_per_l(V youth_nmol_per_l, V decline_per_year, V age_years) {
    return youth_nmol_per_l * exp(-decline_per_year * max(age_years - 40.0F, V(0.0F)));
}

/// Oestrogen effect [1 before the transition]: falls to `floor` along a logistic curve centred on the final period.
/// With a scale of 0.6 years oestradiol holds until two years before it, falls fastest at it and is stable two years
/// after, as in women followed yearly (doi:10.1210/jc.2010-1746).
template <class V>
SARX_EQUATION V oestrogen_ratio(V age_years, V menopause_age_years, V floor, V fall_years) {
    return 1.0F - (1.0F - floor) * logistic((age_years - menopause_age_years) / fall_years);
}

/// Growth hormone and IGF-1 effect [1 at 20], halved by 70 where the rate is ln 2 / 50 years.
template <class V>
SARX_EQUATION V gh_igf1_ratio(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F)));
}

}  // namespace sarx::models
