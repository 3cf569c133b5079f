#include "models/5_function/metabolism.hpp"

#include "models/5_function/body_composition.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Metabolism : Description {
    static constexpr auto about = "insulin sensitivity and resting metabolism";

    Reads<"usual_youth_lean_mass_kg"> usual_lean_kg{this};
    Reads<"metabolic_activity_ratio"> metabolic{this};
    Reads<"mitochondrial_capacity"> mitochondria{this};
    Reads<"appendicular_lean_mass_kg"> lean_kg{this};
    Reads<"fat_mass_kg"> fat_kg{this};
    Reads<"body_mass_kg"> mass_kg{this};
    Writes<"insulin_sensitivity"> insulin_sensitivity{this};
    Writes<"resting_metabolism_kcal_per_day"> resting_kcal_per_day{this};

    Parameter<"body_composition.usual_youth_fat_mass_kg"> usual_fat_kg{this};
    Parameter<"body_composition.appendicular_lean_fraction"> appendicular_share{this};
    Parameter<"performance.insulin_lean_exponent"> lean_exponent{this};
    Parameter<"performance.insulin_mitochondria_exponent"> mitochondria_exponent{this};
    Parameter<"performance.insulin_activity_fraction"> activity_share{this};
    Parameter<"performance.insulin_time_years"> insulin_time_years{this};
    Parameter<"performance.resting_metabolism_fixed_kcal_per_day"> fixed_kcal_per_day{this};
    Parameter<"performance.resting_metabolism_kcal_per_kg_day"> kcal_per_kg_day{this};

    SARX_INLINE void step(People<Metabolism> const& now) const {
        Lane const mass = max(now(mass_kg), Lane(1.0F));
        Lane const usual_lean = max(now(usual_lean_kg), Lane(0.1F));
        Lane const usual_mass =
            total_mass_kg(now(usual_fat_kg), usual_lean, axial_lean_mass_kg(usual_lean, now(appendicular_share)));
        Lane const target = insulin_sensitivity_target(
            lean_share_over_usual(now(lean_kg), mass, usual_lean, usual_mass), now(mitochondria), now(metabolic),
            now(lean_exponent), now(mitochondria_exponent), now(activity_share));
        now.put(insulin_sensitivity, relaxed(now(insulin_sensitivity), target, now.dt_years / now(insulin_time_years)));
        now.put(resting_kcal_per_day,
                resting_metabolism(mass - now(fat_kg), now(fixed_kcal_per_day), now(kcal_per_kg_day)));
    }
};

}  // namespace

StageCode metabolism_stage() { return code_of<Metabolism>(); }

}  // namespace sarx::models::SARX_ISA
