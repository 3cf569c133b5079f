#include "models/2_junctions/nmj_instability.hpp"

#include "models/3_motor_units/denervation.hpp"
#include "models/age_clock.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class NmjInstability final : public Stage {
public:
    explicit NmjInstability(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            for (int m = 0; m < block.muscle_count(); ++m) age_junctions(block, span, m, c);
        });
    }

private:
    void age_junctions(Block& block, Span const& span, int m, int c) const {
        auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id, m), c); };
        auto const person = [&](ColumnId id) SARX_LAMBDA { return at(block.person(id), c); };
        Lane const dt = at(span.dt_years, c);
        Mask const moves = dt > 0.0F;
        Lane const inflammation = person(column("inflammation"));

        // The fast part, for the muscle as a whole.
        float* const fast_column = block.muscle(column("nmj_fast_instability"), m);
        Lane const fast_before = at(fast_column, c);
        Lane const unloading =
            max(at(block.muscle(column("unloading_fraction"), m), c), person(column("body_unloading_fraction")));
        Lane const fast_target = fast_instability_target(of(fast_largest_), unloading, inflammation);
        Lane const fast_rate = select(fast_target > fast_before, of(fast_onset_), of(fast_recovery_));
        Lane const fast = fast_before + (fast_target - fast_before) * share_gone(dt * fast_rate);
        put(fast_column, c, fast);

        // The slow part, unit by unit. In muscle-first couplings shrunken fibres erode their junctions.
        Lane const erosion_run =
            dt * erosion_rate_per_year(of(erosion_), person(column("nmj_vulnerability")),
                                       ageing_multiplier(at(span.age_years, c), of(clock_), of(age_coupling_)),
                                       inflammation, of(oestrogen_effect_), person(column("oestrogen_ratio")));
        Lane const muscle_coupling = of(muscle_coupling_);
        Lane const resting_share = of(resting_share_);
        Lane const repair_run =
            of(repair_) * repair_energy(person(column("mitochondrial_capacity")), of(fibre_energy_)) * dt;
        Lane const let_go_run = of(let_go_) * dt;
        Lane const steady = 1.0F - fast;
        float* const stability = block.unit(column("unit_nmj_stability"), m);
        float* const fibres = block.unit(column("unit_fibres"), m);
        float const* const drive = block.unit(column("unit_drive"), m);
        float const* const area = block.unit(column("unit_area_ratio"), m);
        float const* const type2 = block.unit(column("unit_type2_share"), m);
        Denervated freed;
        Lane all = 0.0F;
        Lane stable = 0.0F;
        bool const by_muscle = any(muscle_coupling > Lane(0.0F));
        int const rows = block.unit_rows(m);
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = units_at(fibres, row, c);
            Units const a = units_at(area, row, c);
            Units const repair = repair_by_use<Units>(repair_run, resting_share, units_at(drive, row, c));
            Units eroded = erosion_run;
            if (by_muscle) eroded *= erosion_by_shrinkage<Units>(muscle_coupling, a);
            Units const s = stability_after<Units>(units_at(stability, row, c), repair, eroded);
            put_units(stability, row, c, s);

            Units const gone = n * share_let_go<Units>(let_go_run, s, steady);
            put_units(fibres, row, c, n - gone);
            freed.add(gone, a, units_at(type2, row, c));
            add_rows(all, n);
            add_rows(stable, n * s);
        }
        freed.join_pool(block, m, c);

        Lane const mean = stable * steady / max(all, Lane(1.0e-6F));
        put_where(moves, block.muscle(column("nmj_stability"), m), c, mean);
        put_where(moves, block.muscle(column("nmj_jitter_us"), m), c,
                  jitter_us(of(jitter_youth_), of(jitter_gain_), of(youth_stability_), mean));
        put_where(moves, block.muscle(column("nmj_blocking_fraction"), m), c,
                  blocking_fraction(mean, of(blocking_half_), of(blocking_spread_)));
    }

    ParameterId clock_ = parameter("ageing.clock_growth_per_year");
    ParameterId youth_stability_ = parameter("nmj_instability.youth_stability");
    ParameterId repair_ = parameter("nmj_instability.repair_rate_per_year");
    ParameterId resting_share_ = parameter("nmj_instability.resting_repair_share");
    ParameterId fibre_energy_ = parameter("nmj_instability.fibre_energy_share");
    ParameterId erosion_ = parameter("nmj_instability.erosion_rate_per_year");
    ParameterId age_coupling_ = parameter("nmj_instability.age_coupling");
    ParameterId muscle_coupling_ = parameter("nmj_instability.muscle_coupling");
    ParameterId oestrogen_effect_ = parameter("nmj_instability.oestrogen_effect");
    ParameterId fast_largest_ = parameter("nmj_instability.fast_instability_max");
    ParameterId fast_onset_ = parameter("nmj_instability.fast_onset_rate_per_year");
    ParameterId fast_recovery_ = parameter("nmj_instability.fast_recovery_rate_per_year");
    ParameterId let_go_ = parameter("nmj_instability.partial_denervation_rate_per_year");
    ParameterId jitter_youth_ = parameter("nmj_instability.youth_jitter_us");
    ParameterId jitter_gain_ = parameter("nmj_instability.jitter_gain");
    ParameterId blocking_half_ = parameter("nmj_instability.blocking_half_stability");
    ParameterId blocking_spread_ = parameter("nmj_instability.blocking_spread");
};

}  // namespace

Stage* make_nmj_instability(ParameterTable const& parameters) { return new NmjInstability(parameters); }

}  // namespace sarx::models::SARX_ISA
