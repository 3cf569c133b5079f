#pragma once
// Exercise as a stimulus. Sessions a week become one bout per muscle:
//
//   effort   = effort_at_maximum * intensity                    [load over capacity]
//   volume   = sessions * hours a session * volume_per_weekly_hour * reach of the muscle   [habit of youth = 1]
//   tension  = tension_at_maximum * intensity                   [habit of youth = 1]
//
// and, for the whole person, metabolic activity, practice of the trained task (which the nervous system learns
// from: 1 - exp(-practice_per_session * sessions)), practice of fast contractions, and hours of balance training.
//
// What is known in people: resistance training at 50 and over raises lean mass by 1.1 kg (0.9 to 1.2; Peterson
// 2011, doi:10.1249/MSS.0b013e3181eb6265) and one-repetition maxima by 24 to 33 % (Peterson 2010), six months of
// it type II fibre area by 24 % (Nilwik 2013, doi:10.1016/j.exger.2013.02.012). Power training gains more power
// than strength training (SMD 0.99, 0.54 to 1.44; el Hadouchi 2022, doi:10.1186/s11556-022-00297-x). Twelve weeks
// of cycling raise quadriceps volume by 12 % in women of 71 (Harber 2009). Exercise of all sorts lowers the rate
// of falls to 0.77, three hours a week with balance to 0.58 (Sherrington 2019,
// doi:10.1002/14651858.CD012424.pub2). Walking alone does none of these to a measurable degree.

#include <string>

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// A regimen during one span of time.
struct Regimen {
    double sessions_per_week = 0.0;
    double intensity_fraction = 0.0;  ///< of the person's maximum
    double hours_per_session = 0.0;
};

/// Metabolic equivalents above rest at an intensity: linear from rest to `met_at_maximum` [MET].
[[nodiscard]] constexpr double met_above_rest(double intensity_fraction, double met_at_maximum) noexcept {
    return (met_at_maximum - 1.0) * intensity_fraction;
}

/// Share of what can be learnt that a weekly number of sessions keeps in practice: 1 - exp(-rate * sessions).
[[nodiscard]] double practice_share(double sessions_per_week, double practice_per_session) noexcept;

/// One mode of exercise: its parameters `<mode>.*` and how a regimen of it becomes stimuli.
class Exercise {
public:
    Exercise(ParameterTable const& parameters, std::string const& mode);
    /// What it moves.
    static std::vector<ColumnId> columns();
    /// Adds a regimen to the muscles of `dose`; its amounts are not read.
    void add_to(Block& block, int lane, Dose const& dose, Regimen const& regimen) const;

private:
    ParameterId effort_at_maximum_;
    ParameterId ballistic_share_;
    ParameterId volume_per_weekly_hour_;
    ParameterId tension_at_maximum_;
    ParameterId reach_;
    ParameterId met_at_maximum_;
    ParameterId practice_per_session_;
    ParameterId balance_share_;
    ParameterId metabolic_per_met_h_per_week_;
};

/// A kind that is one mode of exercise. Dose: sessions_per_week, intensity_fraction, minutes_per_session.
class SingleMode : public InterventionKind {
public:
    void add_to(Block& block, int lane, Dose const& dose) const final;

protected:
    SingleMode(ParameterTable const& parameters, std::string const& mode);

private:
    Exercise exercise_;
};

/// Heavy loads moved with control.
class ResistanceTraining final : public SingleMode {
public:
    explicit ResistanceTraining(ParameterTable const& parameters);
    static KindSpec spec();
};

/// Moderate loads moved as fast as possible: the size principle shifts, so that lighter loads reach large units
/// (doi:10.1113/jphysiol.1977.sp011689).
class PowerTraining final : public SingleMode {
public:
    explicit PowerTraining(ParameterTable const& parameters);
    static KindSpec spec();
};

/// Cycling, brisk walking uphill, rowing: long, at a share of maximal aerobic power.
class EnduranceTraining final : public SingleMode {
public:
    explicit EnduranceTraining(ParameterTable const& parameters);
    static KindSpec spec();
};

/// Usual walking and light movement.
class LowEffortActivity final : public SingleMode {
public:
    explicit LowEffortActivity(ParameterTable const& parameters);
    static KindSpec spec();
};

/// Resistance and endurance in one session, with balance work: what trials call multicomponent.
class CombinedTraining final : public InterventionKind {
public:
    explicit CombinedTraining(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    Exercise resistance_;
    Exercise endurance_;
    ParameterId resistance_share_;
    ParameterId balance_share_;
};

}  // namespace sarx::models
