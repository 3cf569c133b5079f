#include "models/kinds.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace sarx::models {

namespace {

std::vector<KindCode> const& all_kinds() {
    static std::vector<KindCode> const kinds = [] {
        std::vector<KindCode> all;
        for (auto const& file : kind_files()) {
            Kinds const some = file();
            all.insert(all.end(), some.begin(), some.end());
        }
        std::ranges::sort(all, {}, [](KindCode const& kind) { return std::tuple(kind.insult, kind.name); });
        return all;
    }();
    return kinds;
}

KindSpec spec_of(KindCode const& kind) {
    Intervention const& said = *kind.said;
    KindSpec spec{.name = kind.name,
                  .insult = kind.insult,
                  .local = kind.local,
                  .hypothetical = kind.hypothetical,
                  .about = kind.about,
                  .dose = {said.dose, said.dose + said.amount_count},
                  .parameters = {said.parameters, said.parameters + said.parameter_count}};
    for (int i = 0; i < said.column_count; ++i)
        (said.columns[i].role == Role::reads ? spec.reads : spec.adds_to).push_back(said.columns[i].column);
    return spec;
}

}  // namespace

std::span<KindSpec const> kind_specs() {
    static std::vector<KindSpec> const specs = [] {
        std::vector<KindSpec> all;
        for (auto const& kind : all_kinds()) all.push_back(spec_of(kind));
        return all;
    }();
    return specs;
}

std::unique_ptr<InterventionKind> make_kind(std::string_view name, ParameterTable const& parameters) {
    auto const kind = std::ranges::find(all_kinds(), name, &KindCode::name);
    if (kind == all_kinds().end())
        throw std::logic_error("there is no kind of intervention '" + std::string(name) + "'");
    return kind->make(parameters);
}

}  // namespace sarx::models
