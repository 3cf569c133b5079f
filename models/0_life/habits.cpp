#include "models/0_life/habits.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

/// What a kind of daily effort asks of a muscle in youth.
template <Text effort>
struct HabitBout {
    Parameter<Text("habits.") + effort + Text("_load")> load;
    Parameter<Text("habits.") + effort + Text("_velocity")> velocity;
    Parameter<Text("habits.") + effort + Text("_volume")> volume;
    Parameter<Text("habits.") + effort + Text("_tension")> tension;

    constexpr explicit HabitBout(Description* of) : load(of), velocity(of), volume(of), tension(of) {}
};

struct Habits : Description {
    static constexpr auto about = "daily living: activity, absolute loads, protein and sleep; sets the stimuli anew";

    Reads<"habitual_activity_ratio"> habitual_activity{this};
    ReadsPrevious<"muscle_force_ratio"> force_ratio{this};
    Writes<"metabolic_activity_ratio"> metabolic_activity{this};
    Writes<"body_unloading_fraction"> body_unloading{this};
    Writes<"protein_intake_g_per_kg_day"> protein_intake{this};
    Writes<"amino_acid_stimulus"> amino_acids{this};
    Writes<"sleep_h_per_day"> sleep{this};
    Writes<"recovery_ratio"> recovery{this};
    Writes<"energy_balance_ratio"> energy_balance{this};
    Writes<"notch_inhibition_fraction"> notch_inhibition{this};
    Writes<"balance_training_h_per_week"> balance_training{this};
    Writes<"unloading_fraction"> unloading{this};
    Writes<"axon_injury_rate_per_year"> axon_injury_rate{this};
    Writes<"exercise_barred_fraction"> exercise_barred{this};
    Writes<"task_practice_fraction"> task_practice{this};
    Writes<"fast_practice_fraction"> fast_practice{this};
    Writes<"bout_count"> bout_count{this};
    Writes<"bout_effort"> bout_effort{this};
    Writes<"bout_velocity"> bout_velocity{this};
    Writes<"bout_volume"> bout_volume{this};
    Writes<"bout_tension"> bout_tension{this};
    Writes<"bout_order"> bout_order{this};

    Parameter<"habits.activity_half_age_years"> half_age_years{this};
    Parameter<"habits.activity_scale_years"> scale_years{this};
    Parameter<"habits.vigorous_half_age_years"> vigorous_half_age_years{this};
    Parameter<"habits.vigorous_scale_years"> vigorous_scale_years{this};
    Parameter<"habits.protein_intake_g_per_kg_day"> usual_protein{this};
    Parameter<"habits.protein_decline_per_year"> protein_decline_per_year{this};
    Parameter<"habits.sleep_h_per_day"> usual_sleep_h_per_day{this};
    Parameter<"sleep.enough_h_per_day"> enough_sleep_h_per_day{this};
    Parameter<"sleep.recovery_gain_per_h"> recovery_gain_per_h{this};
    Parameter<"habits.effort_limit"> effort_limit{this};
    Parameter<"habits.effort_limit_spread"> effort_limit_spread{this};
    Parameter<"habits.muscle_share"> muscle_share{this};
    HabitBout<"walking"> walking{this};
    HabitBout<"rising"> rising{this};
    HabitBout<"vigorous"> vigorous{this};

    SARX_INLINE void step(People<Habits> const& now) const {
        Lane const usual =
            now(habitual_activity) * activity_of_age(now.age_years, now(half_age_years), now(scale_years));
        Lane const hard = now(habitual_activity) *
                          activity_of_age(now.age_years, now(vigorous_half_age_years), now(vigorous_scale_years));
        now.put(metabolic_activity, usual);
        now.put(protein_intake,
                protein_of_age_g_per_kg_day(now(usual_protein), now(protein_decline_per_year), now.age_years));
        now.put(sleep, now(usual_sleep_h_per_day));
        now.put(recovery,
                recovery_by_sleep(now(recovery_gain_per_h), now(enough_sleep_h_per_day), now(usual_sleep_h_per_day)));
        now.put(body_unloading, 0.0F);
        now.put(amino_acids, 0.0F);
        now.put(energy_balance, 1.0F);
        now.put(notch_inhibition, 0.0F);
        now.put(balance_training, 0.0F);
        for (int m = 0; m < now.muscle_count(); ++m) use_muscle(now.muscle(m), usual, hard);
    }

    SARX_INLINE void use_muscle(MuscleOf<Habits> const& muscle, Lane usual, Lane hard) const {
        muscle.put(unloading, 0.0F);
        muscle.put(axon_injury_rate, 0.0F);
        muscle.put(exercise_barred, 0.0F);
        muscle.put(task_practice, 0.0F);
        muscle.put(fast_practice, 0.0F);
        static_assert(habit_bouts == 3);
        put_habit(muscle, 0, walking, usual);
        put_habit(muscle, 1, rising, usual);
        put_habit(muscle, 2, vigorous, hard);
        int const used = largest(muscle(bout_count));  // places beyond hold nothing
        for (int place = habit_bouts; place < used; ++place) {
            muscle.put(bout_effort, 0.0F, place);
            muscle.put(bout_velocity, 0.0F, place);
            muscle.put(bout_volume, 0.0F, place);
            muscle.put(bout_tension, 0.0F, place);
            muscle.put(bout_order, 1.0F, place);
        }
        muscle.put(bout_count, static_cast<float>(habit_bouts));
    }

    template <Text effort>
    SARX_INLINE void put_habit(MuscleOf<Habits> const& muscle, int place, HabitBout<effort> const& habit,
                               Lane activity) const {
        Lane const load = muscle(habit.load);
        Lane const asked = effort_of_load(load, muscle(force_ratio));
        Lane const kept_up = share_kept_up(asked, muscle(effort_limit), muscle(effort_limit_spread));
        muscle.put(bout_effort, min(asked, Lane(1.0F)), place);
        muscle.put(bout_velocity, muscle(habit.velocity), place);
        muscle.put(bout_volume, volume_of_habit(muscle(habit.volume), muscle(muscle_share), activity, kept_up), place);
        muscle.put(bout_tension, muscle(habit.tension) * tension_of_effort(asked, load), place);
        muscle.put(bout_order, 1.0F, place);
    }
};

}  // namespace

StageCode habits_stage() { return code_of<Habits>(); }

}  // namespace sarx::models::SARX_ISA
