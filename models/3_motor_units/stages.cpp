#include "models/3_motor_units/stages.hpp"

SARX_DECLARE_STAGE(make_motor_unit_loss);
SARX_DECLARE_STAGE(make_reinnervation);

namespace sarx::models {

std::vector<StageEntry> motor_unit_stages() {
    std::vector<ColumnId> const pool = {column("unit_fibres"), column("innervated_fibre_count"),
                                        column("denervated_fibre_count"), column("denervated_area_ratio"),
                                        column("denervated_type2_share")};
    std::vector<ColumnId> denervated = pool;
    denervated.push_back(column("denervation_flow_fibres"));
    std::vector<ColumnId> reinnervated = pool;
    reinnervated.push_back(column("unit_area_ratio"));
    return {
        {.spec = {.name = "motor_unit_loss",
                  .level = "3 motor units",
                  .about = "death of motor neurons and withdrawal of axons; their fibres are denervated",
                  .reads = {column("unit_nmj_stability"), column("nmj_fast_instability"),
                            column("axon_injury_rate_per_year")},
                  .reads_previous = {column("unit_area_ratio"), column("unit_type2_share")},
                  .writes = {column("unit_hazard_left"), column("motor_unit_count"), column("sprouting_fibres")},
                  .adds_to = denervated},
         SARX_STAGE_MAKERS(make_motor_unit_loss)},
        {.spec = {.name = "reinnervation",
                  .level = "3 motor units",
                  .about = "survivors capture denervated fibres; what nobody takes is lost for good",
                  .reads = {column("unit_nmj_stability"), column("mitochondrial_capacity"), column("notch_activity"),
                            column("er_mitochondria_contact"), column("motor_unit_count"), column("sprouting_fibres")},
                  .writes = {column("lost_fibre_count"), column("unit_type2_share"), column("motor_unit_size_ratio"),
                             column("mup_size_ratio"), column("junction_flux_per_year"),
                             column("denervation_flow_fibres")},
                  .adds_to = reinnervated},
         SARX_STAGE_MAKERS(make_reinnervation)},
    };
}

}  // namespace sarx::models
