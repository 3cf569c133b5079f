#include "models/5_function/muscle_function.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

/// Fibres of one muscle: their number times their relative area, all and type II. Area and force are linear in both.
struct Pool {
    Lane all = 0.0F;
    Lane type2 = 0.0F;
};

/// The pool as it was in youth: units at their youth size, every fibre of the muscle there.
struct Youth {
    Lane area;
    Lane type2_share;
    Lane force;
};

class MuscleFunction final : public Stage {
public:
    explicit MuscleFunction(ParameterTable const& table)
        : Stage(table),
          area_type1_um2_(parameter("people.youth_fibre_area_type1_um2")),
          area_type2_um2_(parameter("people.youth_fibre_area_type2_um2")),
          force_type2_(parameter("muscle_function.type2_over_type1_specific_force_ratio")),
          velocity_type2_(parameter("muscle_function.type2_over_type1_velocity_ratio")),
          youth_activation_(parameter("muscle_function.youth_voluntary_activation_fraction")),
          activation_ageing_(parameter("muscle_function.activation_decline_per_year")),
          activation_ageing_from_(parameter("muscle_function.activation_decline_from_years")),
          activation_disuse_(parameter("muscle_function.activation_loss_in_unloading_fraction")),
          activation_up_(parameter("muscle_function.activation_recovery_time_years")),
          activation_down_(parameter("muscle_function.activation_loss_time_years")),
          skill_gain_(parameter("muscle_function.skill_gain_fraction")),
          skill_up_(parameter("muscle_function.skill_gain_time_years")),
          skill_down_(parameter("muscle_function.skill_loss_time_years")),
          speed_gain_(parameter("muscle_function.trained_speed_gain_fraction")),
          force_of_oestrogen_(parameter("muscle_function.oestrogen_force_fraction")),
          speed_decline_(parameter("muscle_function.speed_decline_per_year")),
          noncontractile_(parameter("muscle_function.youth_noncontractile_fraction")),
          replaced_(parameter("muscle_function.replaced_fibre_fraction")),
          youth_specific_force_(parameter("muscle_function.youth_specific_force_N_per_cm2")),
          youth_area_(parameter("muscle_function.youth_muscle_area_cm2")) {}

    void step(Block& block, Span const& span) const override {
        for (int m = 0; m < block.muscle_count(); ++m)
            for_chunks(span, [&](int first) SARX_LAMBDA { step_muscle(block, span, m, first); });
    }

private:
    SARX_INLINE void step_muscle(Block& block, Span const& span, int m, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id, m), first); };
        auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.muscle(c, m), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.muscle(c, m), first, x); };
        Lane const r_area = p(area_type2_um2_) / p(area_type1_um2_);
        Lane const r_force = p(force_type2_);

        Youth const youth = youth_of(block, m, first, dt, r_area, r_force);
        Lane const tiny = 1e-6F;
        Lane const one = 1.0F;
        Lane const type2 = now(column("innervated_area_type2_fibres"));
        Pool const pool{.all = now(column("innervated_area_type1_fibres")) + type2, .type2 = type2};
        Lane const share = pool.type2 / max(pool.all, tiny);
        Lane const area = fibre_area(pool.all, one, share, r_area);
        Lane const denervated = now(column("denervated_fibre_count"));
        Lane const denervated_area = now(column("denervated_area_ratio"));
        Lane const denervated_type2 = now(column("denervated_type2_share"));
        Lane const contractile =
            (area + fibre_area(denervated, denervated_area, denervated_type2, r_area)) / youth.area;
        Lane const lost = now(column("lost_fibre_count")) / max(now(column("youth_fibre_count")), Lane(1.0F));
        Lane const area_ratio = cross_section_ratio(contractile, lost, p(noncontractile_), p(replaced_));

        Lane const activation = approach(
            now(column("voluntary_activation_fraction")),
            activation_target(at(span.age_years, first), now(column("unloading_fraction")), p(youth_activation_),
                              p(activation_ageing_), p(activation_ageing_from_), p(activation_disuse_)),
            dt, p(activation_up_), p(activation_down_));
        Lane const skill =
            approach(now(column("trained_skill")), p(skill_gain_) * now(column("task_practice_fraction")), dt,
                     p(skill_up_), p(skill_down_));
        Lane const fast = approach(now(column("trained_speed")), p(speed_gain_) * now(column("fast_practice_fraction")),
                                   dt, p(skill_up_), p(skill_down_));

        Lane const calcium = at(block.person(column("calcium_handling")), first);
        Lane const force =
            voluntary_force_ratio(fibre_force(pool.all, one, share, r_area, r_force), youth.force,
                                  now(column("nmj_blocking_fraction")), calcium, activation, p(youth_activation_)) *
            force_by_oestrogen(at(block.person(column("oestrogen_ratio")), first), p(force_of_oestrogen_));
        Lane const type2_share = type2_fibre_area(pool.all, one, share, r_area) / max(area, tiny);
        Lane const speed = speed_ratio(type2_share, youth.type2_share, p(velocity_type2_), calcium, fast) *
                           slowing_of_age(at(span.age_years, first), p(speed_decline_));

        keep(column("voluntary_activation_fraction"), activation);
        keep(column("trained_skill"), skill);
        keep(column("trained_speed"), fast);
        keep(column("muscle_area_ratio"), area_ratio);
        keep(column("muscle_area_cm2"), p(youth_area_) * area_ratio);
        keep(column("muscle_force_ratio"), force);
        keep(column("muscle_speed_ratio"), speed);
        keep(column("specific_force_N_per_cm2"), p(youth_specific_force_) * force / max(area_ratio, tiny));
        keep(column("one_repetition_maximum_ratio"), force * (1.0 + skill));
    }

    /// The youth reference, taken in a person's first step from the youth sizes of units, which no stimulus moves.
    SARX_INLINE Youth youth_of(Block& block, int m, int first, Lane dt, Lane r_area, Lane r_force) const {
        float* const area_row = block.muscle(column("youth_contractile_area"), m);
        float* const force_row = block.muscle(column("youth_contractile_force"), m);
        float* const share_row = block.muscle(column("youth_type2_area_share"), m);
        Lane const area = at(area_row, first);
        Mask const unknown = !(area > Lane(0.0F));
        if (any(unknown)) {
            float const* const youth_fibres = block.unit(column("unit_youth_fibres"), m);
            float const* const type2 = block.unit(column("unit_type2_share"), m);
            Lane fibres = 0.0F;
            Lane fibres2 = 0.0F;
            for (int row = 0; row < block.unit_rows(m); row += rows_together) {
                Units const n = units_at(youth_fibres, row, first);
                add_rows(fibres, n);
                add_rows(fibres2, n * units_at(type2, row, first));
            }
            Lane const one = 1.0F;
            Lane const share = fibres2 / max(fibres, one);
            Lane const all = max(at(block.muscle(column("youth_fibre_count"), m), first), one);
            Lane const first_area = fibre_area(all, one, share, r_area);
            put_where(dt > Lane(0.0F), area_row, first, select(unknown, first_area, area));
            put_where(dt > Lane(0.0F), force_row, first,
                      select(unknown, fibre_force(all, one, share, r_area, r_force), at(force_row, first)));
            put_where(dt > Lane(0.0F), share_row, first,
                      select(unknown, type2_fibre_area(all, one, share, r_area) / first_area, at(share_row, first)));
        }
        Lane const tiny = 1e-6F;
        return {max(at(area_row, first), tiny), at(share_row, first), max(at(force_row, first), tiny)};
    }

    ParameterId area_type1_um2_, area_type2_um2_, force_type2_, velocity_type2_;
    ParameterId youth_activation_, activation_ageing_, activation_ageing_from_, activation_disuse_;
    ParameterId activation_up_, activation_down_;
    ParameterId skill_gain_, skill_up_, skill_down_, speed_gain_, force_of_oestrogen_, speed_decline_;
    ParameterId noncontractile_, replaced_;
    ParameterId youth_specific_force_, youth_area_;
};

}  // namespace

Stage* make_muscle_function(ParameterTable const& parameters) { return new MuscleFunction(parameters); }

}  // namespace sarx::models::SARX_ISA
