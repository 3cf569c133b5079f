#include "models/0_life/stages.hpp"

SARX_DECLARE_STAGE(make_habits);
SARX_DECLARE_STAGE(make_hormones);
SARX_DECLARE_STAGE(make_conditions);
SARX_DECLARE_STAGE(make_recruitment);

namespace sarx::models {

std::vector<StageEntry> life_stages() {
    return {
        {.spec = {.name = "habits",
                  .phase = Phase::life,
                  .level = "0 life",
                  .about = "daily living: activity, absolute loads, protein and sleep; sets the stimuli anew",
                  .reads_previous = {column("muscle_force_ratio")},
                  .writes = {column("body_unloading_fraction"),
                             column("protein_intake_g_per_kg_day"),
                             column("amino_acid_stimulus"),
                             column("sleep_h_per_day"),
                             column("recovery_ratio"),
                             column("energy_balance_ratio"),
                             column("notch_inhibition_fraction"),
                             column("balance_training_h_per_week"),
                             column("unloading_fraction"),
                             column("axon_injury_rate_per_year"),
                             column("exercise_barred_fraction"),
                             column("task_practice_fraction"),
                             column("fast_practice_fraction"),
                             column("bout_count"),
                             column("bout_effort"),
                             column("bout_velocity"),
                             column("bout_volume"),
                             column("bout_tension"),
                             column("bout_order"),
                             column("metabolic_activity_ratio")}},
         SARX_STAGE_MAKERS(make_habits)},
        {.spec = {.name = "hormones",
                  .phase = Phase::life,
                  .level = "0 life",
                  .about = "testosterone, oestrogen, growth hormone and IGF-1 by age",
                  .writes = {column("testosterone_nmol_per_l"), column("androgen_ratio"), column("oestrogen_ratio"),
                             column("gh_igf1_ratio")}},
         SARX_STAGE_MAKERS(make_hormones)},
        {.spec = {.name = "conditions",
                  .phase = Phase::life,
                  .level = "0 life",
                  .about = "inflammation of age, chronic disease and its onset hazard, kidney function",
                  .reads_previous = {column("insulin_sensitivity")},
                  .writes = {column("inflammation"), column("disease_burden"), column("disease_control_fraction"),
                             column("egfr_ml_per_min"), column("chronic_disease_rate_per_year")},
                  .adds_to = {column("metabolic_activity_ratio")}},
         SARX_STAGE_MAKERS(make_conditions)},
        {.spec = {.name = "recruitment",
                  .level = "0 life",
                  .about = "what each bout asks of each motor unit, by the size principle",
                  .reads = {column("bout_count"), column("bout_effort"), column("bout_velocity"), column("bout_volume"),
                            column("bout_tension"), column("bout_order")},
                  .writes = {column("unit_drive"), column("unit_mechanical_stimulus")}},
         SARX_STAGE_MAKERS(make_recruitment)},
    };
}

}  // namespace sarx::models
