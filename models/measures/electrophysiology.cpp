#include "models/measures/electrophysiology.hpp"

#include "models/0_life/recruitment.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Electrophysiology final : public Stage {
public:
    explicit Electrophysiology(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const&) const override {
        for (int first = 0; first < lanes; first += width)
            for (int m = 0; m < block.muscle_count(); ++m) read_muscle(block, m, first);
    }

private:
    void read_muscle(Block& block, int m, int first) const {
        auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id, m), first); };
        Lane const one_fibre = of(one_fibre_);
        Lane const exponent = of(size_exponent_);
        Lane const reached = rank_reached(of(test_force_), Lane(0.0F), of(full_effort_), log(of(threshold_range_)));
        Lane const factor = bout_factor(reached, of(width_), Lane(1.0F));

        float const* const fibres = block.unit(column("unit_fibres"), m);
        float const* const areas = block.unit(column("unit_area_ratio"), m);
        float const* const rank_exponential = block.unit(column("unit_rank_exponential"), m);
        Lane all = 0.0F;
        Lane sampled = 0.0F;
        Lane shares = 0.0F;
        int const rows = block.unit_rows(m);
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = units_at(fibres, row, first);
            UnitsMask const lives = n > 0.0F;
            Units const p =
                select(lives, unit_potential_uV_ms<Units>(one_fibre, n, units_at(areas, row, first), exponent), 0.0F);
            Units const w = select(lives, share_recruited<Units>(factor, units_at(rank_exponential, row, first)), 0.0F);
            add_rows(all, p);
            add_rows(sampled, w * p);
            add_rows(shares, w);
        }
        put(block.muscle(column("mune_estimate_count"), m), first, motor_unit_number_estimate(all, sampled, shares));
        put(block.muscle(column("mup_area_uV_ms"), m), first, sampled / max(shares, Lane(1.0e-6F)));
        put(block.muscle(column("jiggle_fraction"), m), first,
            jiggle(of(youth_jiggle_), at(block.muscle(column("nmj_jitter_us"), m), first), of(youth_jitter_),
                   of(jiggle_exponent_)));
    }

    ParameterId test_force_ = parameter("electrophysiology.test_force_fraction");
    ParameterId one_fibre_ = parameter("electrophysiology.one_fibre_potential_uV_ms");
    ParameterId size_exponent_ = parameter("electrophysiology.potential_size_exponent");
    ParameterId youth_jiggle_ = parameter("electrophysiology.youth_jiggle_fraction");
    ParameterId jiggle_exponent_ = parameter("electrophysiology.jiggle_jitter_exponent");
    ParameterId youth_jitter_ = parameter("nmj_instability.youth_jitter_us");
    ParameterId width_ = parameter("recruitment.width");
    ParameterId full_effort_ = parameter("recruitment.full_recruitment_effort");
    ParameterId threshold_range_ = parameter("recruitment.threshold_range");
};

}  // namespace

Stage* make_electrophysiology(ParameterTable const& parameters) { return new Electrophysiology(parameters); }

}  // namespace sarx::models::SARX_ISA
