#include "models/people/given.hpp"

#include "models/5_function/body_composition.hpp"
#include "models/6_outcomes/ill_health.hpp"

namespace sarx::models {

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
         .called_weight = true,
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

namespace {

/// The mass that a person was given at entry: what their muscles do not explain is fat, which keeps its ratio to the
/// fat of that age from then on; a fatter body has more lean mass too, since youth (lean_mass_of_fatness_kg).
template <class Value>
void enter_with_mass(Block& block, int lane, double age_years, double mass_kg, Value const& value) {
    auto const column_of = [&](ColumnId c) -> float& { return block.person(c)[lane]; };
    auto const now = [&](ColumnId c) { return static_cast<double>(column_of(c)); };
    double const share = value("body_composition.appendicular_lean_fraction");
    double const lean_per_log_fat_kg = value("body_composition.lean_per_log_fat_kg");
    double const lean_per_kg_fat = value("body_composition.lean_per_kg_fat");
    double const age_ratio = fat_of_age_ratio(
        age_years, value("body_composition.fat_gain_per_year"), value("body_composition.fat_gain_until_years"),
        value("body_composition.fat_loss_per_year"), value("body_composition.fat_loss_from_years"));
    double const expected_kg = fat_of_age_kg(value("body_composition.youth_fat_mass_kg"),
                                             value("body_composition.usual_youth_fat_mass_kg"), age_ratio);
    double const youth_lean_kg = now(column("youth_lean_mass_kg"));
    double const fat_before_kg = now(column("fat_mass_kg"));
    auto const lean_of_fat_kg = [&](double fat_kg) {
        return lean_mass_of_fat_kg(fat_kg, value("body_composition.youth_fat_mass_kg"), lean_per_kg_fat);
    };
    double const kept = (now(column("appendicular_lean_mass_kg")) - lean_of_fat_kg(fat_before_kg)) / youth_lean_kg;

    struct Body {
        double fat_kg, youth_lean_kg, appendicular_lean_kg, mass_kg;
    };
    auto const body = [&](double fat_ratio) {
        Body b{};
        b.fat_kg = expected_kg * fat_ratio;
        b.youth_lean_kg =
            max(youth_lean_kg + lean_mass_of_fatness_kg(b.fat_kg, fat_before_kg, lean_per_log_fat_kg, share),
                0.5 * youth_lean_kg);
        b.appendicular_lean_kg = kept * b.youth_lean_kg + lean_of_fat_kg(b.fat_kg);
        b.mass_kg = b.fat_kg + b.appendicular_lean_kg + axial_lean_mass_kg(b.youth_lean_kg, share);
        return b;
    };
    // Beyond what energy does, as fat_after() has it: what was measured counts, down to hardly any fat and up to more than
    // any mass in bounds takes.
    double low = 0.02;
    double high = 60.0;
    for (int i = 0; i < 50; ++i) {
        double const middle = 0.5 * (low + high);
        (body(middle).mass_kg < mass_kg ? low : high) = middle;
    }
    double const fat_ratio = 0.5 * (low + high);
    Body const b = body(fat_ratio);
    double const height_m = 0.01 * now(column("height_cm"));
    column_of(column("fat_ratio")) = static_cast<float>(fat_ratio);
    column_of(column("fat_mass_kg")) = static_cast<float>(b.fat_kg);
    column_of(column("youth_lean_mass_kg")) = static_cast<float>(b.youth_lean_kg);
    column_of(column("appendicular_lean_mass_kg")) = static_cast<float>(b.appendicular_lean_kg);
    column_of(column("alm_index_kg_per_m2")) = static_cast<float>(b.appendicular_lean_kg / (height_m * height_m));
    column_of(column("body_mass_kg")) = static_cast<float>(b.mass_kg);
}

}  // namespace

void enter(Block& block, EntryInfo const& entry, ParameterTable const& parameters) {
    int const lane = entry.lane;
    auto const value = [&](std::string_view path) {
        return static_cast<double>(block.parameter(parameters.id(path))[lane]);
    };
    float& frailty = block.person(column("mortality_frailty_ratio"))[lane];
    frailty = static_cast<float>(static_cast<double>(frailty) *
                                 survivors_frailty_ratio(entry.cumulative_hazard, value("mortality.frailty_shape")));

    auto const specs = given();
    for (std::size_t i = 0; i < specs.size() && i < entry.given.size(); ++i)
        if (specs[i].use == GivenSpec::Use::at_entry && entry.given[i])
            enter_with_mass(block, lane, entry.age_years, *entry.given[i], value);
}

}  // namespace sarx::models
