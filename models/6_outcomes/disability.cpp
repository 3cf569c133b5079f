#include "models/6_outcomes/disability.hpp"

#include "models/6_outcomes/ill_health.hpp"
#include "models/6_outcomes/threshold.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Disability : Description {
    static constexpr auto about = "need of help in daily living, from gait, strength for loads, age and frailty";

    Reads<"mortality_frailty_ratio"> frailty{this};
    Reads<"gait_speed_m_per_s"> gait_m_per_s{this};
    Reads<"knee_extension_torque_Nm"> knee_torque_Nm{this};
    Reads<"grip_strength_kg"> grip_kg{this};
    Writes<"disability"> disability{this};

    Parameter<"disability.logit"> logit{this};
    Parameter<"disability.gait_slope_s_per_m"> gait_slope_s_per_m{this};
    Parameter<"disability.load_strength_slope"> load_slope{this};
    Parameter<"disability.age_slope_per_year"> age_slope_per_year{this};
    Parameter<"disability.frailty_slope"> frailty_slope{this};
    Parameter<"disability.threshold"> threshold{this};

    SARX_INLINE void step(People<Disability> const& now) const {
        Lane const least = 0.1F;
        Lane const load_strength = strength_for_loads(max(now(grip_kg), least), max(now(knee_torque_Nm), least));
        Lane const probability = disability_probability(
            now(gait_m_per_s), load_strength, now.age_years, frailty_above_zero(now(frailty)), now(logit),
            now(gait_slope_s_per_m), now(load_slope), now(age_slope_per_year), now(frailty_slope));
        now.put(disability, exceeds(probability, now(threshold)));
    }
};

}  // namespace

StageCode disability_stage() { return code_of<Disability>(); }

}  // namespace sarx::models::SARX_ISA
