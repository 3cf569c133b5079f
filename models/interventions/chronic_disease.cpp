#include "models/interventions/chronic_disease.hpp"

#include "models/intervention.hpp"

namespace sarx::models {

namespace {

/// Burden and control, and what the body feels of them.
struct Disease {
    AddsTo<"disease_burden"> burden;
    AddsTo<"disease_control_fraction"> control;
    AddsTo<"inflammation"> inflammation;
    AddsTo<"metabolic_activity_ratio"> metabolic;
    Parameter<"chronic_disease.inflammation"> inflammation_of_a_case;
    Parameter<"chronic_disease.metabolic_loss"> metabolic_loss_of_a_case;

    constexpr explicit(false) Disease(Description* of)
        : burden(of),
          control(of),
          inflammation(of),
          metabolic(of),
          inflammation_of_a_case(of),
          metabolic_loss_of_a_case(of) {}

    template <class Person>
    void add(Person const& person, double added_burden, double added_control) const {
        double const before = felt_burden(person(burden), person(control));
        person(burden).add(added_burden);
        person(control).add_share(added_control);
        double const after = felt_burden(person(burden), person(control));
        person(inflammation).add(person(inflammation_of_a_case) * (after - before));
        person(metabolic).change_by(metabolic_change(person(metabolic_loss_of_a_case), before, after));
    }
};

struct ChronicDisease : Insult {
    static constexpr auto name = "chronic_disease";
    static constexpr auto about = "Chronic metabolic or inflammatory disease, such as type 2 diabetes or COPD";

    Amount<"severity"> severity{this,
                                {.unit = "1",
                                 .meaning = "burden, 1 = a typical case",
                                 .high = 4.0,
                                 .fallback = 1.0,
                                 .source = "Park 2007, doi:10.2337/dc06-2537"}};

    Disease disease{this};

    void add_to(Recipient<ChronicDisease> const& person) const { disease.add(person, person(severity), 0.0); }
};

struct DiseaseManagement : Intervention {
    static constexpr auto name = "disease_management";
    static constexpr auto about = "Drugs, diet and rehabilitation that hold chronic disease off";

    Amount<"disease_control_fraction"> control{
        this, {.unit = "1", .meaning = "share of the disease's burden held off", .high = 1.0, .fallback = 0.5}};

    Disease disease{this};

    void add_to(Recipient<DiseaseManagement> const& person) const { disease.add(person, 0.0, person(control)); }
};

}  // namespace

Kinds chronic_disease_kinds() { return kinds_of<ChronicDisease, DiseaseManagement>(); }

}  // namespace sarx::models
