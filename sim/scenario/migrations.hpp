#pragma once
// Scenarios of older formats, brought to today's on the tree, where every value keeps its line.

#include <span>
#include <string_view>

#include "sim/text/yaml_tree.hpp"

namespace sarx {

/// The format that is read; keys alone never raise it (a key says from which format on it exists).
inline constexpr int format_version = 1;

/// What turns a scenario of format `from` into one of the next.
struct Migration {
    int from = 1;
    void (*apply)(YamlNode& root) = nullptr;
};

/// All there are, in order.
std::span<Migration const> migrations();

/// Applies what leads from one format up to `to`, step by step.
void migrate(YamlNode& root, int from, int to, std::span<Migration const> steps);

/// Gives the key at a dotted path another name; does nothing where there is none.
void rename_key(YamlNode& root, std::string_view path, std::string_view name);

}  // namespace sarx
