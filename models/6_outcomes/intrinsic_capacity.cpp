#include "models/6_outcomes/intrinsic_capacity.hpp"

#include "models/6_outcomes/ill_health.hpp"
#include "models/6_outcomes/threshold.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

/// A domain that age and frailty decide.
template <Text domain>
struct AgeingDomain {
    Parameter<Text("intrinsic_capacity.") + domain + Text("_logit_at_60")> logit_at_60;
    Parameter<Text("intrinsic_capacity.") + domain + Text("_slope_per_year")> slope_per_year;
    Parameter<Text("intrinsic_capacity.") + domain + Text("_threshold")> threshold;

    constexpr explicit AgeingDomain(Description* of) : logit_at_60(of), slope_per_year(of), threshold(of) {}
};

struct IntrinsicCapacity : Description {
    static constexpr auto about = "deficits in the five domains of intrinsic capacity";

    Reads<"mortality_frailty_ratio"> frailty{this};
    Reads<"sppb_score"> sppb{this};
    Reads<"grip_strength_kg"> grip_kg{this};
    Writes<"intrinsic_capacity_deficits"> deficits{this};

    Parameter<"intrinsic_capacity.locomotion_sppb_score"> locomotion_cut{this};
    Parameter<"intrinsic_capacity.locomotion_logit_at_cut"> locomotion_logit_at_cut{this};
    Parameter<"intrinsic_capacity.locomotion_slope_per_point"> locomotion_slope_per_point{this};
    Parameter<"intrinsic_capacity.locomotion_threshold"> locomotion_threshold{this};
    Parameter<"intrinsic_capacity.vitality_grip_kg"> vitality_cut_kg{this};
    Parameter<"intrinsic_capacity.vitality_logit_at_cut"> vitality_logit_at_cut{this};
    Parameter<"intrinsic_capacity.vitality_slope_per_kg"> vitality_slope_per_kg{this};
    Parameter<"intrinsic_capacity.vitality_threshold"> vitality_threshold{this};
    Parameter<"intrinsic_capacity.frailty_slope"> frailty_slope{this};
    AgeingDomain<"cognition"> cognition{this};
    AgeingDomain<"psychological"> psychological{this};
    AgeingDomain<"sensory"> sensory{this};

    SARX_INLINE void step(People<IntrinsicCapacity> const& now) const {
        Lane const locomotion = muscle_deficit_probability(
            now(locomotion_cut) - now(sppb), now(locomotion_logit_at_cut), now(locomotion_slope_per_point));
        Lane const vitality = muscle_deficit_probability(now(vitality_cut_kg) - now(grip_kg),
                                                         now(vitality_logit_at_cut), now(vitality_slope_per_kg));
        now.put(deficits, exceeds(locomotion, now(locomotion_threshold)) + exceeds(vitality, now(vitality_threshold)) +
                              deficit(now, cognition) + deficit(now, psychological) + deficit(now, sensory));
    }

    template <Text domain>
    SARX_INLINE Lane deficit(People<IntrinsicCapacity> const& now, AgeingDomain<domain> const& of) const {
        return exceeds(domain_deficit_probability(now.age_years, frailty_above_zero(now(frailty)), now(of.logit_at_60),
                                                  now(of.slope_per_year), now(frailty_slope)),
                       now(of.threshold));
    }
};

}  // namespace

StageCode intrinsic_capacity_stage() { return code_of<IntrinsicCapacity>(); }

}  // namespace sarx::models::SARX_ISA
