// Acute illness: it inflames, starves and confines to bed at once.
//
//   inflammation += i s,   energy, protein *= 1 - d s,   confined to bed with u s (confinement.hpp)
//
//   s severity, 1 = intensive care [0, 1]; i inflammation, d deficit of intake and u unloading at severity 1
//
// The critically ill lose 2.1 % (1.0 to 3.2) of rectus femoris area a day in the first week (Fazzini 2023,
// doi:10.1186/s13054-022-04253-0). Domain: adults. Neglected: the illness itself: organ failure, drugs that paralyse,
// the nerve of the critically ill.

#include "models/interventions/confinement.hpp"

namespace sarx::models {

namespace {

struct AcuteIllness : Insult {
    static constexpr auto name = "acute_illness";
    static constexpr auto about = "Acute illness: inflammation, confinement to bed and lost appetite at once";

    Amount<"severity"> severity{this,
                                {.unit = "1",
                                 .meaning = "severity, 1 = intensive care",
                                 .high = 1.0,
                                 .fallback = 0.5,
                                 .source = "Fazzini 2023, doi:10.1186/s13054-022-04253-0"}};

    Confinement<"bed_rest"> bed{this};
    AddsTo<"inflammation"> inflammation{this};
    AddsTo<"energy_balance_ratio"> energy{this};
    AddsTo<"protein_intake_g_per_kg_day"> protein{this};

    Parameter<"acute_illness.inflammation"> inflammation_of_the_ill{this};
    Parameter<"acute_illness.intake_deficit_fraction"> intake_deficit{this};
    Parameter<"acute_illness.unloading_fraction"> unloading{this};

    void add_to(Recipient<AcuteIllness> const& person) const {
        person(inflammation).add(person(severity) * person(inflammation_of_the_ill));
        double const deficit = person(severity) * person(intake_deficit);
        person(energy).change_by(-deficit);
        person(protein).change_by(-deficit);
        bed.confine(person, person(severity) * person(unloading));
    }
};

}  // namespace

Kinds acute_illness_kinds() { return kinds_of<AcuteIllness>(); }

}  // namespace sarx::models
