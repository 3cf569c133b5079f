#include "models/1_cells/er_mitochondria_contacts.hpp"

#include "models/kernel.hpp"

namespace sarx::models::SARX_ISA {

namespace {

struct ErMitochondriaContacts : Description {
    static constexpr auto about =
        "MFN2-held contacts of ER and mitochondria, and the Notch signal that answers their loss";

    Reads<"body_unloading_fraction"> unloading{this};
    Reads<"inflammation"> inflammation{this};
    Reads<"notch_inhibition_fraction"> notch_inhibition{this};
    Writes<"er_mitochondria_contact"> contact{this};
    Writes<"notch_activity"> notch{this};

    Parameter<"er_mitochondria_contacts.decline_per_year"> decline_per_year{this};
    Parameter<"er_mitochondria_contacts.unloading_loss"> unloading_loss{this};
    Parameter<"er_mitochondria_contacts.notch_gain"> notch_gain{this};
    Parameter<"er_mitochondria_contacts.contact_rate_per_year"> contact_rate_per_year{this};
    Parameter<"er_mitochondria_contacts.notch_by_unloading"> notch_by_unloading{this};
    Parameter<"er_mitochondria_contacts.notch_by_contact_loss"> notch_by_contact_loss{this};
    Parameter<"er_mitochondria_contacts.notch_by_inflammation"> notch_by_inflammation{this};
    Parameter<"er_mitochondria_contacts.notch_inhibitor_efficacy"> notch_inhibitor_efficacy{this};
    Parameter<"er_mitochondria_contacts.notch_rate_per_year"> notch_rate_per_year{this};

    SARX_INLINE void step(People<ErMitochondriaContacts> const& now) const {
        Lane const m = now(contact);
        Lane const n = now(notch);
        Lane const m_target = contacts_target(now.age_years, now(decline_per_year), now(unloading), now(unloading_loss),
                                              n, now(notch_gain));
        Lane const n_target =
            notch_target(now(unloading), now(notch_by_unloading), m, now(notch_by_contact_loss), now(inflammation),
                         now(notch_by_inflammation), now(notch_inhibition), now(notch_inhibitor_efficacy));
        now.put(contact, relaxed(m, m_target, now.dt_years * now(contact_rate_per_year)));
        now.put(notch, relaxed(n, n_target, now.dt_years * now(notch_rate_per_year)));
    }
};

}  // namespace

StageCode er_mitochondria_contacts_stage() { return code_of<ErMitochondriaContacts>(); }

}  // namespace sarx::models::SARX_ISA
