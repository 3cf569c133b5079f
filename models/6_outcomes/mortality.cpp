#include "models/6_outcomes/mortality.hpp"

#include "models/5_function/performance.hpp"
#include "models/6_outcomes/ill_health.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Mortality : Description {
    static constexpr auto about = "log hazard of death against the average, from frailty, grip and disease";

    Reads<"height_cm"> height_cm{this};
    Reads<"mortality_frailty_ratio"> frailty{this};
    Reads<"disease_burden"> disease_burden{this};
    Reads<"disease_control_fraction"> disease_control{this};
    Reads<"grip_strength_kg"> grip_kg{this};
    Writes<"mortality_log_hazard_ratio"> log_hazard_ratio{this};

    Parameter<"mortality.reference_grip_kg"> reference_grip_kg{this};
    Parameter<"mortality.reference_youth_grip_kg"> reference_youth_grip_kg{this};
    Parameter<"mortality.log_hazard_per_kg_grip"> log_hazard_per_kg{this};
    Parameter<"mortality.causal_share"> causal_share{this};
    Parameter<"mortality.log_hazard_of_disease"> log_hazard_of_disease{this};
    Parameter<"performance.youth_grip_strength_kg"> youth_grip_strength_kg{this};
    Parameter<"performance.reference_height_cm"> reference_height_cm{this};
    Parameter<"performance.grip_height_exponent"> grip_height_exponent{this};

    SARX_INLINE void step(People<Mortality> const& now) const {
        Lane const youth_grip = youth_grip_kg(now(youth_grip_strength_kg), now(height_cm), now(reference_height_cm),
                                              now(grip_height_exponent));
        now.put(log_hazard_ratio,
                mortality_log_hazard_ratio(frailty_above_zero(now(frailty)), now(grip_kg), youth_grip,
                                           burden_left(now(disease_burden), now(disease_control)),
                                           now(reference_grip_kg), now(reference_youth_grip_kg), now(log_hazard_per_kg),
                                           now(causal_share), now(log_hazard_of_disease)));
    }
};

}  // namespace

StageCode mortality_stage() { return code_of<Mortality>(); }

}  // namespace sarx::models::SARX_ISA
