#include "models/measures/stages.hpp"

SARX_DECLARE_STAGE(make_blood_markers);

namespace sarx::models {

std::vector<StageEntry> measure_stages() {
    return {
        {.spec = {.name = "blood_markers",
                  .level = "measures",
                  .about = "agrin fragment and neurofilament light chain in plasma",
                  .reads = {column("junction_flux_per_year"), column("motor_unit_count"), column("egfr_ml_per_min")},
                  .writes = {column("caf_pmol_per_l"), column("nfl_pg_per_ml"), column("recent_motor_unit_count")}},
         SARX_STAGE_MAKERS(make_blood_markers)},
    };
}

}  // namespace sarx::models
