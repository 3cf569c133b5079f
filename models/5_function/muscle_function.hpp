#pragma once
// From fibres to the force and speed of a muscle.
//
//   area  = size (1 + (r_A - 1) p)              of fibres [type I fibres of youth]
//   force = size (1 - p + p r_A r_F)            of fibres [type I fibres of youth]
//   cross-section over youth X = (1 - c) (area/area_youth + f lost/fibres_youth) + c
//       area here with that of the fibres without a nerve, which fill a muscle and do not pull
//   voluntary force over youth F = force/force_youth (1 - blocking) C A/A_youth (1 - o (1 - oestrogen)+)
//   speed over youth = (1 + (r_V - 1) s)/(1 + (r_V - 1) s_youth) C (1 + T) e^(-k (age - 20)+),   s = size p r_A/area
//   force per area = youth's F/X [N/cm2],   one-repetition maximum over youth = F (1 + S)
//   A -> A_youth (1 - g (age - B)+)+ (1 - d unloading)                          voluntary activation [0, 1]
//   S -> S_max practice,   T -> T_max fast practice                             trained skill and speed [1]
//       dx/dt = (target - x)/tau, tau [years] one on the way up, one on the way down; T at the pace of S
//
//   size sum of n a over units, n fibres with a nerve and a mean area over youth; p share of type II in it; r_A, r_F,
//   r_V area in youth, force per area and shortening velocity of type II over type I; C calcium handling; B age from
//   which activation declines; practice and unloading: the muscle's
//
// A muscle's youth (area, force, s) is noted once, at its first span: size all its fibres of youth, p the mean over
// units by their fibres of youth, of the types as they are then. Force and speed see A, S and T at the end of the span; s
// is 0 where no fibre has a nerve.
//
// Fibres that are lost count in the youth reference, and by the fat and connective tissue that fill a share f of their
// room: a scan or a section of the whole muscle sees these, force does not; c is what there is of them in youth.
// Domain: adults from 20. Relaxations are exact. Neglected: length and pennation of fibres, tendons, antagonists.
//
// Sources: fibre types doi:10.1113/jphysiol.1996.sp021617; force per area and calcium doi:10.1113/JP281365;
// activation in disuse doi:10.1113/jphysiol.2007.135392; what is not contractile doi:10.1152/jappl.2000.88.2.662;
// power lost where area is not doi:10.1111/j.1475-097X.2004.00567.x; oestrogen doi:10.1113/jphysiol.2012.250092 (fibres
// of the twin who takes it make more force for their area), doi:10.1002/mus.22162 (and her twitch a third more torque).
// Values and their sources: parameters/function.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Area of fibres [type I fibres of youth].
/// @param size >= 0, their number times their mean area over youth   @param type2 [0, 1] its share of type II
/// @param area_type2_over_type1 > 0, in youth
template <class V>
SARX_EQUATION V fibre_area(V size, V type2, V area_type2_over_type1) {
    SARX_EXPECTS(everywhere(area_type2_over_type1 > 0.0F));
    return size * (1.0F + (area_type2_over_type1 - 1.0F) * type2);
}

/// Part of that area that is type II.
template <class V>
SARX_EQUATION V type2_fibre_area(V size, V type2, V area_type2_over_type1) {
    return size * type2 * area_type2_over_type1;
}

/// Force of fibres [type I fibres of youth]. @param force_type2_over_type1 force per area
template <class V>
SARX_EQUATION V fibre_force(V size, V type2, V area_type2_over_type1, V force_type2_over_type1) {
    return size * (1.0F - type2 + type2 * area_type2_over_type1 * force_type2_over_type1);
}

/// Cross-section of the whole muscle over youth [1 in youth].
/// @param contractile_ratio fibre area over youth >= 0   @param lost_share fibres lost over those of youth [0, 1]
/// @param noncontractile_share of the cross-section in youth [0, 1)   @param replaced_share of the room of lost fibres
template <class V>
SARX_EQUATION V cross_section_ratio(V contractile_ratio, V lost_share, V noncontractile_share, V replaced_share) {
    SARX_EXPECTS(everywhere(noncontractile_share < 1.0F));
    return (1.0F - noncontractile_share) * (contractile_ratio + replaced_share * lost_share) + noncontractile_share;
}

/// Where voluntary activation tends to [0, youth_activation].
/// @param age_years 20..120   @param unloading [0, 1]   @param disuse [0, 1] share lost in full unloading
template <class V>
SARX_EQUATION V activation_target(V age_years, V unloading, V youth_activation, V ageing_per_year, V ageing_from_years,
                                  V disuse) {
    V const aged = max(1.0F - ageing_per_year * max(age_years - ageing_from_years, V(0.0F)), V(0.0F));
    return youth_activation * aged * (1.0F - disuse * unloading);
}

/// x moved towards `target` over dt, with one time constant > 0 on the way up and one on the way down. dt = 0 leaves x
/// as it is.
template <class V>
SARX_EQUATION V approach(V x, V target, V dt_years, V tau_up_years, V tau_down_years) {
    SARX_EXPECTS(everywhere(tau_up_years > 0.0F) && everywhere(tau_down_years > 0.0F));
    return relaxed(x, target, dt_years / select(target > x, tau_up_years, tau_down_years));
}

/// Voluntary force over youth, before oestrogen. @param blocking [0, 1]   @param force, calcium, activation >= 0
template <class V>
SARX_EQUATION V voluntary_force_ratio(V force, V youth_force, V blocking, V calcium, V activation, V youth_activation) {
    SARX_EXPECTS(everywhere(youth_force > 0.0F) && everywhere(youth_activation > 0.0F));
    return force / youth_force * (1.0F - blocking) * calcium * (activation / youth_activation);
}

/// Force per area over that with the oestrogen of youth: myosin holds on less firmly without it. 1 in men.
/// @param oestrogen [0, 1] effect left   @param force_share of force lost with all of it [0, 1]
template <class V>
SARX_EQUATION V force_by_oestrogen(V oestrogen, V force_share) {
    return 1.0F - force_share * max(1.0F - oestrogen, V(0.0F));
}

/// Slowing of a muscle with age beyond its types and its calcium [1 at 20]: power per mass falls from youth on.
template <class V>
SARX_EQUATION V slowing_of_age(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F)));
}

/// Shortening speed over youth from the share of type II in the area, now and in youth, before the slowing of age.
template <class V>
SARX_EQUATION V speed_ratio(V type2_area_share, V youth_type2_area_share, V velocity_type2_over_type1, V calcium,
                            V trained_speed) {
    SARX_EXPECTS(everywhere(velocity_type2_over_type1 >= 1.0F));
    V const extra = velocity_type2_over_type1 - 1.0F;
    return (1.0F + extra * type2_area_share) / (1.0F + extra * youth_type2_area_share) * calcium *
           (1.0F + trained_speed);
}

/// Voluntary force per cross-section [N/cm2]. @param area_ratio cross-section over youth, at least 1e-6 counts
template <class V>
SARX_EQUATION V specific_force(V youth_N_per_cm2, V force_ratio, V area_ratio) {
    return youth_N_per_cm2 * force_ratio / max(area_ratio, V(1.0e-6F));
}

/// One-repetition maximum of a trained task over youth: force, and the skill of using it.
template <class V>
SARX_EQUATION V one_repetition_maximum(V force_ratio, V trained_skill) {
    return force_ratio * (1.0F + trained_skill);
}

}  // namespace sarx::models
