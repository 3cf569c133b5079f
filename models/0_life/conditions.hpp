#pragma once
// What builds up in a body beside its muscles: low-grade inflammation with age, kidneys that clear less, and chronic
// disease, likelier in the inactive and the insulin resistant.
//
//   inflammation = r (age - 40)+ + b_i D                             [0 = healthy youth]
//   activity     = M / (1 + b_M D)                                   metabolic stimulus with disease [1 = active youth]
//   eGFR         = max(F - f (age - 40)+, 5)                         estimated glomerular filtration rate [ml/min]
//   onset        = h e^(g (age - 60) + c_M (1 - M) + c_I (1 - I))    hazard of chronic disease [1/year]
//
//   D burden of disease [1 = a typical case]: 1 who has it, 0 who has not; M metabolic stimulus of habit, before
//   disease has its part, I insulin sensitivity of the last step [1 = youth]; F eGFR of youth, h hazard at 60 of active
//   people
//
// The hazard is told of everyone, also of who has the disease. Each span begins with none of the burden under control;
// insults then add to the burden, management to its control. Domain: adults from 20. Neglected: which disease it is,
// its course and remission, kidneys that disease damages. What disease adds to inflammation is fitted, all else
// assumed; values and their reasons: parameters/life.yaml, parameters/interventions.yaml (chronic_disease).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Inflammation of healthy ageing [0 = healthy youth], rising from 40.
template <class V>
SARX_EQUATION V inflammation_of_age(V rise_per_year, V age_years) {
    return rise_per_year * max(age_years - 40.0F, V(0.0F));
}

/// Inflammation with chronic disease [0 = healthy youth].
/// @param of_age without   @param by_disease added by a typical case   @param disease burden, 1 = a typical case
template <class V>
SARX_EQUATION V inflammation_with_disease(V of_age, V by_disease, V disease) {
    return of_age + by_disease * disease;
}

/// Metabolic activity with chronic disease [1 = active youth].
/// @param loss_by_disease >= 0   @param disease burden >= 0, 1 = a typical case
template <class V>
SARX_EQUATION V activity_with_disease(V metabolic, V loss_by_disease, V disease) {
    SARX_EXPECTS(everywhere(loss_by_disease >= 0.0F));
    return metabolic / (1.0F + loss_by_disease * disease);
}

/// Estimated glomerular filtration rate [ml/min], falling from 40, at least 5.
template <class V>
SARX_EQUATION V egfr_ml_per_min(V youth_ml_per_min, V decline_ml_per_min_per_year, V age_years) {
    V const rate = max(youth_ml_per_min - decline_ml_per_min_per_year * max(age_years - 40.0F, V(0.0F)), V(5.0F));
    SARX_ENSURES(everywhere(rate >= 5.0F));
    return rate;
}

/// Onset hazard of chronic disease [1/year].
/// @param rate_at_60_per_year in active people   @param insulin_sensitivity [0, 3], 1 = youth, of the last step
template <class V>
SARX_EQUATION V chronic_disease_rate_per_year(V rate_at_60_per_year, V growth_per_year, V age_years,
                                              V inactivity_effect, V metabolic, V insulin_effect,
                                              V insulin_sensitivity) {
    return rate_at_60_per_year * exp(growth_per_year * (age_years - 60.0F) + inactivity_effect * (1.0F - metabolic) +
                                     insulin_effect * (1.0F - insulin_sensitivity));
}

}  // namespace sarx::models
