#include "models/6_outcomes/sarcopenia.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Sarcopenia final : public Stage {
public:
    explicit Sarcopenia(ParameterTable const& table)
        : Stage(table),
          ewgsop2_{parameter("sarcopenia.ewgsop2_grip_kg"), parameter("sarcopenia.ewgsop2_chair_rise_s"),
                   parameter("sarcopenia.ewgsop2_alm_index_kg_per_m2"), parameter("sarcopenia.ewgsop2_gait_m_per_s"),
                   parameter("sarcopenia.ewgsop2_sppb_score")},
          awgs_{parameter("sarcopenia.awgs2019_grip_kg"), parameter("sarcopenia.awgs2019_chair_rise_s"),
                parameter("sarcopenia.awgs2019_alm_index_kg_per_m2"), parameter("sarcopenia.awgs2019_gait_m_per_s"),
                parameter("sarcopenia.awgs2019_sppb_score")},
          fnih_grip_(parameter("sarcopenia.fnih_grip_kg")),
          fnih_alm_bmi_(parameter("sarcopenia.fnih_alm_over_bmi_m2")),
          sdoc_grip_(parameter("sarcopenia.sdoc_grip_kg")),
          sdoc_gait_(parameter("sarcopenia.sdoc_gait_m_per_s")) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int first) SARX_LAMBDA { step_people(block, span, first); });
    }

private:
    struct CutOffs {
        ParameterId grip, chair, alm_index, gait, sppb;
    };

    SARX_INLINE void step_people(Block& block, Span const& span, int first) const {
        Lane const dt = at(span.dt_years, first);
        auto const p = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), first); };
        auto const now = [&](ColumnId c) SARX_LAMBDA { return at(block.person(c), first); };
        auto const keep = [&](ColumnId c, Lane x)
                              SARX_LAMBDA { put_where(dt > Lane(0.0F), block.person(c), first, x); };
        Lane const grip = now(column("grip_strength_kg"));
        Lane const chair = now(column("chair_rise_s"));
        Lane const alm_index = now(column("alm_index_kg_per_m2"));
        Lane const gait = now(column("gait_speed_m_per_s"));
        Lane const sppb = now(column("sppb_score"));
        Lane const height_m = now(column("height_cm")) * 0.01F;
        Lane const body_mass_index = max(now(column("body_mass_kg")), Lane(1.0F)) / (height_m * height_m);
        keep(column("sarcopenia_ewgsop2"),
             ewgsop2_grade(grip, chair, alm_index, gait, sppb, p(ewgsop2_.grip), p(ewgsop2_.chair),
                           p(ewgsop2_.alm_index), p(ewgsop2_.gait), p(ewgsop2_.sppb)));
        keep(column("sarcopenia_awgs2019"),
             awgs2019_grade(grip, chair, alm_index, gait, sppb, p(awgs_.grip), p(awgs_.chair), p(awgs_.alm_index),
                            p(awgs_.gait), p(awgs_.sppb)));
        keep(column("sarcopenia_fnih"), fnih_flag(grip, now(column("appendicular_lean_mass_kg")), body_mass_index,
                                                  p(fnih_grip_), p(fnih_alm_bmi_)));
        keep(column("sarcopenia_sdoc"), sdoc_flag(grip, gait, p(sdoc_grip_), p(sdoc_gait_)));
    }

    CutOffs ewgsop2_, awgs_;
    ParameterId fnih_grip_, fnih_alm_bmi_, sdoc_grip_, sdoc_gait_;
};

}  // namespace

Stage* make_sarcopenia(ParameterTable const& parameters) { return new Sarcopenia(parameters); }

}  // namespace sarx::models::SARX_ISA
