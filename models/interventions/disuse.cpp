#include "models/interventions/disuse.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"

namespace sarx::models {

namespace {

std::vector<DoseField> unloading_dose(double fallback, std::string_view meaning, std::string_view source) {
    return {{.name = "unloading_fraction",
             .unit = "1",
             .meaning = meaning,
             .low = 0.0,
             .high = 1.0,
             .fallback = fallback,
             .source = source}};
}

}  // namespace

Confinement::Confinement(ParameterTable const& parameters, std::string const& mode)
    : muscle_share_(parameters.id(mode + ".muscle_share")),
      metabolic_loss_fraction_(parameters.id(mode + ".metabolic_loss_fraction")),
      energy_deficit_fraction_(parameters.id(mode + ".energy_deficit_fraction")),
      exercise_barred_share_(parameters.id(mode + ".exercise_barred_share")) {}

std::vector<ColumnId> Confinement::columns() {
    return columns_of(
        {barred_columns(),
         {column("unloading_fraction"), column("body_unloading_fraction"), column("balance_training_h_per_week"),
          column("metabolic_activity_ratio"), column("energy_balance_ratio")}});
}

void Confinement::add_to(Block& block, int lane, double unloading_fraction) const {
    double const barred = unloading_fraction * value(block, exercise_barred_share_, lane);
    for (int m = 0; m < block.muscle_count(); ++m) {
        double const felt = unloading_fraction * value(block, muscle_share_, lane, m);
        add_share(block.muscle(column("unloading_fraction"), m)[lane], felt);
        bar_exercise(block, lane, m, barred);
        scale_habits(block, lane, m, 1.0 - felt);
    }
    add_share(block.person(column("body_unloading_fraction"))[lane], unloading_fraction);
    multiply(block.person(column("balance_training_h_per_week"))[lane], -barred);
    multiply(block.person(column("metabolic_activity_ratio"))[lane],
             -unloading_fraction * value(block, metabolic_loss_fraction_, lane));
    multiply(block.person(column("energy_balance_ratio"))[lane],
             -unloading_fraction * value(block, energy_deficit_fraction_, lane));
}

BedRest::BedRest(ParameterTable const& parameters) : InterventionKind(parameters), bed_(parameters, "bed_rest") {}

KindSpec BedRest::spec() {
    return {.name = "bed_rest",
            .insult = true,
            .about = "Confinement to bed",
            .dose = unloading_dose(1.0, "share of normal loading that is lost, 1 = strict bed rest",
                                   "Kortebein 2007, doi:10.1001/jama.297.16.1772-b"),
            .adds_to = Confinement::columns()};
}

void BedRest::add_to(Block& block, int lane, Dose const& dose) const {
    if (acts(dose)) bed_.add_to(block, lane, dose.amounts[0]);
}

Microgravity::Microgravity(ParameterTable const& parameters)
    : InterventionKind(parameters), orbit_(parameters, "microgravity") {}

KindSpec Microgravity::spec() {
    return {.name = "microgravity",
            .insult = true,
            .about = "Weightlessness in orbit; exercise as a countermeasure is given beside it",
            .dose = unloading_dose(1.0, "share of weight that is gone (Moon: 0.83, Mars: 0.62)",
                                   "Gopalakrishnan 2010, doi:10.3357/asem.2583.2010"),
            .adds_to = Confinement::columns()};
}

void Microgravity::add_to(Block& block, int lane, Dose const& dose) const {
    if (acts(dose)) orbit_.add_to(block, lane, dose.amounts[0]);
}

KindSpec Immobilisation::spec() {
    return {.name = "immobilisation",
            .insult = true,
            .local = true,
            .about = "A limb in a cast, a sling or a brace",
            .dose = unloading_dose(1.0, "share of the limb's loading and movement that is lost",
                                   "de Boer 2007, doi:10.1113/jphysiol.2007.135392"),
            .adds_to = columns_of({barred_columns(), {column("unloading_fraction")}})};
}

void Immobilisation::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    double const felt = dose.amounts[0] * dose.side_share;
    for_each_treated(block, dose, [&](int m) {
        add_share(block.muscle(column("unloading_fraction"), m)[lane], felt);
        bar_exercise(block, lane, m, felt);
        scale_habits(block, lane, m, 1.0 - felt);
    });
}

Inactivity::Inactivity(ParameterTable const& parameters)
    : InterventionKind(parameters),
      muscle_share_(parameter("inactivity.muscle_share")),
      metabolic_loss_fraction_(parameter("inactivity.metabolic_loss_fraction")),
      unloading_share_(parameter("inactivity.unloading_share")) {}

KindSpec Inactivity::spec() {
    return {.name = "inactivity",
            .insult = true,
            .about = "Less daily activity than before, at home",
            .dose = {{.name = "activity_reduction_fraction",
                      .unit = "1",
                      .meaning = "share of habitual activity given up",
                      .low = 0.0,
                      .high = 1.0,
                      .fallback = 0.76,
                      .source = "Breen 2013: steps cut by 76 %"}},
            .adds_to = {column("unloading_fraction"), column("bout_volume"), column("body_unloading_fraction"),
                        column("metabolic_activity_ratio")}};
}

void Inactivity::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    double const given_up = dose.amounts[0];
    double const unloading = given_up * value(block, unloading_share_, lane);
    for (int m = 0; m < block.muscle_count(); ++m) {
        double const share = value(block, muscle_share_, lane, m);
        add_share(block.muscle(column("unloading_fraction"), m)[lane], unloading * share);
        scale_habits(block, lane, m, 1.0 - given_up * share);
    }
    add_share(block.person(column("body_unloading_fraction"))[lane], unloading);
    multiply(block.person(column("metabolic_activity_ratio"))[lane],
             -given_up * value(block, metabolic_loss_fraction_, lane));
}

}  // namespace sarx::models
