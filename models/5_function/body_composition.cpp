#include "models/5_function/body_composition.hpp"

#include "models/5_function/mean_of_muscles.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct BodyComposition : Description {
    static constexpr auto about = "lean mass as DXA sees it, fat mass, body mass";

    Reads<"height_cm"> height_cm{this};
    Reads<"youth_lean_mass_kg"> youth_lean_kg{this};
    Reads<"energy_balance_ratio"> energy_balance{this};
    Reads<"muscle_area_ratio"> area_ratio{this};
    Writes<"appendicular_lean_mass_kg"> appendicular_lean_kg{this};
    Writes<"alm_index_kg_per_m2"> lean_index_kg_per_m2{this};
    Writes<"fat_ratio"> fat_ratio{this};
    Writes<"fat_mass_kg"> fat_kg{this};
    Writes<"body_mass_kg"> mass_kg{this};

    Parameter<"body_composition.lean_mass_weight"> weight{this};
    Parameter<"body_composition.passive_lean_fraction"> passive_share{this};
    Parameter<"body_composition.lean_per_kg_fat"> lean_per_kg_fat{this};
    Parameter<"body_composition.appendicular_lean_fraction"> appendicular_share{this};
    Parameter<"body_composition.youth_fat_mass_kg"> youth_fat_kg{this};
    Parameter<"body_composition.usual_youth_fat_mass_kg"> usual_fat_kg{this};
    Parameter<"body_composition.fat_gain_per_year"> fat_gain_per_year{this};
    Parameter<"body_composition.fat_gain_until_years"> fat_gain_until_years{this};
    Parameter<"body_composition.fat_loss_per_year"> fat_loss_per_year{this};
    Parameter<"body_composition.fat_loss_from_years"> fat_loss_from_years{this};
    Parameter<"body_composition.fat_change_by_energy_per_year"> fat_change_by_energy_per_year{this};

    SARX_INLINE void step(People<BodyComposition> const& now) const {
        Lane const fat_for_age =
            fat_after(now(fat_ratio), now(energy_balance), now(fat_change_by_energy_per_year), now.dt_years);
        Lane const age_ratio = fat_of_age_ratio(now.age_years, now(fat_gain_per_year), now(fat_gain_until_years),
                                                now(fat_loss_per_year), now(fat_loss_from_years));
        Lane const fat = fat_of_age_kg(now(youth_fat_kg), now(usual_fat_kg), age_ratio) * fat_for_age;
        Lane const lean =
            appendicular_lean_mass_kg(lean_mass_seen_kg(now(youth_lean_kg), mean_area_ratio(now), now(passive_share)),
                                      lean_mass_of_fat_kg(fat, now(youth_fat_kg), now(lean_per_kg_fat)));
        Lane const axial_lean = axial_lean_mass_kg(now(youth_lean_kg), now(appendicular_share));
        now.put(appendicular_lean_kg, lean);
        now.put(lean_index_kg_per_m2, mass_index_kg_per_m2(lean, now(height_cm)));
        now.put(fat_ratio, fat_for_age);
        now.put(fat_kg, fat);
        now.put(mass_kg, total_mass_kg(fat, lean, axial_lean));
    }

    SARX_INLINE Lane mean_area_ratio(People<BodyComposition> const& now) const {
        Lane sum = 0.0F;
        Lane weights = 0.0F;
        for (int m = 0; m < now.muscle_count(); ++m) {
            auto const muscle = now.muscle(m);
            sum += muscle(weight) * muscle(area_ratio);
            weights += muscle(weight);
        }
        return mean_of_muscles(sum, weights, Lane(1.0F));
    }
};

}  // namespace

StageCode body_composition_stage() { return code_of<BodyComposition>(); }

}  // namespace sarx::models::SARX_ISA
