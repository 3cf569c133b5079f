#include "models/4_fibres/atrophy.hpp"

#include "models/age_clock.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Atrophy final : public Stage {
public:
    explicit Atrophy(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            auto const person = [&](ColumnId id) SARX_LAMBDA { return at(block.person(id), c); };
            Mask const moves = at(span.dt_years, c) > 0.0F;
            // The size of youth is grown on the sleep a person is used to.
            Lane const usual_recovery =
                1.0F - of(recovery_loss_) * max(of(sleep_enough_) - of(usual_sleep_), Lane(0.0F));
            Body body;
            body.synthesis =
                synthesis_by_protein(
                    of(protein_gain_), person(column("protein_intake_g_per_kg_day")),
                    enough_protein_g_per_kg_day(at(span.age_years, c), of(enough_at_22_), of(enough_at_71_)),
                    of(protein_reference_), of(enough_at_22_)) *
                synthesis_by_body(person(column("androgen_ratio")), of(androgen_exponent_),
                                  person(column("oestrogen_ratio")), of(oestrogen_exponent_),
                                  person(column("gh_igf1_ratio")), of(gh_igf1_exponent_),
                                  person(column("energy_balance_ratio")), of(energy_exponent_),
                                  person(column("mitochondrial_capacity")), of(mitochondria_exponent_)) *
                person(column("recovery_ratio")) / usual_recovery * (1.0F + person(column("amino_acid_stimulus")));
            body.breakdown =
                breakdown(person(column("inflammation")), of(inflammation_effect_), person(column("protein_damage")),
                          of(damage_effect_), person(column("notch_activity")), of(notch_effect_));
            body.unloading = person(column("body_unloading_fraction"));
            body.pace = turnover_pace(at(span.age_years, c), of(turnover_decline_));
            Lane synthesis = 0.0F;
            for (int m = 0; m < block.muscle_count(); ++m) synthesis += move_fibres(block, span, body, m, c);
            put_where(moves, block.person(column("muscle_protein_synthesis")), c,
                      body.pace * synthesis / Lane(block.muscle_count()));
            put_where(moves, block.person(column("muscle_protein_breakdown")), c, body.pace * body.breakdown);
        });
    }

private:
    struct Body {
        Lane synthesis;
        Lane breakdown;
        Lane unloading;
        Lane pace;
    };

    /// Moves the areas of one muscle; returns its mean synthesis.
    Lane move_fibres(Block& block, Span const& span, Body const& body, int m, int c) const {
        auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id, m), c); };
        auto const muscle = [&](ColumnId id) SARX_LAMBDA { return block.muscle(id, m); };
        Lane const dt = at(span.dt_years, c);
        Mask const moves = dt > 0.0F;
        Lane const one = 1.0F;
        Lane const zero = 0.0F;
        Lane const tiny = 1.0e-6F;
        Lane const unloading = max(at(muscle(column("unloading_fraction")), c), body.unloading);
        Lane const b = body.breakdown;
        Lane const k = of(turnover_) * body.pace * at(block.person(column("muscle_turnover_ratio")), c);
        // What training built leaves slowly while life goes on, at the full rate in disuse.
        Lane const slow = of(detraining_ratio_);
        Lane const reach_up = share_gone(k * b * dt) / b;
        Lane const reach_down = share_gone(k * (slow + (1.0F - slow) * unloading) * b * dt) / b;
        // What does not differ between units is multiplied in here, not unit by unit.
        Lane const gain = of(load_gain_) * body.synthesis;
        Lane const gain_a_doubling = gain * 0.693147181F;
        Lane const per_half = 1.0F / of(half_stimulus_);
        Lane const offset = body.synthesis - gain * log(1.0F + per_half);
        Lane const ageing = ageing_multiplier(at(span.age_years, c), of(clock_), one);
        Lane const later = at(span.age_years, c) - (of(type2_ageing_from_) - 20.0F);
        Lane const type2_loss = 1.0F - type2_ageing(of(age_coupling_), ageing_multiplier(later, of(clock_), one));
        Lane const type1_kept = type2_ageing(of(type1_age_coupling_), ageing);
        Lane const type1_growth = of(type1_growth_);
        Lane const nerve_at_most = of(nerve_coupling_) * of(youth_stability_);
        Lane const nerve_left = of(nerve_coupling_) * (1.0F - at(muscle(column("nmj_fast_instability")), c));
        float* const area = block.unit(column("unit_area_ratio"), m);
        float const* const fibres = block.unit(column("unit_fibres"), m);
        float const* const type2 = block.unit(column("unit_type2_share"), m);
        float const* const stimulus = block.unit(column("unit_mechanical_stimulus"), m);
        float const* const stability = block.unit(column("unit_nmj_stability"), m);
        Lane all = zero;
        Lane all_type2 = zero;
        Lane area_type1 = zero;
        Lane area_type2 = zero;
        Lane synthesis_sum = zero;
        int const rows = block.unit_rows(m);
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = units_at(fibres, row, c);
            Units const t = units_at(type2, row, c);
            Units const before = units_at(area, row, c);
            Units const by_load = offset + gain_a_doubling * coarse_log2(1.0F + units_at(stimulus, row, c) * per_half);
            Units const by_nerve = 1.0F - max(nerve_at_most - units_at(stability, row, c) * nerve_left, 0.0F);
            Units const made = growth_by_type<Units>(by_load, body.synthesis, type1_growth, t);
            Units const s = made * by_nerve * (type1_kept - type2_loss * t);
            Units const change = s - b * before;
            Units const a = before + change * select(change < 0.0F, reach_down, reach_up);
            put_units(area, row, c, a);
            Units const n2 = n * t;
            add_rows(all, n);
            add_rows(all_type2, n2);
            add_rows(area_type1, (n - n2) * a);
            add_rows(area_type2, n2 * a);
            add_rows(synthesis_sum, n * made);
        }
        put_where(moves, muscle(column("innervated_area_type1_fibres")), c, area_type1);
        put_where(moves, muscle(column("innervated_area_type2_fibres")), c, area_type2);
        put_where(moves & (all > all_type2), muscle(column("fibre_area_type1_um2")), c,
                  of(youth_area_type1_) * area_type1 / max(all - all_type2, tiny));
        put_where(moves & (all_type2 > zero), muscle(column("fibre_area_type2_um2")), c,
                  of(youth_area_type2_) * area_type2 / max(all_type2, tiny));
        put_where(moves & (all > zero), muscle(column("type2_fibre_fraction")), c, all_type2 / max(all, tiny));

        float* const denervated_area = muscle(column("denervated_area_ratio"));
        Lane const d = at(denervated_area, c);
        put(denervated_area, c, d + (of(denervated_floor_) - d) * share_gone(dt * of(denervated_rate_)));
        return synthesis_sum / max(all, tiny);
    }

    ParameterId clock_ = parameter("ageing.clock_growth_per_year");
    ParameterId youth_stability_ = parameter("nmj_instability.youth_stability");
    ParameterId turnover_ = parameter("atrophy.turnover_rate_per_year");
    ParameterId turnover_decline_ = parameter("atrophy.turnover_decline_per_year");
    ParameterId detraining_ratio_ = parameter("atrophy.detraining_rate_ratio");
    ParameterId load_gain_ = parameter("atrophy.load_gain");
    ParameterId type1_growth_ = parameter("atrophy.type1_growth_share");
    ParameterId half_stimulus_ = parameter("atrophy.half_stimulus");
    ParameterId age_coupling_ = parameter("atrophy.type2_age_coupling");
    ParameterId type2_ageing_from_ = parameter("atrophy.type2_ageing_from_years");
    ParameterId type1_age_coupling_ = parameter("atrophy.type1_age_coupling");
    ParameterId nerve_coupling_ = parameter("atrophy.nerve_coupling");
    ParameterId usual_sleep_ = parameter("habits.sleep_h_per_day");
    ParameterId sleep_enough_ = parameter("sleep.enough_h_per_day");
    ParameterId recovery_loss_ = parameter("sleep.recovery_gain_per_h");
    ParameterId protein_reference_ = parameter("atrophy.protein_reference_g_per_kg_day");
    ParameterId protein_gain_ = parameter("atrophy.protein_gain");
    ParameterId enough_at_22_ = parameter("atrophy.enough_protein_at_22_g_per_kg_day");
    ParameterId enough_at_71_ = parameter("atrophy.enough_protein_at_71_g_per_kg_day");
    ParameterId androgen_exponent_ = parameter("atrophy.androgen_exponent");
    ParameterId oestrogen_exponent_ = parameter("atrophy.oestrogen_exponent");
    ParameterId gh_igf1_exponent_ = parameter("atrophy.gh_igf1_exponent");
    ParameterId energy_exponent_ = parameter("atrophy.energy_exponent");
    ParameterId mitochondria_exponent_ = parameter("atrophy.mitochondria_exponent");
    ParameterId inflammation_effect_ = parameter("atrophy.breakdown_by_inflammation");
    ParameterId damage_effect_ = parameter("atrophy.breakdown_by_damage");
    ParameterId notch_effect_ = parameter("atrophy.breakdown_by_notch");
    ParameterId denervated_floor_ = parameter("atrophy.denervated_area_floor");
    ParameterId denervated_rate_ = parameter("atrophy.denervated_rate_per_year");
    ParameterId youth_area_type1_ = parameter("people.youth_fibre_area_type1_um2");
    ParameterId youth_area_type2_ = parameter("people.youth_fibre_area_type2_um2");
};

}  // namespace

Stage* make_atrophy(ParameterTable const& parameters) { return new Atrophy(parameters); }

}  // namespace sarx::models::SARX_ISA
