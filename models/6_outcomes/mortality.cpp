#include "models/6_outcomes/mortality.hpp"

#include "models/5_function/performance.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Mortality final : public Stage {
public:
    explicit Mortality(ParameterTable const& table)
        : Stage(table),
          reference_grip_(parameter("mortality.reference_grip_kg")),
          reference_youth_grip_(parameter("mortality.reference_youth_grip_kg")),
          grip_slope_(parameter("mortality.log_hazard_per_kg_grip")),
          causal_share_(parameter("mortality.causal_share")),
          disease_(parameter("mortality.log_hazard_of_disease")),
          youth_grip_(parameter("performance.youth_grip_strength_kg")),
          reference_height_(parameter("performance.reference_height_cm")),
          height_exponent_(parameter("performance.grip_height_exponent")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA {
            auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
            auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
            Lane const burden = now(column("disease_burden")) * (1.0 - now(column("disease_control_fraction")));
            Lane const youth =
                youth_grip_kg(p(youth_grip_), now(column("height_cm")), p(reference_height_), p(height_exponent_));
            put_where(
                at(span.dt_years, first) > Lane(0.0F), block.person(column("mortality_log_hazard_ratio")), first,
                mortality_log_hazard_ratio(max(now(column("mortality_frailty_ratio")), Lane(1e-3F)),
                                           now(column("grip_strength_kg")), youth, burden, p(reference_grip_),
                                           p(reference_youth_grip_), p(grip_slope_), p(causal_share_), p(disease_)));
        });
    }

private:
    ParameterId reference_grip_, reference_youth_grip_, grip_slope_, causal_share_, disease_;
    ParameterId youth_grip_, reference_height_, height_exponent_;
};

}  // namespace

Stage* make_mortality(ParameterTable const& parameters) { return new Mortality(parameters); }

}  // namespace sarx::models::SARX_ISA
