#pragma once
// Four consensus definitions of sarcopenia. Cut-offs are definitions, strict or not as printed.
//
//   EWGSOP2   doi:10.1093/ageing/afy169          weak (grip < 27 / 16 kg or five rises > 15 s): probable;
//                                                with ALM / height^2 < 7.0 / 5.5 kg/m2: confirmed;
//                                                with gait <= 0.8 m/s or SPPB <= 8: severe
//   AWGS 2019 doi:10.1016/j.jamda.2019.12.012    weak (< 28 / 18 kg) or five rises >= 12 s: possible; ALM index
//                                                < 7.0 / 5.4 with weak or poor performance (gait < 1.0 m/s, rises,
//                                                SPPB <= 9): confirmed; with both: severe
//   FNIH      doi:10.1093/gerona/glu010          grip < 26 / 16 kg and ALM / BMI < 0.789 / 0.512 m2
//   SDOC      doi:10.1111/jgs.16372              grip < 35.5 / 20 kg and gait < 0.8 m/s

#include "models/relaxation.hpp"

namespace sarx::models {

/// 0 none, 1 probable, 2 confirmed, 3 severe.
template <class V>
SARX_EQUATION V ewgsop2_grade(V grip_kg, V chair_rise_s, V alm_index, V gait_m_per_s, V sppb, V grip_cut_kg,
                              V chair_cut_s, V alm_index_cut, V gait_cut_m_per_s, V sppb_cut) {
    V const one(1.0), none(0.0);
    V const weak = select((grip_kg < grip_cut_kg) | (chair_rise_s > chair_cut_s), one, none);
    V const low = weak * select(alm_index < alm_index_cut, one, none);
    V const poor = low * select((gait_m_per_s <= gait_cut_m_per_s) | (sppb <= sppb_cut), one, none);
    return weak + low + poor;
}

/// 0 none, 1 possible, 2 confirmed, 3 severe.
template <class V>
SARX_EQUATION V awgs2019_grade(V grip_kg, V chair_rise_s, V alm_index, V gait_m_per_s, V sppb, V grip_cut_kg,
                               V chair_cut_s, V alm_index_cut, V gait_cut_m_per_s, V sppb_cut) {
    V const one(1.0), none(0.0);
    auto const slow_rise = chair_rise_s >= chair_cut_s;
    auto const weak = grip_kg < grip_cut_kg;
    auto const poor = (gait_m_per_s < gait_cut_m_per_s) | slow_rise | (sppb <= sppb_cut);
    auto const low = alm_index < alm_index_cut;
    V const possible = select(weak | slow_rise, one, none);
    V const confirmed = select(low & (weak | poor), V(2.0), none);
    V const severe = select(low & weak & poor, V(3.0), none);
    return max(max(possible, confirmed), severe);
}

/// 1 where weak with low lean mass for body mass index [m2], else 0.
template <class V>
SARX_EQUATION V fnih_flag(V grip_kg, V lean_mass_kg, V body_mass_index, V grip_cut_kg, V alm_bmi_cut_m2) {
    return select((grip_kg < grip_cut_kg) & (lean_mass_kg / body_mass_index < alm_bmi_cut_m2), V(1.0), V(0.0));
}

/// 1 where weak and slow, else 0.
template <class V>
SARX_EQUATION V sdoc_flag(V grip_kg, V gait_m_per_s, V grip_cut_kg, V gait_cut_m_per_s) {
    return select((grip_kg < grip_cut_kg) & (gait_m_per_s < gait_cut_m_per_s), V(1.0), V(0.0));
}

}  // namespace sarx::models
