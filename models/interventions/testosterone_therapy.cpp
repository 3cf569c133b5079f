// Testosterone beyond what the body makes, absorbed or injected.
//
//   testosterone += k d,   androgen effect += k d / T_youth
//
//   d dose [mg/week], k net rise of serum testosterone [nmol/l per mg/week], T_youth that of young men [nmol/l], whose
//   effect counts as 1
//
// In older men with low levels three years of gel raised loaded stair-climbing power by 22 W (4.6 to 40) and chest-press
// strength by 16 N (Storer 2017, doi:10.1210/jc.2016-2771), patches lean mass by 1.9 kg (Snyder 1999) with no gain of
// strength remembered from the paper. Serum follows the dose nearly in proportion (Bhasin 2001,
// doi:10.1152/ajpendo.2001.281.6.E1172). Domain: men; borrowed for women. Neglected: peaks and troughs between doses,
// the delay of suppression (the net rise is reached at once), what it does outside muscle.

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

struct TestosteroneTherapy : Intervention {
    static constexpr auto name = "testosterone_therapy";
    static constexpr auto about = "Testosterone by gel, patch or injection";

    Amount<"testosterone_mg_per_week"> mg_per_week{this,
                                                   {.unit = "mg/week",
                                                    .meaning = "testosterone that reaches the blood",
                                                    .high = 600.0,
                                                    .fallback = 100.0,
                                                    .source = "Bhasin 2001, doi:10.1152/ajpendo.2001.281.6.E1172"}};

    AddsTo<"testosterone_nmol_per_l"> testosterone_nmol_per_l{this};
    AddsTo<"androgen_ratio"> androgen{this};

    Parameter<"testosterone_therapy.rise_nmol_per_l_per_mg_per_week"> rise_nmol_per_l_per_mg_per_week{this};
    Parameter<"testosterone_therapy.youth_nmol_per_l"> youth_nmol_per_l{this};

    void add_to(Recipient<TestosteroneTherapy> const& person) const {
        double const rise_nmol_per_l = person(mg_per_week) * person(rise_nmol_per_l_per_mg_per_week);
        person(testosterone_nmol_per_l).add(rise_nmol_per_l);
        person(androgen).add(rise_nmol_per_l / person(youth_nmol_per_l));
    }
};

}  // namespace

Kinds testosterone_therapy_kinds() { return kinds_of<TestosteroneTherapy>(); }

}  // namespace sarx::models
