// What instruments read: the table of errors.

#include "models/6_outcomes/outcomes.hpp"

namespace sarx::models {

std::span<MeasureSpec const> measures() {
    static constexpr MeasureSpec table[] = {
        {column("grip_strength_kg"), "measures.grip_strength_cv", "", "doi:10.1186/1756-0500-4-127"},
        {column("knee_extension_torque_Nm"), "measures.knee_extension_torque_cv", "", "doi:10.1093/gerona/61.10.1059"},
        {column("dorsiflexion_torque_Nm"), "measures.dorsiflexion_torque_cv", "", ""},
        {column("leg_power_W"), "measures.leg_power_cv", "", "doi:10.1002/jcsm.12737"},
        {column("gait_speed_m_per_s"), "measures.gait_speed_cv", "", "doi:10.1016/j.physio.2010.12.004"},
        {column("chair_rise_s"), "measures.chair_rise_cv", "", "doi:10.2466/pms.103.1.215-222"},
        {column("appendicular_lean_mass_kg"), "measures.lean_mass_cv", "", "doi:10.1002/jcsm.12712"},
        {column("alm_index_kg_per_m2"), "measures.lean_mass_cv", "", "doi:10.1002/jcsm.12712"},
        {column("body_mass_kg"), "", "measures.body_mass_sd_kg", ""},
        {column("muscle_area_cm2"), "measures.muscle_area_cv", "", ""},
        {column("motor_unit_count"), "measures.motor_unit_number_estimate_cv", "", ""},
        {column("nmj_jitter_us"), "measures.jitter_cv", "", ""},
        {column("fibre_area_type1_um2"), "measures.fibre_area_cv", "", ""},
        {column("fibre_area_type2_um2"), "measures.fibre_area_cv", "", ""},
        {column("caf_pmol_per_l"), "measures.caf_cv", "", "doi:10.1007/s40291-024-00724-y"},
        {column("nfl_pg_per_ml"), "measures.nfl_cv", "", "doi:10.1007/s00415-025-13246-2"},
    };
    return table;
}

}  // namespace sarx::models
