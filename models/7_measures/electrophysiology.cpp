#include "models/7_measures/electrophysiology.hpp"

#include "models/3_motor_units/recruitment.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Electrophysiology : Description {
    static constexpr auto about = "motor-unit number estimate, unit potential and jiggle, as electrodes read them";

    Reads<"nmj_jitter_us"> jitter{this};
    Reads<"unit_fibres"> unit_fibres{this};
    Reads<"unit_area_ratio"> unit_area{this};
    Reads<"unit_rank_exponential"> unit_rank_exponential{this};
    Writes<"mune_estimate_count"> number_estimate{this};
    Writes<"mup_area_uV_ms"> mean_potential{this};
    Writes<"jiggle_fraction"> near_fibre_jiggle{this};

    Parameter<"electrophysiology.test_force_fraction"> test_force{this};
    Parameter<"electrophysiology.one_fibre_potential_uV_ms"> one_fibre_uV_ms{this};
    Parameter<"electrophysiology.potential_size_exponent"> size_exponent{this};
    Parameter<"electrophysiology.youth_jiggle_fraction"> youth_jiggle{this};
    Parameter<"electrophysiology.jiggle_jitter_exponent"> jiggle_exponent{this};
    Parameter<"nmj_instability.youth_jitter_us"> youth_jitter_us{this};
    Parameter<"recruitment.width"> width_of_recruitment{this};
    Parameter<"recruitment.full_recruitment_effort"> full_recruitment_effort{this};
    Parameter<"recruitment.threshold_range"> threshold_range{this};

    SARX_INLINE void step(People<Electrophysiology> const& now) const {
        for (int m = 0; m < now.muscle_count(); ++m) read_muscle(now.muscle(m));
    }

    SARX_INLINE void read_muscle(MuscleOf<Electrophysiology> const& muscle) const {
        Lane const one_fibre = muscle(one_fibre_uV_ms);
        Lane const exponent = muscle(size_exponent);
        Lane const reached =
            rank_reached(muscle(test_force), Lane(0.0F), muscle(full_recruitment_effort), log(muscle(threshold_range)));
        Lane const factor = bout_factor(reached, muscle(width_of_recruitment), Lane(1.0F));
        auto const fibres = muscle.units(unit_fibres);
        auto const area = muscle.units(unit_area);
        auto const rank_exponential = muscle.units(unit_rank_exponential);
        Lane all = 0.0F;
        Lane sampled = 0.0F;
        Lane shares = 0.0F;
        int const rows = muscle.rows();
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = fibres[row];
            UnitsMask const lives = n > 0.0F;
            Units const p = select(lives, unit_potential_uV_ms(one_fibre, n, area[row], exponent), 0.0F);
            Units const w = select(lives, share_recruited(factor, rank_exponential[row]), 0.0F);
            add_rows(all, p);
            add_rows(sampled, w * p);
            add_rows(shares, w);
        }
        muscle.put(number_estimate, motor_unit_number_estimate(all, sampled, shares));
        muscle.put(mean_potential, sampled_potential_uV_ms(sampled, shares));
        muscle.put(near_fibre_jiggle,
                   jiggle(muscle(youth_jiggle), muscle(jitter), muscle(youth_jitter_us), muscle(jiggle_exponent)));
    }
};

}  // namespace

StageCode electrophysiology_stage() { return code_of<Electrophysiology>(); }

}  // namespace sarx::models::SARX_ISA
