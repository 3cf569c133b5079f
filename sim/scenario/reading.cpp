#include "sim/scenario/reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/text/quantity.hpp"

namespace sarx {
namespace {

/// A bound in at most four digits where it needs many.
std::string bound_text(double value) {
    constexpr std::size_t most = 10;
    std::string exact = number_text(value);
    if (exact.size() <= most) return exact;
    char text[40];
    auto const [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 4);
    return error == std::errc{} ? std::string(text, end) : exact;
}

std::string bounds_text(double low, double high, std::string_view unit) {
    std::string const shown = unit == "1" ? "" : unit == "years" ? " years" : ", in " + std::string(unit);
    return "must be within " + bound_text(low) + " and " + bound_text(high) + shown;
}

/// Written so that NaN is outside.
bool within(double value, double low, double high) { return value >= low && value <= high; }

}  // namespace

Fields::Fields(Reading const& reading, YamlNode const& node, std::string path)
    : reading_(reading), node_(node), path_(std::move(path)) {
    if (!node_.is_map()) reading_.refuse(node_, path_, "needs keys with values", "found " + found(node_));
}

std::string Fields::path(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

YamlNode const* Fields::take(std::string_view key) {
    known_.emplace_back(key);
    YamlNode const* const value = node_.find(key);
    if (value == nullptr || value->kind != YamlNode::Kind::null) return value;
    reading_.refuse(*value, path(key), "has no value", "leave the key out for the default");
    return nullptr;
}

YamlNode const* Fields::need(std::string_view key, std::string why) {
    if (node_.is_map() && node_.find(key) == nullptr)
        reading_.refuse(node_, path_, "'" + std::string(key) + "' is missing", std::move(why));
    return take(key);
}

void Fields::finish() const {
    for (auto const& [key, value] : node_.fields) {
        if (std::ranges::find(known_, key.text) != known_.end()) continue;
        reading_.refuse(key, path(shortened(key.text)), "unknown key", "known here: " + listed(known_),
                        nearest(key.text, known_));
    }
}

std::optional<double> read_number(Reading const& reading, YamlNode const& node, std::string const& path,
                                  std::string_view unit, double low, double high) {
    std::optional<double> value = number_of(node);
    if (!value) {
        auto const quantity = node.is_scalar() ? parse_quantity(node.text) : std::nullopt;
        if (!quantity) {
            reading.refuse(node, path, "needs a number", "found " + found(node));
            return std::nullopt;
        }
        if (quantity->unit.empty()) {
            reading.refuse(node, path, quoted(node.text) + " is not a plain number",
                           "write it without quotes or in decimal digits");
            return std::nullopt;
        }
        if (!known_unit(quantity->unit)) {
            reading.refuse(node, path, quoted(quantity->unit) + " is not a unit",
                           "needs one that converts to " + std::string(unit));
            return std::nullopt;
        }
        value = convert(quantity->value, quantity->unit, unit);
        if (!value) {
            reading.refuse(node, path, quoted(quantity->unit) + " is the wrong kind of unit",
                           wrong_kind_of_unit(quantity->unit, unit));
            return std::nullopt;
        }
    }
    if (within(*value, low, high)) return value;
    reading.refuse(node, path, shortened(node.text) + " is out of bounds", bounds_text(low, high, unit));
    return std::nullopt;
}

std::optional<double> read_years(Reading const& reading, YamlNode const& node, std::string const& path, double low,
                                 double high) {
    auto const quantity = node.is_scalar() ? parse_quantity(node.text) : std::nullopt;
    if (!quantity) {
        reading.refuse(node, path, "needs a time with its unit, such as '12 weeks'", "found " + found(node));
        return std::nullopt;
    }
    if (quantity->unit.empty()) {
        reading.refuse(node, path, quoted(node.text) + " has no unit",
                       "write a time with its unit, such as '" + shortened(node.text) + " years'");
        return std::nullopt;
    }
    auto const years = convert(quantity->value, quantity->unit, "year");
    if (!years) {
        std::string const kind = kind_of_unit(quantity->unit);
        reading.refuse(node, path, quoted(quantity->unit) + " is not a unit of time",
                       "years, months, weeks, days or hours" +
                           (kind.empty() ? "" : "; " + shortened(quantity->unit) + " is " + kind),
                       nearest(quantity->unit, {"years", "months", "weeks", "days", "hours"}));
        return std::nullopt;
    }
    if (within(*years, low, high)) return years;
    reading.refuse(node, path, shortened(node.text) + " is out of bounds", bounds_text(low, high, "years"));
    return std::nullopt;
}

std::optional<std::uint64_t> read_whole(Reading const& reading, YamlNode const& node, std::string const& path,
                                        std::uint64_t low, std::uint64_t high, std::string const& why) {
    std::optional<std::uint64_t> value;
    if (node.is_scalar() && !node.quoted) {
        std::uint64_t digits = 0;
        auto const [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), digits);
        if (error == std::errc{} && end == node.text.data() + node.text.size()) value = digits;
        auto const number = number_of(node);
        constexpr double exact = 9007199254740992.0;  // 2^53
        if (!value && number && *number >= 0.0 && *number <= exact && std::floor(*number) == *number)
            value = static_cast<std::uint64_t>(*number);
        if (!value && number && !(*number >= 0.0 && *number <= exact)) {
            reading.refuse(
                node, path, shortened(node.text) + " is out of bounds",
                why.empty() ? "must be within " + std::to_string(low) + " and " + std::to_string(high) : why);
            return std::nullopt;
        }
    }
    if (!value) {
        reading.refuse(node, path, "needs a whole number", "found " + found(node));
        return std::nullopt;
    }
    if (*value >= low && *value <= high) return value;
    reading.refuse(node, path, shortened(node.text) + " is out of bounds",
                   why.empty() ? "must be within " + std::to_string(low) + " and " + std::to_string(high) : why);
    return std::nullopt;
}

std::optional<bool> read_bool(Reading const& reading, YamlNode const& node, std::string const& path) {
    auto const value = bool_of(node);
    if (!value) reading.refuse(node, path, "needs true or false", "found " + found(node));
    return value;
}

std::optional<std::string> read_text(Reading const& reading, YamlNode const& node, std::string const& path) {
    if (node.is_scalar()) return node.text;
    reading.refuse(node, path, "needs text", "found " + found(node));
    return std::nullopt;
}

std::optional<int> read_name(Reading const& reading, YamlNode const& node, std::string const& path,
                             std::vector<std::string> const& names, std::string const& what) {
    if (!node.is_scalar()) {
        reading.refuse(node, path, "needs a name", "found " + found(node));
        return std::nullopt;
    }
    auto const at = std::ranges::find(names, node.text);
    if (at != names.end()) return static_cast<int>(at - names.begin());
    reading.refuse(node, path, what + " " + quoted(node.text),
                   names.empty() ? "there are none" : "known: " + listed(names), nearest(node.text, names));
    return std::nullopt;
}

std::optional<std::vector<int>> read_names(Reading const& reading, YamlNode const& node, std::string const& path,
                                           std::vector<std::string> const& names, std::string const& what) {
    if (!node.is_sequence()) {
        reading.refuse(node, path, "needs a list of names", "found " + found(node));
        return std::nullopt;
    }
    std::vector<int> out;
    bool sound = true;
    for (auto const& item : node.items) {
        auto const index = read_name(reading, item, path, names, what);
        if (!index) {
            sound = false;
        } else if (std::ranges::find(out, *index) != out.end()) {
            reading.refuse(item, path, quoted(item.text) + " stands here twice");
            sound = false;
        } else {
            out.push_back(*index);
        }
    }
    if (!sound) return std::nullopt;
    return out;
}

bool read_label(Reading const& reading, YamlNode const& key, std::string const& path) {
    constexpr std::size_t most = 64;
    constexpr std::string_view allowed = " ._+-";
    bool const sound = !key.text.empty() && key.text.size() <= most && key.text.front() != ' ' &&
                       key.text.back() != ' ' && std::ranges::all_of(key.text, [&](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                  allowed.find(c) != std::string_view::npos;
                       });
    if (!sound)
        reading.refuse(key, path, quoted(key.text) + " cannot be a name",
                       "letters, digits, spaces and . _ + -, at most 64");
    return sound;
}

Expression read_condition(Reading const& reading, YamlNode const& node, std::string const& path) {
    if (!node.is_scalar()) {
        reading.refuse(node, path, "needs a condition, such as \"age_years >= 60\"", "found " + found(node));
        return {};
    }
    ExpressionProblem problem;
    bool ok = true;
    Expression expression = parse_expression(node.text, reading.model, reading.plan.muscle_names, problem, ok);
    if (!ok) {
        Mark mark = node.mark;
        mark.column += static_cast<int>(problem.offset) + (node.quoted ? 1 : 0);
        reading.problems.add({mark, path, problem.what, problem.why, problem.suggestion});
        return {};
    }
    if (expression.empty()) reading.refuse(node, path, "an empty condition", "leave the key out for everyone");
    std::vector<int> told;
    for (auto const& step : expression.program) {
        auto const kind = step.operand.kind;
        bool const reads = step.op == Instruction::Op::push &&
                           (kind == Operand::Kind::person_column || kind == Operand::Kind::muscle_column);
        if (!reads || std::ranges::find(told, int{step.operand.column.index}) != told.end()) continue;
        told.push_back(step.operand.column.index);
        auto const why = why_unavailable(reading, step.operand.column);
        auto const& column = reading.model.columns()[step.operand.column.index];
        if (!why.empty()) reading.refuse(node, path, "'" + std::string(column.name) + "' is not to be had here", why);
    }
    return expression;
}

}  // namespace sarx
