#pragma once
// Sleep. One night without it lowers muscle protein synthesis by 18 % in young adults (Lamon 2021,
// doi:10.14814/phy2.14660); that longer sleep gives muscle back to short sleepers is an inference, not a trial.
// Only what was missing counts: recovery rises by `recovery_gain_per_h` for each added hour up to
// `enough_h_per_day`.

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Added sleep. Dose: added_sleep_h_per_day.
class Sleep final : public InterventionKind {
public:
    explicit Sleep(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId enough_h_per_day_;
    ParameterId recovery_gain_per_h_;
};

/// Hours of added sleep that were missing [h/day]: none for someone who sleeps enough.
[[nodiscard]] constexpr double missing_sleep_regained(double added, double habitual, double enough) noexcept {
    double const missing = habitual < enough ? enough - habitual : 0.0;
    return added < missing ? added : missing;
}

}  // namespace sarx::models
