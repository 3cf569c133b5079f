#include "models/1_cells/er_mitochondria_contacts.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

class ErMitochondriaContacts final : public Stage {
public:
    explicit ErMitochondriaContacts(ParameterTable const& p) : Stage(p) {}

    void step(Block& block, Span const& span) const override {
        float* const contact = block.person(column("er_mitochondria_contact"));
        float* const notch = block.person(column("notch_activity"));
        float const* const unloading = block.person(column("body_unloading_fraction"));
        float const* const inflammation = block.person(column("inflammation"));
        float const* const inhibition = block.person(column("notch_inhibition_fraction"));
        for_chunks(span, [&](int c) {
            auto const of = [&](ParameterId id) SARX_LAMBDA { return at(block.parameter(id), c); };
            Lane const dt = at(span.dt_years, c);
            Lane const m = at(contact, c);
            Lane const n = at(notch, c);
            Lane const u = at(unloading, c);
            Lane const m_target =
                contacts_target(at(span.age_years, c), of(decline_), u, of(unloading_loss_), n, of(notch_gain_));
            Lane const n_target = notch_target(u, of(unloading_gain_), m, of(contact_gain_), at(inflammation, c),
                                               of(inflammation_gain_), at(inhibition, c), of(efficacy_));
            put(contact, c, m + (m_target - m) * share_gone(dt * of(contact_rate_)));
            put(notch, c, n + (n_target - n) * share_gone(dt * of(notch_rate_)));
        });
    }

private:
    ParameterId decline_ = parameter("er_mitochondria_contacts.decline_per_year");
    ParameterId unloading_loss_ = parameter("er_mitochondria_contacts.unloading_loss");
    ParameterId notch_gain_ = parameter("er_mitochondria_contacts.notch_gain");
    ParameterId contact_rate_ = parameter("er_mitochondria_contacts.contact_rate_per_year");
    ParameterId unloading_gain_ = parameter("er_mitochondria_contacts.notch_by_unloading");
    ParameterId contact_gain_ = parameter("er_mitochondria_contacts.notch_by_contact_loss");
    ParameterId inflammation_gain_ = parameter("er_mitochondria_contacts.notch_by_inflammation");
    ParameterId efficacy_ = parameter("er_mitochondria_contacts.notch_inhibitor_efficacy");
    ParameterId notch_rate_ = parameter("er_mitochondria_contacts.notch_rate_per_year");
};

}  // namespace

Stage* make_er_mitochondria_contacts(ParameterTable const& parameters) {
    return new ErMitochondriaContacts(parameters);
}

}  // namespace sarx::models::SARX_ISA
