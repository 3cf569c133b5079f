// The plan as YAML text with every default filled in, and the number that stands for it.

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>
#include <string>

#include "sim/scenario/keys.hpp"

#ifndef SARX_VERSION
#error "SARX_VERSION must be defined"
#endif

namespace sarx {
namespace {

std::string text_of(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
        else
            out += ' ';
    }
    return out + "\"";
}

std::string years(double value) { return value <= 1e6 ? number_text(value) + " years" : ".inf"; }

std::string_view evidence_name(Evidence evidence) {
    switch (evidence) {
        case Evidence::measured: return "measured";
        case Evidence::fitted: return "fitted";
        case Evidence::definition: return "definition";
        case Evidence::assumed: return "assumed";
    }
    return "";
}

template <class Names>
std::string list_of(Names const& names) {
    std::string out = "[";
    for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + std::string(names[i]);
    return out + "]";
}

std::string population_text(Plan const& plan) {
    auto const& p = plan.population;
    std::string out =
        "seed: " + std::to_string(plan.seed) + "\npopulation:\n  people: " + std::to_string(p.people) + "\n";
    if (p.given.empty()) {
        out += "  start_age: {from: " + years(p.start_age_from_years) + ", to: " + years(p.start_age_to_years) + "}\n";
        out += "  female_fraction: " + number_text(p.female_fraction) + "\n";
    } else {
        out += "  from: " + text_of(p.given_path) + "\n  candidates: " + std::to_string(p.candidates) + "\n";
        std::vector<std::string_view> design;
        if (p.weighted) design.emplace_back("weight");
        if (p.has_strata) design.emplace_back("stratum");
        if (p.has_sampling_units) design.emplace_back("sampling_unit");
        out += "  design: " + list_of(design) + "\n";
    }
    if (!p.where.empty()) out += "  where: " + text_of(p.where.text) + "\n";
    out += "  end_age: " + years(p.end_age_years) + "\n  follow: " + years(p.follow_years) + "\n";
    return out + "clock:" + grammar::block_text(grammar::texts(grammar::clock_keys(), plan, plan.clock), 2) + "\n";
}

std::string parameters_text(Plan const& plan) {
    auto const& table = plan.model->parameters();
    auto const& draw = plan.parameters.draw;
    std::string out;
    if (draw.number > 0) out += "  draw: " + std::to_string(draw.number) + "\n";
    if (!draw.path.empty()) out += "  draws_from: " + text_of(draw.path) + "\n";
    out += "  parameters:\n";
    for (std::size_t p = 0; p < table.parameters.size(); ++p) {
        auto const& spec = table.parameters[p];
        auto const& values = plan.parameters.values[p];
        for (std::size_t m = 0; m < values.size(); ++m) {
            bool const same = values[m][0] == values[m][1];
            for (int sex = 0; sex < (same ? 1 : 2); ++sex) {
                out += "    " + spec.path;
                if (spec.by_muscle) out += "." + plan.muscle_names[m];
                if (!same) out += sex == static_cast<int>(Sex::female) ? ".female" : ".male";
                out += ": {value: " + value_text(values[m][sex]) + ", unit: " + text_of(spec.unit) +
                       ", evidence: " + std::string(evidence_name(spec.evidence)) +
                       ", source: " + text_of(spec.source) + "}\n";
            }
        }
    }
    out += "  correlations:\n";
    for (auto const& c : plan.parameters.correlations)
        out += "    - {between: [" + table.parameters[c.a].path + ", " + table.parameters[c.b].path +
               "], rho: " + number_text(c.rho) + "}\n";
    if (!plan.holds.empty()) {
        out += "  hold: {";
        for (std::size_t h = 0; h < plan.holds.size(); ++h)
            out += (h == 0 ? "" : ", ") + std::string(plan.model->columns()[plan.holds[h].column.index].name) + ": " +
                   std::string(hold_names[static_cast<std::size_t>(plan.holds[h].at)]);
        out += "}\n";
    }
    out += "  changed:\n";
    for (auto const& o : plan.overrides)
        out += "    - {path: " + text_of(o.path) + ", from: " + text_of(o.from) + ", to: " + text_of(o.to) +
               ", by: " + text_of(o.by) + "}\n";
    return out;
}

std::string interventions_text(Plan const& plan) {
    std::string out = "interventions:\n";
    for (auto const& i : plan.interventions) {
        auto const& kind = plan.model->kinds()[i.kind];
        out += "  " + text_of(i.name) + ":\n    kind: " + std::string(kind.name) + "\n    dose: {";
        for (std::size_t d = 0; d < i.dose.size(); ++d)
            out += (d == 0 ? "" : ", ") + std::string(kind.dose[d].name) + ": " + number_text(i.dose[d]);
        out += "}\n    ramp_up: " + years(i.ramp_up_years) + "\n    waning: ";
        switch (i.waning.shape) {
            case Waning::Shape::none: out += "none\n"; break;
            case Waning::Shape::exponential:
                out += "{exponential: {half_life: " + years(i.waning.years) + "}}\n";
                break;
            case Waning::Shape::linear: out += "{linear: {duration: " + years(i.waning.years) + "}}\n"; break;
        }
    }
    return out;
}

std::string moment_text(Plan const& plan, Delivery const& d) {
    std::string out;
    switch (d.from) {
        case Delivery::From::start: break;
        case Delivery::From::age: out += ", from: {age: " + years(d.from_years) + "}"; break;
        case Delivery::From::time: out += ", from: {time: " + years(d.from_years) + "}"; break;
        case Delivery::From::when: out += ", from: {when: " + text_of(d.condition.text) + "}"; break;
        case Delivery::From::event:
            out += ", from: {event: " + std::string(plan.model->events()[d.event].name) + "}";
            break;
        case Delivery::From::screen:
            out += ", from: {screen: " + text_of(d.condition.text) + ", every: " + years(d.screen_every_years) +
                   ", sensitivity: " + number_text(d.screen_sensitivity) +
                   ", specificity: " + number_text(d.screen_specificity) + "}";
            break;
    }
    switch (d.until) {
        case Delivery::Until::end: break;
        case Delivery::Until::age: out += ", until: {age: " + years(d.until_years) + "}"; break;
        case Delivery::Until::time: out += ", until: {time: " + years(d.until_years) + "}"; break;
        case Delivery::Until::after: out += ", until: {after: " + years(d.until_years) + "}"; break;
        case Delivery::Until::when: out += ", until: {when: " + text_of(d.until_condition.text) + "}"; break;
    }
    return out;
}

std::string arms_text(Plan const& plan) {
    std::string out = "arms:\n";
    for (auto const& arm : plan.arms) {
        out += "  " + text_of(arm.name) + ":" + (arm.deliveries.empty() ? " []" : "") + "\n";
        for (auto const& d : arm.deliveries) {
            out += "    - {give: " + text_of(plan.interventions[d.intervention].name) + moment_text(plan, d);
            if (!d.to.empty()) out += ", to: " + text_of(d.to.text);
            out += ", reach: {coverage: " + number_text(d.coverage) +
                   ", adherence: {mean: " + number_text(d.adherence_mean) + ", sd: " + number_text(d.adherence_sd) +
                   "}, dropout_per_year: " + number_text(d.dropout_rate_per_year);
            if (d.groups > 0) out += ", group: " + std::to_string(d.group) + ", groups: " + std::to_string(d.groups);
            out += "}";
            std::vector<std::string> muscles;
            for (std::size_t m = 0; m < plan.muscle_names.size(); ++m)
                if ((d.muscles >> m & 1U) != 0) muscles.push_back(plan.muscle_names[m]);
            out += ", muscles: " + list_of(muscles) + ", side: " +
                   (d.sides == both_sides  ? "both"
                    : d.sides == left_side ? "left"
                                           : "right") +
                   ", repeat: " + (d.repeat ? "true" : "false") + "}\n";
        }
    }
    return out;
}

std::string record_text(Plan const& plan) {
    std::vector<std::string_view> names;
    for (ColumnId const c : plan.record.variables) names.push_back(plan.model->columns()[c.index].name);
    return "record:\n  variables: " + list_of(names) + "\n  people: " + std::to_string(plan.record.people) +
           "\n  motor_units: {people: " + std::to_string(plan.record.motor_units.people) +
           ", every: " + years(plan.record.motor_units.every_years) +
           "}\n  significant_bits: " + std::to_string(plan.record.significant_bits) + "\n";
}

std::string run_text(Plan const& plan) {
    if (!plan.until) return "";
    Until const& until = *plan.until;
    std::string out = "run:\n  until: {effect: " + std::string(plan.model->columns()[until.effect.index].name);
    if (until.muscle >= 0) out += ", muscle: " + plan.muscle_names[static_cast<std::size_t>(until.muscle)];
    return out + ", arm: " + text_of(plan.arms[static_cast<std::size_t>(until.arm)].name) +
           ", at_time: " + years(plan.clock.record_years(until.record)) + ", mcse: " + number_text(until.mcse) +
           "}\n  at_least: " + std::to_string(until.least_people) + " people\n";
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

}  // namespace

void resolve(Plan& plan) {
    std::string const body = population_text(plan) + "model:\n  cascade: " + plan.cascade +
                             "\n  stages: " + list_of(plan.stages) + "\n  muscles: " + list_of(plan.muscle_names) +
                             "\n" + parameters_text(plan) + interventions_text(plan) + arms_text(plan) +
                             record_text(plan) + run_text(plan);
    plan.resolved = "sarx: 1\nversion: " SARX_VERSION "\ntitle: " + text_of(plan.title) + "\n" + body;
    // Titles change no number; everything else does, and so may the version.
    std::string const all = std::string(SARX_VERSION "\n") + body + given_bytes(plan);
    plan.digest = XXH3_64bits(all.data(), all.size());
}

}  // namespace sarx
