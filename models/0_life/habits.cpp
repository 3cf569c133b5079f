#include "models/0_life/habits.hpp"

#include "models/kernel.hpp"
#include "models/stimuli.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Habits final : public Stage {
public:
    explicit Habits(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id, int m = 0) SARX_LAMBDA { return at(block.parameter(id, m), c); };
            Mask const moves = at(span.dt_years, c) > 0.0F;
            auto const set = [&](ColumnId id, Lane x) SARX_LAMBDA { put_where(moves, block.person(id), c, x); };
            Lane const age = at(span.age_years, c);
            Lane const trait = at(block.person(column("habitual_activity_ratio")), c);
            Lane const activity = trait * activity_of_age(age, of(half_age_), of(scale_));
            Lane const vigour = trait * activity_of_age(age, of(vigorous_half_age_), of(vigorous_scale_));
            Lane const sleep = of(sleep_);
            set(column("metabolic_activity_ratio"), activity);
            set(column("body_unloading_fraction"), 0.0F);
            set(column("protein_intake_g_per_kg_day"),
                of(protein_) * exp(-of(protein_decline_) * max(age - 50.0F, Lane(0.0F))));
            set(column("amino_acid_stimulus"), 0.0F);
            set(column("sleep_h_per_day"), sleep);
            set(column("recovery_ratio"), 1.0F - of(recovery_loss_) * max(of(sleep_enough_) - sleep, Lane(0.0F)));
            set(column("energy_balance_ratio"), 1.0F);
            set(column("notch_inhibition_fraction"), 0.0F);
            set(column("balance_training_h_per_week"), 0.0F);
            for (int m = 0; m < block.muscle_count(); ++m) {
                auto const put_muscle = [&](ColumnId id, int row, Lane x)
                                            SARX_LAMBDA { put_where(moves, block.muscle(id, m) + row * lanes, c, x); };
                put_muscle(column("unloading_fraction"), 0, 0.0F);
                put_muscle(column("axon_injury_rate_per_year"), 0, 0.0F);
                put_muscle(column("exercise_barred_fraction"), 0, 0.0F);
                put_muscle(column("task_practice_fraction"), 0, 0.0F);
                put_muscle(column("fast_practice_fraction"), 0, 0.0F);
                // Places beyond those of the last span hold nothing.
                int const used = largest(at(block.muscle(column("bout_count"), m), c));
                put_muscle(column("bout_count"), 0, static_cast<float>(habit_bouts));
                Lane const force = at(block.muscle(column("muscle_force_ratio"), m), c);  // of the last step
                Lane const share = of(share_, m);
                for (int b = 0; b < habit_bouts; ++b) {
                    Lane const load = of(load_[b], m);
                    Lane const effort = effort_of_load(load, force);
                    Lane const done =
                        (b == vigorous ? vigour : activity) * share_kept_up(effort, of(limit_), of(spread_));
                    put_muscle(column("bout_effort"), b, min(effort, Lane(1.0F)));
                    put_muscle(column("bout_velocity"), b, of(velocity_[b]));
                    put_muscle(column("bout_volume"), b, of(volume_[b]) * share * done);
                    put_muscle(column("bout_tension"), b, of(tension_[b]) * tension_of_effort(effort, load));
                    put_muscle(column("bout_order"), b, 1.0F);
                }
                for (int b = habit_bouts; b < used; ++b) {
                    put_muscle(column("bout_effort"), b, 0.0F);
                    put_muscle(column("bout_velocity"), b, 0.0F);
                    put_muscle(column("bout_volume"), b, 0.0F);
                    put_muscle(column("bout_tension"), b, 0.0F);
                    put_muscle(column("bout_order"), b, 1.0F);
                }
            }
        });
    }

private:
    static constexpr int vigorous = 2;

    ParameterId half_age_ = parameter("habits.activity_half_age_years");
    ParameterId scale_ = parameter("habits.activity_scale_years");
    ParameterId vigorous_half_age_ = parameter("habits.vigorous_half_age_years");
    ParameterId vigorous_scale_ = parameter("habits.vigorous_scale_years");
    ParameterId protein_ = parameter("habits.protein_intake_g_per_kg_day");
    ParameterId protein_decline_ = parameter("habits.protein_decline_per_year");
    ParameterId sleep_ = parameter("habits.sleep_h_per_day");
    ParameterId sleep_enough_ = parameter("sleep.enough_h_per_day");
    ParameterId recovery_loss_ = parameter("sleep.recovery_gain_per_h");
    ParameterId limit_ = parameter("habits.effort_limit");
    ParameterId spread_ = parameter("habits.effort_limit_spread");
    ParameterId share_ = parameter("habits.muscle_share");
    ParameterId load_[habit_bouts] = {parameter("habits.walking_load"), parameter("habits.rising_load"),
                                      parameter("habits.vigorous_load")};
    ParameterId velocity_[habit_bouts] = {parameter("habits.walking_velocity"), parameter("habits.rising_velocity"),
                                          parameter("habits.vigorous_velocity")};
    ParameterId volume_[habit_bouts] = {parameter("habits.walking_volume"), parameter("habits.rising_volume"),
                                        parameter("habits.vigorous_volume")};
    ParameterId tension_[habit_bouts] = {parameter("habits.walking_tension"), parameter("habits.rising_tension"),
                                         parameter("habits.vigorous_tension")};
};

}  // namespace

Stage* make_habits(ParameterTable const& parameters) { return new Habits(parameters); }

}  // namespace sarx::models::SARX_ISA
