#include "models/interventions/training.hpp"

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

/// A regimen during one span of time.
struct Regimen {
    double sessions_per_week = 0.0;
    double intensity_fraction = 0.0;  ///< of the person's maximum
    double hours_per_session = 0.0;
};

/// The dose of all training.
struct Sessions {
    Amount<"sessions_per_week"> sessions_per_week;
    Amount<"intensity_fraction"> intensity;
    Amount<"minutes_per_session"> minutes;

    struct Usual {
        double intensity_fraction;
        double minutes;
    };

    constexpr Sessions(Intervention* of, Usual usual)
        : sessions_per_week(of, {.unit = "1/week", .meaning = "sessions a week", .high = 14.0, .fallback = 2.0}),
          intensity(of, {.unit = "1",
                         .meaning = "intensity as a share of the person's maximum",
                         .high = 1.0,
                         .fallback = usual.intensity_fraction}),
          minutes(of, {.unit = "min", .meaning = "length of a session", .high = 240.0, .fallback = usual.minutes}) {}

    template <class Person>
    Regimen regimen(Person const& person) const {
        return {.sessions_per_week = person(sessions_per_week),
                .intensity_fraction = person(intensity),
                .hours_per_session = person(minutes) / minutes_per_hour};
    }
};

/// The share of exercise that illness, bed or a cast leaves possible.
struct PossibleExercise {
    Reads<"exercise_barred_fraction"> barred;

    constexpr explicit(false) PossibleExercise(Description* of) : barred(of) {}

    template <class Muscle>
    double share(Muscle const& muscle) const {
        return 1.0 - muscle(barred);
    }
    /// Over the muscles of the dose.
    template <class Person>
    double mean_share(Person const& person) const {
        double sum = 0.0;
        int muscles = 0;
        person.each_muscle([&](auto const& muscle) {
            sum += share(muscle);
            ++muscles;
        });
        return muscles == 0 ? 0.0 : sum / muscles;
    }
};

/// One mode of exercise.
template <Text mode>
struct Exercise {
    PossibleExercise possible;
    Bouts bouts;
    AddsTo<"task_practice_fraction"> task_practice;
    AddsTo<"fast_practice_fraction"> fast_practice;
    AddsTo<"metabolic_activity_ratio"> metabolic;
    AddsTo<"balance_training_h_per_week"> balance_training;
    Parameter<mode + Text(".effort_at_maximum")> effort_at_maximum;
    Parameter<mode + Text(".ballistic_share")> ballistic_share;
    Parameter<mode + Text(".volume_per_weekly_hour")> volume_per_weekly_hour;
    Parameter<mode + Text(".tension_at_maximum")> tension_at_maximum;
    Parameter<mode + Text(".reach")> reach_of_the_mode;
    Parameter<mode + Text(".met_at_maximum")> met_at_maximum;
    Parameter<mode + Text(".practice_per_session")> practice_per_session;
    Parameter<mode + Text(".balance_share")> balance_share;
    Parameter<"exercise.metabolic_per_met_h_per_week"> metabolic_per_met_h_per_week;

    constexpr explicit(false) Exercise(Description* of)
        : possible(of),
          bouts(of),
          task_practice(of),
          fast_practice(of),
          metabolic(of),
          balance_training(of),
          effort_at_maximum(of),
          ballistic_share(of),
          volume_per_weekly_hour(of),
          tension_at_maximum(of),
          reach_of_the_mode(of),
          met_at_maximum(of),
          practice_per_session(of),
          balance_share(of),
          metabolic_per_met_h_per_week(of) {}

    template <class Person>
    void add(Person const& person, Regimen const& regimen) const {
        double const hours_per_week = regimen.sessions_per_week * regimen.hours_per_session;
        if (!(hours_per_week > 0.0) || !(regimen.intensity_fraction > 0.0)) return;
        double const ballistic = person(ballistic_share);
        double const learnt = practice_share(regimen.sessions_per_week, person(practice_per_session));
        person.each_muscle([&](auto const& muscle) {
            double const reach = muscle(reach_of_the_mode) * possible.share(muscle) * person.side_share;
            double const volume = hours_per_week * muscle(volume_per_weekly_hour) * reach;
            bouts.add(muscle, {.effort = static_cast<float>(muscle(effort_at_maximum) * regimen.intensity_fraction),
                               .velocity = static_cast<float>(ballistic),
                               .volume = static_cast<float>(volume),
                               .tension = static_cast<float>(muscle(tension_at_maximum) * regimen.intensity_fraction)});
            double const practice = reach * learnt;
            muscle(task_practice).add_share(practice);
            muscle(fast_practice).add_share(practice * ballistic);
        });
        double const done_h_per_week = hours_per_week * possible.mean_share(person);
        person(metabolic).add(done_h_per_week * met_above_rest(regimen.intensity_fraction, person(met_at_maximum)) *
                              person(metabolic_per_met_h_per_week));
        person(balance_training).add(done_h_per_week * person(balance_share));
    }
};

struct ResistanceTraining : Intervention {
    static constexpr auto name = "resistance_training";
    static constexpr auto about = "Heavy loads moved with control, two or three times a week";
    static constexpr bool local = true;

    Sessions sessions{this, {.intensity_fraction = 0.75, .minutes = 45.0}};
    Exercise<"resistance_training"> exercise{this};

    void add_to(Recipient<ResistanceTraining> const& person) const { exercise.add(person, sessions.regimen(person)); }
};

/// The size principle shifts where loads are moved as fast as possible, so that lighter loads reach large units
/// (doi:10.1113/jphysiol.1977.sp011689).
struct PowerTraining : Intervention {
    static constexpr auto name = "power_training";
    static constexpr auto about = "Moderate to heavy loads moved as fast as possible";
    static constexpr bool local = true;

    Sessions sessions{this, {.intensity_fraction = 0.6, .minutes = 45.0}};
    Exercise<"power_training"> exercise{this};

    void add_to(Recipient<PowerTraining> const& person) const { exercise.add(person, sessions.regimen(person)); }
};

struct EnduranceTraining : Intervention {
    static constexpr auto name = "endurance_training";
    static constexpr auto about = "Cycling, rowing or brisk walking at a share of maximal aerobic power";

    Sessions sessions{this, {.intensity_fraction = 0.65, .minutes = 45.0}};
    Exercise<"endurance_training"> exercise{this};

    void add_to(Recipient<EnduranceTraining> const& person) const { exercise.add(person, sessions.regimen(person)); }
};

struct LowEffortActivity : Intervention {
    static constexpr auto name = "low_effort_activity";
    static constexpr auto about = "Added walking and light movement";

    Sessions sessions{this, {.intensity_fraction = 0.25, .minutes = 30.0}};
    Exercise<"low_effort_activity"> exercise{this};

    void add_to(Recipient<LowEffortActivity> const& person) const { exercise.add(person, sessions.regimen(person)); }
};

struct CombinedTraining : Intervention {
    static constexpr auto name = "combined_training";
    static constexpr auto about = "Resistance, endurance and balance in one session (multicomponent training)";

    Sessions sessions{this, {.intensity_fraction = 0.7, .minutes = 60.0}};
    Exercise<"resistance_training"> resistance{this};
    Exercise<"endurance_training"> endurance{this};
    PossibleExercise possible{this};
    AddsTo<"balance_training_h_per_week"> balance_training{this};

    Parameter<"combined_training.balance_share"> balance_share{this};
    Parameter<"combined_training.resistance_share"> resistance_share_of_the_rest{this};

    void add_to(Recipient<CombinedTraining> const& person) const {
        Regimen const whole = sessions.regimen(person);
        double const rest = 1.0 - person(balance_share);
        double const resistance_share = rest * person(resistance_share_of_the_rest);
        resistance.add(person, with_share_of_time(whole, resistance_share));
        endurance.add(person, with_share_of_time(whole, rest - resistance_share));
        person(balance_training)
            .add(whole.sessions_per_week * whole.hours_per_session * person(balance_share) *
                 possible.mean_share(person));
    }

private:
    static Regimen with_share_of_time(Regimen regimen, double share) {
        regimen.hours_per_session *= share;
        return regimen;
    }
};

}  // namespace

Kinds training_kinds() {
    return kinds_of<ResistanceTraining, PowerTraining, EnduranceTraining, CombinedTraining, LowEffortActivity>();
}

}  // namespace sarx::models
