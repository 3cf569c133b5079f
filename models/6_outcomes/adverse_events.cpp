#include "models/6_outcomes/adverse_events.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class AdverseEvents final : public Stage {
public:
    explicit AdverseEvents(ParameterTable const& table)
        : Stage(table),
          fall_rate_(parameter("falls.rate_at_76_per_year")),
          fall_age_(parameter("falls.age_slope_per_year")),
          fall_gait_(parameter("falls.gait_slope_s_per_m")),
          fall_torque_(parameter("falls.torque_slope_kg_per_Nm")),
          fall_share_(parameter("falls.causal_share")),
          balance_effect_(parameter("falls.balance_training_effect_per_h_per_week")),
          balance_most_(parameter("falls.balance_training_most_h_per_week")),
          fracture_(parameter("fracture.probability_per_fall_at_75")),
          fracture_age_(parameter("fracture.age_slope_per_year")),
          fracture_lean_(parameter("fracture.lean_slope_m2_per_kg")),
          reference_lean_(parameter("fracture.reference_youth_lean_index_kg_per_m2")),
          stay_rate_(parameter("hospital.rate_at_75_per_year")),
          stay_age_(parameter("hospital.age_slope_per_year")),
          stay_frailty_(parameter("hospital.frailty_exponent")),
          stay_grip_(parameter("hospital.grip_slope_per_kg")),
          stay_share_(parameter("hospital.causal_share")),
          stay_burden_(parameter("hospital.disease_burden_effect")),
          reference_grip_(parameter("mortality.reference_grip_kg")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA { step_people(block, span, first); });
    }

private:
    SARX_INLINE void step_people(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        Lane const age = at(span.age_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };
        Lane const torque = now(column("knee_extension_torque_Nm")) / max(now(column("body_mass_kg")), Lane(1.0F));
        Lane const falls =
            fall_rate(age, now(column("fall_frailty_ratio")), now(column("gait_speed_m_per_s")), torque, p(fall_rate_),
                      p(fall_age_), p(fall_gait_), p(fall_torque_), p(fall_share_)) *
            balance_training_ratio(now(column("balance_training_h_per_week")), p(balance_effect_), p(balance_most_));
        Lane const burden = now(column("disease_burden")) * (1.0 - now(column("disease_control_fraction")));
        Lane const frailty = max(now(column("mortality_frailty_ratio")), Lane(1e-3F));
        keep(column("fall_rate_per_year"), falls);
        Lane const height_m = 0.01 * max(now(column("height_cm")), Lane(1.0F));
        keep(column("fracture_probability_per_fall"),
             fracture_probability(age, now(column("youth_lean_mass_kg")) / (height_m * height_m), p(fracture_),
                                  p(fracture_age_), p(reference_lean_), p(fracture_lean_)));
        keep(column("hospital_rate_per_year"),
             hospital_rate(age, frailty, now(column("grip_strength_kg")), burden, p(stay_rate_), p(stay_age_),
                           p(stay_frailty_), p(reference_grip_), p(stay_grip_), p(stay_share_), p(stay_burden_)));
    }

    ParameterId fall_rate_, fall_age_, fall_gait_, fall_torque_, fall_share_, balance_effect_, balance_most_;
    ParameterId fracture_, fracture_age_, fracture_lean_, reference_lean_;
    ParameterId stay_rate_, stay_age_, stay_frailty_, stay_grip_, stay_share_, stay_burden_, reference_grip_;
};

}  // namespace

Stage* make_adverse_events(ParameterTable const& parameters) { return new AdverseEvents(parameters); }

}  // namespace sarx::models::SARX_ISA
