#include "sim/scenario/keys.hpp"

#include "sim/scenario/read_clock.hpp"

namespace sarx::grammar {
namespace {

constexpr double an_hour = 1.0 / 8766.0;

}  // namespace

Keys<Clock> const& clock_keys() {
    static Keys<Clock> const keys = {
        {"step",
         into(&Clock::step_years, Years{an_hour, 1.0, true}),
         {.help = "the longest step that may be taken", .example = "step: 1 week"}},
        {"record_every",
         into(&Clock::record_every_years, Years{an_hour, oldest_years, true}),
         {.help = "time between records; the start and the end are always recorded",
          .example = "record_every: 6 months"}},
        derived<Clock>("records", [](Plan const&, Clock const& clock) { return std::to_string(clock.records); }),
    };
    return keys;
}

}  // namespace sarx::grammar
