#include "models/1_cells/mitochondria.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct MitochondriaAgeOnly : Description {
    static constexpr auto about = "oxidative capacity by age alone, the rival of 'mitochondria'";
    static constexpr auto replaces = "mitochondria";

    Writes<"mitochondrial_capacity"> capacity{this};

    Parameter<"mitochondria.age_only_decline_per_year"> decline_per_year{this};
    Parameter<"mitochondria.adaptation_rate_per_year"> rate_per_year{this};

    SARX_INLINE void step(People<MitochondriaAgeOnly> const& now) const {
        Lane const target = mitochondria_target_by_age(now.age_years, now(decline_per_year));
        now.put(capacity, relaxed(now(capacity), target, now.dt_years * now(rate_per_year)));
    }
};

}  // namespace

StageCode mitochondria_age_only_stage() { return code_of<MitochondriaAgeOnly>(); }

}  // namespace sarx::models::SARX_ISA
