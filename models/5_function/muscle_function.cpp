#include "models/5_function/muscle_function.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct MuscleFunction : Description {
    static constexpr auto about = "force, speed, area and voluntary activation of each muscle";

    Reads<"calcium_handling"> calcium{this};
    Reads<"oestrogen_ratio"> oestrogen{this};
    Reads<"unloading_fraction"> unloading{this};
    Reads<"task_practice_fraction"> task_practice{this};
    Reads<"fast_practice_fraction"> fast_practice{this};
    Reads<"nmj_blocking_fraction"> blocking{this};
    Reads<"innervated_area_type1_fibres"> innervated_type1{this};
    Reads<"innervated_area_type2_fibres"> innervated_type2{this};
    Reads<"denervated_fibre_count"> denervated_fibres{this};
    Reads<"denervated_area_ratio"> denervated_area{this};
    Reads<"denervated_type2_share"> denervated_type2{this};
    Reads<"lost_fibre_count"> lost_fibres{this};
    Reads<"youth_fibre_count"> youth_fibres{this};
    Reads<"unit_youth_fibres"> unit_youth_fibres{this};
    Reads<"unit_type2_share"> unit_type2{this};
    Writes<"youth_contractile_area"> youth_area{this};
    Writes<"youth_contractile_force"> youth_force{this};
    Writes<"youth_type2_area_share"> youth_type2_area_share{this};
    Writes<"voluntary_activation_fraction"> activation{this};
    Writes<"trained_skill"> trained_skill{this};
    Writes<"trained_speed"> trained_speed{this};
    Writes<"muscle_area_ratio"> area_ratio{this};
    Writes<"muscle_area_cm2"> area_cm2{this};
    Writes<"muscle_force_ratio"> force_ratio{this};
    Writes<"muscle_speed_ratio"> muscle_speed{this};
    Writes<"specific_force_N_per_cm2"> specific_force_N_per_cm2{this};
    Writes<"one_repetition_maximum_ratio"> one_repetition_maximum_ratio{this};

    Parameter<"people.youth_fibre_area_type1_um2"> youth_area_type1_um2{this};
    Parameter<"people.youth_fibre_area_type2_um2"> youth_area_type2_um2{this};
    Parameter<"muscle_function.type2_over_type1_specific_force_ratio"> force_type2_over_type1{this};
    Parameter<"muscle_function.type2_over_type1_velocity_ratio"> velocity_type2_over_type1{this};
    Parameter<"muscle_function.youth_voluntary_activation_fraction"> youth_activation{this};
    Parameter<"muscle_function.activation_decline_per_year"> activation_decline_per_year{this};
    Parameter<"muscle_function.activation_decline_from_years"> activation_decline_from_years{this};
    Parameter<"muscle_function.activation_loss_in_unloading_fraction"> activation_loss_in_unloading{this};
    Parameter<"muscle_function.activation_recovery_time_years"> activation_recovery_years{this};
    Parameter<"muscle_function.activation_loss_time_years"> activation_loss_years{this};
    Parameter<"muscle_function.skill_gain_fraction"> skill_gain{this};
    Parameter<"muscle_function.skill_gain_time_years"> skill_gain_years{this};
    Parameter<"muscle_function.skill_loss_time_years"> skill_loss_years{this};
    Parameter<"muscle_function.trained_speed_gain_fraction"> speed_gain{this};
    Parameter<"muscle_function.oestrogen_force_fraction"> force_of_oestrogen{this};
    Parameter<"muscle_function.speed_decline_per_year"> speed_decline_per_year{this};
    Parameter<"muscle_function.youth_noncontractile_fraction"> noncontractile_share{this};
    Parameter<"muscle_function.replaced_fibre_fraction"> replaced_share{this};
    Parameter<"muscle_function.youth_specific_force_N_per_cm2"> youth_specific_force_N_per_cm2{this};
    Parameter<"muscle_function.youth_muscle_area_cm2"> youth_area_cm2{this};

    /// A muscle's fibres as they were in youth.
    struct Youth {
        Lane area, force, type2_area_share;
    };

    SARX_INLINE void step(People<MuscleFunction> const& now) const {
        for (int m = 0; m < now.muscle_count(); ++m) move_muscle(now.muscle(m));
    }

    SARX_INLINE void move_muscle(MuscleOf<MuscleFunction> const& muscle) const {
        Lane const tiny = 1.0e-6F;
        Lane const dt = muscle.dt_years;
        Lane const active =
            approach(muscle(activation),
                     activation_target(muscle.age_years, muscle(unloading), muscle(youth_activation),
                                       muscle(activation_decline_per_year), muscle(activation_decline_from_years),
                                       muscle(activation_loss_in_unloading)),
                     dt, muscle(activation_recovery_years), muscle(activation_loss_years));
        Lane const skill = approach(muscle(trained_skill), muscle(skill_gain) * muscle(task_practice), dt,
                                    muscle(skill_gain_years), muscle(skill_loss_years));
        Lane const fast = approach(muscle(trained_speed), muscle(speed_gain) * muscle(fast_practice), dt,
                                   muscle(skill_gain_years), muscle(skill_loss_years));

        Lane const r_area = muscle(youth_area_type2_um2) / muscle(youth_area_type1_um2);
        Youth const youth = youth_of(muscle, r_area);
        Lane const size = muscle(innervated_type1) + muscle(innervated_type2);
        Lane const type2 = muscle(innervated_type2) / max(size, tiny);
        Lane const innervated_area = fibre_area(size, type2, r_area);
        Lane const area_without_nerve =
            fibre_area(muscle(denervated_fibres) * muscle(denervated_area), muscle(denervated_type2), r_area);
        Lane const section = cross_section_ratio((innervated_area + area_without_nerve) / youth.area,
                                                 muscle(lost_fibres) / max(muscle(youth_fibres), Lane(1.0F)),
                                                 muscle(noncontractile_share), muscle(replaced_share));
        Lane const force =
            voluntary_force_ratio(fibre_force(size, type2, r_area, muscle(force_type2_over_type1)), youth.force,
                                  muscle(blocking), muscle(calcium), active, muscle(youth_activation)) *
            force_by_oestrogen(muscle(oestrogen), muscle(force_of_oestrogen));
        Lane const type2_area_share = type2_fibre_area(size, type2, r_area) / max(innervated_area, tiny);
        Lane const speed = speed_ratio(type2_area_share, youth.type2_area_share, muscle(velocity_type2_over_type1),
                                       muscle(calcium), fast) *
                           slowing_of_age(muscle.age_years, muscle(speed_decline_per_year));

        muscle.put(activation, active);
        muscle.put(trained_skill, skill);
        muscle.put(trained_speed, fast);
        muscle.put(area_ratio, section);
        muscle.put(area_cm2, muscle(youth_area_cm2) * section);
        muscle.put(force_ratio, force);
        muscle.put(muscle_speed, speed);
        muscle.put(specific_force_N_per_cm2, specific_force(muscle(youth_specific_force_N_per_cm2), force, section));
        muscle.put(one_repetition_maximum_ratio, one_repetition_maximum(force, skill));
    }

    /// The youth reference, taken in a person's first step from the youth sizes of units, which no stimulus moves, with
    /// every fibre of the muscle there.
    SARX_INLINE Youth youth_of(MuscleOf<MuscleFunction> const& muscle, Lane r_area) const {
        Mask const unknown = !(muscle(youth_area) > Lane(0.0F));
        if (any(unknown)) {
            auto const youth_sizes = muscle.units(unit_youth_fibres);
            auto const type2_shares = muscle.units(unit_type2);
            Lane fibres = 0.0F;
            Lane fibres2 = 0.0F;
            int const rows = muscle.rows();
            for (int row = 0; row < rows; row += rows_together) {
                Units const n = youth_sizes[row];
                add_rows(fibres, n);
                add_rows(fibres2, n * type2_shares[row]);
            }
            Lane const one = 1.0F;
            Lane const type2 = fibres2 / max(fibres, one);
            Lane const size = max(muscle(youth_fibres), one);
            Lane const area = fibre_area(size, type2, r_area);
            Lane const force = fibre_force(size, type2, r_area, muscle(force_type2_over_type1));
            Lane const share = type2_fibre_area(size, type2, r_area) / area;
            muscle.put(youth_area, select(unknown, area, muscle(youth_area)));
            muscle.put(youth_force, select(unknown, force, muscle(youth_force)));
            muscle.put(youth_type2_area_share, select(unknown, share, muscle(youth_type2_area_share)));
        }
        Lane const tiny = 1.0e-6F;
        return {.area = max(muscle(youth_area), tiny),
                .force = max(muscle(youth_force), tiny),
                .type2_area_share = muscle(youth_type2_area_share)};
    }
};

}  // namespace

StageCode muscle_function_stage() { return code_of<MuscleFunction>(); }

}  // namespace sarx::models::SARX_ISA
