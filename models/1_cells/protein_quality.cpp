#include "models/1_cells/protein_quality.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class ProteinQuality final : public Stage {
public:
    explicit ProteinQuality(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        float* const damage = block.person(column("protein_damage"));
        float* const calcium = block.person(column("calcium_handling"));
        float const* const capacity = block.person(column("mitochondrial_capacity"));
        float const* const metabolic = block.person(column("metabolic_activity_ratio"));
        float const* const recovery = block.person(column("recovery_ratio"));
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            Lane const dt = at(span.dt_years, c);
            Lane const e = at(capacity, c);
            Lane const made = damage_production(of(production_), e, of(growth_), at(span.age_years, c));
            Lane const cleared =
                damage_clearance(of(clearance_), of(resting_share_), at(metabolic, c), at(recovery, c));
            Lane const q = at(damage, c);
            Lane const next = q + (made / cleared - q) * share_gone(dt * cleared);
            put(damage, c, next);
            put_where(dt > 0.0F, calcium, c, calcium_handling(next, of(loss_by_damage_), e, of(loss_by_capacity_)));
        });
    }

private:
    ParameterId production_ = parameter("protein_quality.production_per_year");
    ParameterId growth_ = parameter("protein_quality.production_growth_per_year");
    ParameterId clearance_ = parameter("protein_quality.clearance_per_year");
    ParameterId resting_share_ = parameter("protein_quality.resting_clearance_share");
    ParameterId loss_by_damage_ = parameter("protein_quality.calcium_loss_by_damage");
    ParameterId loss_by_capacity_ = parameter("protein_quality.calcium_loss_by_capacity");
};

}  // namespace

Stage* make_protein_quality(ParameterTable const& parameters) { return new ProteinQuality(parameters); }

}  // namespace sarx::models::SARX_ISA
