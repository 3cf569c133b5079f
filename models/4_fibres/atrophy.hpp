#pragma once
// Size of muscle fibres: protein made against protein broken down. Synthesis answers to load with diminishing return;
// disuse shrinks fibres because synthesis falls, not because breakdown rises (with unloading in breakdown too, ten
// days of bed rest would cost 17 % instead of 4 %).

#include "models/relaxation.hpp"

namespace sarx::models {

/// Synthesis by load [1 at the habit of youth]: 1 + gain ln((1 + m/h) / (1 + 1/h)). At m = 0 it is 0.70 where the
/// gain is 0.13 and h = 0.11: synthesis falls some 30 % in bed.
/// @param stimulus m >= 0   @param half_stimulus h > 0
template <class V>
SARX_EQUATION V synthesis_by_load(V gain, V stimulus, V half_stimulus) {
    return 1.0F + gain * (log(1.0F + stimulus / half_stimulus) - log(1.0F + 1.0F / half_stimulus));
}

/// Synthesis above habit as type I fibres show it: training enlarges them less than type II.
/// @param by_load synthesis by load   @param at_habit synthesis at the load of youth, 1 where nothing else has changed
/// @param type1_share of growth, 1 where types grow alike   @param type2 share [0, 1]
template <class V>
SARX_EQUATION V growth_by_type(V by_load, V at_habit, V type1_share, V type2) {
    V const held_back = 1.0F - type1_share;
    return by_load - max(by_load - at_habit, V(0.0F)) * (held_back - held_back * type2);
}

/// Protein a day that nearly fills the answer of synthesis to food [g/kg/day]: a muscle of 71 asks for 0.40 g/kg in a
/// meal where one of 22 is content with 0.24 (Moore 2015, doi:10.1093/gerona/glu103): anabolic resistance.
template <class V>
SARX_EQUATION V enough_protein_g_per_kg_day(V age_years, V enough_at_22, V enough_at_71) {
    V const way = min(max((age_years - 22.0F) / 49.0F, V(0.0F)), V(1.5F));
    return enough_at_22 + (enough_at_71 - enough_at_22) * way;
}

/// Synthesis by food [1 at the usual intake of youth]: 1 + gain (e^(-k usual/enough of youth) - e^(-k intake/enough)),
/// with k = ln 10, so that 90 % of the answer is there at what is enough and next to nothing is gained beyond.
/// @param intake >= 0, all in g/kg/day   @param gain share of the day's synthesis that answers to food
template <class V>
SARX_EQUATION V synthesis_by_protein(V gain, V intake, V enough, V usual, V enough_of_youth) {
    V const k = 2.302585F;
    return 1.0F + gain * (exp(-k * usual / enough_of_youth) - exp(-k * intake / enough));
}

/// Synthesis by what the body offers beside protein [1 in youth]: each ratio to a small power (at most 0.2).
template <class V>
SARX_EQUATION V synthesis_by_body(V androgen, V androgen_exponent, V oestrogen, V oestrogen_exponent, V gh_igf1,
                                  V gh_igf1_exponent, V energy_balance, V energy_exponent, V mitochondria,
                                  V mitochondria_exponent) {
    V const least = 0.02F;
    return exp(androgen_exponent * log(max(androgen, least)) + oestrogen_exponent * log(max(oestrogen, least)) +
               gh_igf1_exponent * log(max(gh_igf1, least)) + energy_exponent * log(max(energy_balance, least)) +
               mitochondria_exponent * log(max(mitochondria, least)));
}

/// Breakdown [1 in youth], without unloading.
template <class V>
SARX_EQUATION V breakdown(V inflammation, V inflammation_effect, V damage, V damage_effect, V notch, V notch_effect) {
    return 1.0F + inflammation_effect * inflammation + damage_effect * damage +
           notch_effect * max(notch - 1.0F, V(0.0F));
}

/// What ageing leaves of the synthesis of type II fibres [(0, 1]], as their satellite cells go from 0.080 to 0.044 a
/// fibre between 20 and 76 years: in the end 1 - coupling. It slows, as fast fibres are 29 % smaller at 71 and no more
/// than 26 % at 80 (doi:10.1016/j.exger.2013.02.012, doi:10.1016/0022-510x(88)90132-3).
/// @param coupling [0, 0.8]   @param ageing multiplier of the age clock at coupling 1, above 0
template <class V>
SARX_EQUATION V type2_ageing(V coupling, V ageing) {
    return 1.0F - coupling * max(1.0F - 1.0F / ageing, V(0.0F));
}

/// Pace of muscle protein turnover by age [1 at 20]: synthesis and breakdown slow down together, so that no size is
/// lost by it, but what load and disuse do comes later (doi:10.1152/ajpendo.00366.2003).
template <class V>
SARX_EQUATION V turnover_pace(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F)));
}

/// Area ratio after a time: da/dt = k (S - B a), exactly, with `reach` = (1 - exp(-k B dt))/B.
template <class V>
SARX_EQUATION V area_after(V area_ratio, V synthesis, V breakdown_, V reach) {
    return area_ratio + (synthesis - breakdown_ * area_ratio) * reach;
}

}  // namespace sarx::models
