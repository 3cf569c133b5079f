#include "models/1_cells/mitochondria.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Mitochondria : Description {
    static constexpr auto about = "oxidative capacity: activity first, age second";

    Reads<"metabolic_activity_ratio"> metabolic{this};
    Reads<"er_mitochondria_contact"> contact{this};
    Writes<"mitochondrial_capacity"> capacity{this};

    Parameter<"mitochondria.sedentary_capacity"> sedentary_capacity{this};
    Parameter<"mitochondria.decline_per_year"> decline_per_year{this};
    Parameter<"mitochondria.contact_exponent"> contact_exponent{this};
    Parameter<"mitochondria.adaptation_rate_per_year"> rate_per_year{this};

    SARX_INLINE void step(People<Mitochondria> const& now) const {
        Lane const target = mitochondria_target(now(metabolic), now(sedentary_capacity), now.age_years,
                                                now(decline_per_year), now(contact), now(contact_exponent));
        now.put(capacity, relaxed(now(capacity), target, now.dt_years * now(rate_per_year)));
    }
};

}  // namespace

StageCode mitochondria_stage() { return code_of<Mitochondria>(); }

}  // namespace sarx::models::SARX_ISA
