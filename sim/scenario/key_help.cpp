#include "sim/scenario/key_help.hpp"

#include <algorithm>

#include "sim/scenario/keys.hpp"
#include "sim/text/text_table.hpp"

namespace sarx::grammar {
namespace {

constexpr std::size_t label_width = 14;

void add_inner(PlacedKey const& outer, std::vector<AnyKey const*> const& keys, std::vector<PlacedKey>& out) {
    for (AnyKey const* const key : keys) {
        if (!key->written) continue;
        PlacedKey placed = outer;
        placed.around.push_back(key);
        placed.path += (placed.path.empty() ? "" : ".") + std::string(key->name);
        out.push_back(placed);
        if (!key->shown.inner) continue;
        constexpr std::string_view names[] = {"", ".NAME", ".NAME.0"};
        placed.path += names[key->shown.names_before];
        add_inner(placed, key->shown.inner(), out);
    }
}

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= path.size();) {
        auto const end = std::min(path.find('.', at), path.size());
        parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// Whether the path ends as asked, any name standing for NAME and any number for 0.
bool ends_with(std::string_view path, std::string_view asked, bool whole) {
    auto const mine = split(path);
    auto const theirs = split(asked);
    if (theirs.size() > mine.size() || (whole && theirs.size() != mine.size())) return false;
    return std::equal(theirs.rbegin(), theirs.rend(), mine.rbegin(), [](std::string_view a, std::string_view b) {
        bool const number = b == "0" && a.find_first_not_of("0123456789") == std::string_view::npos;
        return a == b || (b == "NAME" && !a.empty()) || number;
    });
}

std::string one_key(Model const& model, PlacedKey const& placed) {
    auto const& key = placed.key();
    auto const line = [](std::string_view label, std::string_view text) {
        return text.empty() ? "" : paragraph("  " + std::string(label), text, label_width);
    };
    Told const told = key.shown.told(model);
    std::string out =
        (placed.is_trigger() ? "trigger " + std::string(key.name) + " (" + placed.path + ")" : "key " + placed.path) +
        "\n";
    out += line("meaning", key.about.help) + line("value", told.type) + line("unit", told.unit) +
           line("bounds", told.bounds);
    out += line("default", key.must_be_given() ? "none: must be given" : default_text(key));
    if (!key.about.beside.empty()) out += line("beside", key.about.beside);
    if (key.about.since > 1) out += line("since", "format " + std::to_string(key.about.since));
    if (key.shown.inner) {
        std::vector<std::vector<std::string>> rows;
        for (auto const& inner : all_keys())
            if (inner.path.starts_with(placed.path + "."))
                rows.push_back({inner.path.substr(placed.path.size() + 1), std::string(inner.key().about.help)});
        out += "  keys\n" + table(rows, 4);
    }
    return out + line("example", placed.example());
}

/// Text in a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string out;
    for (char const c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

std::string heading_of(PlacedKey const& placed) {
    constexpr std::string_view shown[] = {"", ".NAME", ".NAME: a list, each"};
    return placed.path + std::string(shown[placed.key().shown.names_before]);
}

/// The rows of a mapping, and an example of each of its keys.
std::string rows_of(Model const& model, std::vector<PlacedKey> const& inner) {
    std::string out = "| key | value | bounds | default | meaning |\n| --- | --- | --- | --- | --- |\n";
    std::vector<std::string> examples;
    for (auto const& placed : inner) {
        auto const& key = placed.key();
        Told const told = key.shown.told(model);
        std::string const usual = key.must_be_given() ? "**must be given**" : default_text(key);
        std::string help(key.about.help);
        if (!key.about.beside.empty()) help += "; beside `" + std::string(key.about.beside) + "`";
        if (key.about.since > 1) help += "; since format " + std::to_string(key.about.since);
        out += "| `" + std::string(key.name) + "` | " + cell(told.type) +
               (told.unit.empty() ? "" : " [" + told.unit + "]") + " | " + cell(told.bounds) + " | " + cell(usual) +
               " | " + cell(help) + " |\n";
        auto const example = placed.example();
        if (std::ranges::find(examples, example) == examples.end() && !example.empty()) examples.push_back(example);
    }
    if (examples.empty()) return out;
    out += "\n```yaml\n";
    for (auto const& example : examples) out += example + "\n";
    return out + "```\n";
}

}  // namespace

bool PlacedKey::is_trigger() const { return key().shown.chosen_among && path.starts_with("arms."); }

std::string PlacedKey::example() const {
    std::size_t at = around.size();
    while (at > 0 && around[at - 1]->about.example.empty()) --at;
    if (at == 0) return "";
    std::string text(around[at - 1]->about.example);
    for (; at > 1; --at) {
        AnyKey const& outer = *around[at - 2];
        std::string frame =
            outer.about.frame.empty() ? std::string(outer.name) + ": {...}" : std::string(outer.about.frame);
        text = frame.replace(frame.find("..."), 3, text);
    }
    return text;
}

std::vector<PlacedKey> all_keys() {
    std::vector<PlacedKey> out;
    add_inner({}, pointers(scenario_keys()), out);
    return out;
}

std::string keys_text(Model const& model, std::string_view name) {
    for (bool const whole : {true, false}) {
        std::string out;
        for (auto const& placed : all_keys())
            if (ends_with(placed.path, name, whole)) out += (out.empty() ? "" : "\n") + one_key(model, placed);
        if (!out.empty()) return out;
    }
    return "";
}

std::vector<std::vector<std::string>> key_rows() {
    std::vector<std::vector<std::string>> rows;
    for (auto const& placed : all_keys()) rows.push_back({placed.path, std::string(placed.key().about.help)});
    return rows;
}

nlohmann::json keys_json(Model const& model) {
    nlohmann::json out = nlohmann::json::array();
    for (auto const& placed : all_keys()) {
        auto const& key = placed.key();
        Told const told = key.shown.told(model);
        out.push_back({{"path", placed.path},
                       {"meaning", key.about.help},
                       {"value", told.type},
                       {"unit", told.unit},
                       {"bounds", told.bounds},
                       {"default", default_text(key)},
                       {"required", key.must_be_given()},
                       {"since", key.about.since},
                       {"example", placed.example()}});
    }
    return out;
}

std::string reference_page(Model const& model) {
    std::string out = R"(# Keys of a scenario

Every key, from the table that `sarx` itself reads by; `sarx describe KEY` says the same, `sarx describe` lists what the
model brings (kinds of intervention with their doses, parameters, variables, events). This page is written by
`sarx describe --reference`. Names that a scenario gives stand as NAME; a path is what `--set` takes
(`--set arms.NAME.0.reach.coverage=0.5`). A bare number where a unit is needed is refused.

## The whole scenario

)";
    auto const keys = all_keys();
    auto const inside = [&](std::size_t depth, AnyKey const* outer) {
        std::vector<PlacedKey> inner;
        for (auto const& placed : keys)
            if (placed.around.size() == depth + 1 && (depth == 0 || placed.around[depth - 1] == outer))
                inner.push_back(placed);
        return inner;
    };
    out += rows_of(model, inside(0, nullptr));
    for (auto const& placed : keys) {
        if (!placed.key().shown.inner) continue;
        out += "\n## " + heading_of(placed) + "\n\n" + std::string(placed.key().about.help) + "\n\n" +
               rows_of(model, inside(placed.around.size(), &placed.key()));
    }
    return out;
}

}  // namespace sarx::grammar
