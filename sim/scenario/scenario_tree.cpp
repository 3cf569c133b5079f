#include "sim/scenario/scenario_tree.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "sim/scenario/keys.hpp"
#include "sim/scenario/migrations.hpp"

namespace sarx {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_parents = 32;
constexpr std::size_t most_scenario_bytes = 4U << 20U;

/// What the table of keys says of a place in the tree.
struct Place {
    std::vector<grammar::AnyKey const*> keys = grammar::pointers(grammar::scenario_keys());
    int names = 0;          ///< names, or entries of a list, that stand before those keys
    bool merges = true;     ///< key by key; all else is replaced as a whole, because keys exclude each other or their
                            ///< order has a meaning
    bool is_named = false;  ///< stands under a name of the scenario's own

    [[nodiscard]] Place inside(std::string_view name) const {
        if (names > 0) return {keys, names - 1, merges, true};
        auto const at = std::ranges::find(keys, name, &grammar::AnyKey::name);
        if (at == keys.end()) return {{}, 0, false, false};
        auto const& shown = (*at)->shown;
        return {shown.inner ? shown.inner() : std::vector<grammar::AnyKey const*>{}, shown.names_before,
                (*at)->about.merges, false};
    }
};

YamlNode* find_in(YamlNode& map, std::string_view key) {
    for (auto& [name, value] : map.fields)
        if (name.text == key) return &value;
    return nullptr;
}

void erase_key(YamlNode& map, std::string_view key) {
    std::erase_if(map.fields, [&](auto const& field) { return field.first.text == key; });
}

/// Keys that stand for one choice: a later file's one takes the place of the other.
void make_room(YamlNode& below, YamlNode const& above, Place const& place, std::string const& path,
               Problems const& problems, std::vector<Note>& notes) {
    if (place.names > 0) return;
    for (auto const* const key : place.keys)
        if (above.find(key->name) != nullptr)
            for (auto const& other : key->about.in_place_of) erase_key(below, other);
    YamlNode const* const kind = above.find("kind");
    YamlNode const* const was = below.find("kind");
    if (!place.is_named || kind == nullptr || was == nullptr || kind->text == was->text) return;
    erase_key(below, "dose");
    for (std::string const key : {"ramp_up", "waning"})
        if (auto const* const kept = below.find(key); kept != nullptr && above.find(key) == nullptr)
            notes.push_back({problems.place(kept->mark), path + "." + key, "is that of another kind",
                             "it was written for '" + was->text + "', and the kind is '" + kind->text + "' now"});
}

/// Lays `above` over `below`.
void lay_over(YamlNode& below, YamlNode above, Place const& place, std::string const& path, Problems const& problems,
              std::vector<Note>& notes) {
    if (!below.is_map() || !above.is_map() || !place.merges) {
        below = std::move(above);
        return;
    }
    make_room(below, above, place, path, problems, notes);
    for (auto& [key, value] : above.fields) {
        std::string const inner = path.empty() ? key.text : path + "." + key.text;
        YamlNode* const old = find_in(below, key.text);
        if (inner == "model.parameters" && old != nullptr && old->is_map() && value.is_map()) {
            // Values by muscle or sex add up over files: all are kept in order, and the later one wins.
            std::ranges::move(value.fields, std::back_inserter(old->fields));
        } else if (old != nullptr) {
            lay_over(*old, std::move(value), place.inside(key.text), inner, problems, notes);
        } else {
            below.fields.push_back({std::move(key), std::move(value)});
        }
    }
}

std::vector<std::string> split(std::string const& path) {
    std::vector<std::string> parts(1);
    for (char const c : path) {
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

/// Puts a value at a dotted path, making maps on the way; a number counts the entries of a list from 0.
void put(YamlNode& root, SetOption const& option, YamlNode value, Mark mark, Problems& problems,
         std::vector<Note>& notes) {
    auto const parts = split(option.path);
    auto const refuse = [&](std::string what, std::string why) {
        problems.add({mark, option.path, std::move(what), std::move(why), ""});
    };
    if (std::ranges::any_of(parts, &std::string::empty)) return refuse("is not a path", "keys joined by single dots");
    if (parts.front() == "extends" || parts.front() == "sarx")
        return refuse("cannot be set here", "it belongs to the file");
    auto const new_key = [&](std::string text) {
        YamlNode key;
        key.kind = YamlNode::Kind::scalar;
        key.mark = mark;
        key.text = std::move(text);
        return key;
    };
    YamlNode* at = &root;
    Place place;
    std::string walked;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        bool const last = i + 1 == parts.size();
        if (walked == "model.parameters") {
            std::string rest = parts[i];
            for (std::size_t k = i + 1; k < parts.size(); ++k) rest += "." + parts[k];
            at->fields.push_back({new_key(rest), std::move(value)});
            return;
        }
        YamlNode* next = nullptr;
        if (at->is_sequence()) {
            bool const digits =
                parts[i].size() < 6 && std::ranges::all_of(parts[i], [](char c) { return c >= '0' && c <= '9'; });
            std::size_t const index = digits ? std::stoul(parts[i]) : at->items.size();
            if (index >= at->items.size())
                return refuse("'" + parts[i] + "' is not an entry of the list",
                              "it has " + std::to_string(at->items.size()) + ", counted from 0");
            next = &at->items[index];
        } else if (at->is_map()) {
            next = find_in(*at, parts[i]);
            if (next == nullptr) {
                YamlNode empty;
                empty.kind = YamlNode::Kind::map;
                empty.mark = mark;
                at->fields.push_back({new_key(parts[i]), std::move(empty)});
                next = &at->fields.back().second;
            }
        } else {
            return refuse("'" + walked + "' has no keys", "found " + found(*at));
        }
        walked += (walked.empty() ? "" : ".") + parts[i];
        if (last) {
            YamlNode above;
            above.kind = YamlNode::Kind::map;
            above.fields.push_back({new_key(parts[i]), value});
            std::string const parent = walked.substr(0, walked.size() - std::min(walked.size(), parts[i].size() + 1));
            if (at->is_map()) make_room(*at, above, place, parent, problems, notes);
            next = at->is_map() ? find_in(*at, parts[i]) : next;
            *next = std::move(value);
            return;
        }
        at = next;
        place = place.inside(parts[i]);
    }
}

/// An option has no lines.
void unplace(YamlNode& node) {
    node.mark.line = node.mark.column = 0;
    for (auto& item : node.items) unplace(item);
    for (auto& [key, value] : node.fields) {
        unplace(key);
        unplace(value);
    }
}

/// Brings a file of an older format to today's; refuses one of a newer format, or of none.
bool check_version(YamlNode& root, int file, Problems& problems) {
    auto const refuse = [&](Mark where, std::string what, std::string why) {
        problems.add({where, root.is_map() ? "sarx" : "", std::move(what), std::move(why), ""});
        return false;
    };
    if (root.kind == YamlNode::Kind::null)
        return refuse({file, 1, 1}, "the scenario is empty", "it begins with 'sarx: 1'");
    if (!root.is_map()) return refuse(root.mark, "a scenario is keys with values", "found " + found(root));
    YamlNode const* const version = root.find("sarx");
    if (version == nullptr) return refuse({file, 1, 1}, "is missing", "a scenario begins with its format, 'sarx: 1'");
    auto const number = number_of(*version);
    if (!number) return refuse(version->mark, "needs the number of the format", "found " + found(*version));
    if (*number > format_version)
        return refuse(version->mark, "written in format " + version->text,
                      "this sarx reads format " + std::to_string(format_version) + "; a newer sarx is needed");
    if (!(*number >= 1.0) || std::floor(*number) != *number)
        return refuse(version->mark, "there is no format " + version->text, "the first is 1");
    migrate(root, static_cast<int>(*number), format_version, migrations());
    return true;
}

}  // namespace

Folder::Folder(fs::path root, std::vector<ScenarioSource> beside)
    : root_(std::move(root)), beside_(std::move(beside)) {}

std::optional<std::string> Folder::read(std::string const& named, fs::path const& from, std::size_t most_bytes,
                                        Mark where, std::string const& path, Problems& problems,
                                        std::string& inside) const {
    auto const refuse = [&](std::string what, std::string why, std::string suggest = "") -> std::optional<std::string> {
        problems.add({where, path, std::move(what), std::move(why), std::move(suggest)});
        return std::nullopt;
    };
    std::string const name = "'" + named.substr(0, 200) + "'";
    fs::path const relative = fs::path(named);
    fs::path const wanted = (from / relative).lexically_normal();
    if (named.empty() || named.find('\0') != std::string::npos)
        return refuse("needs the name of a file", "found " + name);
    if (relative.is_absolute() || wanted.empty() || *wanted.begin() == "..")
        return refuse(name + " lies outside the scenario's folder", "a scenario uses only files beside it");
    inside = wanted.generic_string();
    for (auto const& source : beside_)
        if (source.path == inside) return source.text;
    if (root_.empty()) return refuse(name + " cannot be read", "this scenario has no folder");
    std::error_code error;
    fs::path const root = fs::canonical(root_, error);
    fs::path const real = error ? fs::path() : fs::canonical(root / wanted, error);
    if (error) {
        std::vector<std::string> names;
        std::error_code ignored;
        for (fs::directory_iterator it(root_, ignored), end; !ignored && it != end && names.size() < 1000;
             it.increment(ignored))
            names.push_back(it->path().filename().string());
        return refuse(name + " cannot be found", "looked beside the scenario", nearest(named, names));
    }
    auto const [in_root, in_real] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
    if (in_root != root.end()) return refuse(name + " lies outside the scenario's folder", "a link leads out of it");
    if (!fs::is_regular_file(real, error)) return refuse(name + " is not a file", "");
    if (auto const size = fs::file_size(real, error); error || size > most_bytes)
        return refuse(name + " is too large", "at most " + std::to_string(most_bytes >> 20U) + " MiB");
    std::ifstream file(real, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) return refuse(name + " cannot be read", "");
    return text;
}

std::optional<ScenarioTree> read_tree(std::string const& name, std::string const& text, Folder folder,
                                      std::vector<SetOption> const& set, Problems& problems) {
    ScenarioTree tree;
    tree.folder = std::move(folder);
    std::vector<YamlNode> layers;
    std::string now_name = name;
    std::string now_text = text;
    std::string now_inside = fs::path(name).filename().generic_string();
    std::set<std::string> seen;
    bool sound = true;
    for (;;) {
        auto const file = static_cast<int>(problems.files.size());
        problems.files.push_back(now_name);
        tree.sources.push_back({now_name, now_text});
        seen.insert(now_inside);
        auto root = parse_yaml(now_text, file, problems);
        if (!root || !check_version(*root, file, problems)) {
            sound = false;
            break;
        }
        YamlNode const* const extends = root->find("extends");
        std::optional<std::pair<Mark, std::string>> parent;
        if (extends != nullptr) {
            if (extends->is_scalar())
                parent = {extends->mark, extends->text};
            else
                problems.add({extends->mark, "extends", "needs the name of one file", "found " + found(*extends), ""});
            sound = sound && extends->is_scalar();
        }
        erase_key(*root, "extends");
        layers.push_back(std::move(*root));
        if (!parent) break;
        std::string inside;
        auto next = tree.folder.read(parent->second, fs::path(now_inside).parent_path(), most_scenario_bytes,
                                     parent->first, "extends", problems, inside);
        if (next && seen.contains(inside)) {
            problems.add({parent->first, "extends", "'" + parent->second + "' goes round in a circle",
                          "it extends this scenario itself", ""});
            next.reset();
        }
        if (next && layers.size() > most_parents) {
            problems.add({parent->first, "extends", "more than 32 parents", "", ""});
            next.reset();
        }
        if (!next) {
            sound = false;
            break;
        }
        now_name = now_inside = inside;
        now_text = std::move(*next);
    }
    if (layers.empty()) return std::nullopt;
    tree.root = std::move(layers.back());
    for (std::size_t i = layers.size() - 1; i-- > 0;)
        lay_over(tree.root, std::move(layers[i]), Place{}, "", problems, tree.notes);
    for (auto const& option : set) {
        auto const file = static_cast<int>(problems.files.size());
        problems.files.push_back(option.option);
        auto value = parse_yaml(option.value, file, problems);
        if (!value) {
            sound = false;
            continue;
        }
        std::size_t const before = problems.list().size();
        unplace(*value);
        put(tree.root, option, std::move(*value), Mark{file, 0, 0}, problems, tree.notes);
        sound = sound && problems.list().size() == before;
    }
    if (!sound) return std::nullopt;
    return tree;
}

}  // namespace sarx
