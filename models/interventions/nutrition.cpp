#include "models/interventions/nutrition.hpp"

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

struct ProteinIntake : Intervention {
    static constexpr auto name = "protein_intake";
    static constexpr auto about = "Protein added to the habitual diet";

    Amount<"added_protein_g_per_kg_day"> added{this,
                                               {.unit = "g/kg/day",
                                                .meaning = "protein on top of habit",
                                                .high = 3.0,
                                                .fallback = 0.4,
                                                .source = "Morton 2018, doi:10.1136/bjsports-2017-097608"}};

    AddsTo<"protein_intake_g_per_kg_day"> protein{this};

    void add_to(Recipient<ProteinIntake> const& person) const { person(protein).add(person(added)); }
};

struct AminoAcidSupplement : Intervention {
    static constexpr auto name = "amino_acid_supplement";
    static constexpr auto about = "HMB or leucine-rich essential amino acids";

    Amount<"hmb_g_per_day"> hmb_g_per_day{this,
                                          {.unit = "g/day",
                                           .meaning = "HMB, or its equivalent in essential amino acids",
                                           .high = 12.0,
                                           .fallback = 3.0,
                                           .source = "Deutz 2013, doi:10.1016/j.clnu.2013.02.011"}};

    AddsTo<"amino_acid_stimulus"> stimulus{this};

    Parameter<"amino_acid_supplement.largest_stimulus"> largest_stimulus{this};
    Parameter<"amino_acid_supplement.half_dose_g_per_day"> half_dose_g_per_day{this};

    void add_to(Recipient<AminoAcidSupplement> const& person) const {
        person(stimulus).add(saturating(person(hmb_g_per_day), person(largest_stimulus), person(half_dose_g_per_day)));
    }
};

struct Malnutrition : Insult {
    static constexpr auto name = "malnutrition";
    static constexpr auto about = "Energy and protein intake below need";

    Amount<"intake_deficit_fraction"> deficit{
        this,
        {.unit = "1", .meaning = "share of habitual energy and protein that is missing", .high = 0.9, .fallback = 0.3}};

    AddsTo<"energy_balance_ratio"> energy{this};
    AddsTo<"protein_intake_g_per_kg_day"> protein{this};

    void add_to(Recipient<Malnutrition> const& person) const {
        person(energy).change_by(-person(deficit));
        person(protein).change_by(-person(deficit));
    }
};

}  // namespace

Kinds nutrition_kinds() { return kinds_of<ProteinIntake, AminoAcidSupplement, Malnutrition>(); }

}  // namespace sarx::models
