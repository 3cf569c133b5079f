#include "models/interventions/nutrition.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"

namespace sarx::models {

KindSpec ProteinIntake::spec() {
    return {.name = "protein_intake",
            .about = "Protein added to the habitual diet",
            .dose = {{.name = "added_protein_g_per_kg_day",
                      .unit = "g/kg/day",
                      .meaning = "protein on top of habit",
                      .low = 0.0,
                      .high = 3.0,
                      .fallback = 0.4,
                      .source = "Morton 2018, doi:10.1136/bjsports-2017-097608"}},
            .adds_to = {column("protein_intake_g_per_kg_day")}};
}

void ProteinIntake::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    add_amount(block.person(column("protein_intake_g_per_kg_day"))[lane], dose.amounts[0]);
}

AminoAcidSupplement::AminoAcidSupplement(ParameterTable const& parameters)
    : InterventionKind(parameters),
      largest_stimulus_(parameter("amino_acid_supplement.largest_stimulus")),
      half_dose_(parameter("amino_acid_supplement.half_dose_g_per_day")) {}

KindSpec AminoAcidSupplement::spec() {
    return {.name = "amino_acid_supplement",
            .about = "HMB or leucine-rich essential amino acids",
            .dose = {{.name = "hmb_g_per_day",
                      .unit = "g/day",
                      .meaning = "HMB, or its equivalent in essential amino acids",
                      .low = 0.0,
                      .high = 12.0,
                      .fallback = 3.0,
                      .source = "Deutz 2013, doi:10.1016/j.clnu.2013.02.011"}},
            .adds_to = {column("amino_acid_stimulus")}};
}

void AminoAcidSupplement::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    add_amount(block.person(column("amino_acid_stimulus"))[lane],
               saturating(dose.amounts[0], value(block, largest_stimulus_, lane), value(block, half_dose_, lane)));
}

KindSpec Malnutrition::spec() {
    return {.name = "malnutrition",
            .insult = true,
            .about = "Energy and protein intake below need",
            .dose = {{.name = "intake_deficit_fraction",
                      .unit = "1",
                      .meaning = "share of habitual energy and protein that is missing",
                      .low = 0.0,
                      .high = 0.9,
                      .fallback = 0.3}},
            .adds_to = {column("energy_balance_ratio"), column("protein_intake_g_per_kg_day")}};
}

void Malnutrition::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    multiply(block.person(column("energy_balance_ratio"))[lane], -dose.amounts[0]);
    multiply(block.person(column("protein_intake_g_per_kg_day"))[lane], -dose.amounts[0]);
}

}  // namespace sarx::models
