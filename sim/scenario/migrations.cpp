#include "sim/scenario/migrations.hpp"

#include <algorithm>

namespace sarx {

std::span<Migration const> migrations() { return {}; }

void migrate(YamlNode& root, int from, int to, std::span<Migration const> steps) {
    for (int format = from; format < to; ++format)
        for (auto const& step : steps)
            if (step.from == format) step.apply(root);
}

void rename_key(YamlNode& root, std::string_view path, std::string_view name) {
    auto const dot = path.find('.');
    auto const first = path.substr(0, dot);
    auto const at =
        std::ranges::find_if(root.fields, [&](YamlField const& field) { return field.first.text == first; });
    if (at == root.fields.end()) return;
    if (dot == std::string_view::npos)
        at->first.text = std::string(name);
    else
        rename_key(at->second, path.substr(dot + 1), name);
}

}  // namespace sarx
