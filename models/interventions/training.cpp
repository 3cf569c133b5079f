#include "models/interventions/training.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"
#include "sim/contract/math.hpp"

namespace sarx::models {

namespace {

std::vector<DoseField> training_dose(double intensity_fraction, double minutes_per_session) {
    return {{.name = "sessions_per_week",
             .unit = "1/week",
             .meaning = "sessions a week",
             .low = 0.0,
             .high = 14.0,
             .fallback = 2.0},
            {.name = "intensity_fraction",
             .unit = "1",
             .meaning = "intensity as a share of the person's maximum",
             .low = 0.0,
             .high = 1.0,
             .fallback = intensity_fraction},
            {.name = "minutes_per_session",
             .unit = "min",
             .meaning = "length of a session",
             .low = 0.0,
             .high = 240.0,
             .fallback = minutes_per_session}};
}

Regimen regimen_of(Dose const& dose) {
    return {.sessions_per_week = dose.amounts[0],
            .intensity_fraction = dose.amounts[1],
            .hours_per_session = dose.amounts[2] / 60.0};
}

/// Share of the exercise that illness, bed or a cast leaves possible, over the muscles of the dose.
double possible_share(Block const& block, int lane, Dose const& dose) {
    double sum = 0.0;
    int muscles = 0;
    for_each_treated(block, dose, [&](int m) {
        sum += 1.0 - static_cast<double>(block.muscle(column("exercise_barred_fraction"), m)[lane]);
        ++muscles;
    });
    return muscles == 0 ? 0.0 : sum / muscles;
}

}  // namespace

double practice_share(double sessions_per_week, double practice_per_session) noexcept {
    return 1.0 - exp(-practice_per_session * sessions_per_week);
}

Exercise::Exercise(ParameterTable const& parameters, std::string const& mode)
    : effort_at_maximum_(parameters.id(mode + ".effort_at_maximum")),
      ballistic_share_(parameters.id(mode + ".ballistic_share")),
      volume_per_weekly_hour_(parameters.id(mode + ".volume_per_weekly_hour")),
      tension_at_maximum_(parameters.id(mode + ".tension_at_maximum")),
      reach_(parameters.id(mode + ".reach")),
      met_at_maximum_(parameters.id(mode + ".met_at_maximum")),
      practice_per_session_(parameters.id(mode + ".practice_per_session")),
      balance_share_(parameters.id(mode + ".balance_share")),
      metabolic_per_met_h_per_week_(parameters.id("exercise.metabolic_per_met_h_per_week")) {}

std::vector<ColumnId> Exercise::columns() {
    return columns_of({bout_columns(),
                       {column("task_practice_fraction"), column("fast_practice_fraction"),
                        column("metabolic_activity_ratio"), column("balance_training_h_per_week")}});
}

void Exercise::add_to(Block& block, int lane, Dose const& dose, Regimen const& regimen) const {
    double const hours_per_week = regimen.sessions_per_week * regimen.hours_per_session;
    if (!(hours_per_week > 0.0) || !(regimen.intensity_fraction > 0.0)) return;
    double const ballistic = value(block, ballistic_share_, lane);
    double const learnt = practice_share(regimen.sessions_per_week, value(block, practice_per_session_, lane));
    for_each_treated(block, dose, [&](int m) {
        double const possible = 1.0 - static_cast<double>(block.muscle(column("exercise_barred_fraction"), m)[lane]);
        double const reach = value(block, reach_, lane, m) * possible * dose.side_share;
        double const volume = hours_per_week * value(block, volume_per_weekly_hour_, lane) * reach;
        add_bout(block, lane, m,
                 {.effort = static_cast<float>(value(block, effort_at_maximum_, lane) * regimen.intensity_fraction),
                  .velocity = static_cast<float>(ballistic),
                  .volume = static_cast<float>(volume),
                  .tension = static_cast<float>(value(block, tension_at_maximum_, lane) * regimen.intensity_fraction)});
        double const practice = reach * learnt;
        add_share(block.muscle(column("task_practice_fraction"), m)[lane], practice);
        add_share(block.muscle(column("fast_practice_fraction"), m)[lane], practice * ballistic);
    });
    double const done_h_per_week = hours_per_week * possible_share(block, lane, dose);
    add_amount(block.person(column("metabolic_activity_ratio"))[lane],
               done_h_per_week * met_above_rest(regimen.intensity_fraction, value(block, met_at_maximum_, lane)) *
                   value(block, metabolic_per_met_h_per_week_, lane));
    add_amount(block.person(column("balance_training_h_per_week"))[lane],
               done_h_per_week * value(block, balance_share_, lane));
}

SingleMode::SingleMode(ParameterTable const& parameters, std::string const& mode)
    : InterventionKind(parameters), exercise_(parameters, mode) {}

void SingleMode::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    exercise_.add_to(block, lane, dose, regimen_of(dose));
}

ResistanceTraining::ResistanceTraining(ParameterTable const& parameters)
    : SingleMode(parameters, "resistance_training") {}

KindSpec ResistanceTraining::spec() {
    return {.name = "resistance_training",
            .local = true,
            .about = "Heavy loads moved with control, two or three times a week",
            .dose = training_dose(0.75, 45.0),
            .adds_to = Exercise::columns()};
}

PowerTraining::PowerTraining(ParameterTable const& parameters) : SingleMode(parameters, "power_training") {}

KindSpec PowerTraining::spec() {
    return {.name = "power_training",
            .local = true,
            .about = "Moderate to heavy loads moved as fast as possible",
            .dose = training_dose(0.6, 45.0),
            .adds_to = Exercise::columns()};
}

EnduranceTraining::EnduranceTraining(ParameterTable const& parameters) : SingleMode(parameters, "endurance_training") {}

KindSpec EnduranceTraining::spec() {
    return {.name = "endurance_training",
            .about = "Cycling, rowing or brisk walking at a share of maximal aerobic power",
            .dose = training_dose(0.65, 45.0),
            .adds_to = Exercise::columns()};
}

LowEffortActivity::LowEffortActivity(ParameterTable const& parameters)
    : SingleMode(parameters, "low_effort_activity") {}

KindSpec LowEffortActivity::spec() {
    return {.name = "low_effort_activity",
            .about = "Added walking and light movement",
            .dose = training_dose(0.25, 30.0),
            .adds_to = Exercise::columns()};
}

CombinedTraining::CombinedTraining(ParameterTable const& parameters)
    : InterventionKind(parameters),
      resistance_(parameters, "resistance_training"),
      endurance_(parameters, "endurance_training"),
      resistance_share_(parameter("combined_training.resistance_share")),
      balance_share_(parameter("combined_training.balance_share")) {}

KindSpec CombinedTraining::spec() {
    return {.name = "combined_training",
            .about = "Resistance, endurance and balance in one session (multicomponent training)",
            .dose = training_dose(0.7, 60.0),
            .adds_to = Exercise::columns()};
}

void CombinedTraining::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    Regimen const whole = regimen_of(dose);
    double const balance_share = value(block, balance_share_, lane);
    double const resistance_share = (1.0 - balance_share) * value(block, resistance_share_, lane);
    double const endurance_share = (1.0 - balance_share) - resistance_share;
    Regimen part = whole;
    part.hours_per_session = whole.hours_per_session * resistance_share;
    resistance_.add_to(block, lane, dose, part);
    part.hours_per_session = whole.hours_per_session * endurance_share;
    endurance_.add_to(block, lane, dose, part);
    add_amount(block.person(column("balance_training_h_per_week"))[lane],
               whole.sessions_per_week * whole.hours_per_session * balance_share * possible_share(block, lane, dose));
}

}  // namespace sarx::models
