#include "models/4_fibres/atrophy.hpp"

#include "models/0_life/habits.hpp"
#include "models/age_clock.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Atrophy : Description {
    static constexpr auto about = "fibre areas: synthesis by load, food and hormones against breakdown";

    Reads<"protein_intake_g_per_kg_day"> protein_intake{this};
    Reads<"amino_acid_stimulus"> amino_acids{this};
    Reads<"androgen_ratio"> androgen{this};
    Reads<"oestrogen_ratio"> oestrogen{this};
    Reads<"gh_igf1_ratio"> gh_igf1{this};
    Reads<"energy_balance_ratio"> energy_balance{this};
    Reads<"recovery_ratio"> recovery{this};
    Reads<"inflammation"> inflammation{this};
    Reads<"mitochondrial_capacity"> mitochondria{this};
    Reads<"protein_damage"> damage{this};
    Reads<"notch_activity"> notch{this};
    Reads<"muscle_turnover_ratio"> turnover_ratio{this};
    Reads<"body_unloading_fraction"> body_unloading{this};
    Reads<"unloading_fraction"> unloading{this};
    Reads<"nmj_fast_instability"> fast_instability{this};
    Reads<"unit_mechanical_stimulus"> unit_stimulus{this};
    Reads<"unit_nmj_stability"> unit_stability{this};
    Reads<"unit_fibres"> unit_fibres{this};
    Reads<"unit_type2_share"> unit_type2{this};
    AddsTo<"unit_area_ratio"> unit_area{this};
    AddsTo<"denervated_area_ratio"> denervated_area{this};
    Writes<"muscle_protein_synthesis"> muscle_synthesis{this};
    Writes<"muscle_protein_breakdown"> muscle_breakdown{this};
    Writes<"innervated_area_type1_fibres"> innervated_area_type1{this};
    Writes<"innervated_area_type2_fibres"> innervated_area_type2{this};
    Writes<"fibre_area_type1_um2"> area_type1_um2{this};
    Writes<"fibre_area_type2_um2"> area_type2_um2{this};
    Writes<"type2_fibre_fraction"> type2_fraction{this};

    Parameter<"ageing.clock_growth_per_year"> clock_growth_per_year{this};
    Parameter<"nmj_instability.youth_stability"> youth_stability{this};
    Parameter<"atrophy.turnover_rate_per_year"> turnover_rate_per_year{this};
    Parameter<"atrophy.turnover_decline_per_year"> turnover_decline_per_year{this};
    Parameter<"atrophy.detraining_rate_ratio"> detraining_rate_ratio{this};
    Parameter<"atrophy.load_gain"> load_gain{this};
    Parameter<"atrophy.type1_growth_share"> type1_growth_share{this};
    Parameter<"atrophy.half_stimulus"> half_stimulus{this};
    Parameter<"atrophy.type2_age_coupling"> type2_age_coupling{this};
    Parameter<"atrophy.type2_ageing_from_years"> type2_ageing_from_years{this};
    Parameter<"atrophy.type1_age_coupling"> type1_age_coupling{this};
    Parameter<"atrophy.nerve_coupling"> nerve_coupling{this};
    Parameter<"habits.sleep_h_per_day"> usual_sleep_h_per_day{this};
    Parameter<"sleep.enough_h_per_day"> enough_sleep_h_per_day{this};
    Parameter<"sleep.recovery_gain_per_h"> recovery_gain_per_h{this};
    Parameter<"atrophy.protein_reference_g_per_kg_day"> protein_reference{this};
    Parameter<"atrophy.protein_gain"> protein_gain{this};
    Parameter<"atrophy.enough_protein_at_22_g_per_kg_day"> enough_protein_at_22{this};
    Parameter<"atrophy.enough_protein_at_71_g_per_kg_day"> enough_protein_at_71{this};
    Parameter<"atrophy.androgen_exponent"> androgen_exponent{this};
    Parameter<"atrophy.oestrogen_exponent"> oestrogen_exponent{this};
    Parameter<"atrophy.gh_igf1_exponent"> gh_igf1_exponent{this};
    Parameter<"atrophy.energy_exponent"> energy_exponent{this};
    Parameter<"atrophy.mitochondria_exponent"> mitochondria_exponent{this};
    Parameter<"atrophy.breakdown_by_inflammation"> breakdown_by_inflammation{this};
    Parameter<"atrophy.breakdown_by_damage"> breakdown_by_damage{this};
    Parameter<"atrophy.breakdown_by_notch"> breakdown_by_notch{this};
    Parameter<"atrophy.denervated_area_floor"> denervated_area_floor{this};
    Parameter<"atrophy.denervated_rate_per_year"> denervated_rate_per_year{this};
    Parameter<"people.youth_fibre_area_type1_um2"> youth_area_type1_um2{this};
    Parameter<"people.youth_fibre_area_type2_um2"> youth_area_type2_um2{this};

    /// What the body gives to all its muscles.
    struct Body {
        Lane synthesis, breakdown, pace;
    };

    SARX_INLINE void step(People<Atrophy> const& now) const {
        Lane const food = synthesis_by_protein(
            now(protein_gain), now(protein_intake),
            enough_protein_g_per_kg_day(now.age_years, now(enough_protein_at_22), now(enough_protein_at_71)),
            now(protein_reference), now(enough_protein_at_22));
        Lane const offered =
            synthesis_by_body(now(androgen), now(androgen_exponent), now(oestrogen), now(oestrogen_exponent),
                              now(gh_igf1), now(gh_igf1_exponent), now(energy_balance), now(energy_exponent),
                              now(mitochondria), now(mitochondria_exponent));
        Body const body{.synthesis = food * offered * now(recovery) /
                                     recovery_by_sleep(now(recovery_gain_per_h), now(enough_sleep_h_per_day),
                                                       now(usual_sleep_h_per_day)) *
                                     (1.0F + now(amino_acids)),
                        .breakdown = breakdown(now(inflammation), now(breakdown_by_inflammation), now(damage),
                                               now(breakdown_by_damage), now(notch), now(breakdown_by_notch)),
                        .pace = turnover_pace(now.age_years, now(turnover_decline_per_year))};
        Lane synthesis = 0.0F;
        for (int m = 0; m < now.muscle_count(); ++m) synthesis += move_fibres(now.muscle(m), body);
        now.put(muscle_synthesis, body.pace * synthesis / Lane(now.muscle_count()));
        now.put(muscle_breakdown, body.pace * body.breakdown);
    }

    SARX_INLINE FibreTurnover<Lane> turnover(MuscleOf<Atrophy> const& muscle, Body const& body) const {
        Lane const b = body.breakdown;
        Lane const dt = muscle.dt_years;
        Lane const rate = muscle(turnover_rate_per_year) * body.pace * muscle(turnover_ratio);
        Lane const unloaded = max(muscle(unloading), muscle(body_unloading));
        Lane const later = muscle.age_years - (muscle(type2_ageing_from_years) - 20.0F);
        auto const ageing = [&](Lane age_years) SARX_LAMBDA {
            return ageing_multiplier(age_years, muscle(clock_growth_per_year), Lane(1.0F));
        };
        return {
            .at_habit = body.synthesis,
            .unloaded = synthesis_unloaded(body.synthesis, muscle(load_gain), muscle(half_stimulus)),
            .per_doubling = synthesis_per_doubling(body.synthesis, muscle(load_gain)),
            .per_half_stimulus = 1.0F / muscle(half_stimulus),
            .type1_growth_share = muscle(type1_growth_share),
            .nerve_lacks_at_most = muscle(nerve_coupling) * muscle(youth_stability),
            .nerve_per_stability = muscle(nerve_coupling) * (1.0F - muscle(fast_instability)),
            .type1_left = synthesis_left_by_clock(muscle(type1_age_coupling), ageing(muscle.age_years)),
            .type2_loss = 1.0F - synthesis_left_by_clock(muscle(type2_age_coupling), ageing(later)),
            .breakdown = b,
            .growing = share_gone(rate * b * dt) / b,
            .shrinking = share_gone(rate * shrinking_rate_ratio(muscle(detraining_rate_ratio), unloaded) * b * dt) / b};
    }

    /// Moves the areas of one muscle; returns its mean synthesis.
    SARX_INLINE Lane move_fibres(MuscleOf<Atrophy> const& muscle, Body const& body) const {
        Lane const tiny = 1.0e-6F;
        FibreTurnover<Lane> const p = turnover(muscle, body);
        auto const area = muscle.units(unit_area);
        auto const fibres = muscle.units(unit_fibres);
        auto const type2 = muscle.units(unit_type2);
        auto const stimulus = muscle.units(unit_stimulus);
        auto const stability = muscle.units(unit_stability);
        Lane all = 0.0F;
        Lane all_type2 = 0.0F;
        Lane area_type1 = 0.0F;
        Lane area_type2 = 0.0F;
        Lane synthesis_sum = 0.0F;
        int const rows = muscle.rows();
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = fibres[row];
            Units const t = type2[row];
            Units const by_load = growth_by_type(p, synthesis_by_load(p, stimulus[row]), t);
            Units const synthesis = by_load * synthesis_by_nerve(p, stability[row]) * synthesis_by_age(p, t);
            Units const a = area_after(p, area[row], synthesis);
            area.put(row, a);
            Units const n2 = n * t;
            add_rows(all, n);
            add_rows(all_type2, n2);
            add_rows(area_type1, (n - n2) * a);
            add_rows(area_type2, n2 * a);
            add_rows(synthesis_sum, n * by_load);
        }
        muscle.put(innervated_area_type1, area_type1);
        muscle.put(innervated_area_type2, area_type2);
        // A muscle that has none of a type keeps the last size that it had.
        muscle.put(area_type1_um2,
                   select(all > all_type2, muscle(youth_area_type1_um2) * area_type1 / max(all - all_type2, tiny),
                          muscle(area_type1_um2)));
        muscle.put(area_type2_um2,
                   select(all_type2 > Lane(0.0F), muscle(youth_area_type2_um2) * area_type2 / max(all_type2, tiny),
                          muscle(area_type2_um2)));
        muscle.put(type2_fraction, select(all > Lane(0.0F), all_type2 / max(all, tiny), muscle(type2_fraction)));
        muscle.put(denervated_area, relaxed(muscle(denervated_area), muscle(denervated_area_floor),
                                            muscle.dt_years * muscle(denervated_rate_per_year)));
        return synthesis_sum / max(all, tiny);
    }
};

}  // namespace

StageCode atrophy_stage() { return code_of<Atrophy>(); }

}  // namespace sarx::models::SARX_ISA
