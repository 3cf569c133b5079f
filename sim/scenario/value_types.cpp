#include "sim/scenario/value_types.hpp"

#include <cmath>

#include "sim/scenario/schema_parts.hpp"

namespace sarx::grammar {
namespace {

using nlohmann::json;

/// 1 month is not quite a twelfth of a year in binary: n months, and n-ths of a year, as near as can be.
double snapped(double years) {
    constexpr double slack = 1e-9;
    double const months = std::round(years * 12.0);
    if (months >= 1.0 && std::abs(years * 12.0 - months) < slack * months) return months / 12.0;
    double const parts = std::round(1.0 / years);
    return parts >= 1.0 && std::abs(years * parts - 1.0) < slack ? 1.0 / parts : years;
}

std::string span_text(std::string const& low, std::string const& high) { return low + " to " + high; }

json names_schema(NamesOf const& names, Model const& model) {
    if (names.in_model == nullptr) return {{"type", "string"}};
    return schema::one_of_names(names.in_model(model));
}

std::string names_told(NamesOf const& names, Model const& model) {
    constexpr std::size_t most = 8;
    if (names.in_model == nullptr) return "";
    auto const all = names.in_model(model);
    return all.size() <= most ? listed(all) : "";
}

}  // namespace

std::string quoted_text(std::string_view text) {
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

std::string list_text(std::vector<std::string> const& names) {
    std::string out = "[";
    for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + names[i];
    return out + "]";
}

std::string years_text(double years) { return years <= 1e6 ? number_text(years) + " years" : ".inf"; }

std::optional<std::string> Text::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    return read_text(reading, node, path);
}

std::string Text::text(Plan const&, std::string const& value) const { return value.empty() ? "" : quoted_text(value); }

std::optional<bool> Flag::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    return read_bool(reading, node, path);
}

std::optional<std::uint64_t> Whole::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    YamlNode count = node;
    std::string const ending = " " + std::string(unit);
    if (!unit.empty() && count.is_scalar() && count.text.ends_with(ending))
        count.text.resize(count.text.size() - ending.size());
    return read_whole(reading, count, path, low, high, std::string(why));
}

json Whole::schema(Model const&) const {
    json const number = {{"type", "integer"}, {"minimum", low}, {"maximum", high}};
    if (unit.empty()) return number;
    return {{"anyOf", {number, {{"type", "string"}, {"pattern", "^[0-9]+ " + std::string(unit) + "$"}}}}};
}

Told Whole::told(Model const&) const {
    return {"a whole number", std::string(unit), span_text(std::to_string(low), std::to_string(high))};
}

std::optional<double> Number::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    return read_number(reading, node, path, unit, low, high);
}

json Number::schema(Model const&) const { return schema::quantity(low, high); }

Told Number::told(Model const&) const {
    return {"a number", unit == "1" ? "" : std::string(unit), span_text(number_text(low), number_text(high))};
}

std::optional<double> Years::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    auto const years = read_years(reading, node, path, low, high);
    return years && snaps ? snapped(*years) : years;
}

std::string Years::text(Plan const&, double value) const { return years_text(value); }
std::string Years::usual(double value) const { return duration_text(value); }
json Years::schema(Model const&) const { return schema::ref("time"); }
Told Years::told(Model const&) const {
    return {"a time with its unit", "", span_text(low > 0.0 ? duration_text(low) : "0", duration_text(high))};
}

std::optional<Expression> Condition::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    std::size_t const before = reading.problems.list().size();
    Expression condition = read_condition(reading, node, path);
    if (reading.problems.list().size() != before) return std::nullopt;
    return condition;
}

std::string Condition::text(Plan const&, Expression const& value) const {
    return value.empty() ? "" : quoted_text(value.text);
}

json Condition::schema(Model const&) const { return schema::ref("condition"); }

std::optional<int> Name::read(Reading const& reading, YamlNode const& node, std::string const& path) const {
    return read_name(reading, node, path, names.in_plan(reading.model, reading.plan), std::string(names.unknown));
}

std::string Name::text(Plan const& plan, int value) const {
    std::string const name = names.in_plan(*plan.model, plan).at(static_cast<std::size_t>(value));
    return names.quoted ? quoted_text(name) : name;
}

json Name::schema(Model const& model) const { return names_schema(names, model); }
Told Name::told(Model const& model) const { return {std::string(names.a), "", names_told(names, model)}; }

std::optional<std::vector<int>> Names::read(Reading const& reading, YamlNode const& node,
                                            std::string const& path) const {
    return read_names(reading, node, path, names.in_plan(reading.model, reading.plan), std::string(names.unknown));
}

std::string Names::text(Plan const& plan, std::vector<int> const& value) const {
    auto const all = names.in_plan(*plan.model, plan);
    std::vector<std::string> chosen;
    for (int const index : value) chosen.push_back(all.at(static_cast<std::size_t>(index)));
    return list_text(chosen);
}

json Names::schema(Model const& model) const {
    json out = schema::list_of_names(std::vector<std::string>{});
    out["items"] = names_schema(names, model);
    if (most > 0) out["maxItems"] = most;
    return out;
}

Told Names::told(Model const& model) const {
    return {"a list, each " + std::string(names.a), "", names_told(names, model)};
}

}  // namespace sarx::grammar
