#include "models/6_outcomes/capacity.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class IntrinsicCapacity final : public Stage {
public:
    explicit IntrinsicCapacity(ParameterTable const& table)
        : Stage(table),
          locomotion_{parameter("intrinsic_capacity.locomotion_sppb_score"),
                      parameter("intrinsic_capacity.locomotion_logit_at_cut"),
                      parameter("intrinsic_capacity.locomotion_slope_per_point"),
                      parameter("intrinsic_capacity.locomotion_threshold")},
          vitality_{parameter("intrinsic_capacity.vitality_grip_kg"),
                    parameter("intrinsic_capacity.vitality_logit_at_cut"),
                    parameter("intrinsic_capacity.vitality_slope_per_kg"),
                    parameter("intrinsic_capacity.vitality_threshold")},
          frailty_slope_(parameter("intrinsic_capacity.frailty_slope")),
          domains_{{parameter("intrinsic_capacity.cognition_logit_at_60"),
                    parameter("intrinsic_capacity.cognition_slope_per_year"),
                    parameter("intrinsic_capacity.cognition_threshold")},
                   {parameter("intrinsic_capacity.psychological_logit_at_60"),
                    parameter("intrinsic_capacity.psychological_slope_per_year"),
                    parameter("intrinsic_capacity.psychological_threshold")},
                   {parameter("intrinsic_capacity.sensory_logit_at_60"),
                    parameter("intrinsic_capacity.sensory_slope_per_year"),
                    parameter("intrinsic_capacity.sensory_threshold")}} {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA {
            auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
            auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
            Lane const age = at(span.age_years, first);
            Lane const frailty = max(now(column("mortality_frailty_ratio")), Lane(1e-3F));
            auto const by_muscle = [&](MuscleDomain const& d, ColumnId measured) SARX_LAMBDA {
                return exceeds(muscle_deficit_probability(p(d.cut) - now(measured), p(d.logit_at_cut), p(d.slope)),
                               p(d.threshold));
            };
            Lane deficits =
                by_muscle(locomotion_, column("sppb_score")) + by_muscle(vitality_, column("grip_strength_kg"));
            for (Domain const& d : domains_)
                deficits += exceeds(
                    domain_deficit_probability(age, frailty, p(d.logit_at_60), p(d.slope_per_year), p(frailty_slope_)),
                    p(d.threshold));
            put_where(at(span.dt_years, first) > Lane(0.0F), block.person(column("intrinsic_capacity_deficits")), first,
                      deficits);
        });
    }

private:
    struct Domain {
        ParameterId logit_at_60, slope_per_year, threshold;
    };

    struct MuscleDomain {
        ParameterId cut, logit_at_cut, slope, threshold;
    };

    MuscleDomain locomotion_, vitality_;
    ParameterId frailty_slope_;
    Domain domains_[3];
};

class Disability final : public Stage {
public:
    explicit Disability(ParameterTable const& table)
        : Stage(table),
          logit_(parameter("disability.logit")),
          gait_slope_(parameter("disability.gait_slope_s_per_m")),
          load_slope_(parameter("disability.load_strength_slope")),
          age_slope_(parameter("disability.age_slope_per_year")),
          frailty_slope_(parameter("disability.frailty_slope")),
          threshold_(parameter("disability.threshold")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA {
            auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
            auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
            Lane const load_strength = strength_for_loads(max(now(column("grip_strength_kg")), Lane(0.1F)),
                                                          max(now(column("knee_extension_torque_Nm")), Lane(0.1F)));
            Lane const frailty = max(now(column("mortality_frailty_ratio")), Lane(1e-3F));
            Lane const probability = disability_probability(
                now(column("gait_speed_m_per_s")), load_strength, at(span.age_years, first), frailty, p(logit_),
                p(gait_slope_), p(load_slope_), p(age_slope_), p(frailty_slope_));
            put_where(at(span.dt_years, first) > Lane(0.0F), block.person(column("disability")), first,
                      exceeds(probability, p(threshold_)));
        });
    }

private:
    ParameterId logit_, gait_slope_, load_slope_, age_slope_, frailty_slope_, threshold_;
};

}  // namespace

Stage* make_intrinsic_capacity(ParameterTable const& parameters) { return new IntrinsicCapacity(parameters); }
Stage* make_disability(ParameterTable const& parameters) { return new Disability(parameters); }

}  // namespace sarx::models::SARX_ISA
