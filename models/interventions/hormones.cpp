#include "models/interventions/hormones.hpp"

#include "models/interventions/treated.hpp"
#include "models/stimuli.hpp"
#include "sim/contract/math.hpp"

namespace sarx::models {

TestosteroneTherapy::TestosteroneTherapy(ParameterTable const& parameters)
    : InterventionKind(parameters),
      rise_nmol_per_l_per_mg_per_week_(parameter("testosterone_therapy.rise_nmol_per_l_per_mg_per_week")),
      youth_nmol_per_l_(parameter("testosterone_therapy.youth_nmol_per_l")) {}

KindSpec TestosteroneTherapy::spec() {
    return {.name = "testosterone_therapy",
            .about = "Testosterone by gel, patch or injection",
            .dose = {{.name = "testosterone_mg_per_week",
                      .unit = "mg/week",
                      .meaning = "testosterone that reaches the blood",
                      .low = 0.0,
                      .high = 600.0,
                      .fallback = 100.0,
                      .source = "Bhasin 2001, doi:10.1152/ajpendo.2001.281.6.E1172"}},
            .adds_to = {column("testosterone_nmol_per_l"), column("androgen_ratio")}};
}

void TestosteroneTherapy::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    double const rise = dose.amounts[0] * value(block, rise_nmol_per_l_per_mg_per_week_, lane);
    add_amount(block.person(column("testosterone_nmol_per_l"))[lane], rise);
    add_amount(block.person(column("androgen_ratio"))[lane], rise / value(block, youth_nmol_per_l_, lane));
}

OestrogenTherapy::OestrogenTherapy(ParameterTable const& parameters)
    : InterventionKind(parameters), replaced_per_mg_(parameter("oestrogen_therapy.replaced_per_mg")) {}

KindSpec OestrogenTherapy::spec() {
    return {.name = "oestrogen_therapy",
            .about = "Menopausal hormone therapy",
            .dose = {{.name = "oestradiol_mg_per_day",
                      .unit = "mg/day",
                      .meaning = "oestradiol by mouth, or its equivalent",
                      .low = 0.0,
                      .high = 6.0,
                      .fallback = 1.0,
                      .source = "Javed 2019, doi:10.1001/jamanetworkopen.2019.10154"}},
            .adds_to = {column("oestrogen_ratio")}};
}

void OestrogenTherapy::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    float& ratio = block.person(column("oestrogen_ratio"))[lane];
    double const replaced = 1.0 - exp(dose.amounts[0] * log(1.0 - value(block, replaced_per_mg_, lane)));
    ratio = static_cast<float>(oestrogen_replaced(static_cast<double>(ratio), replaced));
}

GrowthHormoneTherapy::GrowthHormoneTherapy(ParameterTable const& parameters)
    : InterventionKind(parameters), igf1_ratio_per_mg_(parameter("growth_hormone_therapy.igf1_ratio_per_mg")) {}

KindSpec GrowthHormoneTherapy::spec() {
    return {.name = "growth_hormone_therapy",
            .about = "Recombinant growth hormone",
            .dose = {{.name = "growth_hormone_mg_per_day",
                      .unit = "mg/day",
                      .meaning = "recombinant growth hormone",
                      .low = 0.0,
                      .high = 6.0,
                      .fallback = 1.0,
                      .source = "Liu 2007, doi:10.7326/0003-4819-146-2-200701160-00005"}},
            .adds_to = {column("gh_igf1_ratio")}};
}

void GrowthHormoneTherapy::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose)) return;
    add_amount(block.person(column("gh_igf1_ratio"))[lane], dose.amounts[0] * value(block, igf1_ratio_per_mg_, lane));
}

Menopause::Menopause(ParameterTable const& parameters)
    : InterventionKind(parameters), ovarian_share_(parameter("menopause.ovarian_share")) {}

KindSpec Menopause::spec() {
    return {.name = "menopause",
            .insult = true,
            .about = "Early loss of oestrogen, as after removal of the ovaries (women)",
            .dose = {{.name = "oestrogen_lost_fraction",
                      .unit = "1",
                      .meaning = "share of ovarian oestrogen lost (both ovaries removed: 1)",
                      .low = 0.0,
                      .high = 1.0,
                      .fallback = 1.0}},
            .adds_to = {column("oestrogen_ratio")}};
}

void Menopause::add_to(Block& block, int lane, Dose const& dose) const {
    if (!acts(dose) || !(block.person(column("female"))[lane] > 0.5F)) return;
    float& ratio = block.person(column("oestrogen_ratio"))[lane];
    auto const left = static_cast<float>(1.0 - dose.amounts[0] * value(block, ovarian_share_, lane));
    if (left < ratio) ratio = left;
}

}  // namespace sarx::models
