#include "sim/scenario/read_clock.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

namespace sarx::grammar {

void check_clock(Reading const& reading, Given const& given, std::string const& path, Clock& clock) {
    constexpr int most_steps = 200'000;
    double const follow = reading.plan.population.follow_years;
    bool const unread = given.sound.size() != given.node.fields.size();
    if (unread || !(follow > 0.0) || !(follow <= oldest_years)) return;  // refused already
    constexpr double slack = 1e-6;
    double const steps = std::max(1.0, std::ceil(follow / clock.step_years - slack));
    double const intervals = std::max(1.0, std::ceil(follow / clock.record_every_years - slack));
    for (auto const& [count, key, what, longer] :
         {std::tuple(steps, "step", "steps", "step"),
          std::tuple(intervals, "record_every", "records", "time between records")})
        if (!(count <= most_steps))
            reading.refuse(given.at(key) != nullptr ? *given.at(key) : reading.root, path + "." + key,
                           "more than " + std::to_string(most_steps) + " " + what,
                           "take a longer " + std::string(longer) + " or a shorter follow-up");
    clock.steps = static_cast<int>(std::min<double>(steps, most_steps));
    clock.records = static_cast<int>(std::min<double>(intervals, most_steps)) + 1;
    clock.end_years = follow;
}

}  // namespace sarx::grammar
