#pragma once
// What the value of a key may be: each type reads itself from YAML with every message, is written as it stands in the
// resolved plan, and tells itself to people and to the schema.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/reading.hpp"

namespace sarx::grammar {

/// A type in words.
struct Told {
    std::string type;    ///< "a time", "a whole number"
    std::string unit;    ///< empty where there is none
    std::string bounds;  ///< "20 years to 120 years"; empty where there are none
};

struct Text {
    std::optional<std::string> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const&, std::string const& value) const;
    [[nodiscard]] std::string usual(std::string const& value) const { return value; }
    [[nodiscard]] nlohmann::json schema(Model const&) const { return {{"type", "string"}}; }
    [[nodiscard]] Told told(Model const&) const { return {"text", "", ""}; }
};

struct Flag {
    std::optional<bool> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const&, bool value) const { return value ? "true" : "false"; }
    [[nodiscard]] std::string usual(bool value) const { return value ? "true" : "false"; }
    [[nodiscard]] nlohmann::json schema(Model const&) const { return {{"type", "boolean"}}; }
    [[nodiscard]] Told told(Model const&) const { return {"true or false", "", ""}; }
};

/// How many.
struct Whole {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::string_view why = {};   ///< of the bounds, where they alone do not tell it
    std::string_view unit = {};  ///< that may stand behind the number: "1000 people"

    std::optional<std::uint64_t> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const&, std::uint64_t value) const { return std::to_string(value); }
    [[nodiscard]] std::string usual(std::uint64_t value) const { return std::to_string(value); }
    [[nodiscard]] nlohmann::json schema(Model const&) const;
    [[nodiscard]] Told told(Model const&) const;
};

/// A number: bare, then in the unit, or written with a unit that converts to it.
struct Number {
    std::string_view unit = "1";
    double low = 0.0;
    double high = 1.0;

    std::optional<double> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const&, double value) const { return number_text(value); }
    [[nodiscard]] std::string usual(double value) const { return number_text(value); }
    [[nodiscard]] nlohmann::json schema(Model const&) const;
    [[nodiscard]] Told told(Model const&) const;
};

/// A length of time or an age, always with its unit; in years.
struct Years {
    double low = 0.0;
    double high = oldest_years;
    bool snaps = false;  ///< to whole months and to whole parts of a year, which binary numbers miss by a little

    std::optional<double> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const&, double value) const;
    [[nodiscard]] std::string usual(double value) const;
    [[nodiscard]] nlohmann::json schema(Model const&) const;
    [[nodiscard]] Told told(Model const&) const;
};

/// A condition on a person's state.
struct Condition {
    std::optional<Expression> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const&, Expression const& value) const;
    [[nodiscard]] std::string usual(Expression const& value) const { return value.text; }
    [[nodiscard]] nlohmann::json schema(Model const&) const;
    [[nodiscard]] Told told(Model const&) const { return {"a condition", "", ""}; }
};

/// Names among which one is chosen.
struct NamesOf {
    std::string_view a;        ///< "an event"
    std::string_view unknown;  ///< "unknown event"
    std::vector<std::string> (*in_plan)(Model const& model, Plan const& plan);
    std::vector<std::string> (*in_model)(Model const& model) = nullptr;  ///< null: the scenario itself gives them
    bool quoted = false;  ///< in the resolved plan: names that the scenario gives may hold anything
};

/// One of them, by its index.
struct Name {
    NamesOf names;

    std::optional<int> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const& plan, int value) const;
    [[nodiscard]] std::string usual(int) const { return ""; }
    [[nodiscard]] nlohmann::json schema(Model const& model) const;
    [[nodiscard]] Told told(Model const& model) const;
};

/// Several of them, each once, by their indices.
struct Names {
    NamesOf names;
    std::size_t most = 0;  ///< 0: as many as there are

    std::optional<std::vector<int>> read(Reading const& reading, YamlNode const& node, std::string const& path) const;
    [[nodiscard]] std::string text(Plan const& plan, std::vector<int> const& value) const;
    [[nodiscard]] std::string usual(std::vector<int> const&) const { return ""; }
    [[nodiscard]] nlohmann::json schema(Model const& model) const;
    [[nodiscard]] Told told(Model const& model) const;
};

/// What code of its own reads.
struct Other {
    std::string_view type;
    nlohmann::json (*of_model)(Model const& model);

    [[nodiscard]] nlohmann::json schema(Model const& model) const { return of_model(model); }
    [[nodiscard]] Told told(Model const&) const { return {std::string(type), "", ""}; }
};

/// Text in double quotes as YAML reads it back.
std::string quoted_text(std::string_view text);
/// "[a, b]".
std::string list_text(std::vector<std::string> const& names);
/// "0.5 years"; what has no end is ".inf".
std::string years_text(double years);

}  // namespace sarx::grammar
