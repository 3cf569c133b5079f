#pragma once
// Oestrogen, taken away and given.
//
//   loss of the ovaries     o = min(o, 1 - f h)                  women only
//   therapy                 o += (1 - o)+ (1 - (1 - r)^d)
//
//   o oestrogen effect [1 = before menopause; men: 1], f share of ovarian oestrogen lost [0, 1], h share of the effect
//   that comes from the ovaries [0, 1]; d oestradiol by mouth [mg/day], r share of what is missing that 1 mg/day replaces
//
// After natural menopause there is nothing left to lose; where nothing is missing nothing is replaced. Hormone therapy
// spares 0.06 kg of lean mass, not significant (Javed 2019, doi:10.1001/jamanetworkopen.2019.10154). Lean mass falls from
// two years before to two years after the final period (Greendale 2019, doi:10.1172/jci.insight.124865). Neglected:
// progestogens, the way of application, what differs between drugs.

#include "sim/contract/expects.hpp"
#include "sim/contract/math.hpp"

namespace sarx::models {

/// Oestrogen effect that loss of a share of what the ovaries give leaves at most [1].
/// @param lost_fraction, ovarian_share [0, 1]
[[nodiscard]] constexpr double oestrogen_without_ovaries(double lost_fraction, double ovarian_share) noexcept {
    return 1.0 - lost_fraction * ovarian_share;
}

/// Share of what is missing that a dose replaces [0, 1): each mg takes its share of what the others leave.
/// @param mg_per_day >= 0   @param replaced_per_mg [0, 1)
[[nodiscard]] inline double oestrogen_share_replaced(double mg_per_day, double replaced_per_mg) {
    SARX_EXPECTS(replaced_per_mg >= 0.0 && replaced_per_mg < 1.0);
    return 1.0 - exp(mg_per_day * log(1.0 - replaced_per_mg));
}

/// Oestrogen effect once a share of what is missing to 1 is replaced; unchanged where nothing is missing.
/// @param share [0, 1]
[[nodiscard]] constexpr double oestrogen_replaced(double ratio, double share) noexcept {
    return ratio < 1.0 ? ratio + (1.0 - ratio) * share : ratio;
}

}  // namespace sarx::models
