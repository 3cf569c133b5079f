// Disuse: less load, fewer contractions. Each insult unloads, takes the same share from the bouts of daily living
// and lowers metabolic activity. What muscle, junction and nerve make of it belongs to the stages.
//
//   bed rest, microgravity   confinement.hpp, with the dose as the share of loading that is lost
//   immobilisation           a muscle's unloading, exercise barred and daily living lost: u s each
//   inactivity               a muscle's daily living *= 1 - w g, its unloading w g r, the body's g r,
//                            metabolic activity *= 1 - m g
//
//   u unloading of the limb [0, 1], s 0.5 where one side only is treated, for the muscle stands for both; g share of
//   habitual activity given up, w share of it that the muscle feels, r unloading and m metabolic loss when all is given up
//
// What is known in people: bed rest costs quadriceps area 2.2, 3.0 and 3.6 % and strength 8.6, - and 14.5 % at days
// 5, 7 and 10 (Marusic 2021, doi:10.1152/japplphysiol.00363.2020); in the old ten days cost 0.95 kg of leg lean
// mass, 15.6 % of strength and 30 % of muscle protein synthesis (Kortebein 2007, doi:10.1001/jama.297.16.1772-b).
// A leg held still for 14 days loses 5.2 % of area and 14.8 % of torque (de Boer 2007,
// doi:10.1113/jphysiol.2007.135392). Half a year in orbit with exercise costs the calf 10 to 16 % and the thigh 4 to
// 7 % of volume, the arm nothing (Gopalakrishnan 2010, doi:10.3357/asem.2583.2010). Two weeks at 24 % of usual
// steps lower insulin sensitivity by 43 % in people of 72 (Breen 2013). Domain: adults. Neglected: the length at which a
// cast holds a muscle; exercise that somebody who gives up walking keeps up.

#include "models/interventions/confinement.hpp"

namespace sarx::models {

namespace {

using UnloadingFraction = Amount<"unloading_fraction">;

struct BedRest : Insult {
    static constexpr auto name = "bed_rest";
    static constexpr auto about = "Confinement to bed";

    UnloadingFraction lost{this,
                           {.unit = "1",
                            .meaning = "share of normal loading that is lost, 1 = strict bed rest",
                            .high = 1.0,
                            .fallback = 1.0,
                            .source = "Kortebein 2007, doi:10.1001/jama.297.16.1772-b"}};

    Confinement<"bed_rest"> bed{this};

    void add_to(Recipient<BedRest> const& person) const { bed.confine(person, person(lost)); }
};

/// Exercise in orbit stays possible: it is given beside this.
struct Microgravity : Insult {
    static constexpr auto name = "microgravity";
    static constexpr auto about = "Weightlessness in orbit; exercise as a countermeasure is given beside it";

    UnloadingFraction gone{this,
                           {.unit = "1",
                            .meaning = "share of weight that is gone (Moon: 0.83, Mars: 0.62)",
                            .high = 1.0,
                            .fallback = 1.0,
                            .source = "Gopalakrishnan 2010, doi:10.3357/asem.2583.2010"}};

    Confinement<"microgravity"> orbit{this};

    void add_to(Recipient<Microgravity> const& person) const { orbit.confine(person, person(gone)); }
};

struct Immobilisation : Insult {
    static constexpr auto name = "immobilisation";
    static constexpr auto about = "A limb in a cast, a sling or a brace";
    static constexpr bool local = true;

    UnloadingFraction lost{this,
                           {.unit = "1",
                            .meaning = "share of the limb's loading and movement that is lost",
                            .high = 1.0,
                            .fallback = 1.0,
                            .source = "de Boer 2007, doi:10.1113/jphysiol.2007.135392"}};

    DailyLiving daily_living{this};
    BarredExercise exercise{this};
    AddsTo<"unloading_fraction"> unloading{this};

    void add_to(Recipient<Immobilisation> const& person) const {
        double const felt = person(lost) * person.side_share;
        person.each_muscle([&](auto const& muscle) {
            muscle(unloading).add_share(felt);
            exercise.bar(muscle, felt);
            daily_living.keep(muscle, 1.0 - felt);
        });
    }
};

struct Inactivity : Insult {
    static constexpr auto name = "inactivity";
    static constexpr auto about = "Less daily activity than before, at home";

    Amount<"activity_reduction_fraction"> given_up{this,
                                                   {.unit = "1",
                                                    .meaning = "share of habitual activity given up",
                                                    .high = 1.0,
                                                    .fallback = 0.76,
                                                    .source = "Breen 2013: steps cut by 76 %"}};

    DailyLiving daily_living{this};
    AddsTo<"unloading_fraction"> unloading{this};
    AddsTo<"body_unloading_fraction"> body_unloading{this};
    AddsTo<"metabolic_activity_ratio"> metabolic{this};

    Parameter<"inactivity.muscle_share"> muscle_share{this};
    Parameter<"inactivity.unloading_share"> unloading_share{this};
    Parameter<"inactivity.metabolic_loss_fraction"> metabolic_loss{this};

    void add_to(Recipient<Inactivity> const& person) const {
        double const unloaded = person(given_up) * person(unloading_share);
        person.each_muscle([&](auto const& muscle) {
            muscle(unloading).add_share(unloaded * muscle(muscle_share));
            daily_living.keep(muscle, 1.0 - person(given_up) * muscle(muscle_share));
        });
        person(body_unloading).add_share(unloaded);
        person(metabolic).change_by(-person(given_up) * person(metabolic_loss));
    }
};

}  // namespace

Kinds disuse_kinds() { return kinds_of<BedRest, Microgravity, Immobilisation, Inactivity>(); }

}  // namespace sarx::models
