// Growth hormone: the effect of GH and IGF-1, 1 in youth, rises by k d, with the dose d [mg/day] and k [day/mg].
//
// 2.1 kg of lean mass (1.3 to 2.9), largely water, no strength (Liu 2007, doi:10.7326/0003-4819-146-2-200701160-00005).
// Domain: adults. Neglected: that the pituitary gives less where more is given; water is the affair of body_water.

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

struct GrowthHormoneTherapy : Intervention {
    static constexpr auto name = "growth_hormone_therapy";
    static constexpr auto about = "Recombinant growth hormone";

    Amount<"growth_hormone_mg_per_day"> mg_per_day{this,
                                                   {.unit = "mg/day",
                                                    .meaning = "recombinant growth hormone",
                                                    .high = 6.0,
                                                    .fallback = 1.0,
                                                    .source = "Liu 2007, doi:10.7326/0003-4819-146-2-200701160-00005"}};

    AddsTo<"gh_igf1_ratio"> gh_igf1{this};

    Parameter<"growth_hormone_therapy.igf1_ratio_per_mg"> rise_per_mg_per_day{this};

    void add_to(Recipient<GrowthHormoneTherapy> const& person) const {
        person(gh_igf1).add(person(mg_per_day) * person(rise_per_mg_per_day));
    }
};

}  // namespace

Kinds growth_hormone_therapy_kinds() { return kinds_of<GrowthHormoneTherapy>(); }

}  // namespace sarx::models
