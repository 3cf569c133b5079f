#pragma once
// HYPOTHETICAL: a drug that lowers Notch signalling in muscle (a gamma-secretase inhibitor). In human muscle cells
// grown in weightlessness and in mice without MFN2, contacts between endoplasmic reticulum and mitochondria fail,
// Notch rises and differentiation falters; the inhibitor DAPT partly repairs it (Ito 2024,
// doi:10.7554/eLife.89381). Nobody has tried it in ageing people, and such drugs harm the gut and the skin.

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Dose: inhibition_fraction, the share of Notch signalling blocked.
class NotchInhibitor final : public InterventionKind {
public:
    using InterventionKind::InterventionKind;
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;
};

}  // namespace sarx::models
