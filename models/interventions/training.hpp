#pragma once
// Exercise as a stimulus. Sessions a week become one bout for each muscle,
//
//   effort = E i [load over capacity],   velocity = b,   volume = n h v q [habit of youth = 1],
//   tension = T i [habit of youth = 1],   q = r (1 - x) s
//
// practice of the trained task, which the nervous system learns from, and of contractions as fast as possible, as shares
// of what can be learnt,
//
//   practice = q (1 - e^(-k n)),   fast practice = b q (1 - e^(-k n))
//
// and, for the whole person, with x the mean over the muscles,
//
//   metabolic activity += n h (1 - x) (MET - 1) i a,   balance training += n h (1 - x) c       [h/week]
//
//   n sessions [1/week], h hours a session, i intensity over the person's maximum [0, 1]; by mode of exercise: E effort
//   and T tension at maximal intensity, b ballistic share, v volume of a weekly hour, r share of the work that reaches
//   the muscle, k practice of a session, MET metabolic rate at maximal intensity over rest, c share of the time that
//   challenges balance; a metabolic activity gained per weekly MET-hour; x share of exercise that illness, bed or a cast
//   rules out, s 0.5 where one side is trained, else 1
//
// Combined training shares the time of a session out: to balance alone, and the rest to resistance and endurance, which
// are added as if each were a session as often.
//
// What is known in people: resistance training at 50 and over raises lean mass by 1.1 kg (0.9 to 1.2; Peterson
// 2011, doi:10.1249/MSS.0b013e3181eb6265) and one-repetition maxima by 24 to 33 % (Peterson 2010), six months of
// it type II fibre area by 24 % (Nilwik 2013, doi:10.1016/j.exger.2013.02.012). Power training gains more power
// than strength training (SMD 0.99, 0.54 to 1.44; el Hadouchi 2022, doi:10.1186/s11556-022-00297-x). Twelve weeks
// of cycling raise quadriceps volume by 12 % in women of 71 (Harber 2009). Exercise of all sorts lowers the rate
// of falls to 0.77, three hours a week with balance to 0.58 (Sherrington 2019,
// doi:10.1002/14651858.CD012424.pub2). Walking alone does none of these to a measurable degree. Domain: adults.
// Neglected: rest between sessions and over-training, the order of exercises in one, injuries.

#include "sim/contract/expects.hpp"
#include "sim/contract/math.hpp"

namespace sarx::models {

/// Metabolic equivalents above rest at an intensity: linear from rest to `met_at_maximum` [MET].
/// @param intensity_fraction [0, 1]   @param met_at_maximum >= 1
[[nodiscard]] constexpr double met_above_rest(double intensity_fraction, double met_at_maximum) noexcept {
    return (met_at_maximum - 1.0) * intensity_fraction;
}

/// Share of what can be learnt that a weekly number of sessions keeps in practice: 1 - exp(-rate * sessions).
/// @param sessions_per_week, practice_per_session >= 0
[[nodiscard]] inline double practice_share(double sessions_per_week, double practice_per_session) {
    SARX_EXPECTS(sessions_per_week >= 0.0 && practice_per_session >= 0.0);
    return 1.0 - exp(-practice_per_session * sessions_per_week);
}

}  // namespace sarx::models
