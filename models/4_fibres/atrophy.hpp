#pragma once
// Size of muscle fibres: protein made against protein broken down.
//
//   da/dt = k (S - B a)                                              a   mean fibre area of a unit over youth [1]
//   S = (S_h (1 + g ln((1 + m/h) / (1 + 1/h))) - held back) N A      synthesis over youth [1], m the unit's stimulus
//       held back, where load asks for more than S_h: the excess times (1 - f)(1 - p)
//   S_h = food * body * recovery / usual recovery                    at the habitual load of youth, m = 1; the size of
//                                                                    youth is grown on the sleep a person is used to
//   food = (1 + g_p (10^(-usual/P_22) - 10^(-intake/P))) (1 + amino acids)   protein [g/kg/day], P enough at this age
//   P = P_22 + (P_71 - P_22) (age - 22)/49                           from 22 on, no further than half beyond P_71
//   body = product of x^(its exponent)                               x androgen, oestrogen, GH and IGF-1, energy,
//                                                                    mitochondria over youth, at least 0.02 each
//   N = 1 - c (s_youth - s (1 - w))+                                 s slow stability of its junctions, w fast instability
//   A = A_1 - (1 - A_2) p                                            ageing of its own, p share of type II
//   A_i = 1 - c_i (1 - 1/clock)+                                     c_i coupling of a type; clock: age_clock.hpp at a
//                                                                    coupling of 1; for type II its years count from
//                                                                    an age of its own in place of 20
//   B = 1 + b_i inflammation + b_q damage + b_n (notch - 1)+         breakdown over youth [1]
//   k = k_0 pace * turnover of the person                            [1/year]; while a falls and life goes on, k times
//   pace = e^(-d (age - 20)+)                                        r + (1 - r) unloading
//   area of fibres without a nerve -> its floor                      dx/dt = (floor - x) rate
//
//   g load gain, h half stimulus, f type I growth over that of type II, c nerve coupling, r detraining over growth;
//   usual recovery: of the sleep of habit (habits.hpp); unloading: the greater of the body's and the muscle's
//
// Told of a person: breakdown B pace, and synthesis pace * mean over muscles of sum n S'/sum n, with S' the synthesis
// before N and A, and 0 in a muscle where no fibre has a nerve. Of a muscle, all of the fibres with a nerve: n a of
// each type (sum n a (1 - p), sum n a p), its mean area (youth's times sum n a p/sum n p) and the share of type II (sum
// n p/ sum n); where there are none of them, mean and share stay as they are.
//
// Exact over a span in which S and B are constant: a += (S/B - a)(1 - e^(-k B dt)). Domain: adults from 20.
// Disuse shrinks fibres because synthesis falls, not because breakdown rises (with unloading in breakdown too, ten days
// of bed rest would cost 17 % instead of 4 %). Neglected: nuclei and satellite cells as such, meals within a day,
// differences between the fibres of one unit. Sources stand at each part; parameters/fibres.yaml has those of the values.

#include "models/equation.hpp"

namespace sarx::models {

/// What does not differ between the fibres of one muscle of one person over a span of time.
template <class V>
struct FibreTurnover {
    V at_habit;             ///< S_h [1]
    V unloaded;             ///< synthesis without load, S_h (1 - g ln(1 + 1/h)) [1]
    V per_doubling;         ///< synthesis gained when 1 + m/h doubles, S_h g ln 2 [1]
    V per_half_stimulus;    ///< 1/h [1]
    V type1_growth_share;   ///< f [1]
    V nerve_lacks_at_most;  ///< c s_youth [1]
    V nerve_per_stability;  ///< c (1 - w) [1]
    V type1_left;           ///< A_1: what ageing leaves of the synthesis of type I fibres [1]
    V type2_loss;           ///< 1 - A_2, which is on top of it in type II [1]
    V breakdown;            ///< B [1]
    V growing;              ///< (1 - e^(-k B dt))/B while the area rises [1]
    V shrinking;            ///< the same while it falls [1]
};

/// Synthesis without load over that at habit [1]: 1 - g ln(1 + 1/h). 0.70 where g is 0.13 and h 0.11: synthesis falls some
/// 30 % in bed. @param gain [0, 0.4]   @param half_stimulus h > 0
template <class V>
SARX_EQUATION V synthesis_unloaded(V synthesis_at_habit, V gain, V half_stimulus) {
    SARX_EXPECTS(everywhere(half_stimulus > 0.0F));
    return synthesis_at_habit - synthesis_at_habit * gain * log(1.0F + 1.0F / half_stimulus);
}

/// Synthesis gained when 1 + m/h doubles [1].
template <class V>
SARX_EQUATION V synthesis_per_doubling(V synthesis_at_habit, V gain) {
    return synthesis_at_habit * gain * 0.693147181F;
}

/// Synthesis by load [1 at the habit of youth in youth]. The logarithm is the coarse one, within 1.1e-4: at a load gain of
/// 0.13 it moves synthesis by less than 1e-5.
/// @param stimulus m >= 0
template <class V, class U>
SARX_EQUATION U synthesis_by_load(FibreTurnover<V> const& p, U stimulus) {
    SARX_EXPECTS(everywhere(stimulus >= 0.0F));
    return p.unloaded + p.per_doubling * coarse_log2(1.0F + stimulus * p.per_half_stimulus);
}

/// Synthesis above habit as type I fibres show it: training enlarges them less than type II.
/// @param by_load synthesis by load   @param type2 share [0, 1]
template <class V, class U>
SARX_EQUATION U growth_by_type(FibreTurnover<V> const& p, U by_load, U type2) {
    V const held_back = 1.0F - p.type1_growth_share;
    return by_load - max(by_load - p.at_habit, U(0.0F)) * (held_back - held_back * type2);
}

/// What junctions that come apart leave of synthesis [0, 1].
/// @param stability slow part [0, 1]
template <class V, class U>
SARX_EQUATION U synthesis_by_nerve(FibreTurnover<V> const& p, U stability) {
    return 1.0F - max(p.nerve_lacks_at_most - stability * p.nerve_per_stability, U(0.0F));
}

/// What ageing of its own leaves of synthesis (0, 1]. @param type2 share [0, 1]
template <class V, class U>
SARX_EQUATION U synthesis_by_age(FibreTurnover<V> const& p, U type2) {
    return p.type1_left - p.type2_loss * type2;
}

/// Area ratio after the span. @param area_ratio >= 0   @param synthesis S >= 0
template <class V, class U>
SARX_EQUATION U area_after(FibreTurnover<V> const& p, U area_ratio, U synthesis) {
    U const change = synthesis - p.breakdown * area_ratio;
    return area_ratio + change * select(change < 0.0F, U(p.shrinking), U(p.growing));
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
    SARX_EXPECTS(everywhere(enough > 0.0F) && everywhere(enough_of_youth > 0.0F));
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

/// What ageing leaves of the synthesis of a fibre type [(0, 1]]; for type II, as their satellite cells go from 0.080 to
/// 0.044 a fibre between 20 and 76 years: in the end 1 - coupling. It slows, as fast fibres are 29 % smaller at 71 and no
/// more than 26 % at 80 (doi:10.1016/j.exger.2013.02.012, doi:10.1016/0022-510x(88)90132-3).
/// @param coupling [0, 0.8]   @param ageing multiplier of the age clock at coupling 1, above 0
template <class V>
SARX_EQUATION V synthesis_left_by_clock(V coupling, V ageing) {
    SARX_EXPECTS(everywhere(ageing > 0.0F));
    return 1.0F - coupling * max(1.0F - 1.0F / ageing, V(0.0F));
}

/// Pace of muscle protein turnover by age [1 at 20]: synthesis and breakdown slow down together, so that no size is
/// lost by it, but what load and disuse do comes later (doi:10.1152/ajpendo.00366.2003).
template <class V>
SARX_EQUATION V turnover_pace(V age_years, V decline_per_year) {
    return exp(-decline_per_year * max(age_years - 20.0F, V(0.0F)));
}

/// Rate of shrinking over that of growing [(0, 1]]: what training built leaves slowly while life goes on, at the full rate
/// in disuse. @param unloading [0, 1]
template <class V>
SARX_EQUATION V shrinking_rate_ratio(V detraining_ratio, V unloading) {
    return detraining_ratio + (1.0F - detraining_ratio) * unloading;
}

}  // namespace sarx::models
