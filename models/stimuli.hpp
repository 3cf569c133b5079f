#pragma once
// Stimuli: what life and interventions do to a body. Habits reset them each span of time, interventions add to
// them by the rules here, stages read only them. Each rule makes the order of contributions irrelevant, and a
// contribution of zero changes no bit.

#include "models/columns.hpp"
#include "sim/contract/block.hpp"

namespace sarx::models {

/// A kind of effort that recurs, as one muscle sees it.
struct Bout {
    float effort = 0.0F;    ///< load over the muscle's present capacity, 0..1
    float velocity = 0.0F;  ///< ballistic share, 0..1
    float volume = 0.0F;    ///< relative to habit, times the share of the bout that reaches this muscle
    float tension = 0.0F;   ///< tension relative to habit
    float order = 1.0F;     ///< 1 = by rank (voluntary), 0 = all units alike (electrical)
};

/// Adds a bout to a muscle of one person. A bout of no volume is not added. When all places are taken, it joins
/// the last place (volumes add, the rest is averaged by volume).
inline void add_bout(Block& block, int lane, int muscle, Bout const& bout) {
    if (!(bout.volume > 0.0F)) return;
    float* const count = block.muscle(column("bout_count"), muscle) + lane;
    float* const effort = block.muscle(column("bout_effort"), muscle) + lane;
    float* const velocity = block.muscle(column("bout_velocity"), muscle) + lane;
    float* const volume = block.muscle(column("bout_volume"), muscle) + lane;
    float* const tension = block.muscle(column("bout_tension"), muscle) + lane;
    float* const order = block.muscle(column("bout_order"), muscle) + lane;
    int place = static_cast<int>(*count);
    float old_share = 0.0F;
    if (place < max_bouts) {
        *count += 1.0F;
    } else {
        place = max_bouts - 1;
        old_share = volume[place * lanes] / (volume[place * lanes] + bout.volume);
    }
    float const new_share = 1.0F - old_share;
    int const i = place * lanes;
    effort[i] = old_share > 0.0F ? effort[i] * old_share + bout.effort * new_share : bout.effort;
    velocity[i] = old_share > 0.0F ? velocity[i] * old_share + bout.velocity * new_share : bout.velocity;
    tension[i] = old_share > 0.0F ? tension[i] * old_share + bout.tension * new_share : bout.tension;
    order[i] = old_share > 0.0F ? order[i] * old_share + bout.order * new_share : bout.order;
    volume[i] = old_share > 0.0F ? volume[i] + bout.volume : bout.volume;
}

/// Shares that combine as independent blocks: unloading, Notch inhibition, disease control. 1 - (1 - a)(1 - b).
inline void add_share(float& share, double added) { share += (1.0F - share) * static_cast<float>(added); }

/// Amounts that add: metabolic activity, protein, amino acids, inflammation, injury rates, hormone effects.
inline void add_amount(float& amount, double added) { amount += static_cast<float>(added); }

/// Effects that multiply (recovery, energy balance): `effect` is the relative change, 0 for none.
inline void multiply(float& ratio, double effect) { ratio += ratio * static_cast<float>(effect); }

/// Leaves `left` [0, 1] of the volume of a muscle's habitual bouts: what an insult takes from daily living.
inline void scale_habits(Block& block, int lane, int muscle, double left) {
    float* const volume = block.muscle(column("bout_volume"), muscle) + lane;
    for (int place = 0; place < habit_bouts; ++place) multiply(volume[place * lanes], left - 1.0);
}

/// Bars a share [0, 1] of voluntary exercise with a muscle: exercise added later is cut by what is barred then, what
/// is already there is cut here. Electrical bouts stay.
inline void bar_exercise(Block& block, int lane, int muscle, double share) {
    add_share(block.muscle(column("exercise_barred_fraction"), muscle)[lane], share);
    multiply(block.muscle(column("task_practice_fraction"), muscle)[lane], -share);
    multiply(block.muscle(column("fast_practice_fraction"), muscle)[lane], -share);
    float* const volume = block.muscle(column("bout_volume"), muscle) + lane;
    float const* const order = block.muscle(column("bout_order"), muscle) + lane;
    int const count = static_cast<int>(block.muscle(column("bout_count"), muscle)[lane]);
    for (int place = habit_bouts; place < count; ++place)
        if (order[place * lanes] > 0.5F) multiply(volume[place * lanes], -share);
}

/// What a typical case of chronic disease does to the body.
struct DiseaseEffect {
    double inflammation = 0.0;    ///< added inflammation
    double metabolic_loss = 0.0;  ///< metabolic activity is divided by 1 + this
};

/// Adds burden (1 = a typical case) or control (share held off) of chronic disease, and moves inflammation and
/// metabolic activity by the difference that makes: burden * (1 - control) counts, in whatever order they come.
/// Habits call it for disease that came by itself; insults and management for theirs.
inline void add_disease(Block& block, int lane, double burden, double control, DiseaseEffect const& effect) {
    float& total = block.person(column("disease_burden"))[lane];
    float& held_off = block.person(column("disease_control_fraction"))[lane];
    double const before = static_cast<double>(total) * (1.0 - static_cast<double>(held_off));
    add_amount(total, burden);
    add_share(held_off, control);
    double const after = static_cast<double>(total) * (1.0 - static_cast<double>(held_off));
    add_amount(block.person(column("inflammation"))[lane], effect.inflammation * (after - before));
    multiply(block.person(column("metabolic_activity_ratio"))[lane],
             (1.0 + effect.metabolic_loss * before) / (1.0 + effect.metabolic_loss * after) - 1.0);
}

}  // namespace sarx::models
