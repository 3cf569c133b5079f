#include "models/6_outcomes/adverse_events.hpp"

#include "models/5_function/body_composition.hpp"
#include "models/5_function/performance.hpp"
#include "models/6_outcomes/ill_health.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct AdverseEvents : Description {
    static constexpr auto about = "rates of falls, fractures and hospital stays";

    Reads<"height_cm"> height_cm{this};
    Reads<"youth_lean_mass_kg"> youth_lean_kg{this};
    Reads<"fall_frailty_ratio"> fall_frailty{this};
    Reads<"mortality_frailty_ratio"> frailty{this};
    Reads<"balance_training_h_per_week"> balance_training_h_per_week{this};
    Reads<"disease_burden"> disease_burden{this};
    Reads<"disease_control_fraction"> disease_control{this};
    Reads<"body_mass_kg"> mass_kg{this};
    Reads<"grip_strength_kg"> grip_kg{this};
    Reads<"knee_extension_torque_Nm"> knee_torque_Nm{this};
    Reads<"gait_speed_m_per_s"> gait_m_per_s{this};
    Writes<"fall_rate_per_year"> falls_per_year{this};
    Writes<"fracture_probability_per_fall"> fracture_per_fall{this};
    Writes<"hospital_rate_per_year"> stays_per_year{this};

    Parameter<"falls.rate_at_76_per_year"> falls_at_76_per_year{this};
    Parameter<"falls.age_slope_per_year"> falls_age_slope_per_year{this};
    Parameter<"falls.gait_slope_s_per_m"> falls_gait_slope_s_per_m{this};
    Parameter<"falls.torque_slope_kg_per_Nm"> falls_torque_slope_kg_per_Nm{this};
    Parameter<"falls.causal_share"> falls_causal_share{this};
    Parameter<"falls.balance_training_effect_per_h_per_week"> training_effect_per_h_per_week{this};
    Parameter<"falls.balance_training_most_h_per_week"> training_most_h_per_week{this};
    Parameter<"fracture.probability_per_fall_at_75"> fracture_per_fall_at_75{this};
    Parameter<"fracture.age_slope_per_year"> fracture_age_slope_per_year{this};
    Parameter<"fracture.lean_slope_m2_per_kg"> fracture_lean_slope_m2_per_kg{this};
    Parameter<"fracture.reference_youth_lean_index_kg_per_m2"> reference_lean_index_kg_per_m2{this};
    Parameter<"hospital.rate_at_75_per_year"> stays_at_75_per_year{this};
    Parameter<"hospital.age_slope_per_year"> stays_age_slope_per_year{this};
    Parameter<"hospital.frailty_exponent"> stays_frailty_exponent{this};
    Parameter<"hospital.grip_slope_per_kg"> stays_grip_slope_per_kg{this};
    Parameter<"hospital.causal_share"> stays_causal_share{this};
    Parameter<"hospital.disease_burden_effect"> stays_burden_effect{this};
    Parameter<"mortality.reference_grip_kg"> reference_grip_kg{this};

    SARX_INLINE void step(People<AdverseEvents> const& now) const {
        Lane const untrained = fall_rate(now.age_years, now(fall_frailty), now(gait_m_per_s),
                                         torque_per_mass(now(knee_torque_Nm), now(mass_kg)), now(falls_at_76_per_year),
                                         now(falls_age_slope_per_year), now(falls_gait_slope_s_per_m),
                                         now(falls_torque_slope_kg_per_Nm), now(falls_causal_share));
        now.put(falls_per_year,
                untrained * balance_training_ratio(now(balance_training_h_per_week),
                                                   now(training_effect_per_h_per_week), now(training_most_h_per_week)));
        now.put(fracture_per_fall,
                fracture_probability(now.age_years, mass_index_kg_per_m2(now(youth_lean_kg), now(height_cm)),
                                     now(fracture_per_fall_at_75), now(fracture_age_slope_per_year),
                                     now(reference_lean_index_kg_per_m2), now(fracture_lean_slope_m2_per_kg)));
        now.put(stays_per_year,
                hospital_rate(now.age_years, frailty_above_zero(now(frailty)), now(grip_kg),
                              burden_left(now(disease_burden), now(disease_control)), now(stays_at_75_per_year),
                              now(stays_age_slope_per_year), now(stays_frailty_exponent), now(reference_grip_kg),
                              now(stays_grip_slope_per_kg), now(stays_causal_share), now(stays_burden_effect)));
    }
};

}  // namespace

StageCode adverse_events_stage() { return code_of<AdverseEvents>(); }

}  // namespace sarx::models::SARX_ISA
