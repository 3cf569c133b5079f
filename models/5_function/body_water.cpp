#include "models/5_function/body_water.hpp"

#include "models/0_life/hormones.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct BodyWater : Description {
    static constexpr auto about = "water that DXA counts as lean mass: drained by lying, retained by growth hormone";

    Reads<"body_unloading_fraction"> body_unloading{this};
    Reads<"gh_igf1_ratio"> gh_igf1{this};
    Reads<"appendicular_lean_mass_kg"> lean_kg{this};
    Writes<"limb_water_kg"> limb_water_kg{this};
    Writes<"body_water_kg"> body_water_kg{this};

    Parameter<"hormones.gh_igf1_decline_per_year"> gh_igf1_decline_per_year{this};
    Parameter<"body_composition.appendicular_lean_fraction"> appendicular_share{this};
    Parameter<"body_water.drained_fraction"> drained_fraction{this};
    Parameter<"body_water.retained_kg_per_gh_igf1_ratio"> retained_kg_per_ratio{this};
    Parameter<"body_water.time_years"> time_years{this};

    SARX_INLINE void step(People<BodyWater> const& now) const {
        Lane const drained = drained_limb_water_kg(now(lean_kg), now(body_unloading), now(drained_fraction));
        Lane const retained = retained_water_kg(
            now(gh_igf1), gh_igf1_ratio(now.age_years, now(gh_igf1_decline_per_year)), now(retained_kg_per_ratio));
        Lane const run = now.dt_years / now(time_years);
        now.put(limb_water_kg,
                relaxed(now(limb_water_kg), water_target_kg(drained, retained, now(appendicular_share)), run));
        now.put(body_water_kg, relaxed(now(body_water_kg), water_target_kg(drained, retained, Lane(1.0F)), run));
    }
};

}  // namespace

StageCode body_water_stage() { return code_of<BodyWater>(); }

}  // namespace sarx::models::SARX_ISA
