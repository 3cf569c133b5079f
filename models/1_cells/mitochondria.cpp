#include "models/1_cells/mitochondria.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class Mitochondria final : public Stage {
public:
    explicit Mitochondria(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        float* const capacity = block.person(column("mitochondrial_capacity"));
        float const* const metabolic = block.person(column("metabolic_activity_ratio"));
        float const* const contact = block.person(column("er_mitochondria_contact"));
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            Lane const target = mitochondria_target(at(metabolic, c), of(sedentary_), at(span.age_years, c),
                                                    of(decline_), at(contact, c), of(contact_exponent_));
            Lane const e = at(capacity, c);
            put(capacity, c, e + (target - e) * share_gone(at(span.dt_years, c) * of(rate_)));
        });
    }

private:
    ParameterId sedentary_ = parameter("mitochondria.sedentary_capacity");
    ParameterId decline_ = parameter("mitochondria.decline_per_year");
    ParameterId contact_exponent_ = parameter("mitochondria.contact_exponent");
    ParameterId rate_ = parameter("mitochondria.adaptation_rate_per_year");
};

class MitochondriaAgeOnly final : public Stage {
public:
    explicit MitochondriaAgeOnly(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        float* const capacity = block.person(column("mitochondrial_capacity"));
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            Lane const target = mitochondria_target_by_age(at(span.age_years, c), of(decline_));
            Lane const e = at(capacity, c);
            put(capacity, c, e + (target - e) * share_gone(at(span.dt_years, c) * of(rate_)));
        });
    }

private:
    ParameterId decline_ = parameter("mitochondria.age_only_decline_per_year");
    ParameterId rate_ = parameter("mitochondria.adaptation_rate_per_year");
};

}  // namespace

Stage* make_mitochondria(ParameterTable const& parameters) { return new Mitochondria(parameters); }
Stage* make_mitochondria_age_only(ParameterTable const& parameters) { return new MitochondriaAgeOnly(parameters); }

}  // namespace sarx::models::SARX_ISA
