#pragma once
// YAML text as a tree that remembers where everything stands and how it was written. Built on yaml-cpp's
// events, because its own nodes forget duplicate keys and quoting.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/text/problems.hpp"

namespace sarx {

struct YamlField;

struct YamlNode {
    enum class Kind { null, scalar, sequence, map } kind = Kind::null;
    Mark mark;
    std::string text;               ///< scalar
    bool quoted = false;            ///< scalar written in quotes: always text
    std::vector<YamlNode> items;    ///< sequence
    std::vector<YamlField> fields;  ///< map: keys are scalars and unique

    [[nodiscard]] YamlNode const* find(std::string_view key) const;
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_map() const { return kind == Kind::map; }
    [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
};

/// A key and its value.
struct YamlField {
    YamlNode first;
    YamlNode second;
};

/// Parses one document. Refused, each with its place: syntax errors, more than one document, duplicate or
/// non-scalar keys, tags, depth over 64, more than 200,000 nodes after aliases are expanded, text over
/// 4 MiB, bytes that are not UTF-8. Problems are added and an empty optional returned, but for doubled keys:
/// those are told, the first one stays, and the tree can be read for what else is wrong.
std::optional<YamlNode> parse_yaml(std::string_view text, int file, Problems& problems);

/// A plain number as YAML 1.2 reads it ("1e3" and "5." are numbers; "0x10", ".nan", ".inf", "1_000" are
/// not); quoted scalars are text, not numbers.
std::optional<double> number_of(YamlNode const& node);
/// true and false only: "yes", "no", "on", "off" are not accepted.
std::optional<bool> bool_of(YamlNode const& node);

/// "a list", "keys with values", "'text'" or "nothing": what a node is, for messages.
std::string found(YamlNode const& node);

}  // namespace sarx
