#include "models/1_cells/protein_quality.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct ProteinQuality : Description {
    static constexpr auto about = "damaged protein made and cleared, and the calcium release that suffers";

    Reads<"mitochondrial_capacity"> mitochondria{this};
    Reads<"metabolic_activity_ratio"> metabolic{this};
    Reads<"recovery_ratio"> recovery{this};
    Writes<"protein_damage"> damage{this};
    Writes<"calcium_handling"> calcium{this};

    Parameter<"protein_quality.production_per_year"> production_per_year{this};
    Parameter<"protein_quality.production_growth_per_year"> production_growth_per_year{this};
    Parameter<"protein_quality.clearance_per_year"> clearance_per_year{this};
    Parameter<"protein_quality.resting_clearance_share"> resting_clearance_share{this};
    Parameter<"protein_quality.calcium_loss_by_damage"> calcium_loss_by_damage{this};
    Parameter<"protein_quality.calcium_loss_by_capacity"> calcium_loss_by_capacity{this};

    SARX_INLINE void step(People<ProteinQuality> const& now) const {
        Lane const made_per_year = damage_production(now(production_per_year), now(mitochondria),
                                                     now(production_growth_per_year), now.age_years);
        Lane const cleared_per_year =
            damage_clearance(now(clearance_per_year), now(resting_clearance_share), now(metabolic), now(recovery));
        Lane const left = damage_after(now(damage), made_per_year, cleared_per_year, now.dt_years);
        now.put(damage, left);
        now.put(calcium,
                calcium_handling(left, now(calcium_loss_by_damage), now(mitochondria), now(calcium_loss_by_capacity)));
    }
};

}  // namespace

StageCode protein_quality_stage() { return code_of<ProteinQuality>(); }

}  // namespace sarx::models::SARX_ISA
