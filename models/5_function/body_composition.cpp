#include "models/5_function/body_composition.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class BodyComposition final : public Stage {
public:
    explicit BodyComposition(ParameterTable const& table)
        : Stage(table),
          weight_(parameter("body_composition.lean_mass_weight")),
          passive_share_(parameter("body_composition.passive_lean_fraction")),
          lean_of_fat_(parameter("body_composition.lean_per_kg_fat")),
          appendicular_share_(parameter("body_composition.appendicular_lean_fraction")),
          youth_fat_(parameter("body_composition.youth_fat_mass_kg")),
          usual_fat_(parameter("body_composition.usual_youth_fat_mass_kg")),
          fat_gain_(parameter("body_composition.fat_gain_per_year")),
          fat_gain_until_(parameter("body_composition.fat_gain_until_years")),
          fat_loss_(parameter("body_composition.fat_loss_per_year")),
          fat_loss_from_(parameter("body_composition.fat_loss_from_years")),
          fat_energy_(parameter("body_composition.fat_change_by_energy_per_year")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA { step_people(block, span, first); });
    }

private:
    SARX_INLINE void step_people(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };

        Lane sum = 0.0F;
        Lane weights = 0.0F;
        for (int m = 0; m < block.muscle_count(); ++m) {
            Lane const w = at(block.parameter(weight_, m), first);
            sum += w * at(block.muscle(column("muscle_area_ratio"), m), first);
            weights += w;
        }
        Lane const muscle = select(weights > Lane(0.0F), sum / max(weights, Lane(1e-6F)), Lane(1.0F));
        Lane const youth_lean = now(column("youth_lean_mass_kg"));
        Lane const height_m = now(column("height_cm")) * 0.01F;
        Lane const fat_ratio =
            fat_after(now(column("fat_ratio")), now(column("energy_balance_ratio")), p(fat_energy_), dt);
        Lane const age_ratio = fat_of_age_ratio(at(span.age_years, first), p(fat_gain_), p(fat_gain_until_),
                                                p(fat_loss_), p(fat_loss_from_));
        Lane const fat = fat_of_age_kg(p(youth_fat_), p(usual_fat_), age_ratio) * fat_ratio;

        Lane const lean = max(lean_mass_seen_kg(youth_lean, muscle, p(passive_share_)) +
                                  lean_mass_of_fat_kg(fat, p(youth_fat_), p(lean_of_fat_)),
                              Lane(0.0F));

        keep(column("appendicular_lean_mass_kg"), lean);
        keep(column("alm_index_kg_per_m2"), lean / (height_m * height_m));
        keep(column("fat_ratio"), fat_ratio);
        keep(column("fat_mass_kg"), fat);
        keep(column("body_mass_kg"), fat + lean + axial_lean_mass_kg(youth_lean, p(appendicular_share_)));
    }

    ParameterId weight_, passive_share_, lean_of_fat_, appendicular_share_, youth_fat_, usual_fat_;
    ParameterId fat_gain_, fat_gain_until_, fat_loss_, fat_loss_from_, fat_energy_;
};

}  // namespace

Stage* make_body_composition(ParameterTable const& parameters) { return new BodyComposition(parameters); }

}  // namespace sarx::models::SARX_ISA
