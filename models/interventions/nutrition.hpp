#pragma once
// Food: protein, amino acids, and too little of it.
//
//   protein += added                                 [g/kg/day]
//   amino acids += S d / (d + d_half)                added synthesis as a share [1]
//   energy, protein *= 1 - deficit                   both alike [1]
//
//   d HMB, or its equivalent in essential amino acids [g/day]; S largest stimulus [1], d_half dose with half of it [g/day]
//
// What is known in people: protein on top of resistance training adds 0.3 kg (0.09 to 0.52) of fat-free mass, up
// to a total intake of 1.62 g/kg/day (Morton 2018, doi:10.1136/bjsports-2017-097608). HMB, 3 g/day, adds about
// 0.35 kg in people over 65 (Wu 2015) and spared lean mass in ten days of bed rest in one small trial paid for by
// its maker (Deutz 2013, doi:10.1016/j.clnu.2013.02.011). Domain: adults. Neglected: when in the day protein is eaten,
// its source. How synthesis answers to intake, and how that answer dulls with age, belongs to the stage of fibre size.

#include "sim/contract/expects.hpp"

namespace sarx::models {

/// Response that saturates: largest * dose / (dose + half_dose); same unit as `largest`.
/// @param dose >= 0   @param half_dose > 0 in the unit of the dose
[[nodiscard]] constexpr double saturating(double dose, double largest, double half_dose) {
    SARX_EXPECTS(dose >= 0.0 && half_dose > 0.0);
    return largest * dose / (dose + half_dose);
}

}  // namespace sarx::models
