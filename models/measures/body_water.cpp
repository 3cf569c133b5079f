#include "models/measures/body_water.hpp"

#include "models/0_life/hormones.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class BodyWater final : public Stage {
public:
    explicit BodyWater(ParameterTable const& parameters) : Stage(parameters) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            auto const now = [&](ColumnId id) SARX_LAMBDA { return at(block.person(id), c); };
            Mask const moves = at(span.dt_years, c) > 0.0F;
            Lane const reach = share_gone(at(span.dt_years, c) / of(time_));
            Lane const limbs = drained_limb_water_kg(now(column("appendicular_lean_mass_kg")),
                                                     now(column("body_unloading_fraction")), of(drained_));
            Lane const retained = retained_water_kg(
                now(column("gh_igf1_ratio")), gh_igf1_ratio(at(span.age_years, c), of(gh_decline_)), of(retained_));
            auto const move = [&](ColumnId id, Lane target) SARX_LAMBDA {
                put_where(moves, block.person(id), c, now(id) + (target - now(id)) * reach);
            };
            move(column("limb_water_kg"), limbs + of(limb_share_) * retained);
            move(column("body_water_kg"), limbs + retained);
        });
    }

private:
    ParameterId drained_ = parameter("body_water.drained_fraction");
    ParameterId retained_ = parameter("body_water.retained_kg_per_gh_igf1_ratio");
    ParameterId time_ = parameter("body_water.time_years");
    ParameterId limb_share_ = parameter("body_composition.appendicular_lean_fraction");
    ParameterId gh_decline_ = parameter("hormones.gh_igf1_decline_per_year");
};

}  // namespace

Stage* make_body_water(ParameterTable const& parameters) { return new BodyWater(parameters); }

}  // namespace sarx::models::SARX_ISA
