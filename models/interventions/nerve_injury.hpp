#pragma once
// Injury of the nerves to chosen muscles: axons are lost at a constant rate until the stated share is gone,
//
//   rate = -ln(1 - f s) / T        [1/year]   for a time T, and none after that
//
//   f share of the axons that are lost [0, 0.95], s 0.5 where one side is injured, else 1; T [year]
//
// By definition of the dose. Cut axons die back within one to two weeks; the neighbours that live sprout into the
// orphaned fibres within months, which is the affair of the stages. Neglected: axons that grow back, injury that spares
// large or small axons.

#include "sim/contract/expects.hpp"
#include "sim/contract/math.hpp"

namespace sarx::models {

/// Rate at which a share of the axons is lost within a time [1/year].
/// @param fraction [0, 1)   @param within_years > 0
[[nodiscard]] inline double injury_rate_per_year(double fraction, double within_years) {
    SARX_EXPECTS(fraction >= 0.0 && fraction < 1.0 && within_years > 0.0);
    return -log(1.0 - fraction) / within_years;
}

}  // namespace sarx::models
