#pragma once
// Food: protein, amino acids, and too little of it.
//
// What is known in people: protein on top of resistance training adds 0.3 kg (0.09 to 0.52) of fat-free mass, up
// to a total intake of 1.62 g/kg/day (Morton 2018, doi:10.1136/bjsports-2017-097608). HMB, 3 g/day, adds about
// 0.35 kg in people over 65 (Wu 2015) and spared lean mass in ten days of bed rest in one small trial paid for by
// its maker (Deutz 2013, doi:10.1016/j.clnu.2013.02.011). How synthesis answers to intake, and how that answer
// dulls with age, belongs to the stage of fibre size.

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Protein added to the diet. Dose: added_protein_g_per_kg_day.
class ProteinIntake final : public InterventionKind {
public:
    using InterventionKind::InterventionKind;
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;
};

/// HMB, or leucine-rich essential amino acids in equivalents of it. Dose: hmb_g_per_day.
class AminoAcidSupplement final : public InterventionKind {
public:
    explicit AminoAcidSupplement(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId largest_stimulus_;
    ParameterId half_dose_;
};

/// Insult: intake below need. Dose: intake_deficit_fraction, of energy and protein alike.
class Malnutrition final : public InterventionKind {
public:
    using InterventionKind::InterventionKind;
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;
};

/// Response that saturates: largest * dose / (dose + half_dose); same unit as `largest`.
[[nodiscard]] constexpr double saturating(double dose, double largest, double half_dose) noexcept {
    return largest * dose / (dose + half_dose);
}

}  // namespace sarx::models
