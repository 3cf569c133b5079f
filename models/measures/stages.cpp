#include "models/measures/stages.hpp"

SARX_DECLARE_STAGE(make_blood_markers);
SARX_DECLARE_STAGE(make_body_water);
SARX_DECLARE_STAGE(make_electrophysiology);

namespace sarx::models {

std::vector<StageEntry> measure_stages() {
    return {
        {.spec = {.name = "blood_markers",
                  .level = "measures",
                  .about = "agrin fragment and neurofilament light chain in plasma",
                  .reads = {column("nmj_stability"), column("innervated_fibre_count"), column("denervated_fibre_count"),
                            column("motor_unit_count"), column("egfr_ml_per_min")},
                  .writes = {column("caf_pmol_per_l"), column("nfl_pg_per_ml"), column("recent_motor_unit_count")}},
         SARX_STAGE_MAKERS(make_blood_markers)},
        {.spec = {.name = "body_water",
                  .level = "measures",
                  .about = "water that DXA counts as lean mass: drained by lying, retained by growth hormone",
                  .reads = {column("appendicular_lean_mass_kg"), column("body_unloading_fraction"),
                            column("gh_igf1_ratio")},
                  .writes = {column("limb_water_kg"), column("body_water_kg")}},
         SARX_STAGE_MAKERS(make_body_water)},
        {.spec = {.name = "electrophysiology",
                  .phase = Phase::measure,
                  .level = "measures",
                  .about = "motor-unit number estimate, unit potential and jiggle, as electrodes read them",
                  .reads = {column("unit_fibres"), column("unit_area_ratio"), column("nmj_jitter_us")},
                  .writes = {column("mune_estimate_count"), column("mup_area_uV_ms"), column("jiggle_fraction")}},
         SARX_STAGE_MAKERS(make_electrophysiology)},
    };
}

}  // namespace sarx::models
