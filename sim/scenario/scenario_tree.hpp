#pragma once
// A scenario's text with its parents and --set options merged into one tree, before anything is meant by it.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/plan.hpp"
#include "sim/text/problems.hpp"
#include "sim/text/yaml_tree.hpp"

namespace sarx {

/// Where files named by a scenario may come from: its own folder and nowhere else.
class Folder {
public:
    Folder() = default;
    /// `root`: the scenario's folder; empty for none. `beside`: texts that stand in for files.
    Folder(std::filesystem::path root, std::vector<ScenarioSource> beside);

    /// Text of a file named relative to `from` (a folder inside the root). On failure adds a problem at
    /// `where` and returns an empty optional. `inside` gets its name relative to the root.
    std::optional<std::string> read(std::string const& named, std::filesystem::path const& from, std::size_t most_bytes,
                                    Mark where, std::string const& path, Problems& problems, std::string& inside) const;

private:
    std::filesystem::path root_;
    std::vector<ScenarioSource> beside_;
};

struct ScenarioTree {
    YamlNode root;
    std::vector<ScenarioSource> sources;  ///< the scenario, then its parents
    Folder folder;
    std::vector<Note> notes;  ///< what a later file leaves of an earlier one that it may not mean
};

/// Parses a scenario, its chain of `extends` and the options that change keys.
/// `set`: (path, value as YAML) with the option's own name for messages.
struct SetOption {
    std::string option;  ///< "--set", "--people"
    std::string path;
    std::string value;
};
std::optional<ScenarioTree> read_tree(std::string const& name, std::string const& text, Folder folder,
                                      std::vector<SetOption> const& set, Problems& problems);

}  // namespace sarx
