#pragma once
// Hormones given, and taken away.
//
// Testosterone: in older men with low levels three years of gel raised loaded stair-climbing power by 22 W (4.6 to
// 40) and chest-press strength by 16 N (Storer 2017, doi:10.1210/jc.2016-2771), patches lean mass by 1.9 kg
// (Snyder 1999) with no gain of strength remembered from the paper. Serum follows the dose nearly in proportion
// (Bhasin 2001, doi:10.1152/ajpendo.2001.281.6.E1172).
// Oestrogen: menopausal hormone therapy spares 0.06 kg of lean mass, not significant (Javed 2019,
// doi:10.1001/jamanetworkopen.2019.10154). Lean mass falls from two years before to two years after the final
// period (Greendale 2019, doi:10.1172/jci.insight.124865).
// Growth hormone: 2.1 kg of lean mass (1.3 to 2.9), largely water, no strength (Liu 2007,
// doi:10.7326/0003-4819-146-2-200701160-00005).

#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Testosterone beyond what the body makes. Dose: testosterone_mg_per_week (absorbed or injected).
class TestosteroneTherapy final : public InterventionKind {
public:
    explicit TestosteroneTherapy(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId rise_nmol_per_l_per_mg_per_week_;
    ParameterId youth_nmol_per_l_;
};

/// Replaces a share of the oestrogen effect that is missing. Dose: oestradiol_mg_per_day (by mouth).
class OestrogenTherapy final : public InterventionKind {
public:
    explicit OestrogenTherapy(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId replaced_per_mg_;
};

/// Growth hormone. Dose: growth_hormone_mg_per_day.
class GrowthHormoneTherapy final : public InterventionKind {
public:
    explicit GrowthHormoneTherapy(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId igf1_ratio_per_mg_;
};

/// Insult: loss of the ovaries before menopause. Dose: oestrogen_lost_fraction. Acts on women only; after natural
/// menopause there is nothing left to lose.
class Menopause final : public InterventionKind {
public:
    explicit Menopause(ParameterTable const& parameters);
    static KindSpec spec();
    void add_to(Block& block, int lane, Dose const& dose) const override;

private:
    ParameterId ovarian_share_;
};

/// Oestrogen effect once a share of what is missing to 1 is replaced; unchanged where nothing is missing.
[[nodiscard]] constexpr double oestrogen_replaced(double ratio, double share) noexcept {
    return ratio < 1.0 ? ratio + (1.0 - ratio) * share : ratio;
}

}  // namespace sarx::models
