#include "models/2_junctions/nmj_instability.hpp"

#include "models/3_motor_units/denervation.hpp"
#include "models/age_clock.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct NmjInstability : DenervatesFibres {
    static constexpr auto about = "junction stability, slow and fast; jitter, blocking, and fibres let go";

    Reads<"nmj_vulnerability"> vulnerability{this};
    Reads<"mitochondrial_capacity"> mitochondria{this};
    Reads<"inflammation"> inflammation{this};
    Reads<"oestrogen_ratio"> oestrogen{this};
    Reads<"body_unloading_fraction"> body_unloading{this};
    Reads<"unloading_fraction"> unloading{this};
    Reads<"unit_drive"> unit_drive{this};
    ReadsPrevious<"unit_area_ratio"> unit_area{this};
    ReadsPrevious<"unit_type2_share"> unit_type2{this};
    Writes<"unit_nmj_stability"> unit_stability{this};
    Writes<"nmj_fast_instability"> fast_instability{this};
    Writes<"nmj_stability"> mean_stability{this};
    Writes<"nmj_jitter_us"> jitter{this};
    Writes<"nmj_blocking_fraction"> blocking{this};

    Parameter<"ageing.clock_growth_per_year"> clock_growth_per_year{this};
    Parameter<"nmj_instability.youth_stability"> youth_stability{this};
    Parameter<"nmj_instability.repair_rate_per_year"> repair_rate_per_year{this};
    Parameter<"nmj_instability.resting_repair_share"> resting_repair_share{this};
    Parameter<"nmj_instability.fibre_energy_share"> fibre_energy_share{this};
    Parameter<"nmj_instability.erosion_rate_per_year"> erosion_at_20_per_year{this};
    Parameter<"nmj_instability.age_coupling"> age_coupling{this};
    Parameter<"nmj_instability.muscle_coupling"> muscle_coupling{this};
    Parameter<"nmj_instability.oestrogen_effect"> oestrogen_effect{this};
    Parameter<"nmj_instability.fast_instability_max"> fast_instability_max{this};
    Parameter<"nmj_instability.fast_onset_rate_per_year"> fast_onset_rate_per_year{this};
    Parameter<"nmj_instability.fast_recovery_rate_per_year"> fast_recovery_rate_per_year{this};
    Parameter<"nmj_instability.partial_denervation_rate_per_year"> let_go_rate_per_year{this};
    Parameter<"nmj_instability.youth_jitter_us"> youth_jitter_us{this};
    Parameter<"nmj_instability.jitter_gain"> jitter_gain{this};
    Parameter<"nmj_instability.blocking_half_stability"> blocking_half_stability{this};
    Parameter<"nmj_instability.blocking_spread"> blocking_spread{this};

    SARX_INLINE void step(People<NmjInstability> const& now) const {
        for (int m = 0; m < now.muscle_count(); ++m) age_junctions(now.muscle(m));
    }

    SARX_INLINE void age_junctions(MuscleOf<NmjInstability> const& muscle) const {
        Lane const fast = fast_instability_after(muscle);
        muscle.put(fast_instability, fast);
        JunctionWear<Lane> const p = wear(muscle, fast);
        bool const by_muscle = any(p.shrinkage_coupling > Lane(0.0F));
        auto const stability = muscle.units(unit_stability);
        auto const fibres = muscle.units(unit_fibres);
        auto const drive = muscle.units(unit_drive);
        auto const area = muscle.units(unit_area);
        auto const type2 = muscle.units(unit_type2);
        Denervated freed;
        Lane all = 0.0F;
        Lane stable = 0.0F;
        int const rows = muscle.rows();
        for (int row = 0; row < rows; row += rows_together) {
            Units const n = fibres[row];
            Units const a = area[row];
            Units const eroded = by_muscle ? erosion_of_shrunken(p, a) : Units(p.erosion);
            Units const s = stability_after(stability[row], repair(p, drive[row]), eroded);
            stability.put(row, s);
            Units const gone = n * share_let_go(p, s);
            fibres.put(row, n - gone);
            freed.add(gone, a, type2[row]);
            add_rows(all, n);
            add_rows(stable, n * s);
        }
        join_pool(muscle, freed);

        Lane const mean = stable * (1.0F - fast) / max(all, Lane(1.0e-6F));
        muscle.put(mean_stability, mean);
        muscle.put(jitter, jitter_us(muscle(youth_jitter_us), muscle(jitter_gain), muscle(youth_stability), mean));
        muscle.put(blocking, blocking_fraction(mean, muscle(blocking_half_stability), muscle(blocking_spread)));
    }

    SARX_INLINE Lane fast_instability_after(MuscleOf<NmjInstability> const& muscle) const {
        Lane const before = muscle(fast_instability);
        Lane const target = fast_instability_target(
            muscle(fast_instability_max), max(muscle(unloading), muscle(body_unloading)), muscle(inflammation));
        Lane const rate =
            select(target > before, muscle(fast_onset_rate_per_year), muscle(fast_recovery_rate_per_year));
        return relaxed(before, target, muscle.dt_years * rate);
    }

    SARX_INLINE JunctionWear<Lane> wear(MuscleOf<NmjInstability> const& muscle, Lane fast) const {
        Lane const dt = muscle.dt_years;
        Lane const ageing = ageing_multiplier(muscle.age_years, muscle(clock_growth_per_year), muscle(age_coupling));
        Lane const erosion_per_year =
            erosion_rate_per_year(muscle(erosion_at_20_per_year), muscle(vulnerability), ageing, muscle(inflammation),
                                  muscle(oestrogen_effect), muscle(oestrogen));
        Lane const repaired =
            muscle(repair_rate_per_year) * repair_energy(muscle(mitochondria), muscle(fibre_energy_share)) * dt;
        Lane const let_go = muscle(let_go_rate_per_year) * dt;
        return {.resting_repair = repaired * muscle(resting_repair_share),
                .repair_by_use = repaired * (1.0F - muscle(resting_repair_share)),
                .erosion = dt * erosion_per_year,
                .shrinkage_coupling = muscle(muscle_coupling),
                .let_go = let_go,
                .let_go_by_stability = let_go * (1.0F - fast)};
    }
};

}  // namespace

StageCode nmj_instability_stage() { return code_of<NmjInstability>(); }

}  // namespace sarx::models::SARX_ISA
