#include "models/interventions/oestrogen.hpp"

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

struct OestrogenTherapy : Intervention {
    static constexpr auto name = "oestrogen_therapy";
    static constexpr auto about = "Menopausal hormone therapy";

    Amount<"oestradiol_mg_per_day"> mg_per_day{this,
                                               {.unit = "mg/day",
                                                .meaning = "oestradiol by mouth, or its equivalent",
                                                .high = 6.0,
                                                .fallback = 1.0,
                                                .source = "Javed 2019, doi:10.1001/jamanetworkopen.2019.10154"}};

    AddsTo<"oestrogen_ratio"> oestrogen{this};

    Parameter<"oestrogen_therapy.replaced_per_mg"> replaced_per_mg{this};

    void add_to(Recipient<OestrogenTherapy> const& person) const {
        double const share = oestrogen_share_replaced(person(mg_per_day), person(replaced_per_mg));
        person(oestrogen).set(oestrogen_replaced(person(oestrogen), share));
    }
};

struct Menopause : Insult {
    static constexpr auto name = "menopause";
    static constexpr auto about = "Early loss of oestrogen, as after removal of the ovaries (women)";

    Amount<"oestrogen_lost_fraction"> lost_fraction{
        this,
        {.unit = "1",
         .meaning = "share of ovarian oestrogen lost (both ovaries removed: 1)",
         .high = 1.0,
         .fallback = 1.0}};

    Reads<"female"> female{this};
    AddsTo<"oestrogen_ratio"> oestrogen{this};

    Parameter<"menopause.ovarian_share"> ovarian_share{this};

    void add_to(Recipient<Menopause> const& person) const {
        if (person(female) > 0.0)
            person(oestrogen).limit_to(oestrogen_without_ovaries(person(lost_fraction), person(ovarian_share)));
    }
};

}  // namespace

Kinds oestrogen_kinds() { return kinds_of<OestrogenTherapy, Menopause>(); }

}  // namespace sarx::models
