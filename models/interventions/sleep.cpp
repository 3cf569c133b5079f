#include "models/interventions/sleep.hpp"

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

struct Sleep : Intervention {
    static constexpr auto name = "sleep";
    static constexpr auto about = "Longer sleep for those who sleep too little";

    Amount<"added_sleep_h_per_day"> added_h_per_day{this,
                                                    {.unit = "h/day",
                                                     .meaning = "sleep on top of habit",
                                                     .high = 6.0,
                                                     .fallback = 1.0,
                                                     .source = "Lamon 2021, doi:10.14814/phy2.14660"}};

    AddsTo<"sleep_h_per_day"> sleep_h_per_day{this};
    AddsTo<"recovery_ratio"> recovery{this};

    Parameter<"sleep.enough_h_per_day"> enough_h_per_day{this};
    Parameter<"sleep.recovery_gain_per_h"> recovery_gain_per_h{this};

    void add_to(Recipient<Sleep> const& person) const {
        double const regained =
            missing_sleep_regained(person(added_h_per_day), person(sleep_h_per_day), person(enough_h_per_day));
        person(recovery).change_by(regained * person(recovery_gain_per_h));
        person(sleep_h_per_day).add(person(added_h_per_day));
    }
};

}  // namespace

Kinds sleep_kinds() { return kinds_of<Sleep>(); }

}  // namespace sarx::models
