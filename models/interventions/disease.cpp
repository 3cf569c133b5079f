#include "models/interventions/disease.hpp"

#include "models/interventions/treated.hpp"

namespace sarx::models {

ChronicDisease::ChronicDisease(ParameterTable const& parameters)
    : InterventionKind(parameters),
      inflammation_(parameter("chronic_disease.inflammation")),
      metabolic_loss_(parameter("chronic_disease.metabolic_loss")) {}

KindSpec ChronicDisease::spec() {
    return {.name = "chronic_disease",
            .insult = true,
            .about = "Chronic metabolic or inflammatory disease, such as type 2 diabetes or COPD",
            .dose = {{.name = "severity",
                      .unit = "1",
                      .meaning = "burden, 1 = a typical case",
                      .low = 0.0,
                      .high = 4.0,
                      .fallback = 1.0,
                      .source = "Park 2007, doi:10.2337/dc06-2537"}},
            .adds_to = disease_columns()};
}

void ChronicDisease::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    add_disease(
        block, lane, dose.amounts[0], 0.0,
        {.inflammation = value(block, inflammation_, lane), .metabolic_loss = value(block, metabolic_loss_, lane)});
}

DiseaseManagement::DiseaseManagement(ParameterTable const& parameters)
    : InterventionKind(parameters),
      inflammation_(parameter("chronic_disease.inflammation")),
      metabolic_loss_(parameter("chronic_disease.metabolic_loss")) {}

KindSpec DiseaseManagement::spec() {
    return {.name = "disease_management",
            .about = "Drugs, diet and rehabilitation that hold chronic disease off",
            .dose = {{.name = "disease_control_fraction",
                      .unit = "1",
                      .meaning = "share of the disease's burden held off",
                      .low = 0.0,
                      .high = 1.0,
                      .fallback = 0.5}},
            .adds_to = disease_columns()};
}

void DiseaseManagement::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    add_disease(
        block, lane, 0.0, dose.amounts[0],
        {.inflammation = value(block, inflammation_, lane), .metabolic_loss = value(block, metabolic_loss_, lane)});
}

AcuteIllness::AcuteIllness(ParameterTable const& parameters)
    : InterventionKind(parameters),
      inflammation_(parameter("acute_illness.inflammation")),
      intake_deficit_fraction_(parameter("acute_illness.intake_deficit_fraction")),
      unloading_fraction_(parameter("acute_illness.unloading_fraction")),
      bed_(parameters, "bed_rest") {}

KindSpec AcuteIllness::spec() {
    return {.name = "acute_illness",
            .insult = true,
            .about = "Acute illness: inflammation, confinement to bed and lost appetite at once",
            .dose = {{.name = "severity",
                      .unit = "1",
                      .meaning = "severity, 1 = intensive care",
                      .low = 0.0,
                      .high = 1.0,
                      .fallback = 0.5,
                      .source = "Fazzini 2023, doi:10.1186/s13054-022-04253-0"}},
            .adds_to =
                columns_of({Confinement::columns(), {column("inflammation"), column("protein_intake_g_per_kg_day")}})};
}

void AcuteIllness::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    double const severity = dose.amounts[0];
    add_amount(block.person(column("inflammation"))[lane], severity * value(block, inflammation_, lane));
    double const deficit = severity * value(block, intake_deficit_fraction_, lane);
    multiply(block.person(column("energy_balance_ratio"))[lane], -deficit);
    multiply(block.person(column("protein_intake_g_per_kg_day"))[lane], -deficit);
    bed_.add_to(block, lane, severity * value(block, unloading_fraction_, lane));
}

}  // namespace sarx::models
