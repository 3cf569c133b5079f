#include "models/3_motor_units/recruitment.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Recruitment : Description {
    static constexpr auto about = "what each bout asks of each motor unit, by the size principle";

    Reads<"bout_count"> bout_count{this};
    Reads<"bout_effort"> bout_effort{this};
    Reads<"bout_velocity"> bout_velocity{this};
    Reads<"bout_volume"> bout_volume{this};
    Reads<"bout_tension"> bout_tension{this};
    Reads<"bout_order"> bout_order{this};
    Reads<"unit_rank_exponential"> unit_rank_exponential{this};
    Reads<"unit_stimulus_scale"> unit_stimulus_scale{this};
    Writes<"unit_drive"> unit_drive{this};
    Writes<"unit_mechanical_stimulus"> unit_stimulus{this};

    Parameter<"recruitment.width"> width_of_recruitment{this};
    Parameter<"recruitment.full_recruitment_effort"> full_recruitment_effort{this};
    Parameter<"recruitment.threshold_range"> threshold_range{this};

    SARX_INLINE void step(People<Recruitment> const& now) const {
        for (int m = 0; m < now.muscle_count(); ++m) reach_units(now.muscle(m));
    }

    SARX_INLINE void reach_units(MuscleOf<Recruitment> const& muscle) const {
        Lane const softness = muscle(width_of_recruitment);
        Lane const full = muscle(full_recruitment_effort);
        Lane const range = log(muscle(threshold_range));
        Lane const count = muscle(bout_count);
        int const bouts = largest(count);
        Lane factor[max_bouts];
        Lane volume[max_bouts];
        Lane stimulus[max_bouts];
        for (int b = 0; b < bouts || b < habit_bouts; ++b) {
            Lane const rank = rank_reached(muscle(bout_effort, b), muscle(bout_velocity, b), full, range);
            factor[b] = bout_factor(rank, softness, muscle(bout_order, b));
            volume[b] = select(count > Lane(b), muscle(bout_volume, b), 0.0F);
            stimulus[b] = volume[b] * muscle(bout_tension, b);
        }
        // The bouts of daily living go together, for everyone; what is added comes one by one.
        static_assert(habit_bouts == 3, "together() takes three");
        ThreeFactors<Lane> const factors = together(factor);
        ThreeAmounts<Lane> const volumes = together(volume, factor);
        ThreeAmounts<Lane> const stimuli = together(stimulus, factor);
        auto const rank_exponential = muscle.units(unit_rank_exponential);
        auto const scale = muscle.units(unit_stimulus_scale);
        auto const drive = muscle.units(unit_drive);
        auto const mechanical = muscle.units(unit_stimulus);
        int const rows = muscle.rows();
        for (int row = 0; row < rows; row += rows_together) {
            Units const x = rank_exponential[row];
            Units const part = 1.0F / denominator(factors, x);
            Units d = numerator(volumes, x) * part;
            Units s = numerator(stimuli, x) * part;
            for (int b = habit_bouts; b < bouts; ++b) {
                Units const share = share_recruited(factor[b], x);
                d += volume[b] * share;
                s += stimulus[b] * share;
            }
            drive.put(row, share_of_full_use(d));
            mechanical.put(row, mechanical_stimulus(s, scale[row]));
        }
    }
};

}  // namespace

StageCode recruitment_stage() { return code_of<Recruitment>(); }

}  // namespace sarx::models::SARX_ISA
