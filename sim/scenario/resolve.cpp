#include "sim/scenario/resolve.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>
#include <string>

#include "sim/scenario/keys.hpp"
#include "sim/scenario/parameter_value.hpp"

#ifndef SARX_VERSION
#error "SARX_VERSION must be defined"
#endif

namespace sarx::grammar {
namespace {

std::string_view evidence_name(Evidence evidence) {
    switch (evidence) {
        case Evidence::measured: return "measured";
        case Evidence::fitted: return "fitted";
        case Evidence::definition: return "definition";
        case Evidence::assumed: return "assumed";
    }
    return "";
}

/// Tables of age, and real people (what a file said of them, not how it was written), as bytes.
std::string given_bytes(Plan const& plan) {
    auto const& population = plan.population;
    std::string bytes;
    auto const put = [&](double number) {
        char raw[sizeof number];
        std::memcpy(raw, &number, sizeof number);
        bytes.append(raw, sizeof number);
    };
    for (auto const& table : plan.model->parameters().age_tables) {
        for (double const age : table.ages_years) put(age);
        for (auto const& values : table.values)
            for (double const value : values) put(value);
    }
    for (auto const& person : population.given) {
        bytes += person.id + '\n';
        bytes += person.sex == Sex::female ? 'f' : 'm';
        put(person.age_years);
        put(person.weight);
        bytes += person.stratum + '\n' + person.sampling_unit + '\n';
        for (auto const& value : person.given) {
            bytes += value ? '+' : '-';
            put(value.value_or(0.0));
        }
    }
    return bytes;
}

/// A line each, two levels in.
std::string lines(std::vector<std::string> const& texts) { return texts.empty() ? "\n" : block_text(texts, 4); }

}  // namespace

std::string parameters_text(Plan const& plan) {
    auto const& table = plan.model->parameters();
    std::vector<std::string> out;
    for (std::size_t p = 0; p < table.parameters.size(); ++p) {
        auto const& spec = table.parameters[p];
        auto const& values = plan.parameters.values[p];
        for (std::size_t m = 0; m < values.size(); ++m) {
            bool const same = values[m][0] == values[m][1];
            for (int sex = 0; sex < (same ? 1 : 2); ++sex) {
                std::string path = spec.path + (spec.by_muscle ? "." + plan.muscle_names[m] : "");
                if (!same) path += sex == static_cast<int>(Sex::female) ? ".female" : ".male";
                out.push_back(path + ": {value: " + value_text(values[m][sex]) + ", unit: " + quoted_text(spec.unit) +
                              ", evidence: " + std::string(evidence_name(spec.evidence)) +
                              ", source: " + quoted_text(spec.source) + "}");
            }
        }
    }
    return lines(out);
}

std::string correlations_text(Plan const& plan) {
    auto const& parameters = plan.model->parameters().parameters;
    std::vector<std::string> out;
    for (auto const& c : plan.parameters.correlations)
        out.push_back("- {between: [" + parameters[c.a].path + ", " + parameters[c.b].path +
                      "], rho: " + number_text(c.rho) + "}");
    return lines(out);
}

std::string holds_text(Plan const& plan) {
    std::vector<std::string> out;
    for (auto const& hold : plan.holds)
        out.push_back(std::string(plan.model->columns()[hold.column.index].name) + ": " +
                      std::string(hold_names[static_cast<std::size_t>(hold.at)]));
    return flow_text(out);
}

std::string changes_text(Plan const& plan) {
    std::vector<std::string> out;
    for (auto const& o : plan.overrides)
        out.push_back("- {path: " + quoted_text(o.path) + ", from: " + quoted_text(o.from) +
                      ", to: " + quoted_text(o.to) + ", by: " + quoted_text(o.by) + "}");
    return lines(out);
}

std::string design_text(Population const& population) {
    std::vector<std::string> design;
    if (population.weighted) design.emplace_back("weight");
    if (population.has_strata) design.emplace_back("stratum");
    if (population.has_sampling_units) design.emplace_back("sampling_unit");
    return list_text(design);
}

void resolve(Plan& plan) {
    std::string body;
    for (auto const& text : texts(scenario_keys(), plan, plan)) body += text + "\n";
    plan.resolved = "sarx: 1\nversion: " SARX_VERSION "\ntitle: " + quoted_text(plan.title) + "\n" + body;
    // Titles change no number; everything else does, and so may the version.
    std::string const all = std::string(SARX_VERSION "\n") + body + given_bytes(plan);
    plan.digest = XXH3_64bits(all.data(), all.size());
}

}  // namespace sarx::grammar
