#pragma once
// How a delivery of an arm may begin and end: the words of the scenario format, for `sarx describe`.

#include <string_view>

namespace sarx {

struct Trigger {
    std::string_view name;
    std::string_view example;
    std::string_view meaning;
};

inline constexpr Trigger from_triggers[] = {
    {"age", "from: {age: 60 years}", "at this age of the person"},
    {"time", "from: {time: 40 years}", "so long after the run's start"},
    {"when", "from: {when: \"grip_strength_kg < 27\"}",
     "when a condition on the person's true state first holds (each time it becomes true, with repeat: true)"},
    {"event", "from: {event: hospital_stay}",
     "at the step after this event happens to the person (every event, with repeat: true)"},
    {"screen", "from: {screen: \"gait_speed_m_per_s < 0.8\", every: 1 year}",
     "when a condition holds at a regular examination, read with the error of the instrument, also where it comes "
     "oftener "
     "than the step; sensitivity and specificity may be given (every positive one, with repeat: true)"},
};
inline constexpr Trigger until_triggers[] = {
    {"age", "until: {age: 80 years}", "at this age of the person"},
    {"time", "until: {time: 60 years}", "so long after the run's start"},
    {"after", "until: {after: 24 weeks}", "so long after the delivery began"},
    {"when", "until: {when: \"grip_strength_kg > 30\"}", "when a condition first holds after the beginning"},
};

}  // namespace sarx
