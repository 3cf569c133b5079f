#include "models/interventions/nerve_injury.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"
#include "sim/contract/math.hpp"

namespace sarx::models {

namespace {
constexpr double years_per_week = 7.0 / 365.25;
}

double injury_rate_per_year(double fraction, double within_years) noexcept {
    return -log(1.0 - fraction) / within_years;
}

KindSpec NerveInjury::spec() {
    return {.name = "nerve_injury",
            .insult = true,
            .local = true,
            .about = "Loss of part of the axons to chosen muscles: compression, trauma, surgery",
            .dose = {{.name = "axons_lost_fraction",
                      .unit = "1",
                      .meaning = "share of the axons that are lost",
                      .low = 0.0,
                      .high = 0.95,
                      .fallback = 0.3},
                     {.name = "within_weeks",
                      .unit = "week",
                      .meaning = "time over which they are lost",
                      .low = 1.0,
                      .high = 520.0,
                      .fallback = 4.0}},
            .adds_to = {column("axon_injury_rate_per_year")}};
}

void NerveInjury::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    double const within_years = dose.amounts[1] * years_per_week;
    if (dose.years_since_start >= within_years) return;
    double const rate = injury_rate_per_year(dose.amounts[0] * dose.side_share, within_years);
    for_each_treated(block, dose,
                     [&](int m) { add_amount(block.muscle(column("axon_injury_rate_per_year"), m)[lane], rate); });
}

}  // namespace sarx::models
