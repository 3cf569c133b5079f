#include "models/interventions/kinds.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "models/interventions/disease.hpp"
#include "models/interventions/disuse.hpp"
#include "models/interventions/electrostimulation.hpp"
#include "models/interventions/hormones.hpp"
#include "models/interventions/nerve_injury.hpp"
#include "models/interventions/notch_inhibitor.hpp"
#include "models/interventions/nutrition.hpp"
#include "models/interventions/sleep.hpp"
#include "models/interventions/training.hpp"

namespace sarx::models {

namespace {

struct Entry {
    KindSpec (*spec)();
    std::unique_ptr<InterventionKind> (*make)(ParameterTable const&);
};

template <class Kind>
std::unique_ptr<InterventionKind> make_one(ParameterTable const& parameters) {
    return std::make_unique<Kind>(parameters);
}

template <class Kind>
constexpr Entry kind{&Kind::spec, &make_one<Kind>};

constexpr Entry entries[] = {
    kind<ResistanceTraining>,
    kind<PowerTraining>,
    kind<EnduranceTraining>,
    kind<CombinedTraining>,
    kind<LowEffortActivity>,
    kind<ProteinIntake>,
    kind<AminoAcidSupplement>,
    kind<Sleep>,
    kind<TestosteroneTherapy>,
    kind<OestrogenTherapy>,
    kind<GrowthHormoneTherapy>,
    kind<DiseaseManagement>,
    kind<Electrostimulation>,
    kind<NotchInhibitor>,
    kind<BedRest>,
    kind<Immobilisation>,
    kind<Microgravity>,
    kind<Inactivity>,
    kind<AcuteIllness>,
    kind<ChronicDisease>,
    kind<Malnutrition>,
    kind<NerveInjury>,
    kind<Menopause>,
};

}  // namespace

std::span<KindSpec const> kind_specs() {
    static std::vector<KindSpec> const specs = [] {
        std::vector<KindSpec> all;
        for (auto const& entry : entries) all.push_back(entry.spec());
        return all;
    }();
    return specs;
}

std::unique_ptr<InterventionKind> make_kind(std::string_view name, ParameterTable const& parameters) {
    auto const specs = kind_specs();
    for (std::size_t i = 0; i < specs.size(); ++i)
        if (specs[i].name == name) return entries[i].make(parameters);
    throw std::logic_error("there is no kind of intervention '" + std::string(name) + "'");
}

}  // namespace sarx::models
