#include "models/2_junctions/stages.hpp"

SARX_DECLARE_STAGE(make_nmj_instability);

namespace sarx::models {

std::vector<StageEntry> junction_stages() {
    return {
        {.spec = {.name = "nmj_instability",
                  .level = "2 junctions",
                  .about = "junction stability, slow and fast; jitter, blocking, and fibres let go",
                  .reads = {column("unit_drive"), column("mitochondrial_capacity"), column("inflammation"),
                            column("oestrogen_ratio"), column("unloading_fraction"), column("body_unloading_fraction")},
                  .reads_previous = {column("unit_area_ratio"), column("unit_type2_share")},
                  .writes = {column("unit_nmj_stability"), column("nmj_fast_instability"), column("nmj_stability"),
                             column("nmj_jitter_us"), column("nmj_blocking_fraction")},
                  .adds_to = {column("unit_fibres"), column("innervated_fibre_count"), column("denervated_fibre_count"),
                              column("denervation_flow_fibres"), column("denervated_area_ratio"),
                              column("denervated_type2_share")}},
         SARX_STAGE_MAKERS(make_nmj_instability)},
    };
}

}  // namespace sarx::models
