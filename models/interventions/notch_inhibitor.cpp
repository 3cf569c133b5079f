// HYPOTHETICAL: a drug that lowers Notch signalling in muscle (a gamma-secretase inhibitor). It blocks a share of what
// Notch there is; shares of several combine as independent blocks.
//
// In human muscle cells grown in weightlessness and in mice without MFN2, contacts between endoplasmic reticulum and
// mitochondria fail, Notch rises and differentiation falters; the inhibitor DAPT partly repairs it (Ito 2024,
// doi:10.7554/eLife.89381). Nobody has tried it in ageing people. Neglected: such drugs harm the gut and the skin.

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

struct NotchInhibitor : Intervention {
    static constexpr auto name = "notch_inhibitor";
    static constexpr auto about = "Blocks Notch signalling in muscle; cells and mice only";
    static constexpr bool hypothetical = true;

    Amount<"inhibition_fraction"> inhibition{this,
                                             {.unit = "1",
                                              .meaning = "share of Notch signalling blocked",
                                              .high = 1.0,
                                              .fallback = 0.5,
                                              .source = "Ito 2024, doi:10.7554/eLife.89381"}};

    AddsTo<"notch_inhibition_fraction"> inhibited{this};

    void add_to(Recipient<NotchInhibitor> const& person) const { person(inhibited).add_share(person(inhibition)); }
};

}  // namespace

Kinds notch_inhibitor_kinds() { return kinds_of<NotchInhibitor>(); }

}  // namespace sarx::models
