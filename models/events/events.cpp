#include "models/events/events.hpp"

namespace sarx::models {

std::span<EventSpec const> events() {
    static constexpr EventSpec table[] = {
        {.name = "death",
         .meaning = "death",
         .occurs = Occurs::once,
         .rate_per_year = column("death_rate_per_year"),
         .is_death = true},
        {.name = "chronic_disease",
         .meaning = "onset of a chronic metabolic or inflammatory disease",
         .occurs = Occurs::once,
         .rate_per_year = column("chronic_disease_rate_per_year"),
         .sets = column("chronic_disease")},
        {.name = "fall",
         .meaning = "a fall",
         .occurs = Occurs::recurrent,
         .rate_per_year = column("fall_rate_per_year"),
         .sets = column("falls_count"),
         .counts_last_year = column("falls_last_year")},
        {.name = "fracture",
         .meaning = "a fall that breaks a bone",
         .occurs = Occurs::follows,
         .parent = "fall",
         .probability = column("fracture_probability_per_fall"),
         .sets = column("fractures_count"),
         .counts_last_year = column("fractures_last_year")},
        {.name = "hospital_stay",
         .meaning = "admission to hospital",
         .occurs = Occurs::recurrent,
         .rate_per_year = column("hospital_rate_per_year"),
         .sets = column("hospital_stays_count"),
         .counts_last_year = column("hospital_stays_last_year")},
        {.name = "sarcopenia_diagnosis",
         .meaning = "sarcopenia confirmed for the first time (EWGSOP2)",
         .occurs = Occurs::crossing,
         .crosses = column("sarcopenia_ewgsop2"),
         .crosses_at = 2.0F},
        {.name = "disability_onset",
         .meaning = "help needed in daily living for the first time",
         .occurs = Occurs::crossing,
         .crosses = column("disability"),
         .crosses_at = 1.0F},
    };
    return table;
}

std::span<StandingDelivery const> standing_deliveries() {
    static StandingDelivery const table[] = {
        {.event = "hospital_stay",
         .kind = "bed_rest",
         .amount_parameter = "hospital.stay_unloading_fraction",
         .duration_median_days_parameter = "hospital.stay_median_days",
         .duration_sd_log_parameter = "hospital.stay_sd_log",
         .longest_days = 60.0},
        {.event = "hospital_stay",
         .kind = "acute_illness",
         .amount_parameter = "hospital.stay_illness_severity",
         .duration_median_days_parameter = "hospital.stay_median_days",
         .duration_sd_log_parameter = "hospital.stay_sd_log",
         .longest_days = 60.0},
        {.event = "hospital_stay",
         .kind = "inactivity",
         .amount_parameter = "hospital.convalescence_reduction_fraction",
         .duration_median_days_parameter = "hospital.convalescence_median_days",
         .duration_sd_log_parameter = "hospital.convalescence_sd_log",
         .longest_days = 365.0},
        {.event = "fracture",
         .kind = "bed_rest",
         .amount_parameter = "fracture.rest_unloading_fraction",
         .duration_median_days_parameter = "fracture.rest_median_days",
         .duration_sd_log_parameter = "fracture.rest_sd_log",
         .longest_days = 90.0},
    };
    return table;
}

std::span<BurdenSpec const> burdens() {
    static constexpr BurdenSpec table[] = {{"sarcopenia", column("sarcopenia_ewgsop2"), 2.0F},
                                           {"disability", column("disability"), 1.0F}};
    return table;
}

}  // namespace sarx::models
