#pragma once
// From fibres to the force and speed of a muscle.
//
//   area   = sum n a (1 + (r_A - 1) p)          over living units, plus the fibres without a nerve   [type I fibres of youth]
//   cross-section over youth = (1 - c) (area / area_youth + r lost) + c
//   force  = sum n a ((1 - p) + p r_A r_F)      over living units                                    [type I fibres of youth]
//   voluntary force over youth = force / force_youth * (1 - blocking) * C * A / A_youth * (1 - s (1 - oestrogen))
//   speed over youth = (1 + (r_V - 1) s) / (1 + (r_V - 1) s_youth) * C * (1 + trained speed) * e^(-k (age - 20))
//
// n innervated fibres and a relative area of a unit, p its share of type II; r_A, r_F, r_V area, force per area
// and shortening velocity of type II over type I; s share of type II in the fibre area; C calcium handling;
// A share of the muscle that the will can reach. Fibres that are lost count in the youth reference, and by the fat and
// connective tissue that fill a share r of their room: a scan or a section of the whole muscle sees these, force does
// not; c is what there is of them in youth.
//
// Sources: fibre types doi:10.1113/jphysiol.1996.sp021617; force per area and calcium doi:10.1113/JP281365;
// activation in disuse doi:10.1113/jphysiol.2007.135392; what is not contractile doi:10.1152/jappl.2000.88.2.662;
// power lost where area is not doi:10.1111/j.1475-097X.2004.00567.x; oestrogen doi:10.1113/jphysiol.2012.250092 (fibres
// of the twin who takes it make more force for their area), doi:10.1002/mus.22162 (and her twitch a third more torque).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Area of fibres, in type I fibres of youth: `fibres` >= 0 of relative area `area_ratio` >= 0, a share
/// `type2` in [0, 1] of them of type II, which are `area_type2_over_type1` times as large in youth.
template <class V>
SARX_EQUATION V fibre_area(V fibres, V area_ratio, V type2, V area_type2_over_type1) {
    return fibres * area_ratio * (1.0 + (area_type2_over_type1 - 1.0) * type2);
}

/// Part of that area that is type II.
template <class V>
SARX_EQUATION V type2_fibre_area(V fibres, V area_ratio, V type2, V area_type2_over_type1) {
    return fibres * area_ratio * type2 * area_type2_over_type1;
}

/// Cross-section of the whole muscle over youth [1 in youth].
/// @param contractile_ratio fibre area over youth >= 0   @param lost_share fibres lost over those of youth [0, 1]
/// @param noncontractile_share of the cross-section in youth [0, 1)   @param replaced_share of the room of lost fibres
template <class V>
SARX_EQUATION V cross_section_ratio(V contractile_ratio, V lost_share, V noncontractile_share, V replaced_share) {
    return (1.0 - noncontractile_share) * (contractile_ratio + replaced_share * lost_share) + noncontractile_share;
}

/// Force of fibres, in type I fibres of youth; `force_type2_over_type1` is force per area.
template <class V>
SARX_EQUATION V fibre_force(V fibres, V area_ratio, V type2, V area_type2_over_type1, V force_type2_over_type1) {
    return fibres * area_ratio * (1.0 - type2 + type2 * area_type2_over_type1 * force_type2_over_type1);
}

/// Where voluntary activation tends to: A_youth (1 - ageing (age - from)+) (1 - disuse unloading).
/// `age_years` 20..120, `unloading` 0..1; result in [0, A_youth].
template <class V>
SARX_EQUATION V activation_target(V age_years, V unloading, V youth_activation, V ageing_per_year, V ageing_from_years,
                                  V disuse) {
    V const aged = max(1.0 - ageing_per_year * max(age_years - ageing_from_years, V(0.0)), V(0.0));
    return youth_activation * aged * (1.0 - disuse * unloading);
}

/// x moved towards `target` over dt [years] with one time constant [years] on the way up and one on the way
/// down: x + (target - x)(1 - e^(-dt / tau)). dt = 0 leaves x as it is.
template <class V>
SARX_EQUATION V approach(V x, V target, V dt_years, V tau_up_years, V tau_down_years) {
    V const tau = select(target > x, tau_up_years, tau_down_years);
    return x + (target - x) * share_gone(dt_years / tau);
}

/// Maximal voluntary force over youth; all arguments >= 0, `blocking` in [0, 1].
template <class V>
SARX_EQUATION V voluntary_force_ratio(V force, V youth_force, V blocking, V calcium, V activation, V youth_activation) {
    return force / youth_force * (1.0 - blocking) * calcium * (activation / youth_activation);
}

/// Force per area over that with the oestrogen of youth: myosin holds on less firmly without it. 1 in men.
/// @param oestrogen [0, 1] effect left   @param force_share of force lost with all of it [0, 1]
template <class V>
SARX_EQUATION V force_by_oestrogen(V oestrogen, V force_share) {
    return 1.0 - force_share * max(1.0 - oestrogen, V(0.0));
}

/// Slowing of a muscle with age beyond its types and its calcium [1 at 20]: power per mass falls from youth on.
template <class V>
SARX_EQUATION V slowing_of_age(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0, V(0.0)));
}

/// Shortening speed over youth from the share of type II in the area, now and in youth.
template <class V>
SARX_EQUATION V speed_ratio(V type2_area_share, V youth_type2_area_share, V velocity_type2_over_type1, V calcium,
                            V trained_speed) {
    V const extra = velocity_type2_over_type1 - 1.0;
    return (1.0 + extra * type2_area_share) / (1.0 + extra * youth_type2_area_share) * calcium * (1.0 + trained_speed);
}

}  // namespace sarx::models
