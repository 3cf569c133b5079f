#pragma once
// Sleep, for those who have too little of it.
//
//   regained = min(added, (enough - habitual)+)          [h/day]
//   recovery *= 1 + g regained                           [1 at enough sleep]
//
//   added, habitual, enough [h/day]; g gain of recovery for an hour regained [day/h]
//
// One night without sleep lowers muscle protein synthesis by 18 % in young adults (Lamon 2021,
// doi:10.14814/phy2.14660); that longer sleep gives muscle back to short sleepers is an inference, not a trial. Domain:
// adults. Neglected: the quality of sleep, debt from night to night, sleep beyond enough.

#include "sim/contract/math.hpp"

namespace sarx::models {

/// Hours of added sleep that were missing [h/day]: none for someone who sleeps enough.
/// @param added, habitual, enough >= 0 [h/day]
[[nodiscard]] constexpr double missing_sleep_regained(double added, double habitual, double enough) noexcept {
    return min(added, max(enough - habitual, 0.0));
}

}  // namespace sarx::models
