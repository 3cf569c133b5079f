#pragma once
// Four consensus definitions of sarcopenia. Cut-offs are definitions, strict or not as printed; women / men where they
// differ.
//
//   EWGSOP2   doi:10.1093/ageing/afy169
//       1 probable    weak: grip < 16 / 27 kg or five rises > 15 s
//       2 confirmed   weak, and ALM/height^2 < 5.5 / 7.0 kg/m2
//       3 severe      confirmed, and gait <= 0.8 m/s or SPPB <= 8
//   AWGS 2019 doi:10.1016/j.jamda.2019.12.012
//       1 possible    weak, grip < 18 / 28 kg, or five rises >= 12 s
//       2 confirmed   ALM/height^2 < 5.4 / 7.0 kg/m2, and weak or poor: gait < 1.0 m/s, five rises >= 12 s or SPPB <= 9
//       3 severe      ALM/height^2 as low, weak and poor
//   FNIH      doi:10.1093/gerona/glu010      grip < 16 / 26 kg and ALM/BMI < 0.512 / 0.789 m2
//   SDOC      doi:10.1111/jgs.16372          grip < 20 / 35.5 kg and gait < 0.8 m/s
//
//   ALM lean mass of arms and legs [kg], BMI body mass index [kg/m2], of a mass of at least 1 kg
//
// Neglected: errors of instruments, water that DXA takes for muscle (these are of a person's true state). Values:
// parameters/outcomes.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// EWGSOP2: 0 none, 1 probable, 2 confirmed, 3 severe.
template <class V>
SARX_EQUATION V ewgsop2_grade(V grip_kg, V chair_rise_s, V alm_index, V gait_m_per_s, V sppb, V grip_cut_kg,
                              V chair_cut_s, V alm_index_cut, V gait_cut_m_per_s, V sppb_cut) {
    V const one(1.0F), none(0.0F);
    V const weak = select((grip_kg < grip_cut_kg) | (chair_rise_s > chair_cut_s), one, none);
    V const low = weak * select(alm_index < alm_index_cut, one, none);
    V const poor = low * select((gait_m_per_s <= gait_cut_m_per_s) | (sppb <= sppb_cut), one, none);
    return weak + low + poor;
}

/// AWGS 2019: 0 none, 1 possible, 2 confirmed, 3 severe.
template <class V>
SARX_EQUATION V awgs2019_grade(V grip_kg, V chair_rise_s, V alm_index, V gait_m_per_s, V sppb, V grip_cut_kg,
                               V chair_cut_s, V alm_index_cut, V gait_cut_m_per_s, V sppb_cut) {
    V const one(1.0F), none(0.0F);
    auto const slow_rise = chair_rise_s >= chair_cut_s;
    auto const weak = grip_kg < grip_cut_kg;
    auto const poor = (gait_m_per_s < gait_cut_m_per_s) | slow_rise | (sppb <= sppb_cut);
    auto const low = alm_index < alm_index_cut;
    V const possible = select(weak | slow_rise, one, none);
    V const confirmed = select(low & (weak | poor), V(2.0F), none);
    V const severe = select(low & weak & poor, V(3.0F), none);
    return max(max(possible, confirmed), severe);
}

/// FNIH: 1 where weak with low lean mass for body mass index, else 0. @param body_mass_index [kg/m2] > 0
template <class V>
SARX_EQUATION V fnih_flag(V grip_kg, V lean_mass_kg, V body_mass_index, V grip_cut_kg, V alm_bmi_cut_m2) {
    SARX_EXPECTS(everywhere(body_mass_index > 0.0F));
    return select((grip_kg < grip_cut_kg) & (lean_mass_kg / body_mass_index < alm_bmi_cut_m2), V(1.0F), V(0.0F));
}

/// SDOC: 1 where weak and slow, else 0.
template <class V>
SARX_EQUATION V sdoc_flag(V grip_kg, V gait_m_per_s, V grip_cut_kg, V gait_cut_m_per_s) {
    return select((grip_kg < grip_cut_kg) & (gait_m_per_s < gait_cut_m_per_s), V(1.0F), V(0.0F));
}

}  // namespace sarx::models
