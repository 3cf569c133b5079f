#pragma once
// From muscles to what a person can do: grip, torque, power, walking, rising, and what muscle does for metabolism.
//
//   grip   = youth grip (h / h_ref)^e (1 + g ripening) * force over youth
//   torque = youth torque per kg of lean mass * youth lean mass * (1 + g ripening) * force over youth * (1 + skill / 3)
//   power  = torque-like, times speed over youth
//   gait   = fastest usual speed / (1 + (x50 / x)^n),      x leg power per body mass: a reserve, then a fall
//   rising = t0 + work / x: five rises lift the body's mass; unable below a torque per mass
//   SPPB   = balance + gait + rising, 0 to 4 points each (doi:10.1093/geronj/49.2.M85)
//   insulin sensitivity -> (lean share)^e E^m (1 - a (1 - activity)), reached within days
//   resting metabolism = a + b * lean body mass (doi:10.1093/ajcn/33.11.2372)
//
// Gait targets: doi:10.1016/j.physio.2010.12.004; grip: doi:10.1371/journal.pone.0113637; insulin:
// doi:10.1210/jc.2011-0435.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Rise of strength after 20: 1 at 20, 1 + gain from `ripe_years` on, smooth between.
template <class V>
SARX_EQUATION V ripening(V age_years, V gain, V ripe_years) {
    V const left = min(max((ripe_years - age_years) / (ripe_years - 20.0), V(0.0)), V(1.0));
    return 1.0 + gain * (1.0 - left * left);
}

/// Grip of a person's youth [kg] at their height, before ripening.
template <class V>
SARX_EQUATION V youth_grip_kg(V grip_at_reference_kg, V height_cm, V reference_height_cm, V height_exponent) {
    return grip_at_reference_kg * pow(height_cm / reference_height_cm, height_exponent);
}

/// Usual walking speed [m/s] from leg power per body mass [W/kg] > 0.
template <class V>
SARX_EQUATION V gait_speed(V power_W_per_kg, V fastest_m_per_s, V half_speed_power_W_per_kg, V steepness) {
    return fastest_m_per_s / (1.0 + pow(half_speed_power_W_per_kg / power_W_per_kg, steepness));
}

/// Seconds for five chair rises; 60 = unable: too weak to rise, or slower than that.
template <class V>
SARX_EQUATION V chair_rise(V power_W_per_kg, V torque_Nm_per_kg, V fixed_s, V work_J_per_kg,
                           V torque_needed_Nm_per_kg) {
    V const time_s = min(fixed_s + work_J_per_kg / power_W_per_kg, V(60.0));
    return select(torque_Nm_per_kg < torque_needed_Nm_per_kg, V(60.0), time_s);
}

/// Points of a walk over 4 m: more than 8.70, 6.20, 4.82 s cost one point each (0 only for the unable).
template <class V>
SARX_EQUATION V sppb_gait_points(V gait_m_per_s) {
    V const time_s = 4.0 / max(gait_m_per_s, V(0.01));
    V const one(1.0), none(0.0);
    return select(time_s > V(60.0), none, one) + select(time_s > V(8.70), none, one) +
           select(time_s > V(6.20), none, one) + select(time_s >= V(4.82), none, one);
}

/// Points of five chair rises: 16.70, 13.70, 11.20 s or more cost one point each; 0 = unable.
template <class V>
SARX_EQUATION V sppb_chair_points(V chair_rise_s) {
    V const one(1.0), none(0.0);
    return select(chair_rise_s >= V(60.0), none, one) + select(chair_rise_s >= V(16.70), none, one) +
           select(chair_rise_s >= V(13.70), none, one) + select(chair_rise_s >= V(11.20), none, one);
}

/// Points of three stands: one less at each step of power per body mass below what a full tandem stand needs.
template <class V>
SARX_EQUATION V sppb_balance_points(V power_W_per_kg, V tandem_power_W_per_kg, V step_share) {
    V const one(1.0), none(0.0);
    V const x = power_W_per_kg / tandem_power_W_per_kg;
    return select(x >= V(1.0), one, none) + select(x >= 1.0 - step_share, one, none) +
           select(x >= 1.0 - 2.0 * step_share, one, none) + select(x >= 1.0 - 3.0 * step_share, one, none);
}

/// Where insulin sensitivity tends to, over that of a youth of usual fat: lean share of body mass over that youth's,
/// mitochondrial capacity and metabolic activity (1 = active youth).
template <class V>
SARX_EQUATION V insulin_sensitivity_target(V lean_share_ratio, V mitochondria, V activity, V lean_exponent,
                                           V mitochondria_exponent, V activity_share) {
    V const active = max(1.0 - activity_share * (1.0 - min(activity, V(1.5))), V(0.1));
    return pow(lean_share_ratio, lean_exponent) * pow(mitochondria, mitochondria_exponent) * active;
}

/// Resting energy expenditure [kcal/day] from lean body mass [kg].
template <class V>
SARX_EQUATION V resting_metabolism(V lean_body_mass_kg, V fixed_kcal_per_day, V kcal_per_kg_day) {
    return fixed_kcal_per_day + kcal_per_kg_day * lean_body_mass_kg;
}

}  // namespace sarx::models
