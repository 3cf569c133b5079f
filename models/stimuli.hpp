#pragma once
// Stimuli: what life and interventions do to a body. Habits set them in each span of time, kinds of intervention move
// them by the rules here, stages read only them.
//
//   amount   x + a                  what adds up: activity, food, inflammation, rates of injury, effects of hormones
//   share    1 - (1 - x)(1 - s)     independent blocks, s [0, 1]: unloading, practice, control of disease, inhibition
//   effect   x (1 + e)              relative change, e >= -1: recovery, energy balance, what an insult takes
//   limit    min(x, l)              what cannot be passed: oestrogen without ovaries
//
// Within a rule the order of contributions is irrelevant (up to rounding), and a contribution of nothing (a, s or e = 0)
// changes no bit. Where two rules meet on one stimulus they count in the order in which doses are given: what life itself
// brings, then insults, then interventions.
//
// A rule that moves several stimuli together is a group of columns that a kind includes as a member, by which all that
// it moves is declared.

#include "models/description.hpp"

namespace sarx::models {

/// A number that a dose may move, with the rules by which it is moved.
class Stimulus {
public:
    explicit Stimulus(float& x) : x_(&x) {}

    float value() const { return *x_; }
    operator double() const { return static_cast<double>(*x_); }  // NOLINT: read as what it is in an equation

    void add(double amount) const { *x_ += static_cast<float>(amount); }
    void add_share(double share) const { *x_ += (1.0F - *x_) * static_cast<float>(share); }
    void change_by(double effect) const { *x_ += *x_ * static_cast<float>(effect); }
    void limit_to(double most) const {
        if (static_cast<float>(most) < *x_) *x_ = static_cast<float>(most);
    }
    /// For what follows a law of its own, which the caller states.
    void set(double x) const { *x_ = static_cast<float>(x); }
    void set(float x) const { *x_ = x; }

private:
    float* x_;
};

/// A kind of effort that recurs, as one muscle sees it.
struct Bout {
    static constexpr float voluntary = 1.0F;   ///< units by rank
    static constexpr float electrical = 0.0F;  ///< all units alike

    float effort = 0.0F;    ///< load over the muscle's present capacity, 0..1
    float velocity = 0.0F;  ///< ballistic share, 0..1
    float volume = 0.0F;    ///< relative to habit, times the share of the bout that reaches this muscle
    float tension = 0.0F;   ///< tension relative to habit
    float order = voluntary;
};

/// The bouts of a muscle. One of no volume is not added. When all places are taken it joins the last: volumes V add,
/// the rest x is averaged by volume, (x V + b v)/(V + v), so that no volume and no tension is lost.
struct Bouts {
    AddsTo<"bout_count"> count;
    AddsTo<"bout_effort"> effort;
    AddsTo<"bout_velocity"> velocity;
    AddsTo<"bout_volume"> volume;
    AddsTo<"bout_tension"> tension;
    AddsTo<"bout_order"> order;

    constexpr explicit(false) Bouts(Description* of)
        : count(of), effort(of), velocity(of), volume(of), tension(of), order(of) {}

    template <class Muscle>
    void add(Muscle const& muscle, Bout const& bout) const {
        if (!(bout.volume > 0.0F)) return;
        int place = static_cast<int>(muscle(count).value());
        float old_share = 0.0F;
        float old_volume = 0.0F;
        if (place < max_bouts) {
            muscle(count).add(1.0);
        } else {
            place = max_bouts - 1;
            old_volume = muscle(volume, place).value();
            old_share = old_volume / (old_volume + bout.volume);
        }
        auto const average = [&](Stimulus x, float added) {
            x.set(old_share > 0.0F ? x.value() * old_share + added * (1.0F - old_share) : added);
        };
        average(muscle(effort, place), bout.effort);
        average(muscle(velocity, place), bout.velocity);
        average(muscle(tension, place), bout.tension);
        average(muscle(order, place), bout.order);
        muscle(volume, place).set(old_volume + bout.volume);
    }
};

/// The bouts of daily living, of which an insult leaves a share: effects, so that insults commute. What interventions
/// added is left alone.
struct DailyLiving {
    AddsTo<"bout_volume"> volume;

    constexpr explicit(false) DailyLiving(Description* of) : volume(of) {}

    /// @param left [0, 1] of the volume
    template <class Muscle>
    void keep(Muscle const& muscle, double left) const {
        for (int place = 0; place < habit_bouts; ++place) muscle(volume, place).change_by(left - 1.0);
    }
};

/// Voluntary exercise that illness, bed or a cast rules out. What is there already is cut here, what comes later is cut by
/// the share barred by then (training.cpp), so that exercise and insult commute. Electrical bouts stay.
struct BarredExercise {
    AddsTo<"exercise_barred_fraction"> barred;
    AddsTo<"task_practice_fraction"> task_practice;
    AddsTo<"fast_practice_fraction"> fast_practice;
    AddsTo<"bout_volume"> volume;
    Reads<"bout_order"> order;
    Reads<"bout_count"> count;

    constexpr explicit(false) BarredExercise(Description* of)
        : barred(of), task_practice(of), fast_practice(of), volume(of), order(of), count(of) {}

    /// @param share [0, 1] of exercise with this muscle
    template <class Muscle>
    void bar(Muscle const& muscle, double share) const {
        muscle(barred).add_share(share);
        muscle(task_practice).change_by(-share);
        muscle(fast_practice).change_by(-share);
        int const bouts = static_cast<int>(muscle(count));
        for (int place = habit_bouts; place < bouts; ++place)
            if (mostly_voluntary(muscle(order, place))) muscle(volume, place).change_by(-share);
    }

private:
    /// The last place may hold several bouts, and their mean.
    static constexpr bool mostly_voluntary(double order) {
        return order > 0.5 * static_cast<double>(Bout::voluntary + Bout::electrical);
    }
};

}  // namespace sarx::models
