#include "models/3_motor_units/reinnervation.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Reinnervation : Description {
    static constexpr auto about = "survivors capture denervated fibres; what nobody takes is lost for good";

    Reads<"mitochondrial_capacity"> mitochondria{this};
    Reads<"notch_activity"> notch{this};
    Reads<"er_mitochondria_contact"> contact{this};
    Reads<"reinnervation_capacity"> capacity{this};
    Reads<"youth_motor_unit_count"> youth_motor_unit_count{this};
    Reads<"youth_fibre_count"> youth_fibre_count{this};
    Reads<"type1_rank_limit"> type1_rank_limit{this};
    Reads<"motor_unit_count"> motor_unit_count{this};
    Reads<"sprouting_fibres"> sprouting_fibres{this};
    Reads<"unit_nmj_stability"> unit_stability{this};
    Reads<"unit_youth_fibres"> unit_youth_fibres{this};
    Reads<"unit_rank"> unit_rank{this};
    AddsTo<"unit_fibres"> unit_fibres{this};
    AddsTo<"unit_area_ratio"> unit_area{this};
    AddsTo<"innervated_fibre_count"> innervated{this};
    AddsTo<"denervated_fibre_count"> denervated{this};
    AddsTo<"denervation_flow_fibres"> flow{this};
    AddsTo<"denervated_area_ratio"> denervated_area{this};
    AddsTo<"denervated_type2_share"> denervated_type2{this};
    Writes<"unit_type2_share"> unit_type2{this};
    Writes<"lost_fibre_count"> lost{this};
    Writes<"motor_unit_size_ratio"> size_ratio{this};
    Writes<"mup_size_ratio"> potential_ratio{this};
    Writes<"junction_flux_per_year"> junction_flux_per_year{this};

    Parameter<"reinnervation.enlargement_cap"> enlargement_cap{this};
    Parameter<"reinnervation.capture_rate_per_year"> rate_per_year{this};
    Parameter<"reinnervation.half_sprouting_share"> half_sprouting_share{this};
    Parameter<"reinnervation.fibre_loss_rate_per_year"> fibre_loss_rate_per_year{this};
    Parameter<"reinnervation.notch_effect"> notch_effect{this};
    Parameter<"reinnervation.contact_effect"> contact_effect{this};
    Parameter<"reinnervation.type_conversion_rate_per_year"> type_conversion_rate_per_year{this};
    Parameter<"reinnervation.mup_exponent"> potential_exponent{this};

    SARX_INLINE void step(People<Reinnervation> const& now) const {
        for (int m = 0; m < now.muscle_count(); ++m) reinnervate(now.muscle(m));
    }

    SARX_INLINE void reinnervate(MuscleOf<Reinnervation> const& muscle) const {
        Lane const tiny = 1.0e-6F;
        Lane const dt = muscle.dt_years;
        Lane const sprouting = muscle(sprouting_fibres);
        Lane const inflow = muscle(flow);
        Lane const pool = muscle(denervated);
        Lane const capture = capture_rate(muscle, sprouting);
        Lane const exits = max(capture + muscle(fibre_loss_rate_per_year), tiny);
        Lane const leaving = min(fibres_leaving(max(pool - inflow, Lane(0.0F)), inflow, exits, dt), pool);
        Lane const captured = leaving * (capture / exits);
        Lane const now_innervated = muscle(innervated) + captured;
        muscle.put(denervated, pool - leaving);
        muscle.put(lost, muscle(lost) + (leaving - captured));
        muscle.put(flow, 0.0F);
        muscle.put(innervated, now_innervated);

        Lane const area_sum = share_out(muscle, {.enlargement_cap = muscle(enlargement_cap),
                                                 .fibres_per_weight = captured / max(sprouting, tiny),
                                                 .pool_area = muscle(denervated_area),
                                                 .pool_type2 = muscle(denervated_type2),
                                                 .converted = share_gone(dt * muscle(type_conversion_rate_per_year)),
                                                 .type1_rank_limit = muscle(type1_rank_limit)});

        Lane const youth_size = muscle(youth_fibre_count) / max(muscle(youth_motor_unit_count), tiny);
        Lane const size = now_innervated / max(muscle(motor_unit_count), Lane(1.0F)) / youth_size;
        Lane const at_least_one = max(now_innervated, Lane(1.0F));
        muscle.put(size_ratio, size);
        muscle.put(potential_ratio, mup_size_ratio(size, muscle(potential_exponent), area_sum / at_least_one));
        muscle.put(junction_flux_per_year, (inflow + captured) / at_least_one / max(dt, tiny));
    }

    SARX_INLINE Lane capture_rate(MuscleOf<Reinnervation> const& muscle, Lane sprouting) const {
        Lane const energy = max(muscle(mitochondria), Lane(0.0F));
        Lane const signalling =
            signalling_left(muscle(notch), muscle(notch_effect), muscle(contact), muscle(contact_effect));
        return capture_rate_per_year(muscle(rate_per_year), muscle(capacity), sprouting * energy,
                                     muscle(half_sprouting_share) * muscle(youth_fibre_count), signalling);
    }

    /// Shares what is captured out among the units; returns the sum of fibres times their area.
    SARX_INLINE Lane share_out(MuscleOf<Reinnervation> const& muscle, Capture<Lane> const& p) const {
        auto const fibres = muscle.units(unit_fibres);
        auto const area = muscle.units(unit_area);
        auto const type2 = muscle.units(unit_type2);
        auto const youth_fibres = muscle.units(unit_youth_fibres);
        auto const stability = muscle.units(unit_stability);
        auto const rank = muscle.units(unit_rank);
        Lane area_sum = 0.0F;
        int const rows = muscle.rows();
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = fibres[row];
            Units const caught = fibres_captured(p, stability[row], youth_fibres[row], n);
            Units const now = n + caught;
            Units const share = caught / max(now, 1.0e-6F);
            Units const a = area_with_captured(p, area[row], share);
            fibres.put(row, now);
            area.put(row, a);
            type2.put(row, type2_with_captured(p, type2[row], share, rank[row]));
            add_rows(area_sum, now * a);
        }
        return area_sum;
    }
};

}  // namespace

StageCode reinnervation_stage() { return code_of<Reinnervation>(); }

}  // namespace sarx::models::SARX_ISA
