#include "sim/scenario/check_report.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario/reading.hpp"
#include "sim/text/text_table.hpp"
#include "sim/text/words.hpp"

namespace sarx {
namespace {

constexpr std::size_t label_width = 14;

/// 10,000.
std::string grouped(std::uint64_t count) {
    std::string text = std::to_string(count);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return grouped(count) + " " + std::string(count == 1 ? one : many);
}

std::string percent(double share) { return rounded_text(100.0 * share) + " %"; }

std::string bytes_text(double bytes) {
    for (char const* const unit : {"B", "KB", "MB", "GB", "TB"}) {
        if (bytes < 999.5 || unit[0] == 'T') return rounded_text(bytes) + " " + unit;
        bytes /= 1000.0;
    }
    return "";
}

std::string seconds_text(double seconds) {
    if (seconds < 1.0) return "less than a second";
    if (seconds < 120.0) return rounded_text(std::round(seconds)) + " s";
    if (seconds < 7200.0) return rounded_text(std::round(seconds / 60.0)) + " min";
    if (seconds < 172800.0) return rounded_text(seconds / 3600.0) + " h";
    return rounded_text(seconds / 86400.0) + " days";
}

std::string people_text(Plan const& plan) {
    auto const& p = plan.population;
    bool const any_number = p.given_rows == p.people && !p.where.empty();  // of a file, all who qualify
    std::string out = any_number ? "all" : counted(p.people, "person", "people");
    if (plan.until) {
        auto const& until = *plan.until;
        out = "from " + grouped(until.least_people) + " to " + out + ", until the Monte Carlo error of the effect of " +
              plan.arms[static_cast<std::size_t>(until.arm)].name + " on " +
              std::string(plan.model->columns()[until.effect.index].name) +
              (until.muscle >= 0 ? " of " + plan.muscle_names[static_cast<std::size_t>(until.muscle)] : "") +
              " after " + duration_text(plan.clock.record_years(until.record)) + " is at most " +
              number_text(until.mcse) + "; estimates are of the most";
    }
    if (p.given.empty()) {
        if (!p.where.empty()) out += ", the first with " + p.where.text + " at entry";
        out += ", " + percent(p.female_fraction) + (p.where.empty() ? " women" : " of candidates are women");
    } else {
        auto const women = static_cast<std::uint64_t>(std::ranges::count(p.given, Sex::female, &GivenPerson::sex));
        if (!p.where.empty()) out += " with " + p.where.text + " at entry";
        out += " of " + (p.where.empty() ? "" : "the " + grouped(p.given_rows) + " of ") + p.given_path + ", " +
               grouped(women) + " of them women";
        if (p.weighted) out += ", weighted";
        if (p.has_strata) out += ", in strata";
        if (p.has_sampling_units) out += ", in sampling units";
    }
    return out;
}

std::string ages_text(Plan const& plan) {
    auto const& p = plan.population;
    bool const one_age = p.start_age_from_years == p.start_age_to_years;
    std::string out = "from " + rounded_text(p.start_age_from_years) +
                      (one_age ? "" : " to " + rounded_text(p.start_age_to_years)) + " years";
    if (p.end_age_years < 1e6) return out + ", until " + rounded_text(p.end_age_years);
    return out + ", followed for " + duration_text(p.follow_years);
}

std::string clock_text(Plan const& plan) {
    auto const& clock = plan.clock;
    double const last_interval = clock.end_years - clock.record_years(clock.records - 2);
    bool const even = std::abs(last_interval - clock.record_every_years) < 1e-6 * clock.record_every_years;
    return "a step of " + duration_text(clock.step_years) + ", a record every " +
           duration_text(clock.record_every_years) + (even ? "" : " and at the end") + ": " +
           counted(static_cast<std::uint64_t>(clock.steps), "step", "steps") + ", " +
           counted(static_cast<std::uint64_t>(clock.records), "record", "records");
}

std::string dose_text(Plan const& plan, Intervention const& given) {
    auto const& kind = plan.model->kinds()[static_cast<std::size_t>(given.kind)];
    std::string out(kind.name);
    for (std::size_t d = 0; d < given.dose.size(); ++d)
        out += (d == 0 ? ": " : ", ") + std::string(kind.dose[d].name) + " " + number_text(given.dose[d]);
    if (given.ramp_up_years > 0.0) out += "; in full after " + duration_text(given.ramp_up_years);
    if (given.waning.shape == Waning::Shape::exponential)
        out += "; afterwards halved every " + duration_text(given.waning.years);
    if (given.waning.shape == Waning::Shape::linear)
        out += "; afterwards gone within " + duration_text(given.waning.years);
    if (kind.hypothetical) out += " [no human evidence]";
    return out;
}

std::string reach_text(Delivery const& d) {
    std::string out;
    if (d.groups > 0)
        out += ", to group " + std::to_string(d.group) + " of " + std::to_string(d.groups) + " equal groups";
    if (d.coverage < 1.0) out += ", reaching " + percent(d.coverage);
    if (d.adherence_mean < 1.0 || d.adherence_sd > 0.0) {
        out += ", adherence " + percent(d.adherence_mean);
        if (d.adherence_sd > 0.0) out += " (sd " + percent(d.adherence_sd) + ")";
    }
    if (d.dropout_rate_per_year > 0.0) out += ", dropout " + rounded_text(d.dropout_rate_per_year) + " a year";
    return out;
}

std::string arms_text(Plan const& plan) {
    std::string out;
    for (std::size_t a = 0; a < plan.arms.size(); ++a) {
        auto const& arm = plan.arms[a];
        out += "  " + arm.name + (a == 0 ? "  (the reference)" : "") + "\n";
        if (arm.deliveries.empty()) out += "      nothing is given\n";
        for (auto const& d : arm.deliveries) out += paragraph("    -", delivery_text(plan, d), 6);
    }
    return out;
}

/// "as at 20: inflammation; as at entry: fat_ratio".
std::string holds_text(Plan const& plan) {
    std::string out;
    for (Hold::At const at : {Hold::At::youth, Hold::At::entry}) {
        std::string names;
        for (auto const& hold : plan.holds)
            if (hold.at == at)
                names += (names.empty() ? "" : ", ") + std::string(plan.model->columns()[hold.column.index].name);
        if (!names.empty())
            out +=
                (out.empty() ? "" : "; ") + std::string(at == Hold::At::youth ? "as at 20: " : "as at entry: ") + names;
    }
    return out;
}

std::string overrides_text(Plan const& plan) {
    std::vector<std::vector<std::string>> rows;
    for (auto const& o : plan.overrides) rows.push_back({o.path, o.from + " -> " + o.to + "  [" + o.by + "]"});
    return table(rows, 2, 52);
}

std::string notes_text(Plan const& plan) {
    std::string out;
    for (auto const& note : plan.notes) out += paragraph("  -", note.text(), 4);
    return out;
}

std::string record_text(Plan const& plan) {
    auto const columns = plan.model->columns();
    std::string names;
    for (ColumnId const c : plan.record.variables)
        names += (names.empty() ? "" : ", ") + std::string(columns[c.index].name);
    std::string out = paragraph("  variables", names, label_width);
    std::string people = plan.record.people == 0                        ? "none one by one"
                         : plan.record.people == plan.population.people ? "all"
                                                                        : "the first " + grouped(plan.record.people);
    out += paragraph("  people", people + "; summaries cover everyone", label_width);
    if (plan.record.motor_units.people > 0)
        out += paragraph("  motor units",
                         "of " + counted(plan.record.motor_units.people, "person", "people") + ", every " +
                             duration_text(plan.record.motor_units.every_years),
                         label_width);
    if (plan.record.significant_bits > 0)
        out += paragraph("  precision",
                         std::to_string(plan.record.significant_bits) + " bits after the first of each number",
                         label_width);
    return out;
}

}  // namespace

std::string delivery_text(Plan const& plan, Delivery const& d) {
    std::string out = plan.interventions[static_cast<std::size_t>(d.intervention)].name;
    bool const again = d.repeat;
    switch (d.from) {
        case Delivery::From::start: out += " from the start"; break;
        case Delivery::From::age: out += " from " + rounded_text(d.from_years) + " years of age"; break;
        case Delivery::From::time:
            out += d.from_years > 0.0 ? " from " + duration_text(d.from_years) + " after the start" : " from the start";
            break;
        case Delivery::From::when: out += std::string(again ? " whenever " : " once ") + d.condition.text; break;
        case Delivery::From::event:
            out += std::string(again ? " after every " : " after the first ") +
                   std::string(plan.model->events()[static_cast<std::size_t>(d.event)].name);
            break;
        case Delivery::From::screen:
            out += std::string(again ? " whenever" : " once") + " a screen every " +
                   duration_text(d.screen_every_years) + " finds " + d.condition.text;
            if (d.screen_sensitivity < 1.0 || d.screen_specificity < 1.0)
                out += " (sensitivity " + percent(d.screen_sensitivity) + ", specificity " +
                       percent(d.screen_specificity) + ")";
            break;
    }
    switch (d.until) {
        case Delivery::Until::end: break;
        case Delivery::Until::age: out += " until " + rounded_text(d.until_years) + " years of age"; break;
        case Delivery::Until::time: out += " until " + duration_text(d.until_years) + " after the start"; break;
        case Delivery::Until::after: out += " for " + duration_text(d.until_years); break;
        case Delivery::Until::when: out += " until " + d.until_condition.text; break;
    }
    if (!d.to.empty()) out += ", to those with " + d.to.text;
    std::string where;
    std::size_t chosen = 0;
    for (std::size_t m = 0; m < plan.muscle_names.size(); ++m) {
        if ((d.muscles >> m & 1U) == 0) continue;
        where += (where.empty() ? "" : ", ") + plan.muscle_names[m];
        ++chosen;
    }
    if (chosen < plan.muscle_names.size()) out += ", in " + where;
    if (d.sides != both_sides) out += d.sides == left_side ? ", left side" : ", right side";
    return out + reach_text(d);
}

std::string plan_report(Plan const& plan, double estimated_seconds, double memory_bytes, double file_bytes,
                        std::string const& finding) {
    std::string out = plan.title.empty() ? plan.name + "\n" : paragraph("", plan.title, 0);
    if (!plan.description.empty()) out += paragraph("", plan.description, 2);
    out += "\n";
    out += paragraph("people", people_text(plan), label_width);
    out += paragraph("ages", ages_text(plan), label_width);
    out += paragraph("clock", clock_text(plan), label_width);
    out += paragraph("seed", std::to_string(plan.seed), label_width);
    std::string muscles;
    for (auto const& name : plan.muscle_names) muscles += (muscles.empty() ? "" : ", ") + name;
    out += paragraph("muscles", muscles, label_width);
    std::string stages;
    for (auto const& name : plan.stages) stages += (stages.empty() ? "" : ", ") + name;
    out += paragraph("cascade", plan.cascade + ": " + stages, label_width);
    if (!plan.holds.empty()) out += paragraph("held", holds_text(plan), label_width);
    if (auto const& draw = plan.parameters.draw; draw.number > 0)
        out += paragraph("draw",
                         draw.path.empty() ? std::to_string(draw.number) + " of the distributions between runs"
                                           : "row " + std::to_string(draw.number) + " of " + std::to_string(draw.rows) +
                                                 " of " + draw.path + " (line " + std::to_string(draw.line) + ")",
                         label_width);
    if (!plan.population.given_ignored.empty()) {
        std::string ignored;
        for (auto const& name : plan.population.given_ignored)
            ignored += (ignored.empty() ? "" : ", ") + (name.empty() ? std::string("(no name)") : name);
        out += paragraph("not used", "columns of " + plan.population.given_path + ": " + ignored, label_width);
    }

    if (!plan.interventions.empty()) {
        std::vector<std::vector<std::string>> rows;
        for (auto const& given : plan.interventions) rows.push_back({given.name, dose_text(plan, given)});
        out += "\ninterventions\n" + table(rows);
    }
    out += "\narms\n" + arms_text(plan);
    if (!plan.overrides.empty()) out += "\nchanged parameters (default -> here, by what)\n" + overrides_text(plan);
    if (!plan.notes.empty()) out += "\nnot as written\n" + notes_text(plan);
    out += "\nrecord\n" + record_text(plan);
    out += "\nestimates\n" + (finding.empty() ? "" : paragraph("  people", finding, label_width)) +
           paragraph("  time", seconds_text(estimated_seconds), label_width) +
           paragraph("  memory", bytes_text(memory_bytes), label_width) +
           paragraph("  file", bytes_text(file_bytes), label_width);
    return out;
}

}  // namespace sarx
