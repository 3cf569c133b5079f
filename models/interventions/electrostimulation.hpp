#pragma once
// Electrical stimulation of a muscle through the skin. Current does not follow the size principle: units answer by
// their place under the electrode, so the bout's order is 0 (all units alike). Nine weeks of it in sedentary people
// of about 70 raised torque, fast-fibre size and differentiating satellite cells (Kern 2014,
// doi:10.3389/fnagi.2014.00189; effect sizes are not in the abstract). It asks nothing of balance, skill or lungs,
// and it works in bed.

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Local. Dose: sessions_per_week, intensity_fraction (evoked over maximal voluntary torque), minutes_per_session.
class Electrostimulation final : public InterventionKind {
public:
    explicit Electrostimulation(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId volume_per_weekly_hour_;
    ParameterId tension_at_maximum_;
};

}  // namespace sarx::models
