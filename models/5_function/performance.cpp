#include "models/5_function/performance.hpp"

#include "models/5_function/body_composition.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

/// A muscle group's part in a task: mean over the muscles that carry a weight for it.
struct Group {
    Lane force = 1.0F;
    Lane speed = 1.0F;
    Lane skill = 0.0F;
};

class Performance final : public Stage {
public:
    explicit Performance(ParameterTable const& table)
        : Stage(table),
          grip_weight_(parameter("performance.grip_weight")),
          knee_weight_(parameter("performance.knee_extension_weight")),
          ankle_weight_(parameter("performance.dorsiflexion_weight")),
          youth_grip_(parameter("performance.youth_grip_strength_kg")),
          reference_height_(parameter("performance.reference_height_cm")),
          height_exponent_(parameter("performance.grip_height_exponent")),
          grip_ripening_(parameter("performance.grip_ripening_fraction")),
          leg_ripening_(parameter("performance.leg_ripening_fraction")),
          ripe_(parameter("performance.ripe_age_years")),
          isometric_skill_(parameter("performance.isometric_skill_fraction")),
          knee_torque_(parameter("performance.youth_knee_torque_Nm_per_kg_lean")),
          ankle_torque_(parameter("performance.youth_dorsiflexion_torque_Nm_per_kg_lean")),
          leg_power_(parameter("performance.youth_leg_power_W_per_kg_lean")),
          gait_fastest_(parameter("performance.fastest_usual_gait_m_per_s")),
          gait_half_(parameter("performance.gait_half_speed_power_W_per_kg")),
          gait_steepness_(parameter("performance.gait_steepness")),
          chair_fixed_(parameter("performance.chair_rise_fixed_s")),
          chair_work_(parameter("performance.chair_rise_work_J_per_kg")),
          chair_torque_(parameter("performance.chair_rise_torque_Nm_per_kg")),
          tandem_power_(parameter("performance.tandem_stand_power_W_per_kg")),
          tandem_step_(parameter("performance.stand_step_fraction")),
          insulin_lean_(parameter("performance.insulin_lean_exponent")),
          insulin_mitochondria_(parameter("performance.insulin_mitochondria_exponent")),
          insulin_activity_(parameter("performance.insulin_activity_fraction")),
          insulin_time_(parameter("performance.insulin_time_years")),
          metabolism_fixed_(parameter("performance.resting_metabolism_fixed_kcal_per_day")),
          metabolism_per_kg_(parameter("performance.resting_metabolism_kcal_per_kg_day")),
          usual_fat_(parameter("body_composition.usual_youth_fat_mass_kg")),
          appendicular_share_(parameter("body_composition.appendicular_lean_fraction")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA {
            strength(block, span, first);
            mobility(block, span, first);
            metabolism(block, span, first);
        });
    }

private:
    SARX_INLINE Group group(Block const& block, ParameterId weight, int first) const {
        Lane force = 0.0F;
        Lane speed = 0.0F;
        Lane skill = 0.0F;
        Lane sum = 0.0F;
        for (int m = 0; m < block.muscle_count(); ++m) {
            Lane const w = at(block.parameter(weight, m), first);
            force += w * at(block.muscle(column("muscle_force_ratio"), m), first);
            speed += w * at(block.muscle(column("muscle_speed_ratio"), m), first);
            skill += w * at(block.muscle(column("trained_skill"), m), first);
            sum += w;
        }
        Mask const there = sum > Lane(0.0F);
        Lane const all = max(sum, Lane(1e-6F));
        return {select(there, force / all, Lane(1.0F)), select(there, speed / all, Lane(1.0F)),
                select(there, skill / all, Lane(0.0F))};
    }

    SARX_INLINE void strength(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };
        Group const hand = group(block, grip_weight_, first);
        Group const knee = group(block, knee_weight_, first);
        Group const ankle = group(block, ankle_weight_, first);
        Lane const height = at(block.person(column("height_cm")), first);
        Lane const lean = at(block.person(column("youth_lean_mass_kg")), first);
        Lane const age = at(span.age_years, first);
        Lane const grip = youth_grip_kg(p(youth_grip_), height, p(reference_height_), p(height_exponent_)) *
                          ripening(age, p(grip_ripening_), p(ripe_)) * hand.force;
        Lane const ripe = ripening(age, p(leg_ripening_), p(ripe_));
        Lane const practised = ripe * (1.0 + p(isometric_skill_) * knee.skill);
        keep(column("grip_strength_kg"), grip);
        keep(column("knee_extension_torque_Nm"), p(knee_torque_) * lean * knee.force * practised);
        keep(column("dorsiflexion_torque_Nm"),
             p(ankle_torque_) * lean * ankle.force * ripe * (1.0 + p(isometric_skill_) * ankle.skill));
        keep(column("leg_power_W"), p(leg_power_) * lean * knee.force * knee.speed * practised);
    }

    SARX_INLINE void mobility(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };
        Lane const mass = max(now(column("body_mass_kg")), Lane(1.0F));
        Lane const power = max(now(column("leg_power_W")) / mass, Lane(0.01F));
        Lane const torque = now(column("knee_extension_torque_Nm")) / mass;
        Lane const gait = gait_speed(power, p(gait_fastest_), p(gait_half_), p(gait_steepness_));
        Lane const chair = chair_rise(power, torque, p(chair_fixed_), p(chair_work_), p(chair_torque_));
        keep(column("gait_speed_m_per_s"), gait);
        keep(column("chair_rise_s"), chair);
        keep(column("sppb_score"), sppb_gait_points(gait) + sppb_chair_points(chair) +
                                       sppb_balance_points(power, p(tandem_power_), p(tandem_step_)));
    }

    SARX_INLINE void metabolism(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };
        Lane const mass = max(now(column("body_mass_kg")), Lane(1.0F));
        Lane const lean = now(column("appendicular_lean_mass_kg"));
        // Against a youth of the same frame and the usual fat: the fat of youth counts too.
        Lane const usual_lean = max(now(column("usual_youth_lean_mass_kg")), Lane(0.1F));
        Lane const usual_mass = p(usual_fat_) + usual_lean + axial_lean_mass_kg(usual_lean, p(appendicular_share_));
        Lane const lean_share = max((lean / mass) / (usual_lean / usual_mass), Lane(0.01F));
        Lane const target = insulin_sensitivity_target(
            lean_share, max(now(column("mitochondrial_capacity")), Lane(0.01F)),
            now(column("metabolic_activity_ratio")), p(insulin_lean_), p(insulin_mitochondria_), p(insulin_activity_));
        Lane const before = now(column("insulin_sensitivity"));
        keep(column("insulin_sensitivity"), before + (target - before) * share_gone(dt / p(insulin_time_)));
        keep(column("resting_metabolism_kcal_per_day"),
             resting_metabolism(mass - now(column("fat_mass_kg")), p(metabolism_fixed_), p(metabolism_per_kg_)));
    }

    ParameterId grip_weight_, knee_weight_, ankle_weight_;
    ParameterId youth_grip_, reference_height_, height_exponent_, grip_ripening_, leg_ripening_, ripe_;
    ParameterId isometric_skill_, knee_torque_, ankle_torque_, leg_power_;
    ParameterId gait_fastest_, gait_half_, gait_steepness_;
    ParameterId chair_fixed_, chair_work_, chair_torque_, tandem_power_, tandem_step_;
    ParameterId insulin_lean_, insulin_mitochondria_, insulin_activity_, insulin_time_;
    ParameterId metabolism_fixed_, metabolism_per_kg_;
    ParameterId usual_fat_, appendicular_share_;
};

}  // namespace

Stage* make_performance(ParameterTable const& parameters) { return new Performance(parameters); }

}  // namespace sarx::models::SARX_ISA
