#include "models/3_motor_units/motor_unit_loss.hpp"

#include "models/3_motor_units/denervation.hpp"
#include "models/3_motor_units/reinnervation.hpp"
#include "models/age_clock.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct MotorUnitLoss : DenervatesFibres {
    static constexpr auto about = "death of motor neurons and withdrawal of axons; their fibres are denervated";

    Reads<"motor_neuron_vulnerability"> vulnerability{this};
    Reads<"axon_injury_rate_per_year"> axon_injury_rate_per_year{this};
    Reads<"nmj_fast_instability"> fast_instability{this};
    Reads<"unit_nmj_stability"> unit_stability{this};
    Reads<"unit_rank"> unit_rank{this};
    Reads<"unit_youth_fibres"> unit_youth_fibres{this};
    ReadsPrevious<"unit_area_ratio"> unit_area{this};
    ReadsPrevious<"unit_type2_share"> unit_type2{this};
    Writes<"unit_hazard_left"> unit_hazard_left{this};
    Writes<"motor_unit_count"> motor_unit_count{this};
    Writes<"sprouting_fibres"> sprouting_fibres{this};

    Parameter<"ageing.clock_growth_per_year"> clock_growth_per_year{this};
    Parameter<"nmj_instability.youth_stability"> youth_stability{this};
    Parameter<"reinnervation.enlargement_cap"> enlargement_cap{this};
    Parameter<"motor_unit_loss.soma_death_rate_per_year"> soma_rate_per_year{this};
    Parameter<"motor_unit_loss.soma_death_onset_years"> soma_onset_years{this};
    Parameter<"motor_unit_loss.soma_death_ramp_years"> soma_ramp_years{this};
    Parameter<"motor_unit_loss.withdrawal_rate_at_20_per_year"> withdrawal_at_20_per_year{this};
    Parameter<"motor_unit_loss.age_coupling"> age_coupling{this};
    Parameter<"motor_unit_loss.size_effect"> size_effect{this};
    Parameter<"motor_unit_loss.junction_coupling"> junction_coupling{this};
    Parameter<"motor_unit_loss.muscle_coupling"> muscle_coupling{this};

    SARX_INLINE void step(People<MotorUnitLoss> const& now) const {
        for (int m = 0; m < now.muscle_count(); ++m) lose_units(now.muscle(m));
    }

    SARX_INLINE void lose_units(MuscleOf<MotorUnitLoss> const& muscle) const {
        UnitHazard<Lane> const p = hazard(muscle);
        Lane const cap = muscle(enlargement_cap);
        bool const by_muscle = any(p.muscle_coupling > Lane(0.0F));
        auto const hazard_left = muscle.units(unit_hazard_left);
        auto const fibres = muscle.units(unit_fibres);
        auto const youth_fibres = muscle.units(unit_youth_fibres);
        auto const rank = muscle.units(unit_rank);
        auto const stability = muscle.units(unit_stability);
        auto const area = muscle.units(unit_area);
        auto const type2 = muscle.units(unit_type2);
        Denervated freed;
        Lane lost_units = 0.0F;
        Lane sprouting = 0.0F;  // of those who are left: what reinnervation begins with
        int const rows = muscle.rows();
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = fibres[row];
            Units const s = stability[row];
            Units ratio = junction_hazard_ratio(p, s);
            if (by_muscle) ratio *= muscle_hazard_ratio(p, area[row]);
            Units const left = hazard_left[row] - hazard_run(p, withdrawal_by_size(p, rank[row]), ratio);
            hazard_left.put(row, left);
            UnitsMask const lost = (left <= 0.0F) & (n > 0.0F);
            Units now = n;
            if (any(lost)) {  // rarely: else neither type nor area need be read
                Units const gone = select(lost, n, 0.0F);
                now = n - gone;
                fibres.put(row, now);
                add_rows(lost_units, select(lost, 1.0F, 0.0F));
                freed.add(gone, area[row], type2[row]);
            }
            add_rows(sprouting, sprouting_weight(cap, s, youth_fibres[row], now));
        }
        muscle.put(sprouting_fibres, sprouting);
        muscle.put(motor_unit_count, muscle(motor_unit_count) - lost_units);
        join_pool(muscle, freed);
    }

    SARX_INLINE UnitHazard<Lane> hazard(MuscleOf<MotorUnitLoss> const& muscle) const {
        Lane const dt = muscle.dt_years;
        Lane const soma = soma_death_rate_per_year(muscle(soma_rate_per_year), muscle.age_years,
                                                   muscle(soma_onset_years), muscle(soma_ramp_years));
        Lane const ageing = ageing_multiplier(muscle.age_years, muscle(clock_growth_per_year), muscle(age_coupling));
        Lane const withdrawal = muscle(vulnerability) * muscle(withdrawal_at_20_per_year) * ageing * dt;
        Lane const effect = muscle(size_effect);
        Lane const coupling = muscle(junction_coupling);
        return {.soma = (muscle(vulnerability) * soma + muscle(axon_injury_rate_per_year)) * dt,
                .withdrawal_at_rank_0 = withdrawal * (1.0F - 0.5F * effect),
                .withdrawal_per_rank = withdrawal * effect,
                .junction_at_none = 1.0F + coupling,
                .junction_by_stability = coupling * (1.0F - muscle(fast_instability)) / muscle(youth_stability),
                .muscle_coupling = muscle(muscle_coupling)};
    }
};

}  // namespace

StageCode motor_unit_loss_stage() { return code_of<MotorUnitLoss>(); }

}  // namespace sarx::models::SARX_ISA
