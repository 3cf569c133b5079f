#include "sim/scenario/read_record.hpp"

#include <algorithm>
#include <cmath>

namespace sarx::grammar {
namespace {

constexpr double most_recorded_bytes = 1e13;

std::vector<ColumnId> chosen_columns(Reading const& reading, YamlNode const* node) {
    auto const columns = reading.model.columns();
    std::string const path = "record.variables";
    bool const all = node != nullptr && node->is_scalar() && node->text == "all";
    std::vector<bool> chosen(columns.size(), false);
    if (node == nullptr || node->is_scalar()) {
        if (node != nullptr)
            read_name(reading, *node, path, {"default", "all"}, "needs default, all or a list of names, not");
        for (std::size_t c = 0; c < columns.size(); ++c) {
            bool const wanted = columns[c].report == Report::standard || (all && columns[c].report == Report::state);
            chosen[c] = wanted && columns[c].level != Level::unit &&
                        why_unavailable(reading, {static_cast<std::uint16_t>(c)}).empty();
        }
    } else if (node->is_sequence()) {
        std::vector<std::string> names;
        for (auto const& column : columns)
            if (column.report != Report::hidden) names.emplace_back(column.name);
        for (auto const& item : node->items) {
            auto const index = read_name(reading, item, path, names, "unknown variable");
            if (!index) continue;
            auto const at = std::ranges::find(columns, names[*index], &ColumnSpec::name);
            auto const c = static_cast<std::size_t>(at - columns.begin());
            auto const why = why_unavailable(reading, {static_cast<std::uint16_t>(c)});
            if (at->level == Level::unit)
                reading.refuse(item, path, "'" + item.text + "' belongs to each motor unit",
                               "record.motor_units keeps those");
            else if (!why.empty())
                reading.refuse(item, path, "'" + item.text + "' is not to be had here", why);
            else if (chosen[c])
                reading.refuse(item, path, "'" + item.text + "' stands here twice");
            chosen[c] = true;
        }
    } else {
        reading.refuse(*node, path, "needs default, all or a list of names", "found " + found(*node));
    }
    chosen[reading.model.alive().index] = true;
    if (reading.plan.until) chosen[reading.plan.until->effect.index] = true;
    std::vector<ColumnId> out;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        bool const constant = columns[c].report == Report::trait && columns[c].level == Level::person;
        if (chosen[c] && !constant) out.push_back({static_cast<std::uint16_t>(c)});
    }
    return out;
}

}  // namespace

void check_motor_units(Reading const& reading, Given const& given, std::string const& path, MotorUnitRecord& record) {
    record.people = std::min(record.people, reading.plan.population.people);
    YamlNode const* const every = given.sound_at("every");
    if (every == nullptr) return;
    double const interval = reading.plan.clock.record_every_years;
    double const times = std::round(record.every_years / interval);
    constexpr double slack = 1e-6;
    if (!(times >= 1.0) || !(std::abs(record.every_years - times * interval) <= slack * interval))
        reading.refuse(*every, path + ".every", every->text + " is not a multiple of clock.record_every",
                       "records are " + number_text(interval) + " years apart");
    record.every_years = times * interval;
}

void check_record(Reading const& reading, Given const& given, std::string const& path, Record& record) {
    auto const& plan = reading.plan;
    auto const columns = reading.model.columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].report == Report::trait && columns[c].level == Level::person)
            record.traits.push_back({static_cast<std::uint16_t>(c)});
    record.variables = chosen_columns(reading, given.at("variables"));
    record.people = plan.population.people;
    YamlNode const* const people = given.at("people");
    if (people != nullptr && people->is_scalar() && people->text == "none")
        record.people = 0;
    else if (people != nullptr && !(people->is_scalar() && people->text == "all"))
        if (auto const count = read_whole(reading, *people, path + ".people", 0, most_recorded_people))
            record.people = std::min(static_cast<std::uint32_t>(*count), plan.population.people);

    double series = 0.0;
    for (ColumnId const c : record.variables)
        series += columns[c.index].level == Level::person ? 1.0 : static_cast<double>(plan.muscles.size());
    double const bytes = 4.0 * series * static_cast<double>(plan.arms.size()) * record.people * plan.clock.records;
    if (!(bytes <= most_recorded_bytes))
        reading.refuse(people != nullptr ? *people : reading.root, path + ".people",
                       "would write about " + number_text(std::round(bytes / 1e12)) + " TB",
                       "record a sample of people; summaries cover everyone anyway");
}

std::string variables_text(Plan const& plan, Record const& record) {
    std::vector<std::string> names;
    for (ColumnId const c : record.variables) names.emplace_back(plan.model->columns()[c.index].name);
    return list_text(names);
}

}  // namespace sarx::grammar
