#include "models/5_function/performance.hpp"

#include "models/5_function/mean_of_muscles.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Performance : Description {
    static constexpr auto about = "grip, torque, power, gait, chair rise, SPPB";

    Reads<"height_cm"> height_cm{this};
    Reads<"youth_lean_mass_kg"> youth_lean_kg{this};
    Reads<"body_mass_kg"> mass_kg{this};
    Reads<"muscle_force_ratio"> force_ratio{this};
    Reads<"muscle_speed_ratio"> speed_ratio{this};
    Reads<"trained_skill"> trained_skill{this};
    Writes<"grip_strength_kg"> grip_kg{this};
    Writes<"knee_extension_torque_Nm"> knee_torque_Nm{this};
    Writes<"dorsiflexion_torque_Nm"> ankle_torque_Nm{this};
    Writes<"leg_power_W"> leg_power_W{this};
    Writes<"gait_speed_m_per_s"> gait_m_per_s{this};
    Writes<"chair_rise_s"> chair_rise_s{this};
    Writes<"sppb_score"> sppb{this};

    Parameter<"performance.grip_weight"> grip_weight{this};
    Parameter<"performance.knee_extension_weight"> knee_weight{this};
    Parameter<"performance.dorsiflexion_weight"> ankle_weight{this};
    Parameter<"performance.youth_grip_strength_kg"> youth_grip_strength_kg{this};
    Parameter<"performance.reference_height_cm"> reference_height_cm{this};
    Parameter<"performance.grip_height_exponent"> grip_height_exponent{this};
    Parameter<"performance.grip_ripening_fraction"> grip_ripening{this};
    Parameter<"performance.leg_ripening_fraction"> leg_ripening{this};
    Parameter<"performance.ripe_age_years"> ripe_age_years{this};
    Parameter<"performance.isometric_skill_fraction"> isometric_share{this};
    Parameter<"performance.youth_knee_torque_Nm_per_kg_lean"> knee_Nm_per_kg_lean{this};
    Parameter<"performance.youth_dorsiflexion_torque_Nm_per_kg_lean"> ankle_Nm_per_kg_lean{this};
    Parameter<"performance.youth_leg_power_W_per_kg_lean"> power_W_per_kg_lean{this};
    Parameter<"performance.fastest_usual_gait_m_per_s"> fastest_gait_m_per_s{this};
    Parameter<"performance.gait_half_speed_power_W_per_kg"> gait_half_power_W_per_kg{this};
    Parameter<"performance.gait_steepness"> gait_steepness{this};
    Parameter<"performance.chair_rise_fixed_s"> chair_rise_fixed_s{this};
    Parameter<"performance.chair_rise_work_J_per_kg"> chair_rise_work_J_per_kg{this};
    Parameter<"performance.chair_rise_torque_Nm_per_kg"> chair_rise_torque_Nm_per_kg{this};
    Parameter<"performance.tandem_stand_power_W_per_kg"> tandem_power_W_per_kg{this};
    Parameter<"performance.stand_step_fraction"> stand_step{this};

    /// What the muscles of a task have.
    struct Group {
        Lane force, speed, skill;
    };

    SARX_INLINE void step(People<Performance> const& now) const {
        Group const hand = group(now, grip_weight);
        Group const knee = group(now, knee_weight);
        Group const ankle = group(now, ankle_weight);
        Lane const grip = youth_grip_kg(now(youth_grip_strength_kg), now(height_cm), now(reference_height_cm),
                                        now(grip_height_exponent)) *
                          ripening(now.age_years, now(grip_ripening), now(ripe_age_years)) * hand.force;
        Lane const ripe = ripening(now.age_years, now(leg_ripening), now(ripe_age_years));
        Lane const knee_gain = ripe * strength_by_skill(knee.skill, now(isometric_share));
        Lane const torque = strength_by_lean_mass(now(knee_Nm_per_kg_lean), now(youth_lean_kg), knee.force) * knee_gain;
        Lane const power =
            strength_by_lean_mass(now(power_W_per_kg_lean), now(youth_lean_kg), knee.force) * knee.speed * knee_gain;
        now.put(grip_kg, grip);
        now.put(knee_torque_Nm, torque);
        now.put(ankle_torque_Nm, strength_by_lean_mass(now(ankle_Nm_per_kg_lean), now(youth_lean_kg), ankle.force) *
                                     ripe * strength_by_skill(ankle.skill, now(isometric_share)));
        now.put(leg_power_W, power);
        move_about(now, power_per_mass(power, now(mass_kg)), torque_per_mass(torque, now(mass_kg)));
    }

    SARX_INLINE void move_about(People<Performance> const& now, Lane power, Lane torque) const {
        Lane const gait =
            gait_speed(power, now(fastest_gait_m_per_s), now(gait_half_power_W_per_kg), now(gait_steepness));
        Lane const rises = chair_rise(power, torque, now(chair_rise_fixed_s), now(chair_rise_work_J_per_kg),
                                      now(chair_rise_torque_Nm_per_kg));
        now.put(gait_m_per_s, gait);
        now.put(chair_rise_s, rises);
        now.put(sppb, sppb_gait_points(gait) + sppb_chair_points(rises) +
                          sppb_balance_points(power, now(tandem_power_W_per_kg), now(stand_step)));
    }

    template <Text path>
    SARX_INLINE Group group(People<Performance> const& now, Parameter<path> weight) const {
        Lane force = 0.0F;
        Lane speed = 0.0F;
        Lane skill = 0.0F;
        Lane weights = 0.0F;
        for (int m = 0; m < now.muscle_count(); ++m) {
            auto const muscle = now.muscle(m);
            Lane const w = muscle(weight);
            force += w * muscle(force_ratio);
            speed += w * muscle(speed_ratio);
            skill += w * muscle(trained_skill);
            weights += w;
        }
        return {.force = mean_of_muscles(force, weights, Lane(1.0F)),
                .speed = mean_of_muscles(speed, weights, Lane(1.0F)),
                .skill = mean_of_muscles(skill, weights, Lane(0.0F))};
    }
};

}  // namespace

StageCode performance_stage() { return code_of<Performance>(); }

}  // namespace sarx::models::SARX_ISA
