#pragma once
// Disease, acute and chronic, and its management.
//
// Chronic: people with type 2 diabetes lose knee-extension strength faster, -16.5 against -12.4 N m in three years,
// and leg lean mass slightly faster, -0.29 against -0.23 kg (Park 2007, doi:10.2337/dc06-2537). Burden acts as
// inflammation and as lost metabolic fitness; management holds off a share of it, in whatever order the two come.
// Acute: the critically ill lose 2.1 % (1.0 to 3.2) of rectus femoris area a day in the first week (Fazzini 2023,
// doi:10.1186/s13054-022-04253-0). Severity 1 is intensive care; it inflames, confines to bed and starves.

#include "models/interventions/disuse.hpp"
#include "models/stimuli.hpp"
#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Insult: chronic metabolic or inflammatory disease. Dose: severity (1 = a typical case).
class ChronicDisease final : public InterventionKind {
public:
    explicit ChronicDisease(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId inflammation_;
    ParameterId metabolic_loss_;
};

/// Management of chronic disease. Dose: disease_control_fraction. Does nothing to the healthy.
class DiseaseManagement final : public InterventionKind {
public:
    explicit DiseaseManagement(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId inflammation_;
    ParameterId metabolic_loss_;
};

/// Insult: acute illness. Dose: severity (1 = intensive care).
class AcuteIllness final : public InterventionKind {
public:
    explicit AcuteIllness(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId inflammation_;
    ParameterId intake_deficit_fraction_;
    ParameterId unloading_fraction_;
    Confinement bed_;
};

}  // namespace sarx::models
