#include "models/0_life/hormones.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct Hormones : Description {
    static constexpr auto about = "testosterone, oestrogen, growth hormone and IGF-1 by age";

    Reads<"menopause_age_years"> menopause_age_years{this};
    Writes<"testosterone_nmol_per_l"> testosterone{this};
    Writes<"androgen_ratio"> androgen{this};
    Writes<"oestrogen_ratio"> oestrogen{this};
    Writes<"gh_igf1_ratio"> gh_igf1{this};

    Parameter<"hormones.testosterone_youth_nmol_per_l"> youth_testosterone{this};
    Parameter<"hormones.testosterone_decline_per_year"> testosterone_decline_per_year{this};
    Parameter<"hormones.oestrogen_after_menopause_ratio"> oestrogen_after_menopause{this};
    Parameter<"hormones.oestrogen_fall_years"> oestrogen_fall_years{this};
    Parameter<"hormones.gh_igf1_decline_per_year"> gh_igf1_decline_per_year{this};

    SARX_INLINE void step(People<Hormones> const& now) const {
        Lane const level =
            testosterone_nmol_per_l(now(youth_testosterone), now(testosterone_decline_per_year), now.age_years);
        now.put(testosterone, level);
        now.put(androgen, androgen_ratio(level, now(youth_testosterone)));
        now.put(oestrogen, oestrogen_ratio(now.age_years, now(menopause_age_years), now(oestrogen_after_menopause),
                                           now(oestrogen_fall_years)));
        now.put(gh_igf1, gh_igf1_ratio(now.age_years, now(gh_igf1_decline_per_year)));
    }
};

}  // namespace

StageCode hormones_stage() { return code_of<Hormones>(); }

}  // namespace sarx::models::SARX_ISA
