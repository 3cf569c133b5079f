// /provenance: everything a reader needs to know where the numbers come from and to make them again.

#include <unistd.h>

#include <charconv>
#include <ctime>

#include "sim/identity/program.hpp"
#include "sim/record/assemble.hpp"
#include "sim/result/digest.hpp"

namespace sarx {

namespace {

std::string text_of(double x) {
    char buffer[32];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, x).ptr;
    return {buffer, end};
}

std::string text_of(Value const& v) {
    if (v.shape == Shape::constant) return text_of(v.a);
    std::string const a = text_of(v.a);
    std::string const b = text_of(v.b);
    std::string text;
    switch (v.shape) {
        case Shape::constant: break;
        case Shape::normal: text = "normal(mean " + a + ", sd " + b + ")"; break;
        case Shape::lognormal: text = "lognormal(median " + a + ", sd_log " + b + ")"; break;
        case Shape::gamma: text = "gamma(mean " + a + ", shape " + b + ")"; break;
        case Shape::uniform: text = "uniform(from " + a + ", to " + b + ")"; break;
        case Shape::bernoulli: text = "bernoulli(probability " + a + ")"; break;
    }
    return text + (v.between == Between::runs ? " between runs" : " between people");
}

char const* text_of(Evidence e) {
    switch (e) {
        case Evidence::measured: return "measured";
        case Evidence::fitted: return "fitted";
        case Evidence::definition: return "definition";
        case Evidence::assumed: return "assumed";
    }
    return "assumed";
}

/// A row for each value a parameter has: by muscle and sex only where those differ.
struct ParameterRows {
    std::vector<std::string> path, value, unit, evidence, source, applies_to;

    void add(ParameterSpec const& spec, std::string const& where, Value const& v) {
        path.push_back(where);
        value.push_back(text_of(v));
        unit.push_back(spec.unit);
        evidence.emplace_back(text_of(spec.evidence));
        source.push_back(spec.source);
        applies_to.push_back(spec.applies_to);
    }
};

ParameterRows rows_of(Plan const& plan) {
    ParameterRows rows;
    auto const& specs = plan.model->parameters().parameters;
    for (std::size_t i = 0; i < specs.size() && i < plan.parameters.values.size(); ++i) {
        auto const& by_muscle = plan.parameters.values[i];
        for (std::size_t m = 0; m < by_muscle.size(); ++m) {
            std::string path = specs[i].path;
            if (specs[i].by_muscle && m < plan.muscle_names.size()) path += "." + plan.muscle_names[m];
            if (by_muscle[m][0] == by_muscle[m][1]) {
                rows.add(specs[i], path, by_muscle[m][0]);
            } else {
                rows.add(specs[i], path + ".female", by_muscle[m][0]);
                rows.add(specs[i], path + ".male", by_muscle[m][1]);
            }
        }
    }
    return rows;
}

std::string now_utc() {
    std::time_t const now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

std::string host_name() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

}  // namespace

void write_provenance(h5::File& file, Layout const& layout, std::string const& command, std::string const& not_met) {
    Plan const& plan = *layout.plan;
    h5::Handle const group = file.group(file.root(), "provenance");
    hid_t const g = group.id();
    auto const column = [&](std::string const& name, h5::Axis& axis, std::vector<std::string> const& values,
                            std::string const& meaning) {
        describe(file.create_with(g, name, {&axis}, std::span<std::string const>(values)).id(), "1", meaning);
    };
    if (!plan.origin.sources.empty()) {
        h5::Handle const d = file.text(g, "scenario", plan.origin.sources.front().text);
        describe(d.id(), "1", "the scenario as it was written");
        h5::attribute(d.id(), "path", plan.origin.sources.front().path);
    }
    if (plan.origin.sources.size() > 1) {
        std::vector<std::string> paths;
        std::vector<std::string> texts;
        for (std::size_t i = 1; i < plan.origin.sources.size(); ++i) {
            paths.push_back(plan.origin.sources[i].path);
            texts.push_back(plan.origin.sources[i].text);
        }
        h5::Axis& axis = file.axis(g, "parent", std::span<std::string const>(paths));
        describe(axis.dataset.id(), "1", "scenario this one extends, nearest first");
        column("parent_scenario", axis, texts, "parent scenario as it was written");
    }
    if (!not_met.empty())
        describe(file.text(g, "given_not_met", not_met).id(), "1", "what the file of people says and they are not");
    describe(file.text(g, "resolved_plan", plan.resolved).id(), "1", "the plan with every default filled in");
    if (!plan.notes.empty()) {
        std::string notes;
        for (Note const& note : plan.notes) notes += note.text() + "\n";
        describe(file.text(g, "not_as_written", notes).id(), "1", "what of the scenario is not done as it is written");
    }
    auto const& draw = plan.parameters.draw;
    for (ScenarioSource const& table : plan.origin.tables) {
        bool const people = table.path == plan.population.given_path;
        h5::Handle const d = file.text(g, people ? "people_csv" : "parameter_draws_csv", table.text);
        describe(d.id(), "1",
                 people ? "the file of people as it was read" : "sets of parameters, a row each, as they were read");
        h5::attribute(d.id(), "path", table.path);
        if (!people) h5::attribute(d.id(), "line", std::to_string(draw.line));
    }
    if (draw.number > 0) h5::attribute(g, "parameter_draw", std::to_string(draw.number));
    if (!plan.overrides.empty()) {
        std::vector<std::string> paths, from, to, by;
        for (Override const& o : plan.overrides) {
            paths.push_back(o.path);
            from.push_back(o.from);
            to.push_back(o.to);
            by.push_back(o.by);
        }
        h5::Axis& axis = file.axis(g, "override", static_cast<hsize_t>(paths.size()));
        column("override_path", axis, paths, "what the scenario changed");
        column("override_from", axis, from, "default value");
        column("override_to", axis, to, "value in this run");
        column("override_by", axis, by, "where that was asked for");
    }
    if (!plan.origin.options.empty()) {
        std::vector<std::string> names, values;
        for (auto const& [name, value] : plan.origin.options) {
            names.push_back(name);
            values.push_back(value);
        }
        h5::Axis& axis = file.axis(g, "option", static_cast<hsize_t>(names.size()));
        column("option_name", axis, names, "option of the command line that shaped the plan");
        column("option_value", axis, values, "what it said");
    }
    ParameterRows const rows = rows_of(plan);
    if (!rows.path.empty()) {
        h5::Axis& axis = file.axis(g, "parameter", std::span<std::string const>(rows.path));
        describe(axis.dataset.id(), "1", "path of a parameter");
        column("parameter_value", axis, rows.value, "value, or distribution between people");
        column("parameter_unit", axis, rows.unit, "unit");
        column("parameter_evidence", axis, rows.evidence, "measured, fitted, definition or assumed");
        column("parameter_source", axis, rows.source, "where the value comes from");
        column("parameter_applies_to", axis, rows.applies_to, "the population it was measured in");
    }
    h5::attribute(g, "version", this_program().version);
    h5::attribute(g, "commit", this_program().commit);
    h5::attribute(g, "code_hash", this_program().code_hash);
    h5::attribute(g, "seed", std::to_string(plan.seed));
    if (!plan.population.chosen.empty())
        h5::attribute(g, "candidates_examined", std::to_string(plan.population.examined()));
    h5::attribute(g, "plan_digest", hexadecimal(plan.digest));
    h5::attribute(g, "command", command);
    h5::attribute(g, "written_at", now_utc());
    h5::attribute(g, "host", host_name());
}

}  // namespace sarx
