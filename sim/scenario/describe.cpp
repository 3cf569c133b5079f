#include "sim/scenario/describe.hpp"

#include <algorithm>
#include <functional>

#include "sim/contract/errors.hpp"
#include "sim/scenario/cascade_check.hpp"
#include "sim/scenario/key_help.hpp"
#include "sim/scenario/parameter_value.hpp"
#include "sim/scenario/reading.hpp"
#include "sim/text/problems.hpp"
#include "sim/text/text_table.hpp"

namespace sarx {
namespace {

using nlohmann::json;

std::string_view word(Evidence evidence) {
    constexpr std::string_view words[] = {"measured", "fitted", "definition", "assumed"};
    return words[static_cast<std::size_t>(evidence)];
}
std::string_view word(Level level) {
    constexpr std::string_view words[] = {"person", "muscle", "motor unit"};
    return words[static_cast<std::size_t>(level)];
}
std::string_view word(Better better) {
    constexpr std::string_view words[] = {"neither", "higher", "lower"};
    return words[static_cast<std::size_t>(better)];
}
std::string_view word(Occurs occurs) {
    constexpr std::string_view words[] = {"once", "recurrent", "follows", "crossing"};
    return words[static_cast<std::size_t>(occurs)];
}
std::string_view word(Report report) {
    constexpr std::string_view words[] = {"internal", "trait", "on request", "by default"};
    return words[static_cast<std::size_t>(report)];
}
std::string_view word(Phase phase) {
    constexpr std::string_view words[] = {"life", "body", "measure"};
    return words[static_cast<std::size_t>(phase)];
}

std::string name_of(Model const& model, ColumnId column) { return std::string(model.columns()[column.index].name); }

std::string names_text(Model const& model, std::vector<ColumnId> const& columns) {
    std::string out;
    for (ColumnId const c : columns) out += (out.empty() ? "" : ", ") + name_of(model, c);
    return out;
}

template <class Names>
std::string joined(Names const& names) {
    std::string out;
    for (auto const& name : names) out += (out.empty() ? "" : ", ") + std::string(name);
    return out;
}

/// "lognormal(1, 0.8)" or "1.2".
std::string short_value(Value const& v) {
    constexpr std::string_view names[] = {"", "normal", "lognormal", "gamma", "uniform", "bernoulli"};
    if (v.shape == Shape::constant) return number_text(v.a);
    std::string out = std::string(names[static_cast<std::size_t>(v.shape)]) + "(" + number_text(v.a);
    if (v.shape != Shape::bernoulli) out += ", " + number_text(v.b);
    return out + ")" + (v.between == Between::runs ? " between runs" : "");
}

/// The whole default: by muscle and sex where it differs.
std::string default_text(ParameterSpec const& spec, std::string (*show)(Value const&)) {
    std::string out;
    for (auto const& [muscle, by_sex] : spec.values) {
        if (!out.empty()) out += ", ";
        if (!muscle.empty()) out += muscle + " ";
        bool const same = by_sex[0] == by_sex[1];
        out += same ? show(by_sex[0]) : "female " + show(by_sex[0]) + ", male " + show(by_sex[1]);
    }
    return out;
}

std::string bounds(double low, double high) { return number_text(low) + " to " + number_text(high); }

std::string unit_of(std::string_view unit) { return unit == "1" ? "-" : std::string(unit); }

std::string heading(std::string_view title, std::string_view remark = "") {
    std::string const whole = std::string(title) + (remark.empty() ? "" : "  (" + std::string(remark) + ")");
    return whole + "\n";
}

using Rows = std::vector<std::vector<std::string>>;

std::string parameter_rows(std::vector<ParameterSpec const*> const& specs) {
    Rows rows;
    for (auto const* spec : specs)
        rows.push_back({spec->path, unit_of(spec->unit), bounds(spec->low, spec->high),
                        std::string(word(spec->evidence)), default_text(*spec, short_value)});
    return table(rows);
}

std::vector<ParameterSpec const*> group_of(Model const& model, std::string_view name) {
    std::vector<ParameterSpec const*> out;
    for (auto const& spec : model.parameters().parameters)
        if (spec.path.starts_with(std::string(name) + ".")) out.push_back(&spec);
    return out;
}

bool can_be_held(Model const& model, std::size_t column) {
    return why_never_held(model, {static_cast<std::uint16_t>(column)}).empty();
}

/// "from: {age: 60 years}".
std::string trigger_example(grammar::PlacedKey const& placed) {
    auto const& moment = *placed.around[placed.around.size() - 2];
    return std::string(moment.name) + ": {" + std::string(placed.key().about.example) + "}";
}

std::string everything(Model const& model) {
    std::string out;
    Rows rows;
    for (auto const& c : model.cascades()) rows.push_back({c.name, c.about});
    out += heading("CASCADES", "the first is the default") + table(rows);

    rows.clear();
    for (auto const& s : model.stages())
        rows.push_back(
            {std::string(s.name), std::string(s.level),
             std::string(s.about) + (s.replaces.empty() ? "" : " (in place of " + std::string(s.replaces) + ")")});
    out += "\n" + heading("STAGES", "in order of levels") + table(rows);

    out += "\n" + heading("MUSCLES", "default: " + joined(model.default_muscles())) +
           paragraph("  ", joined(model.muscles()), 2);

    for (bool const insult : {false, true}) {
        rows.clear();
        for (auto const& k : model.kinds())
            if (k.insult == insult)
                rows.push_back(
                    {std::string(k.name), std::string(k.about) + (k.hypothetical ? " [no human evidence]" : "")});
        out += "\n" + heading(insult ? "INSULTS" : "INTERVENTIONS", "sarx describe NAME shows the dose") + table(rows);
    }

    out += "\n" + heading("KEYS OF A SCENARIO", "sarx describe KEY shows values, bounds, default and an example") +
           table(grammar::key_rows(), 2, 44);
    rows.clear();
    for (auto const& key : grammar::all_keys())
        if (key.is_trigger()) rows.push_back({trigger_example(key), std::string(key.key().about.help)});
    out += "\n" + heading("TRIGGERS", "a delivery begins at the run's start and never ends, unless told") +
           table(rows, 2, 44);

    rows.clear();
    for (auto const& e : model.events())
        rows.push_back({std::string(e.name), std::string(word(e.occurs)), std::string(e.meaning)});
    out += "\n" + heading("EVENTS") + table(rows);

    rows.clear();
    for (auto const& c : model.columns()) {
        if (c.report == Report::hidden) continue;
        rows.push_back({std::string(c.name), unit_of(c.unit), std::string(word(c.level)), std::string(word(c.report)),
                        std::string(c.meaning)});
    }
    out += "\n" + heading("VARIABLES", "unit, of what, recorded when") + table(rows);
    std::string example;
    for (std::size_t c = 0; c < model.columns().size() && example.empty(); ++c)
        if (model.columns()[c].report == Report::standard && can_be_held(model, c))
            example = "model: {hold: {" + std::string(model.columns()[c].name) + ": youth}}";
    out += "\n" + heading("HELD VARIABLES", "what stays as it is, whatever moves it") +
           paragraph("  example", example, 14) + paragraph("  youth", "each person's own value at 20, for life", 14) +
           paragraph("  entry", "the value at the start of observation, from there on", 14);

    rows.clear();
    for (auto const& m : model.measures()) {
        std::string error = m.cv_parameter.empty() ? "" : "relative error " + std::string(m.cv_parameter);
        if (!m.sd_parameter.empty())
            error += (error.empty() ? "" : ", ") + std::string("error ") + std::string(m.sd_parameter);
        rows.push_back({name_of(model, m.of), error});
    }
    out += "\n" + heading("MEASURES", "variables that a screen reads with an instrument's error") + table(rows);

    std::vector<ParameterSpec const*> all;
    for (auto const& spec : model.parameters().parameters) all.push_back(&spec);
    out += "\n" + heading("PARAMETERS", "unit, bounds, evidence, default") + parameter_rows(all);
    return out;
}

std::string one_parameter(ParameterSpec const& spec) {
    std::string out = "parameter " + spec.path + "\n";
    out += paragraph("  meaning", spec.meaning, 14);
    out += paragraph("  default", default_text(spec, value_text), 14);
    out += paragraph("  unit", spec.unit, 14);
    out += paragraph("  bounds", bounds(spec.low, spec.high), 14);
    out += paragraph("  plausible", bounds(spec.plausible_low, spec.plausible_high), 14);
    out += paragraph("  evidence", word(spec.evidence), 14);
    out += paragraph("  source", spec.source, 14);
    if (!spec.applies_to.empty()) out += paragraph("  applies to", spec.applies_to, 14);
    out += paragraph("  to change", "model: {parameters: {" + spec.path + ": ...}}", 14);
    return out;
}

std::string one_stage(Model const& model, StageSpec const& s) {
    std::string out = "stage " + std::string(s.name) + "\n";
    out +=
        paragraph("  about", s.about, 14) + paragraph("  level", s.level, 14) + paragraph("  phase", word(s.phase), 14);
    if (!s.replaces.empty()) out += paragraph("  in place of", s.replaces, 14);
    for (auto const& [label, columns] : {std::pair<char const*, std::vector<ColumnId> const*>{"  reads", &s.reads},
                                         {"  feedback", &s.reads_previous},
                                         {"  writes", &s.writes},
                                         {"  adds to", &s.adds_to}})
        if (!columns->empty()) out += paragraph(label, names_text(model, *columns), 14);
    if (!s.parameters.empty()) out += paragraph("  parameters", joined(s.parameters), 14);
    std::vector<std::string> used;
    for (auto const& c : model.cascades())
        if (std::ranges::find(c.stages, s.name) != c.stages.end()) used.push_back(c.name);
    return out + paragraph("  cascades", used.empty() ? "none" : joined(used), 14);
}

std::string one_kind(Model const& model, KindSpec const& k) {
    std::string out = std::string(k.insult ? "insult " : "intervention ") + std::string(k.name) + "\n";
    out += paragraph("  about", k.about, 14);
    out += paragraph("  acts on",
                     k.local ? "the whole body, or on muscles or a side where the arm says so" : "the whole body", 14);
    if (k.hypothetical) out += paragraph("  evidence", "none in humans: what it does here is a hypothesis", 14);
    if (!k.reads.empty()) out += paragraph("  reads", names_text(model, k.reads), 14);
    out += paragraph("  moves", names_text(model, k.adds_to), 14);
    if (!k.parameters.empty()) out += paragraph("  parameters", joined(k.parameters), 14);
    out += "  dose\n";
    for (auto const& d : k.dose) {
        out += "    " + std::string(d.name) + "\n" + paragraph("      meaning", d.meaning, 16) +
               paragraph("      unit", d.unit, 16) + paragraph("      bounds", bounds(d.low, d.high), 16) +
               paragraph("      default", d.required ? "none: must be given" : number_text(d.fallback), 16);
        if (!d.source.empty()) out += paragraph("      source", d.source, 16);
    }
    std::string example = "my_" + std::string(k.name) + ": {kind: " + std::string(k.name) + ", dose: {";
    bool first = true;
    for (auto const& d : k.dose) {
        if (!d.required && !(&d == &k.dose.front())) continue;
        double const value = d.fallback > 0.0 ? d.fallback : std::clamp(1.0, d.low, d.high);
        example += (first ? "" : ", ") + std::string(d.name) + ": " + number_text(value);
        first = false;
    }
    return out + paragraph("  example", example + "}}", 14);
}

std::string one_event(Model const& model, EventSpec const& e) {
    std::string out = "event " + std::string(e.name) + "\n" + paragraph("  meaning", e.meaning, 14);
    std::string how;
    switch (e.occurs) {
        case Occurs::once: how = "once, when its rate has added up to the person's threshold"; break;
        case Occurs::recurrent: how = "again and again, at its rate"; break;
        case Occurs::follows: how = "with a probability, at the same moment as " + std::string(e.parent); break;
        case Occurs::crossing:
            how = "when " + (e.crosses ? name_of(model, *e.crosses) : "") + " first reaches " +
                  number_text(static_cast<double>(e.crosses_at));
            break;
    }
    out += paragraph("  happens", how, 14);
    if (e.rate_per_year) out += paragraph("  rate", name_of(model, *e.rate_per_year), 14);
    if (e.probability) out += paragraph("  probability", name_of(model, *e.probability), 14);
    if (e.sets) out += paragraph("  sets", name_of(model, *e.sets), 14);
    if (e.counts_last_year) out += paragraph("  last year", "counted in " + name_of(model, *e.counts_last_year), 14);
    for (auto const& s : model.standing_deliveries())
        if (s.event == e.name) out += paragraph("  brings", s.kind, 14);
    return out + paragraph("  as trigger", "from: {event: " + std::string(e.name) + "}", 14);
}

std::string one_variable(Model const& model, ColumnSpec const& c, ColumnId id) {
    std::string out = "variable " + std::string(c.name) + "\n" + paragraph("  meaning", c.meaning, 14);
    out += paragraph("  unit", c.unit, 14) + paragraph("  range", bounds(c.valid_min, c.valid_max), 14);
    if (!c.flag_meanings.empty()) {
        std::string meanings;
        int value = 0;
        for (std::size_t at = 0; at < c.flag_meanings.size();) {
            auto const end = std::min(c.flag_meanings.find(' ', at), c.flag_meanings.size());
            meanings += (meanings.empty() ? "" : ", ") + std::to_string(value++) + " = " +
                        std::string(c.flag_meanings.substr(at, end - at));
            at = end + 1;
        }
        out += paragraph("  values", meanings, 14);
    }
    out += paragraph("  of each", word(c.level), 14) + paragraph("  recorded", word(c.report), 14);
    if (c.better != Better::none) out += paragraph("  better", word(c.better), 14);
    if (!c.source.empty()) out += paragraph("  source", c.source, 14);
    std::vector<std::string_view> writers;
    std::vector<std::string_view> adders;
    std::vector<std::string_view> readers;
    auto const has = [&](std::vector<ColumnId> const& columns) {
        return std::ranges::find(columns, id) != columns.end();
    };
    for (auto const& s : model.stages()) {
        if (has(s.writes)) writers.push_back(s.name);
        if (has(s.adds_to)) adders.push_back(s.name);
        if (has(s.reads) || has(s.reads_previous)) readers.push_back(s.name);
    }
    for (auto const& k : model.kinds()) {
        if (has(k.adds_to)) adders.push_back(k.name);
        if (has(k.reads)) readers.push_back(k.name);
    }
    if (!writers.empty()) out += paragraph("  written by", joined(writers), 14);
    if (!adders.empty()) out += paragraph("  moved by", joined(adders), 14);
    if (!readers.empty()) out += paragraph("  read by", joined(readers), 14);
    if (!c.drawn_by.empty()) out += paragraph("  drawn by", c.drawn_by, 14);
    if (can_be_held(model, id.index))
        out += paragraph("  to hold", "model: {hold: {" + std::string(c.name) + ": youth}}, or entry", 14);
    for (auto const& m : model.measures())
        if (m.of == id)
            out += paragraph(
                "  measured",
                std::string("with an error: ") + joined(std::vector<std::string_view>{m.cv_parameter, m.sd_parameter}),
                14);
    if (c.level == Level::muscle)
        out +=
            paragraph("  in conditions", std::string(c.name) + "." + std::string(model.default_muscles().front()), 17);
    return out;
}

std::string one_cascade(Model const&, Cascade const& c) {
    std::string out =
        "cascade " + c.name + "\n" + paragraph("  about", c.about, 14) + paragraph("  stages", joined(c.stages), 14);
    for (auto const& [path, value] : c.parameters)
        out += paragraph("  differs in", path + " = " + number_text(value), 14);
    if (!c.source.empty()) out += paragraph("  source", c.source, 14);
    return out;
}

std::string one_table(AgeTable const& t) {
    std::string out = "table " + t.path + "\n" + paragraph("  meaning", t.meaning, 14) +
                      paragraph("  unit", t.unit, 14) + paragraph("  source", t.source, 14);
    Rows rows = {{"age", "female", "male"}};
    for (std::size_t i = 0; i < t.ages_years.size(); ++i)
        rows.push_back({number_text(t.ages_years[i]), number_text(t.values[0][i]), number_text(t.values[1][i])});
    return out + table(rows, 14);
}

/// All that goes by a name; a name may stand for a stage, its group of parameters and more.
std::string named(Model const& model, std::string_view name) {
    std::vector<std::string> found;
    for (auto const& s : model.stages())
        if (s.name == name) found.push_back(one_stage(model, s));
    for (auto const& k : model.kinds())
        if (k.name == name) found.push_back(one_kind(model, k));
    for (auto const& c : model.cascades())
        if (c.name == name) found.push_back(one_cascade(model, c));
    for (auto const& e : model.events())
        if (e.name == name) found.push_back(one_event(model, e));
    auto const columns = model.columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].name == name && (columns[c].report != Report::hidden || can_be_held(model, c)))
            found.push_back(one_variable(model, columns[c], {static_cast<std::uint16_t>(c)}));
    if (auto const id = model.parameters().find(name))
        found.push_back(one_parameter(model.parameters().parameters[id->index]));
    for (auto const& t : model.parameters().age_tables)
        if (t.path == name) found.push_back(one_table(t));
    for (auto const& m : model.muscles())
        if (m == name)
            found.push_back("muscle " + std::string(name) + "\n" +
                            paragraph("  to choose", "model: {muscles: [" + joined(model.muscles()) + "]}", 14));
    if (auto const keys = grammar::keys_text(model, name); !keys.empty()) found.push_back(keys);
    if (auto const group = group_of(model, name); !group.empty())
        found.push_back("parameters of " + std::string(name) + "\n" + parameter_rows(group));
    std::string out;
    for (auto const& text : found) out += (out.empty() ? "" : "\n") + text;
    return out;
}

std::vector<std::string> all_names(Model const& model) {
    std::vector<std::string> out;
    auto const add = [&](auto const& specs) {
        for (auto const& spec : specs) out.emplace_back(spec.name);
    };
    add(model.stages());
    add(model.kinds());
    add(model.cascades());
    add(model.events());
    for (std::size_t c = 0; c < model.columns().size(); ++c)
        if (model.columns()[c].report != Report::hidden || can_be_held(model, c))
            out.emplace_back(model.columns()[c].name);
    for (auto const& spec : model.parameters().parameters) {
        out.push_back(spec.path);
        out.push_back(spec.path.substr(0, spec.path.rfind('.')));
    }
    for (auto const& t : model.parameters().age_tables) out.push_back(t.path);
    for (auto const& m : model.muscles()) out.emplace_back(m);
    for (auto const& placed : grammar::all_keys()) {
        out.push_back(placed.path);
        out.emplace_back(placed.key().name);
    }
    // A parameter may be asked for by its last word alone.
    for (auto const& spec : model.parameters().parameters) out.push_back(spec.path.substr(spec.path.rfind('.') + 1));
    return out;
}

json value_json(Value const& v) {
    constexpr std::string_view names[] = {"constant", "normal", "lognormal", "gamma", "uniform", "bernoulli"};
    constexpr std::pair<std::string_view, std::string_view> keys[] = {
        {"value", ""}, {"mean", "sd"}, {"median", "sd_log"}, {"mean", "shape"}, {"from", "to"}, {"probability", ""}};
    if (v.shape == Shape::constant) return v.a;
    auto const shape = static_cast<std::size_t>(v.shape);
    json numbers = {{std::string(keys[shape].first), v.a}};
    if (!keys[shape].second.empty()) numbers[std::string(keys[shape].second)] = v.b;
    return {{std::string(names[shape]), numbers}, {"between", v.between == Between::people ? "people" : "runs"}};
}

json default_json(ParameterSpec const& spec) {
    auto const by_sex = [](std::array<Value, 2> const& v) -> json {
        if (v[0] == v[1]) return value_json(v[0]);
        return {{"female", value_json(v[0])}, {"male", value_json(v[1])}};
    };
    if (spec.values.size() == 1 && spec.values.begin()->first.empty()) return by_sex(spec.values.begin()->second);
    json out = json::object();
    for (auto const& [muscle, v] : spec.values) out[muscle.empty() ? "default" : muscle] = by_sex(v);
    return out;
}

json column_names(Model const& model, std::vector<ColumnId> const& columns) {
    json out = json::array();
    for (ColumnId const c : columns) out.push_back(name_of(model, c));
    return out;
}

json everything_json(Model const& model) {
    json out;
    for (auto const& key : {"stages", "cascades", "muscles", "parameters", "tables", "correlations", "interventions",
                            "triggers", "precision", "events", "variables", "measures", "people_columns"})
        out[key] = json::array();
    for (auto const& s : model.stages())
        out["stages"].push_back({{"name", s.name},
                                 {"phase", word(s.phase)},
                                 {"level", s.level},
                                 {"about", s.about},
                                 {"replaces", s.replaces},
                                 {"reads", column_names(model, s.reads)},
                                 {"feedback", column_names(model, s.reads_previous)},
                                 {"writes", column_names(model, s.writes)},
                                 {"adds_to", column_names(model, s.adds_to)},
                                 {"parameters", s.parameters}});
    for (auto const& c : model.cascades()) {
        json differs = json::object();
        for (auto const& [path, value] : c.parameters) differs[path] = value;
        out["cascades"].push_back({{"name", c.name},
                                   {"about", c.about},
                                   {"stages", c.stages},
                                   {"parameters", differs},
                                   {"source", c.source}});
    }
    for (auto const& m : model.muscles()) {
        auto const usual = model.default_muscles();
        out["muscles"].push_back({{"name", m}, {"default", std::ranges::find(usual, m) != usual.end()}});
    }
    for (auto const& p : model.parameters().parameters)
        out["parameters"].push_back({{"path", p.path},
                                     {"value", default_json(p)},
                                     {"unit", p.unit},
                                     {"low", p.low},
                                     {"high", p.high},
                                     {"plausible", {p.plausible_low, p.plausible_high}},
                                     {"evidence", word(p.evidence)},
                                     {"source", p.source},
                                     {"applies_to", p.applies_to},
                                     {"meaning", p.meaning},
                                     {"by_muscle", p.by_muscle},
                                     {"by_sex", p.by_sex}});
    for (auto const& t : model.parameters().age_tables)
        out["tables"].push_back({{"path", t.path},
                                 {"unit", t.unit},
                                 {"meaning", t.meaning},
                                 {"source", t.source},
                                 {"ages_years", t.ages_years},
                                 {"female", t.values[0]},
                                 {"male", t.values[1]}});
    for (auto const& c : model.parameters().correlations)
        out["correlations"].push_back({{"between", {c.a, c.b}}, {"rho", c.rho}, {"source", c.source}});
    for (auto const& k : model.kinds()) {
        json dose = json::array();
        for (auto const& d : k.dose) {
            json field = {{"name", d.name}, {"unit", d.unit},         {"meaning", d.meaning}, {"low", d.low},
                          {"high", d.high}, {"required", d.required}, {"source", d.source}};
            if (!d.required) field["default"] = d.fallback;
            dose.push_back(std::move(field));
        }
        out["interventions"].push_back({{"name", k.name},
                                        {"insult", k.insult},
                                        {"local", k.local},
                                        {"hypothetical", k.hypothetical},
                                        {"about", k.about},
                                        {"reads", column_names(model, k.reads)},
                                        {"adds_to", column_names(model, k.adds_to)},
                                        {"parameters", k.parameters},
                                        {"dose", dose}});
    }
    out["keys"] = grammar::keys_json(model);
    for (auto const& placed : grammar::all_keys()) {
        auto const& key = placed.key();
        if (placed.is_trigger())
            out["triggers"].push_back({{"key", placed.around[placed.around.size() - 2]->name},
                                       {"name", key.name},
                                       {"example", trigger_example(placed)},
                                       {"meaning", key.about.help}});
        if (placed.path.starts_with("run."))
            out["precision"].push_back({{"key", placed.path}, {"meaning", key.about.help}});
    }
    for (auto const& e : model.events()) {
        json event = {{"name", e.name}, {"meaning", e.meaning}, {"occurs", word(e.occurs)}, {"is_death", e.is_death}};
        if (e.rate_per_year) event["rate"] = name_of(model, *e.rate_per_year);
        if (!e.parent.empty()) event["parent"] = e.parent;
        if (e.probability) event["probability"] = name_of(model, *e.probability);
        if (e.crosses) event["crosses"] = name_of(model, *e.crosses);
        if (e.sets) event["sets"] = name_of(model, *e.sets);
        if (e.counts_last_year) event["counts_last_year"] = name_of(model, *e.counts_last_year);
        out["events"].push_back(std::move(event));
    }
    for (std::size_t i = 0; i < model.columns().size(); ++i) {
        auto const& c = model.columns()[i];
        if (c.report == Report::hidden) continue;
        out["variables"].push_back({{"name", c.name},
                                    {"unit", c.unit},
                                    {"meaning", c.meaning},
                                    {"level", word(c.level)},
                                    {"recorded", word(c.report)},
                                    {"valid_min", c.valid_min},
                                    {"valid_max", c.valid_max},
                                    {"better", word(c.better)},
                                    {"can_be_held", can_be_held(model, i)},
                                    {"flag", c.kind == Kind::flag},
                                    {"flag_meanings", c.flag_meanings},
                                    {"source", c.source}});
    }
    for (auto const& m : model.measures())
        out["measures"].push_back({{"variable", name_of(model, m.of)},
                                   {"cv_parameter", m.cv_parameter},
                                   {"sd_parameter", m.sd_parameter},
                                   {"source", m.source}});
    for (auto const& g : model.given())
        out["people_columns"].push_back(
            {{"name", g.name}, {"unit", g.unit}, {"low", g.low}, {"high", g.high}, {"parameter", g.parameter}});
    return out;
}

}  // namespace

std::string describe_text(Model const& model, std::string_view name) {
    if (name.empty()) return everything(model);
    std::string out = named(model, name);
    if (!out.empty()) return out;
    for (auto const& spec : model.parameters().parameters)
        if (spec.path.size() > name.size() && spec.path.ends_with(name) &&
            spec.path[spec.path.size() - name.size() - 1] == '.')
            out += (out.empty() ? "" : "\n") + one_parameter(spec);
    if (!out.empty()) return out;
    auto const suggestion = nearest(name, all_names(model));
    throw InputError(
        "nothing is called '" + std::string(name.substr(0, 100)) + "'" +
        (suggestion.empty() ? "; `sarx describe` lists everything" : ". Did you mean '" + suggestion + "'?"));
}

json describe_json(Model const& model, std::string_view name) {
    json out = everything_json(model);
    if (name.empty()) return out;
    describe_text(model, name);  // throws where nothing is called so
    std::string const end = "." + std::string(name);
    for (auto& [list, entries] : out.items()) {
        json called = json::array();
        for (auto const& entry : entries)
            for (char const* const field : {"name", "path", "variable"})
                if (entry.contains(field) &&
                    (entry[field] == name || ("." + entry[field].get<std::string>()).ends_with(end)))
                    called.push_back(entry);
        entries = std::move(called);
    }
    std::erase_if(out.get_ref<json::object_t&>(), [](auto const& list) { return list.second.empty(); });
    return out;
}

}  // namespace sarx
