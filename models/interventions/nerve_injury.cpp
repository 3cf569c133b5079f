#include "models/interventions/nerve_injury.hpp"

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

constexpr double years_per_week = 7.0 / 365.25;

struct NerveInjury : Insult {
    static constexpr auto name = "nerve_injury";
    static constexpr auto about = "Loss of part of the axons to chosen muscles: compression, trauma, surgery";
    static constexpr bool local = true;

    Amount<"axons_lost_fraction"> lost_fraction{
        this, {.unit = "1", .meaning = "share of the axons that are lost", .high = 0.95, .fallback = 0.3}};
    Amount<"within_weeks"> within_weeks{
        this, {.unit = "week", .meaning = "time over which they are lost", .low = 1.0, .high = 520.0, .fallback = 4.0}};

    AddsTo<"axon_injury_rate_per_year"> rate_per_year{this};

    void add_to(Recipient<NerveInjury> const& person) const {
        double const within_years = person(within_weeks) * years_per_week;
        if (person.years_since_start >= within_years) return;
        double const rate = injury_rate_per_year(person(lost_fraction) * person.side_share, within_years);
        person.each_muscle([&](auto const& muscle) { muscle(rate_per_year).add(rate); });
    }
};

}  // namespace

Kinds nerve_injury_kinds() { return kinds_of<NerveInjury>(); }

}  // namespace sarx::models
