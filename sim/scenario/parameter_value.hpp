#pragma once
// The value of a parameter as it is written in YAML, in the model's files and in a scenario alike: a number,
// a distribution, or either of them by muscle, by sex or by both.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/contract/parameter.hpp"
#include "sim/text/problems.hpp"
#include "sim/text/yaml_tree.hpp"

namespace sarx {

/// How a distribution is written: {lognormal: {median: 1, sd_log: 0.8}}.
struct ShapeForm {
    std::string_view name;
    Shape shape;
    std::string_view first;   ///< key of Value::a
    std::string_view second;  ///< key of Value::b; empty where there is one number
};
inline constexpr ShapeForm shape_forms[] = {
    {"normal", Shape::normal, "mean", "sd"},
    {"lognormal", Shape::lognormal, "median", "sd_log"},
    {"gamma", Shape::gamma, "mean", "shape"},
    {"uniform", Shape::uniform, "from", "to"},
    {"bernoulli", Shape::bernoulli, "probability", ""},
};

/// A value for one muscle and sex.
struct ValueLeaf {
    std::string muscle;      ///< empty: all muscles
    std::optional<Sex> sex;  ///< empty: both
    Value value;
    Mark mark;
};

/// As it is written: "1.2", "{lognormal: {median: 1, sd_log: 0.8}, between: people}".
std::string value_text(Value const& value);

/// A number within [low, high] in `unit`: bare, or written with a unit that converts to it ("0.1 /month").
/// On failure adds a problem at the node and returns an empty optional.
std::optional<double> read_in_unit(YamlNode const& node, std::string_view unit, double low, double high,
                                   Problems& problems, std::string const& path);

/// Reads the value of a parameter; `muscles` are the names that may be keys where `spec.by_muscle`, or
/// anywhere if `by_any` (a parameter that is being defined). `between` (people | runs) stands inside the
/// distribution or beside the keys of muscles and sexes; `low` and `high` inside a distribution clamp its
/// draws. Returns whether everything was sound; what is wrong goes to `problems`.
bool read_value(YamlNode const& node, ParameterSpec const& spec, std::vector<std::string> const& muscles,
                std::vector<ValueLeaf>& leaves, Problems& problems, std::string const& path, bool by_any = false);

}  // namespace sarx
