#pragma once
// Disuse: less load, fewer contractions. Each insult unloads, takes the same share from the bouts of daily living
// and lowers metabolic activity. What muscle, junction and nerve make of it belongs to the stages.
//
// What is known in people: bed rest costs quadriceps area 2.2, 3.0 and 3.6 % and strength 8.6, - and 14.5 % at days
// 5, 7 and 10 (Marusic 2021, doi:10.1152/japplphysiol.00363.2020); in the old ten days cost 0.95 kg of leg lean
// mass, 15.6 % of strength and 30 % of muscle protein synthesis (Kortebein 2007, doi:10.1001/jama.297.16.1772-b).
// A leg held still for 14 days loses 5.2 % of area and 14.8 % of torque (de Boer 2007,
// doi:10.1113/jphysiol.2007.135392). Half a year in orbit with exercise costs the calf 10 to 16 % and the thigh 4 to
// 7 % of volume, the arm nothing (Gopalakrishnan 2010, doi:10.3357/asem.2583.2010). Two weeks at 24 % of usual
// steps lower insulin sensitivity by 43 % in people of 72 (Breen 2013).

#include <string>

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Unloading of the whole body, muscle by muscle: parameters `<mode>.muscle_share` (how much of it a muscle feels),
/// `<mode>.metabolic_loss_fraction`, `<mode>.energy_deficit_fraction`, `<mode>.exercise_barred_share`.
class Confinement {
public:
    Confinement(ParameterTable const& parameters, std::string const& mode);
    /// What it moves.
    static std::vector<ColumnId> columns();
    void add_to(Block& block, int lane, double unloading_fraction) const;

private:
    ParameterId muscle_share_;
    ParameterId metabolic_loss_fraction_;
    ParameterId energy_deficit_fraction_;
    ParameterId exercise_barred_share_;
};

/// Insult: bed rest. Dose: unloading_fraction (1 = strict, never out of bed).
class BedRest final : public InterventionKind {
public:
    explicit BedRest(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    Confinement bed_;
};

/// Insult: weightlessness. Dose: unloading_fraction. Exercise in orbit stays possible: give it beside this.
class Microgravity final : public InterventionKind {
public:
    explicit Microgravity(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    Confinement orbit_;
};

/// Insult: a cast, a sling or a brace. Local. Dose: unloading_fraction of the treated limb; where one side only is
/// treated the muscle, which stands for both sides, feels half.
class Immobilisation final : public InterventionKind {
public:
    using InterventionKind::InterventionKind;
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;
};

/// Insult: fewer steps. Dose: activity_reduction_fraction, of habitual activity.
class Inactivity final : public InterventionKind {
public:
    explicit Inactivity(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId muscle_share_;
    ParameterId metabolic_loss_fraction_;
    ParameterId unloading_share_;
};

}  // namespace sarx::models
