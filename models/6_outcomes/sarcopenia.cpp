#include "models/6_outcomes/sarcopenia.hpp"

#include "models/5_function/body_composition.hpp"
#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

/// The cut-offs of a consensus that grades.
template <Text consensus>
struct CutOffs {
    Parameter<Text("sarcopenia.") + consensus + Text("_grip_kg")> grip_kg;
    Parameter<Text("sarcopenia.") + consensus + Text("_chair_rise_s")> chair_rise_s;
    Parameter<Text("sarcopenia.") + consensus + Text("_alm_index_kg_per_m2")> lean_index_kg_per_m2;
    Parameter<Text("sarcopenia.") + consensus + Text("_gait_m_per_s")> gait_m_per_s;
    Parameter<Text("sarcopenia.") + consensus + Text("_sppb_score")> sppb;

    constexpr explicit CutOffs(Description* of)
        : grip_kg(of), chair_rise_s(of), lean_index_kg_per_m2(of), gait_m_per_s(of), sppb(of) {}
};

struct Sarcopenia : Description {
    static constexpr auto about = "sarcopenia by EWGSOP2, AWGS 2019, FNIH and SDOC";

    Reads<"height_cm"> height_cm{this};
    Reads<"appendicular_lean_mass_kg"> lean_kg{this};
    Reads<"alm_index_kg_per_m2"> lean_index_kg_per_m2{this};
    Reads<"body_mass_kg"> mass_kg{this};
    Reads<"grip_strength_kg"> grip_kg{this};
    Reads<"gait_speed_m_per_s"> gait_m_per_s{this};
    Reads<"chair_rise_s"> chair_rise_s{this};
    Reads<"sppb_score"> sppb{this};
    Writes<"sarcopenia_ewgsop2"> by_ewgsop2{this};
    Writes<"sarcopenia_awgs2019"> by_awgs2019{this};
    Writes<"sarcopenia_fnih"> by_fnih{this};
    Writes<"sarcopenia_sdoc"> by_sdoc{this};

    CutOffs<"ewgsop2"> ewgsop2{this};
    CutOffs<"awgs2019"> awgs2019{this};
    Parameter<"sarcopenia.fnih_grip_kg"> fnih_grip_kg{this};
    Parameter<"sarcopenia.fnih_alm_over_bmi_m2"> fnih_lean_over_index_m2{this};
    Parameter<"sarcopenia.sdoc_grip_kg"> sdoc_grip_kg{this};
    Parameter<"sarcopenia.sdoc_gait_m_per_s"> sdoc_gait_m_per_s{this};

    SARX_INLINE void step(People<Sarcopenia> const& now) const {
        now.put(by_ewgsop2,
                ewgsop2_grade(now(grip_kg), now(chair_rise_s), now(lean_index_kg_per_m2), now(gait_m_per_s), now(sppb),
                              now(ewgsop2.grip_kg), now(ewgsop2.chair_rise_s), now(ewgsop2.lean_index_kg_per_m2),
                              now(ewgsop2.gait_m_per_s), now(ewgsop2.sppb)));
        now.put(by_awgs2019,
                awgs2019_grade(now(grip_kg), now(chair_rise_s), now(lean_index_kg_per_m2), now(gait_m_per_s), now(sppb),
                               now(awgs2019.grip_kg), now(awgs2019.chair_rise_s), now(awgs2019.lean_index_kg_per_m2),
                               now(awgs2019.gait_m_per_s), now(awgs2019.sppb)));
        Lane const body_mass_index = mass_index_kg_per_m2(max(now(mass_kg), Lane(1.0F)), now(height_cm));
        now.put(by_fnih, fnih_flag(now(grip_kg), now(lean_kg), body_mass_index, now(fnih_grip_kg),
                                   now(fnih_lean_over_index_m2)));
        now.put(by_sdoc, sdoc_flag(now(grip_kg), now(gait_m_per_s), now(sdoc_grip_kg), now(sdoc_gait_m_per_s)));
    }
};

}  // namespace

StageCode sarcopenia_stage() { return code_of<Sarcopenia>(); }

}  // namespace sarx::models::SARX_ISA
