// Electrical stimulation of a muscle through the skin. Current does not follow the size principle: units answer by their
// place under the electrode, so that the bout reaches all alike.
//
//   effort = i,   volume = n h v s [habit of youth = 1],   tension = T i [habit of youth = 1]
//
//   i evoked torque over maximal voluntary torque [0, 1], n sessions [1/week], h hours a session, v volume of a weekly
//   hour, T tension where evoked torque is the voluntary maximum, s 0.5 where one side is treated, else 1
//
// Nine weeks of it in sedentary people of about 70 raised torque, fast-fibre size and differentiating satellite cells
// (Kern 2014, doi:10.3389/fnagi.2014.00189; effect sizes are not in the abstract). It asks nothing of balance, skill or
// lungs, and it works in bed. Neglected: fatigue, pain, units beyond the reach of the current.

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

constexpr std::string_view protocol = "Kern 2014, doi:10.3389/fnagi.2014.00189";

struct Electrostimulation : Intervention {
    static constexpr auto name = "electrostimulation";
    static constexpr auto about = "Neuromuscular electrical stimulation of chosen muscles";
    static constexpr bool local = true;

    Amount<"sessions_per_week"> sessions_per_week{
        this, {.unit = "1/week", .meaning = "sessions a week", .high = 21.0, .fallback = 3.0, .source = protocol}};
    Amount<"intensity_fraction"> intensity{this,
                                           {.unit = "1",
                                            .meaning = "evoked torque over maximal voluntary torque",
                                            .high = 1.0,
                                            .fallback = 0.4,
                                            .source = protocol}};
    Amount<"minutes_per_session"> minutes{
        this, {.unit = "min", .meaning = "length of a session", .high = 240.0, .fallback = 30.0, .source = protocol}};

    Bouts bouts{this};

    Parameter<"electrostimulation.volume_per_weekly_hour"> volume_per_weekly_hour{this};
    Parameter<"electrostimulation.tension_at_maximum"> tension_at_maximum{this};

    void add_to(Recipient<Electrostimulation> const& person) const {
        double const hours_per_week = person(sessions_per_week) * person(minutes) / minutes_per_hour;
        double const volume = hours_per_week * person(volume_per_weekly_hour) * person.side_share;
        double const tension = person(intensity) * person(tension_at_maximum);
        person.each_muscle([&](auto const& muscle) {
            bouts.add(muscle, {.effort = static_cast<float>(person(intensity)),
                               .velocity = 0.0F,
                               .volume = static_cast<float>(volume),
                               .tension = static_cast<float>(tension),
                               .order = Bout::electrical});
        });
    }
};

}  // namespace

Kinds electrostimulation_kinds() { return kinds_of<Electrostimulation>(); }

}  // namespace sarx::models
