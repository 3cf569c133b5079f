#include "models/3_motor_units/reinnervation.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Reinnervation final : public Stage {
public:
    explicit Reinnervation(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            for (int m = 0; m < block.muscle_count(); ++m) reinnervate(block, span, m, c);
        });
    }

private:
    void reinnervate(Block& block, Span const& span, int m, int c) const {
        auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id, m), c); };
        auto const person = [&](ColumnId id) SARX_LAMBDA { return at(block.person(id), c); };
        auto const muscle = [&](ColumnId id) SARX_LAMBDA { return block.muscle(id, m); };
        Lane const tiny = 1.0e-6F;
        Lane const dt = at(span.dt_years, c);
        Mask const moves = dt > 0.0F;
        float* const fibres = block.unit(column("unit_fibres"), m);
        float* const area = block.unit(column("unit_area_ratio"), m);
        float* const type2 = block.unit(column("unit_type2_share"), m);
        float const* const youth_fibres = block.unit(column("unit_youth_fibres"), m);
        float const* const stability = block.unit(column("unit_nmj_stability"), m);
        float const* const rank = block.unit(column("unit_rank"), m);
        Lane const cap = of(cap_);
        int const rows = block.unit_rows(m);

        Lane const sprouting = at(muscle(column("sprouting_fibres")), c);
        Lane const youth_count = at(muscle(column("youth_fibre_count")), c);
        Lane const energy = max(person(column("mitochondrial_capacity")), Lane(0.0F));
        Lane const signalling = signalling_left(person(column("notch_activity")), of(notch_effect_),
                                                person(column("er_mitochondria_contact")), of(contact_effect_));
        Lane const capture = capture_rate_per_year(of(rate_), person(column("reinnervation_capacity")),
                                                   sprouting * energy, of(half_share_) * youth_count, signalling);
        Lane const loss = of(loss_rate_);
        Lane const exits = max(capture + loss, tiny);
        Lane const inflow = at(muscle(column("denervation_flow_fibres")), c);
        Lane const pool = at(muscle(column("denervated_fibre_count")), c);
        Lane const leaving = min(fibres_leaving(max(pool - inflow, Lane(0.0F)), inflow, exits, dt), pool);
        Lane const captured = leaving * (capture / exits);
        Lane const died = leaving - captured;
        put(muscle(column("denervated_fibre_count")), c, pool - leaving);
        put(muscle(column("lost_fibre_count")), c, at(muscle(column("lost_fibre_count")), c) + died);
        put_where(moves, muscle(column("denervation_flow_fibres")), c, 0.0F);
        Lane const innervated = at(muscle(column("innervated_fibre_count")), c) + captured;
        put(muscle(column("innervated_fibre_count")), c, innervated);

        // Captured fibres bring their area and type, and take on the type of their new unit.
        Lane const pool_area = at(muscle(column("denervated_area_ratio")), c);
        Lane const pool_type2 = at(muscle(column("denervated_type2_share")), c);
        Lane const type1_limit = at(muscle(column("type1_rank_limit")), c);
        Lane const conversion = share_gone(dt * of(conversion_rate_));
        Lane const unconverted = 1.0F - conversion;
        Lane const per_weight = captured / max(sprouting, tiny);
        Lane area_sum = 0.0F;
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = units_at(fibres, row, c);
            Units const caught = per_weight * sprouting_weight<Units>(units_at(stability, row, c), cap,
                                                                      units_at(youth_fibres, row, c), n);
            Units const now = n + caught;
            Units const share = caught / max(now, tiny);
            Units const a = units_at(area, row, c);
            Units const t = units_at(type2, row, c);
            Units const converted = select(units_at(rank, row, c) < type1_limit, 0.0F, conversion);
            Units const mixed = t + (pool_type2 - t) * share;
            Units const a_now = a + (pool_area - a) * share;
            put_units(fibres, row, c, now);
            put_units(area, row, c, a_now);
            put_units(type2, row, c, mixed * unconverted + converted);
            add_rows(area_sum, now * a_now);
        }

        Lane const youth_size = youth_count / max(at(muscle(column("youth_motor_unit_count")), c), tiny);
        Lane const count = max(at(muscle(column("motor_unit_count")), c), Lane(1.0F));
        Lane const size = innervated / count / youth_size;
        put_where(moves, muscle(column("motor_unit_size_ratio")), c, size);
        put_where(moves, muscle(column("mup_size_ratio")), c,
                  mup_size_ratio(size, of(mup_exponent_), area_sum / max(innervated, Lane(1.0F))));
        put_where(moves, muscle(column("junction_flux_per_year")), c,
                  (inflow + captured) / max(innervated, Lane(1.0F)) / max(dt, tiny));
    }

    ParameterId cap_ = parameter("reinnervation.enlargement_cap");
    ParameterId rate_ = parameter("reinnervation.capture_rate_per_year");
    ParameterId half_share_ = parameter("reinnervation.half_sprouting_share");
    ParameterId loss_rate_ = parameter("reinnervation.fibre_loss_rate_per_year");
    ParameterId notch_effect_ = parameter("reinnervation.notch_effect");
    ParameterId contact_effect_ = parameter("reinnervation.contact_effect");
    ParameterId conversion_rate_ = parameter("reinnervation.type_conversion_rate_per_year");
    ParameterId mup_exponent_ = parameter("reinnervation.mup_exponent");
};

}  // namespace

Stage* make_reinnervation(ParameterTable const& parameters) { return new Reinnervation(parameters); }

}  // namespace sarx::models::SARX_ISA
