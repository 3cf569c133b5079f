#include "models/0_life/conditions.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Conditions : Description {
    static constexpr auto about = "inflammation of age, chronic disease and its onset hazard, kidney function";

    Reads<"chronic_disease"> chronic_disease{this};
    ReadsPrevious<"insulin_sensitivity"> insulin_sensitivity{this};
    AddsTo<"metabolic_activity_ratio"> metabolic_activity{this};
    Writes<"disease_burden"> disease_burden{this};
    Writes<"disease_control_fraction"> disease_control{this};
    Writes<"inflammation"> inflammation{this};
    Writes<"egfr_ml_per_min"> egfr{this};
    Writes<"chronic_disease_rate_per_year"> disease_rate_per_year{this};

    Parameter<"conditions.inflammation_rise_per_year"> inflammation_rise_per_year{this};
    Parameter<"chronic_disease.inflammation"> inflammation_by_disease{this};
    Parameter<"chronic_disease.metabolic_loss"> metabolic_loss_by_disease{this};
    Parameter<"conditions.egfr_youth_ml_per_min"> egfr_youth{this};
    Parameter<"conditions.egfr_decline_ml_per_min_per_year"> egfr_decline{this};
    Parameter<"conditions.disease_rate_at_60_per_year"> disease_rate_at_60_per_year{this};
    Parameter<"conditions.disease_rate_growth_per_year"> disease_rate_growth_per_year{this};
    Parameter<"conditions.disease_by_inactivity"> disease_by_inactivity{this};
    Parameter<"conditions.disease_by_insulin_resistance"> disease_by_insulin_resistance{this};

    SARX_INLINE void step(People<Conditions> const& now) const {
        Lane const sick = now(chronic_disease);
        Lane const of_habit = now(metabolic_activity);
        now.put(disease_burden, sick);
        now.put(disease_control, 0.0F);
        now.put(inflammation,
                inflammation_with_disease(inflammation_of_age(now(inflammation_rise_per_year), now.age_years),
                                          now(inflammation_by_disease), sick));
        now.put(metabolic_activity, activity_with_disease(of_habit, now(metabolic_loss_by_disease), sick));
        now.put(egfr, egfr_ml_per_min(now(egfr_youth), now(egfr_decline), now.age_years));
        now.put(disease_rate_per_year,
                chronic_disease_rate_per_year(now(disease_rate_at_60_per_year), now(disease_rate_growth_per_year),
                                              now.age_years, now(disease_by_inactivity), of_habit,
                                              now(disease_by_insulin_resistance), now(insulin_sensitivity)));
    }
};

}  // namespace

StageCode conditions_stage() { return code_of<Conditions>(); }

}  // namespace sarx::models::SARX_ISA
