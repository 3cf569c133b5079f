#include "models/5_function/stages.hpp"

SARX_DECLARE_STAGE(make_muscle_function);
SARX_DECLARE_STAGE(make_body_composition);
SARX_DECLARE_STAGE(make_performance);

namespace sarx::models {

std::vector<StageEntry> function_stages() {
    return {
        {.spec = {.name = "muscle_function",
                  .level = "5 function",
                  .about = "force, speed, area and voluntary activation of each muscle",
                  .reads = {column("innervated_area_type1_fibres"), column("innervated_area_type2_fibres"),
                            column("denervated_fibre_count"), column("denervated_area_ratio"),
                            column("denervated_type2_share"), column("lost_fibre_count"),
                            column("nmj_blocking_fraction"), column("calcium_handling"), column("unloading_fraction"),
                            column("task_practice_fraction"), column("fast_practice_fraction"),
                            column("oestrogen_ratio")},
                  .writes = {column("voluntary_activation_fraction"), column("trained_skill"), column("trained_speed"),
                             column("muscle_area_ratio"), column("muscle_area_cm2"), column("muscle_force_ratio"),
                             column("muscle_speed_ratio"), column("specific_force_N_per_cm2"),
                             column("one_repetition_maximum_ratio"), column("youth_contractile_area"),
                             column("youth_contractile_force"), column("youth_type2_area_share")}},
         SARX_STAGE_MAKERS(make_muscle_function)},
        {.spec = {.name = "body_composition",
                  .level = "5 function",
                  .about = "lean mass as DXA sees it, fat mass, body mass",
                  .reads = {column("muscle_area_ratio"), column("energy_balance_ratio")},
                  .writes = {column("appendicular_lean_mass_kg"), column("alm_index_kg_per_m2"), column("fat_ratio"),
                             column("fat_mass_kg"), column("body_mass_kg")}},
         SARX_STAGE_MAKERS(make_body_composition)},
        {.spec = {.name = "performance",
                  .level = "5 function",
                  .about = "grip, torque, power, gait, chair rise, SPPB; insulin sensitivity and resting metabolism",
                  .reads = {column("muscle_force_ratio"), column("muscle_speed_ratio"), column("trained_skill"),
                            column("appendicular_lean_mass_kg"), column("fat_mass_kg"), column("body_mass_kg"),
                            column("mitochondrial_capacity"), column("metabolic_activity_ratio")},
                  .writes = {column("grip_strength_kg"), column("knee_extension_torque_Nm"),
                             column("dorsiflexion_torque_Nm"), column("leg_power_W"), column("gait_speed_m_per_s"),
                             column("chair_rise_s"), column("sppb_score"), column("insulin_sensitivity"),
                             column("resting_metabolism_kcal_per_day")}},
         SARX_STAGE_MAKERS(make_performance)},
    };
}

}  // namespace sarx::models
