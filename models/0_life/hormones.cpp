#include "models/0_life/hormones.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Hormones final : public Stage {
public:
    explicit Hormones(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            Mask const moves = at(span.dt_years, c) > 0.0F;
            Lane const age = at(span.age_years, c);
            Lane const youth = of(testosterone_youth_);
            Lane const testosterone = testosterone_nmol_per_l(youth, of(testosterone_decline_), age);
            put_where(moves, block.person(column("testosterone_nmol_per_l")), c, testosterone);
            put_where(moves, block.person(column("androgen_ratio")), c, testosterone / youth);
            put_where(moves, block.person(column("oestrogen_ratio")), c,
                      oestrogen_ratio(age, at(block.person(column("menopause_age_years")), c), of(oestrogen_floor_),
                                      of(oestrogen_fall_)));
            put_where(moves, block.person(column("gh_igf1_ratio")), c, gh_igf1_ratio(age, of(gh_decline_)));
        });
    }

private:
    ParameterId testosterone_youth_ = parameter("hormones.testosterone_youth_nmol_per_l");
    ParameterId testosterone_decline_ = parameter("hormones.testosterone_decline_per_year");
    ParameterId oestrogen_floor_ = parameter("hormones.oestrogen_after_menopause_ratio");
    ParameterId oestrogen_fall_ = parameter("hormones.oestrogen_fall_years");
    ParameterId gh_decline_ = parameter("hormones.gh_igf1_decline_per_year");
};

}  // namespace

Stage* make_hormones(ParameterTable const& parameters) { return new Hormones(parameters); }

}  // namespace sarx::models::SARX_ISA
