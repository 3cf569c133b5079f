#pragma once
// Injury of the nerves to chosen muscles: axons are lost at a constant rate until the stated share is gone,
//
//   rate = -ln(1 - axons_lost_fraction * side share) / within      [1/year]
//
// and no more after that. Cut axons die back within one to two weeks; the neighbours that live sprout into the
// orphaned fibres within months.

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Insult, local. Dose: axons_lost_fraction, within_weeks. Give it `until: {after: <within_weeks>}`.
class NerveInjury final : public InterventionKind {
public:
    using InterventionKind::InterventionKind;
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;
};

/// Rate at which a share of the axons is lost within a time [1/year]; 0 <= fraction < 1, within_years > 0.
[[nodiscard]] double injury_rate_per_year(double fraction, double within_years) noexcept;

}  // namespace sarx::models
