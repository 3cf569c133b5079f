#include "models/interventions/sleep.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"

namespace sarx::models {

Sleep::Sleep(ParameterTable const& parameters)
    : InterventionKind(parameters),
      enough_h_per_day_(parameter("sleep.enough_h_per_day")),
      recovery_gain_per_h_(parameter("sleep.recovery_gain_per_h")) {}

KindSpec Sleep::spec() {
    return {.name = "sleep",
            .about = "Longer sleep for those who sleep too little",
            .dose = {{.name = "added_sleep_h_per_day",
                      .unit = "h/day",
                      .meaning = "sleep on top of habit",
                      .low = 0.0,
                      .high = 6.0,
                      .fallback = 1.0,
                      .source = "Lamon 2021, doi:10.14814/phy2.14660"}},
            .adds_to = {column("sleep_h_per_day"), column("recovery_ratio")}};
}

void Sleep::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    float& sleep_h_per_day = block.person(column("sleep_h_per_day"))[lane];
    double const regained = missing_sleep_regained(dose.amounts[0], static_cast<double>(sleep_h_per_day),
                                                   value(block, enough_h_per_day_, lane));
    multiply(block.person(column("recovery_ratio"))[lane], regained * value(block, recovery_gain_per_h_, lane));
    add_amount(sleep_h_per_day, dose.amounts[0]);
}

}  // namespace sarx::models
