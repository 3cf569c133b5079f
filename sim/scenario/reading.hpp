#pragma once
// What the parts of the scenario reader share: typed reads of one YAML value, each with its place, bounds
// and a sentence where it fails; and the parts themselves.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/contract/life_span.hpp"
#include "sim/scenario/plan.hpp"
#include "sim/text/problems.hpp"
#include "sim/text/words.hpp"
#include "sim/text/yaml_tree.hpp"

namespace sarx {

class Folder;

/// What is read, for whom, and what is wrong with it.
struct Reading {
    Model const& model;
    Plan& plan;
    Problems& problems;
    YamlNode const& root;  ///< of the whole scenario
    Folder const& folder;  ///< of the files that it names

    void refuse(YamlNode const& at, std::string const& path, std::string what, std::string why = "",
                std::string suggest = "") const {
        problems.add({at.mark, path, std::move(what), std::move(why), std::move(suggest)});
    }
    /// Says what is taken otherwise than it stands there; the plan goes on.
    void note(YamlNode const& at, std::string const& path, std::string what, std::string why = "") const {
        plan.notes.push_back({problems.place(at.mark), path, std::move(what), std::move(why)});
    }
};

/// The keys of one map. Every key asked for is a known key; finish() refuses all others.
class Fields {
public:
    /// Refuses a node that is no map.
    Fields(Reading const& reading, YamlNode const& node, std::string path);

    /// The value of a key; null where it is absent or has no value (which is refused).
    YamlNode const* take(std::string_view key);
    /// The same for a key that must be there.
    YamlNode const* need(std::string_view key, std::string why);
    [[nodiscard]] std::string path(std::string_view key) const;
    /// Refuses keys that nobody asked for.
    void finish() const;
    [[nodiscard]] bool is_map() const { return node_.is_map(); }

private:
    Reading const& reading_;
    YamlNode const& node_;
    std::string path_;
    std::vector<std::string> known_;
};

/// A number within [low, high]: bare, then in `unit`, or written with a unit that converts to it.
std::optional<double> read_number(Reading const& reading, YamlNode const& node, std::string const& path,
                                  std::string_view unit, double low, double high);
/// A time or an age with its unit, in years, within [low, high].
std::optional<double> read_years(Reading const& reading, YamlNode const& node, std::string const& path, double low,
                                 double high);
/// A whole number within [low, high].
std::optional<std::uint64_t> read_whole(Reading const& reading, YamlNode const& node, std::string const& path,
                                        std::uint64_t low, std::uint64_t high, std::string const& why = "");
std::optional<bool> read_bool(Reading const& reading, YamlNode const& node, std::string const& path);
std::optional<std::string> read_text(Reading const& reading, YamlNode const& node, std::string const& path);
/// Index of a name in `names`; `what` says what is unknown: "unknown kind".
std::optional<int> read_name(Reading const& reading, YamlNode const& node, std::string const& path,
                             std::vector<std::string> const& names, std::string const& what);
/// A list of names, each once, as indices.
std::optional<std::vector<int>> read_names(Reading const& reading, YamlNode const& node, std::string const& path,
                                           std::vector<std::string> const& names, std::string const& what);
/// Whether a name may stand for an arm or an intervention: letters, digits, spaces and . _ + -, at most 64.
bool read_label(Reading const& reading, YamlNode const& key, std::string const& path);
/// A condition; refuses columns that this plan does not move.
Expression read_condition(Reading const& reading, YamlNode const& node, std::string const& path);

/// Why a column cannot be asked for in this plan; empty where it can. Needs plan.stages and plan.muscles.
std::string why_unavailable(Reading const& reading, ColumnId column);

template <class Specs>
std::vector<std::string> names_of(Specs const& specs) {
    std::vector<std::string> names;
    for (auto const& spec : specs) names.emplace_back(spec.name);
    return names;
}

}  // namespace sarx
