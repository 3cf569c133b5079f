#pragma once
// From muscles to what a person can do: grip, torque and power, walking and rising.
//
//   grip   = grip_youth (h/h_ref)^e P(g) f              [kg], f force over youth of the muscles of the task
//   torque = T L_youth P(l) f (1 + i skill)             at knee and ankle [N m]
//   power  = W L_youth P(l) f v (1 + i skill)           of the legs [W], v speed over youth
//   P(gain) = 1 + gain (1 - left^2)                     strength ripens until the age B [years];
//                                                       left = (B - age)/(B - 20), between 0 and 1
//   gait   = fastest/(1 + (x_half/x)^n)                 usual speed [m/s]: a reserve, then a fall
//   rises  = min(t_0 + work/x, 60)                      time of five [s]; 60, unable, below a torque per mass
//   SPPB   = gait + rises + balance                     4 to 1 points each, else 0 (doi:10.1093/geronj/49.2.M85):
//                                                       4 m in under 4.82, up to 6.20, 8.70 and 60 s; rises in under
//                                                       11.20, 13.70, 16.70 and 60 s; stands from x/x_tandem of 1,
//                                                       1 - d, 1 - 2d and 1 - 3d on
//
//   L_youth lean mass of arms and legs in youth [kg]; x leg power per body mass [W/kg], at least 0.01; i what isometric
//   tests show of a trained skill; body mass counts as at least 1 kg
//
// Force, speed and skill of a task are means over the muscles that have a part in it, by their weights; where none has,
// 1, 1 and 0. Power is of the muscles of knee extension. Domain: adults from 20. Neglected: pain, joints, sight,
// coordination. Gait targets: doi:10.1016/j.physio.2010.12.004; grip: doi:10.1371/journal.pone.0113637. Values and
// their sources: parameters/function.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// Rise of strength after 20: 1 at 20, 1 + gain from `ripe_years` > 20 on, smooth between.
template <class V>
SARX_EQUATION V ripening(V age_years, V gain, V ripe_years) {
    SARX_EXPECTS(everywhere(ripe_years > 20.0F));
    V const left = min(max((ripe_years - age_years) / (ripe_years - 20.0F), V(0.0F)), V(1.0F));
    return 1.0F + gain * (1.0F - left * left);
}

/// Grip of a person's youth [kg] at their height, before ripening. Heights > 0.
template <class V>
SARX_EQUATION V youth_grip_kg(V grip_at_reference_kg, V height_cm, V reference_height_cm, V height_exponent) {
    SARX_EXPECTS(everywhere(height_cm > 0.0F) && everywhere(reference_height_cm > 0.0F));
    return grip_at_reference_kg * pow(height_cm / reference_height_cm, height_exponent);
}

/// Torque [N m] or, times speed over youth, power [W] before ripening and skill. @param per_kg_lean T or W
template <class V>
SARX_EQUATION V strength_by_lean_mass(V per_kg_lean, V youth_lean_mass_kg, V force_ratio) {
    return per_kg_lean * youth_lean_mass_kg * force_ratio;
}

/// What isometric tests show of a trained skill [1 without].
template <class V>
SARX_EQUATION V strength_by_skill(V trained_skill, V isometric_share) {
    return 1.0F + isometric_share * trained_skill;
}

/// Leg power per body mass [W/kg] as walking, rising and standing feel it. @param body_mass_kg at least 1 counts
template <class V>
SARX_EQUATION V power_per_mass(V leg_power_W, V body_mass_kg) {
    return max(leg_power_W / max(body_mass_kg, V(1.0F)), V(0.01));
}

/// Knee torque per body mass [N m/kg]. @param body_mass_kg at least 1 counts
template <class V>
SARX_EQUATION V torque_per_mass(V torque_Nm, V body_mass_kg) {
    return torque_Nm / max(body_mass_kg, V(1.0F));
}

/// Usual walking speed [m/s] from leg power per body mass [W/kg] > 0.
template <class V>
SARX_EQUATION V gait_speed(V power_W_per_kg, V fastest_m_per_s, V half_speed_power_W_per_kg, V steepness) {
    SARX_EXPECTS(everywhere(power_W_per_kg > 0.0F) && everywhere(half_speed_power_W_per_kg > 0.0F));
    return fastest_m_per_s / (1.0F + pow(half_speed_power_W_per_kg / power_W_per_kg, steepness));
}

/// Seconds for five chair rises; 60 = unable: too weak to rise, or slower than that. @param power_W_per_kg > 0
template <class V>
SARX_EQUATION V chair_rise(V power_W_per_kg, V torque_Nm_per_kg, V fixed_s, V work_J_per_kg,
                           V torque_needed_Nm_per_kg) {
    SARX_EXPECTS(everywhere(power_W_per_kg > 0.0F));
    V const time_s = min(fixed_s + work_J_per_kg / power_W_per_kg, V(60.0F));
    return select(torque_Nm_per_kg < torque_needed_Nm_per_kg, V(60.0F), time_s);
}

/// Points of a walk over 4 m: 4.82 s or more, more than 6.20 s and more than 8.70 s cost one point each (0 only for the
/// unable, beyond 60 s).
template <class V>
SARX_EQUATION V sppb_gait_points(V gait_m_per_s) {
    V const time_s = 4.0F / max(gait_m_per_s, V(0.01));
    V const one(1.0F), none(0.0F);
    return select(time_s > V(60.0F), none, one) + select(time_s > V(8.70), none, one) +
           select(time_s > V(6.20), none, one) + select(time_s >= V(4.82), none, one);
}

/// Points of five chair rises: 16.70, 13.70, 11.20 s or more cost one point each; 0 = unable.
template <class V>
SARX_EQUATION V sppb_chair_points(V chair_rise_s) {
    V const one(1.0F), none(0.0F);
    return select(chair_rise_s >= V(60.0F), none, one) + select(chair_rise_s >= V(16.70), none, one) +
           select(chair_rise_s >= V(13.70), none, one) + select(chair_rise_s >= V(11.20), none, one);
}

/// Points of three stands: one less at each step d of power per body mass below what a full tandem stand needs.
template <class V>
SARX_EQUATION V sppb_balance_points(V power_W_per_kg, V tandem_power_W_per_kg, V step_share) {
    V const one(1.0F), none(0.0F);
    V const x = power_W_per_kg / tandem_power_W_per_kg;
    return select(x >= V(1.0F), one, none) + select(x >= 1.0F - step_share, one, none) +
           select(x >= 1.0F - 2.0F * step_share, one, none) + select(x >= 1.0F - 3.0F * step_share, one, none);
}

}  // namespace sarx::models
