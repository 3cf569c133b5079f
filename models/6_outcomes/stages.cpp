#include "models/6_outcomes/stages.hpp"

SARX_DECLARE_STAGE(make_sarcopenia);
SARX_DECLARE_STAGE(make_intrinsic_capacity);
SARX_DECLARE_STAGE(make_disability);
SARX_DECLARE_STAGE(make_adverse_events);
SARX_DECLARE_STAGE(make_mortality);

namespace sarx::models {

std::vector<StageEntry> outcome_stages() {
    return {
        {.spec = {.name = "sarcopenia",
                  .level = "6 outcomes",
                  .about = "sarcopenia by EWGSOP2, AWGS 2019, FNIH and SDOC",
                  .reads = {column("grip_strength_kg"), column("chair_rise_s"), column("alm_index_kg_per_m2"),
                            column("gait_speed_m_per_s"), column("sppb_score"), column("appendicular_lean_mass_kg"),
                            column("body_mass_kg")},
                  .writes = {column("sarcopenia_ewgsop2"), column("sarcopenia_awgs2019"), column("sarcopenia_fnih"),
                             column("sarcopenia_sdoc")}},
         SARX_STAGE_MAKERS(make_sarcopenia)},
        {.spec = {.name = "intrinsic_capacity",
                  .level = "6 outcomes",
                  .about = "deficits in the five domains of intrinsic capacity",
                  .reads = {column("sppb_score"), column("grip_strength_kg")},
                  .writes = {column("intrinsic_capacity_deficits")}},
         SARX_STAGE_MAKERS(make_intrinsic_capacity)},
        {.spec = {.name = "disability",
                  .level = "6 outcomes",
                  .about = "need of help in daily living, from gait, strength for loads, age and frailty",
                  .reads = {column("gait_speed_m_per_s"), column("knee_extension_torque_Nm"),
                            column("grip_strength_kg")},
                  .writes = {column("disability")}},
         SARX_STAGE_MAKERS(make_disability)},
        {.spec = {.name = "adverse_events",
                  .level = "6 outcomes",
                  .about = "rates of falls, fractures and hospital stays",
                  .reads = {column("gait_speed_m_per_s"), column("knee_extension_torque_Nm"), column("body_mass_kg"),
                            column("grip_strength_kg"), column("balance_training_h_per_week"), column("disease_burden"),
                            column("disease_control_fraction")},
                  .writes = {column("fall_rate_per_year"), column("fracture_probability_per_fall"),
                             column("hospital_rate_per_year")}},
         SARX_STAGE_MAKERS(make_adverse_events)},
        {.spec = {.name = "mortality",
                  .level = "6 outcomes",
                  .about = "log hazard of death against the average, from frailty, grip and disease",
                  .reads = {column("grip_strength_kg"), column("disease_burden"), column("disease_control_fraction")},
                  .writes = {column("mortality_log_hazard_ratio")}},
         SARX_STAGE_MAKERS(make_mortality)},
    };
}

}  // namespace sarx::models
