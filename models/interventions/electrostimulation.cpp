#include "models/interventions/electrostimulation.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"

namespace sarx::models {

Electrostimulation::Electrostimulation(ParameterTable const& parameters)
    : InterventionKind(parameters),
      volume_per_weekly_hour_(parameter("electrostimulation.volume_per_weekly_hour")),
      tension_at_maximum_(parameter("electrostimulation.tension_at_maximum")) {}

KindSpec Electrostimulation::spec() {
    return {.name = "electrostimulation",
            .local = true,
            .about = "Neuromuscular electrical stimulation of chosen muscles",
            .dose = {{.name = "sessions_per_week",
                      .unit = "1/week",
                      .meaning = "sessions a week",
                      .low = 0.0,
                      .high = 21.0,
                      .fallback = 3.0,
                      .source = "Kern 2014, doi:10.3389/fnagi.2014.00189"},
                     {.name = "intensity_fraction",
                      .unit = "1",
                      .meaning = "evoked torque over maximal voluntary torque",
                      .low = 0.0,
                      .high = 1.0,
                      .fallback = 0.4,
                      .source = "Kern 2014, doi:10.3389/fnagi.2014.00189"},
                     {.name = "minutes_per_session",
                      .unit = "min",
                      .meaning = "length of a session",
                      .low = 0.0,
                      .high = 240.0,
                      .fallback = 30.0,
                      .source = "Kern 2014, doi:10.3389/fnagi.2014.00189"}},
            .adds_to = bout_columns()};
}

void Electrostimulation::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    double const hours_per_week = dose.amounts[0] * dose.amounts[2] / 60.0;
    double const intensity = dose.amounts[1];
    double const volume = hours_per_week * value(block, volume_per_weekly_hour_, lane) * dose.side_share;
    double const tension = intensity * value(block, tension_at_maximum_, lane);
    for_each_treated(block, dose, [&](int m) {
        add_bout(block, lane, m,
                 {.effort = static_cast<float>(intensity),
                  .velocity = 0.0F,
                  .volume = static_cast<float>(volume),
                  .tension = static_cast<float>(tension),
                  .order = 0.0F});
    });
}

}  // namespace sarx::models
