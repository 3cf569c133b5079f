#include "models/interventions/notch_inhibitor.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"

namespace sarx::models {

KindSpec NotchInhibitor::spec() {
    return {.name = "notch_inhibitor",
            .hypothetical = true,
            .about = "Blocks Notch signalling in muscle; cells and mice only",
            .dose = {{.name = "inhibition_fraction",
                      .unit = "1",
                      .meaning = "share of Notch signalling blocked",
                      .low = 0.0,
                      .high = 1.0,
                      .fallback = 0.5,
                      .source = "Ito 2024, doi:10.7554/eLife.89381"}},
            .adds_to = {column("notch_inhibition_fraction")}};
}

void NotchInhibitor::add_to(Block& block, int lane, Dose const& dose) const {
    if (acts(dose)) add_share(block.person(column("notch_inhibition_fraction"))[lane], dose.amounts[0]);
}

}  // namespace sarx::models
