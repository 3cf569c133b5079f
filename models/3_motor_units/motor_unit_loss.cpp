#include "models/3_motor_units/motor_unit_loss.hpp"

#include "models/3_motor_units/denervation.hpp"
#include "models/3_motor_units/reinnervation.hpp"
#include "models/age_clock.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class MotorUnitLoss final : public Stage {
public:
    explicit MotorUnitLoss(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            for (int m = 0; m < block.muscle_count(); ++m) lose_units(block, span, m, c);
        });
    }

private:
    void lose_units(Block& block, Span const& span, int m, int c) const {
        auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id, m), c); };
        Lane const dt = at(span.dt_years, c);
        Lane const age = at(span.age_years, c);
        Lane const vulnerability = at(block.person(column("motor_neuron_vulnerability")), c);
        Lane const soma =
            vulnerability * soma_death_rate_per_year(of(soma_rate_), age, of(soma_onset_), of(soma_ramp_)) +
            at(block.muscle(column("axon_injury_rate_per_year"), m), c);
        Lane const withdrawal =
            vulnerability * of(withdrawal_rate_) * ageing_multiplier(age, of(clock_), of(age_coupling_));
        // Integrated over the span once, not unit by unit.
        Lane const soma_run = soma * dt;
        Lane const withdrawal_run = withdrawal * dt;
        Lane const size_effect = of(size_effect_);
        Lane const junction_coupling = of(junction_coupling_);
        Lane const muscle_coupling = of(muscle_coupling_);
        Lane const youth_stability = of(youth_stability_);
        Lane const cap = of(cap_);
        Lane const steady = 1.0F - at(block.muscle(column("nmj_fast_instability"), m), c);
        float* const hazard_left = block.unit(column("unit_hazard_left"), m);
        float* const fibres = block.unit(column("unit_fibres"), m);
        float const* const youth_fibres = block.unit(column("unit_youth_fibres"), m);
        float const* const rank = block.unit(column("unit_rank"), m);
        float const* const stability = block.unit(column("unit_nmj_stability"), m);
        float const* const area = block.unit(column("unit_area_ratio"), m);
        float const* const type2 = block.unit(column("unit_type2_share"), m);
        bool const by_muscle = any(muscle_coupling > Lane(0.0F));
        Denervated freed;
        Lane lost_units = 0.0F;
        Lane sprouting = 0.0F;  // of those who are left: what reinnervation begins with
        int const rows = block.unit_rows(m);
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = units_at(fibres, row, c);
            Units const s = units_at(stability, row, c);
            Units const by_size = hazard_by_size<Units>(withdrawal_run, units_at(rank, row, c), size_effect);
            Units ratio = junction_hazard_ratio<Units>(youth_stability, s, steady, junction_coupling);
            if (by_muscle) ratio *= muscle_hazard_ratio<Units>(units_at(area, row, c), muscle_coupling);
            Units const left = units_at(hazard_left, row, c) - (soma_run + by_size * ratio);
            put_units(hazard_left, row, c, left);
            UnitsMask const lost = (left <= 0.0F) & (n > 0.0F);
            Units now = n;
            if (any(lost)) {  // rarely: else neither type nor area need be read
                Units const gone = select(lost, n, 0.0F);
                now = n - gone;
                put_units(fibres, row, c, now);
                add_rows(lost_units, select(lost, 1.0F, 0.0F));
                freed.add(gone, units_at(area, row, c), units_at(type2, row, c));
            }
            add_rows(sprouting, sprouting_weight<Units>(s, cap, units_at(youth_fibres, row, c), now));
        }
        put_where(dt > Lane(0.0F), block.muscle(column("sprouting_fibres"), m), c, sprouting);
        float* const count = block.muscle(column("motor_unit_count"), m);
        put(count, c, at(count, c) - lost_units);
        freed.join_pool(block, m, c);
    }

    ParameterId clock_ = parameter("ageing.clock_growth_per_year");
    ParameterId youth_stability_ = parameter("nmj_instability.youth_stability");
    ParameterId cap_ = parameter("reinnervation.enlargement_cap");
    ParameterId soma_rate_ = parameter("motor_unit_loss.soma_death_rate_per_year");
    ParameterId soma_onset_ = parameter("motor_unit_loss.soma_death_onset_years");
    ParameterId soma_ramp_ = parameter("motor_unit_loss.soma_death_ramp_years");
    ParameterId withdrawal_rate_ = parameter("motor_unit_loss.withdrawal_rate_at_20_per_year");
    ParameterId age_coupling_ = parameter("motor_unit_loss.age_coupling");
    ParameterId size_effect_ = parameter("motor_unit_loss.size_effect");
    ParameterId junction_coupling_ = parameter("motor_unit_loss.junction_coupling");
    ParameterId muscle_coupling_ = parameter("motor_unit_loss.muscle_coupling");
};

}  // namespace

Stage* make_motor_unit_loss(ParameterTable const& parameters) { return new MotorUnitLoss(parameters); }

}  // namespace sarx::models::SARX_ISA
