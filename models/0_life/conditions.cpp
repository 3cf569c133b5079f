#include "models/0_life/conditions.hpp"

#include "models/kernel.hpp"
#include "models/stimuli.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Conditions final : public Stage {
public:
    explicit Conditions(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            Mask const moves = at(span.dt_years, c) > 0.0F;
            auto const set = [&](ColumnId id, Lane x) SARX_LAMBDA { put_where(moves, block.person(id), c, x); };
            Lane const age = at(span.age_years, c);
            Lane const sick = at(block.person(column("chronic_disease")), c);
            Lane const metabolic = at(block.person(column("metabolic_activity_ratio")), c);
            set(column("disease_control_fraction"), 0.0F);
            set(column("disease_burden"), sick);
            set(column("inflammation"), inflammation_of_age(of(inflammaging_), age) + of(disease_inflammation_) * sick);
            set(column("metabolic_activity_ratio"), metabolic / (1.0F + of(disease_metabolic_loss_) * sick));
            set(column("egfr_ml_per_min"), egfr_ml_per_min(of(egfr_youth_), of(egfr_decline_), age));
            set(column("chronic_disease_rate_per_year"),
                chronic_disease_rate_per_year(of(rate_at_60_), of(rate_growth_), age, of(inactivity_effect_), metabolic,
                                              of(insulin_effect_), at(block.person(column("insulin_sensitivity")), c)));
        });
    }

private:
    ParameterId inflammaging_ = parameter("conditions.inflammation_rise_per_year");
    ParameterId disease_inflammation_ = parameter("chronic_disease.inflammation");
    ParameterId disease_metabolic_loss_ = parameter("chronic_disease.metabolic_loss");
    ParameterId egfr_youth_ = parameter("conditions.egfr_youth_ml_per_min");
    ParameterId egfr_decline_ = parameter("conditions.egfr_decline_ml_per_min_per_year");
    ParameterId rate_at_60_ = parameter("conditions.disease_rate_at_60_per_year");
    ParameterId rate_growth_ = parameter("conditions.disease_rate_growth_per_year");
    ParameterId inactivity_effect_ = parameter("conditions.disease_by_inactivity");
    ParameterId insulin_effect_ = parameter("conditions.disease_by_insulin_resistance");
};

}  // namespace

Stage* make_conditions(ParameterTable const& parameters) { return new Conditions(parameters); }

}  // namespace sarx::models::SARX_ISA
