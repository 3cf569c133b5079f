#pragma once
// The rules of models/stimuli.hpp by themselves: a kind that has them all, and the muscle of a block that they see.

#include "models/intervention.hpp"

namespace sarx::testing {

struct AnyRule : models::Intervention {
    models::Bouts bouts{this};
    models::DailyLiving daily_living{this};
    models::BarredExercise exercise{this};
};
inline constexpr AnyRule any_rule{};

inline models::TreatedMuscle<AnyRule> muscle_of(Block& block, int lane, int m) {
    static constexpr Dose nothing{.amounts = {}, .muscles = 0};
    return {models::Recipient<AnyRule>(block, lane, nothing, nullptr), m};
}

inline void add_bout(Block& block, int lane, int m, models::Bout const& bout) {
    any_rule.bouts.add(muscle_of(block, lane, m), bout);
}

}  // namespace sarx::testing
