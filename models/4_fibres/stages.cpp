#include "models/4_fibres/stages.hpp"

SARX_DECLARE_STAGE(make_atrophy);

namespace sarx::models {

std::vector<StageEntry> fibre_stages() {
    return {
        {.spec = {.name = "atrophy",
                  .level = "4 fibres",
                  .about = "fibre areas: synthesis by load, food and hormones against breakdown",
                  .reads = {column("unit_mechanical_stimulus"), column("unit_fibres"), column("unit_type2_share"),
                            column("unit_nmj_stability"), column("nmj_fast_instability"), column("unloading_fraction"),
                            column("body_unloading_fraction"), column("protein_intake_g_per_kg_day"),
                            column("amino_acid_stimulus"), column("androgen_ratio"), column("oestrogen_ratio"),
                            column("gh_igf1_ratio"), column("energy_balance_ratio"), column("recovery_ratio"),
                            column("mitochondrial_capacity"), column("inflammation"), column("protein_damage"),
                            column("notch_activity")},
                  .writes = {column("fibre_area_type1_um2"), column("fibre_area_type2_um2"),
                             column("innervated_area_type1_fibres"), column("innervated_area_type2_fibres"),
                             column("type2_fibre_fraction"), column("muscle_protein_synthesis"),
                             column("muscle_protein_breakdown")},
                  .adds_to = {column("unit_area_ratio"), column("denervated_area_ratio")}},
         SARX_STAGE_MAKERS(make_atrophy)},
    };
}

}  // namespace sarx::models
