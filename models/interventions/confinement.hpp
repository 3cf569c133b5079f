#pragma once
// Unloading of the whole body: to bed, or in orbit.
//
//   unloading of a muscle = w u, as a share; daily living leaves 1 - w u of its bouts
//   unloading of the body = u, as a share
//   exercise barred = x u, as a share; balance training *= 1 - x u
//   metabolic activity *= 1 - m u,   energy balance *= 1 - e u
//
//   u share of normal loading that is lost [0, 1]; by mode: w share of it that the muscle feels, x share of exercise
//   ruled out, m and e relative losses [0, 1]
//
// Sources: disuse.cpp and parameters/interventions.yaml. Neglected: how somebody lies, shifts of fluid (body_water has
// them), sleep in bed.

#include "models/intervention.hpp"

namespace sarx::models {

template <Text mode>
struct Confinement {
    DailyLiving daily_living;
    BarredExercise exercise;
    AddsTo<"unloading_fraction"> unloading;
    AddsTo<"body_unloading_fraction"> body_unloading;
    AddsTo<"balance_training_h_per_week"> balance_training;
    AddsTo<"metabolic_activity_ratio"> metabolic;
    AddsTo<"energy_balance_ratio"> energy;
    Parameter<mode + Text(".muscle_share")> muscle_share;
    Parameter<mode + Text(".exercise_barred_share")> exercise_barred_share;
    Parameter<mode + Text(".metabolic_loss_fraction")> metabolic_loss;
    Parameter<mode + Text(".energy_deficit_fraction")> energy_deficit;

    constexpr explicit(false) Confinement(Description* of)
        : daily_living(of),
          exercise(of),
          unloading(of),
          body_unloading(of),
          balance_training(of),
          metabolic(of),
          energy(of),
          muscle_share(of),
          exercise_barred_share(of),
          metabolic_loss(of),
          energy_deficit(of) {}

    template <class Person>
    void confine(Person const& person, double unloading_fraction) const {
        double const barred = unloading_fraction * person(exercise_barred_share);
        person.each_muscle([&](auto const& muscle) {
            double const felt = unloading_fraction * muscle(muscle_share);
            muscle(unloading).add_share(felt);
            exercise.bar(muscle, barred);
            daily_living.keep(muscle, 1.0 - felt);
        });
        person(body_unloading).add_share(unloading_fraction);
        person(balance_training).change_by(-barred);
        person(metabolic).change_by(-unloading_fraction * person(metabolic_loss));
        person(energy).change_by(-unloading_fraction * person(energy_deficit));
    }
};

}  // namespace sarx::models
