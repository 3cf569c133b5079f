#include "models/6_outcomes/outcomes.hpp"

#include "models/5_function/body_composition.hpp"
#include "models/6_outcomes/mortality.hpp"

namespace sarx::models {

std::span<EventSpec const> events() {
    static constexpr EventSpec table[] = {
        {.name = "death",
         .meaning = "death",
         .occurs = Occurs::once,
         .rate_per_year = column("death_rate_per_year"),
         .parent = {},
         .probability = {},
         .crosses = {},
         .sets = {},
         .is_death = true},
        {.name = "chronic_disease",
         .meaning = "onset of a chronic metabolic or inflammatory disease",
         .occurs = Occurs::once,
         .rate_per_year = column("chronic_disease_rate_per_year"),
         .parent = {},
         .probability = {},
         .crosses = {},
         .sets = column("chronic_disease")},
        {.name = "fall",
         .meaning = "a fall",
         .occurs = Occurs::recurrent,
         .rate_per_year = column("fall_rate_per_year"),
         .parent = {},
         .probability = {},
         .crosses = {},
         .sets = column("falls_count")},
        {.name = "fracture",
         .meaning = "a fall that breaks a bone",
         .occurs = Occurs::follows,
         .rate_per_year = {},
         .parent = "fall",
         .probability = column("fracture_probability_per_fall"),
         .crosses = {},
         .sets = column("fractures_count")},
        {.name = "hospital_stay",
         .meaning = "admission to hospital",
         .occurs = Occurs::recurrent,
         .rate_per_year = column("hospital_rate_per_year"),
         .parent = {},
         .probability = {},
         .crosses = {},
         .sets = column("hospital_stays_count")},
        {.name = "sarcopenia_diagnosis",
         .meaning = "sarcopenia confirmed for the first time (EWGSOP2)",
         .occurs = Occurs::crossing,
         .rate_per_year = {},
         .parent = {},
         .probability = {},
         .crosses = column("sarcopenia_ewgsop2"),
         .crosses_at = 2.0F,
         .sets = {}},
        {.name = "disability_onset",
         .meaning = "help needed in daily living for the first time",
         .occurs = Occurs::crossing,
         .rate_per_year = {},
         .parent = {},
         .probability = {},
         .crosses = column("disability"),
         .crosses_at = 1.0F,
         .sets = {}},
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

std::span<GivenSpec const> given() {
    static constexpr GivenSpec table[] = {
        {.name = "height_cm",
         .unit = "cm",
         .low = 120.0,
         .high = 220.0,
         .use = GivenSpec::Use::parameter,
         .parameter = "people.height_cm",
         .column = column("height_cm")},
        {.name = "mass_kg",
         .unit = "kg",
         .low = 25.0,
         .high = 350.0,
         .use = GivenSpec::Use::at_entry,
         .parameter = {},
         .column = column("body_mass_kg")},
        {.name = "grip_strength_kg",
         .unit = "kg",
         .low = 1.0,
         .high = 120.0,
         .use = GivenSpec::Use::likelihood,
         .parameter = "measures.grip_strength_cv",
         .column = column("grip_strength_kg")},
    };
    return table;
}

std::span<BurdenSpec const> burdens() {
    static constexpr BurdenSpec table[] = {{"sarcopenia", column("sarcopenia_ewgsop2"), 2.0F},
                                           {"disability", column("disability"), 1.0F}};
    return table;
}

void enter(Block& block, EntryInfo const& entry, ParameterTable const& parameters) {
    int const lane = entry.lane;
    auto const value = [&](std::string_view path) {
        return static_cast<double>(block.parameter(parameters.id(path))[lane]);
    };
    float& frailty = block.person(column("mortality_frailty_ratio"))[lane];
    frailty = static_cast<float>(static_cast<double>(frailty) *
                                 survivors_frailty_ratio(entry.cumulative_hazard, value("mortality.frailty_shape")));

    auto const specs = given();
    for (std::size_t i = 0; i < specs.size() && i < entry.given.size(); ++i) {
        if (specs[i].use != GivenSpec::Use::at_entry || !entry.given[i]) continue;
        // The mass that the muscles do not explain is fat; it keeps its ratio to the fat of that age from then on.
        auto const now = [&](ColumnId c) { return static_cast<double>(block.person(c)[lane]); };
        double const axial_kg =
            axial_lean_mass_kg(now(column("youth_lean_mass_kg")), value("body_composition.appendicular_lean_fraction"));
        double const expected_kg = value("body_composition.youth_fat_mass_kg") *
                                   fat_of_age_ratio(entry.age_years, value("body_composition.fat_gain_per_year"),
                                                    value("body_composition.fat_gain_until_years"),
                                                    value("body_composition.fat_loss_per_year"),
                                                    value("body_composition.fat_loss_from_years"));
        // Fat brings a little lean mass with it, which changes as fat does.
        double const lean_per_kg_fat = value("body_composition.lean_per_kg_fat");
        double const fat_free_kg =
            now(column("appendicular_lean_mass_kg")) + axial_kg - lean_per_kg_fat * now(column("fat_mass_kg"));
        double const fat_kg = (*entry.given[i] - fat_free_kg) / (1.0 + lean_per_kg_fat);
        double const fat_ratio = min(max(fat_kg / expected_kg, 0.15), 6.0);
        block.person(column("fat_ratio"))[lane] = static_cast<float>(fat_ratio);
        block.person(column("fat_mass_kg"))[lane] = static_cast<float>(expected_kg * fat_ratio);
        block.person(column("body_mass_kg"))[lane] =
            static_cast<float>(expected_kg * fat_ratio * (1.0 + lean_per_kg_fat) + fat_free_kg);
    }
}

}  // namespace sarx::models
