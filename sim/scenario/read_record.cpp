// record: what is kept of everything simulated.

#include <algorithm>
#include <cmath>

#include "sim/scenario/reading.hpp"

namespace sarx {
namespace {

constexpr double most_recorded_bytes = 1e13;
constexpr int float_bits = 23;

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

void read_motor_units(Reading const& reading, YamlNode const& node) {
    auto& plan = reading.plan;
    std::string const path = "record.motor_units";
    Fields fields(reading, node, path);
    if (!fields.is_map()) return;
    YamlNode const* const people = fields.need("people", "how many people's motor units are kept");
    YamlNode const* const every = fields.need("every", "how often");
    fields.finish();
    if (people != nullptr)
        if (auto const count = read_whole(reading, *people, path + ".people", 0, 1'000'000))
            plan.record.motor_units.people = std::min(static_cast<std::uint32_t>(*count), plan.population.people);
    if (every == nullptr) return;
    auto const years = read_years(reading, *every, path + ".every", 0.0, oldest_years);
    if (!years) return;
    double const interval = plan.clock.record_every_years;
    double const times = std::round(*years / interval);
    constexpr double slack = 1e-6;
    if (!(times >= 1.0) || !(std::abs(*years - times * interval) <= slack * interval))
        reading.refuse(*every, path + ".every", every->text + " is not a multiple of clock.record_every",
                       "records are " + number_text(interval) + " years apart");
    plan.record.motor_units.every_years = times * interval;
}

}  // namespace

void read_record(Reading const& reading, YamlNode const& root) {
    auto& plan = reading.plan;
    auto const columns = reading.model.columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].report == Report::trait && columns[c].level == Level::person)
            plan.record.traits.push_back({static_cast<std::uint16_t>(c)});
    YamlNode none;
    none.kind = YamlNode::Kind::map;
    YamlNode const* const node = root.find("record");
    Fields fields(reading, node != nullptr ? *node : none, "record");
    YamlNode const* const variables = fields.take("variables");
    YamlNode const* const people = fields.take("people");
    YamlNode const* const motor_units = fields.take("motor_units");
    YamlNode const* const bits = fields.take("significant_bits");
    fields.finish();

    plan.record.variables = chosen_columns(reading, variables);
    plan.record.people = plan.population.people;
    if (people != nullptr) {
        if (people->is_scalar() && people->text == "none")
            plan.record.people = 0;
        else if (!(people->is_scalar() && people->text == "all"))
            if (auto const count = read_whole(reading, *people, "record.people", 0, 1'000'000'000))
                plan.record.people = std::min(static_cast<std::uint32_t>(*count), plan.population.people);
    }
    if (motor_units != nullptr) read_motor_units(reading, *motor_units);
    if (bits != nullptr)
        if (auto const count = read_whole(reading, *bits, "record.significant_bits", 0, float_bits))
            plan.record.significant_bits = static_cast<int>(*count);

    double series = 0.0;
    for (ColumnId const c : plan.record.variables)
        series += columns[c.index].level == Level::person ? 1.0 : static_cast<double>(plan.muscles.size());
    double const bytes = 4.0 * series * static_cast<double>(plan.arms.size()) * plan.record.people * plan.clock.records;
    if (!(bytes <= most_recorded_bytes))
        reading.refuse(people != nullptr ? *people : root, "record.people",
                       "would write about " + number_text(std::round(bytes / 1e12)) + " TB",
                       "record a sample of people; summaries cover everyone anyway");
}

}  // namespace sarx
