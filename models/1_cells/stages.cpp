#include "models/1_cells/stages.hpp"

SARX_DECLARE_STAGE(make_er_mitochondria_contacts);
SARX_DECLARE_STAGE(make_mitochondria);
SARX_DECLARE_STAGE(make_mitochondria_age_only);
SARX_DECLARE_STAGE(make_protein_quality);

namespace sarx::models {

std::vector<StageEntry> cell_stages() {
    return {
        {.spec = {.name = "er_mitochondria_contacts",
                  .level = "1 cells",
                  .about = "MFN2-held contacts of ER and mitochondria, and the Notch signal that answers their loss",
                  .reads = {column("body_unloading_fraction"), column("inflammation"),
                            column("notch_inhibition_fraction")},
                  .writes = {column("er_mitochondria_contact"), column("notch_activity")}},
         SARX_STAGE_MAKERS(make_er_mitochondria_contacts)},
        {.spec = {.name = "mitochondria",
                  .level = "1 cells",
                  .about = "oxidative capacity: activity first, age second",
                  .reads = {column("metabolic_activity_ratio"), column("er_mitochondria_contact")},
                  .writes = {column("mitochondrial_capacity")}},
         SARX_STAGE_MAKERS(make_mitochondria)},
        {.spec = {.name = "mitochondria_age_only",
                  .level = "1 cells",
                  .about = "oxidative capacity by age alone, the rival of 'mitochondria'",
                  .replaces = "mitochondria",
                  .writes = {column("mitochondrial_capacity")}},
         SARX_STAGE_MAKERS(make_mitochondria_age_only)},
        {.spec = {.name = "protein_quality",
                  .level = "1 cells",
                  .about = "damaged protein made and cleared, and the calcium release that suffers",
                  .reads = {column("mitochondrial_capacity"), column("metabolic_activity_ratio"),
                            column("recovery_ratio")},
                  .writes = {column("protein_damage"), column("calcium_handling")}},
         SARX_STAGE_MAKERS(make_protein_quality)},
    };
}

}  // namespace sarx::models
