#include "models/0_life/recruitment.hpp"

#include "models/kernel.hpp"
#include "models/stimuli.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Recruitment final : public Stage {
public:
    explicit Recruitment(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            for (int m = 0; m < block.muscle_count(); ++m) reach_units(block, m, c);
        });
    }

private:
    void reach_units(Block& block, int m, int c) const {
        Lane const width = at(block.parameter(width_, m), c);
        Lane const full = at(block.parameter(full_effort_, m), c);
        Lane const range = log(at(block.parameter(threshold_range_, m), c));
        Lane const count = at(block.muscle(column("bout_count"), m), c);
        int const bouts = largest(count);
        Lane factor[max_bouts];
        Lane volume[max_bouts];
        Lane stimulus[max_bouts];
        for (int b = 0; b < bouts || b < habit_bouts; ++b) {
            auto const of = [&](ColumnId id) SARX_LAMBDA { return at(block.muscle(id, m) + b * lanes, c); };
            Lane const rank = rank_reached(of(column("bout_effort")), of(column("bout_velocity")), full, range);
            factor[b] = bout_factor(rank, width, of(column("bout_order")));
            volume[b] = select(count > Lane(b), of(column("bout_volume")), 0.0F);
            stimulus[b] = volume[b] * of(column("bout_tension"));
        }
        // The bouts of daily living go together, for everyone; what is added comes one by one.
        static_assert(habit_bouts == 3, "together() takes three");
        ThreeFactors<Lane> const factors = together(factor);
        ThreeAmounts<Lane> const volumes = together(volume, factor);
        ThreeAmounts<Lane> const stimuli = together(stimulus, factor);
        float const* const rank_exponential = block.unit(column("unit_rank_exponential"), m);
        float* const drive = block.unit(column("unit_drive"), m);
        float* const mechanical = block.unit(column("unit_mechanical_stimulus"), m);
        float const* const scale = block.unit(column("unit_stimulus_scale"), m);
        int const rows = block.unit_rows(m);
        for (int row = 0; row < rows; row += rows_together) {
            Units const x = units_at(rank_exponential, row, c);
            Units const part = 1.0F / denominator(factors, x);
            Units d = numerator(volumes, x) * part;
            Units s = numerator(stimuli, x) * part;
            for (int b = habit_bouts; b < bouts; ++b) {
                Units const share = share_recruited<Units>(factor[b], x);
                d += volume[b] * share;
                s += stimulus[b] * share;
            }
            put_units(drive, row, c, min(d, 1.0F));
            put_units(mechanical, row, c, s * units_at(scale, row, c));
        }
    }

    ParameterId width_ = parameter("recruitment.width");
    ParameterId full_effort_ = parameter("recruitment.full_recruitment_effort");
    ParameterId threshold_range_ = parameter("recruitment.threshold_range");
};

}  // namespace

Stage* make_recruitment(ParameterTable const& parameters) { return new Recruitment(parameters); }

}  // namespace sarx::models::SARX_ISA
