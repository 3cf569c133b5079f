#pragma once
// The one door from text to plan. Everything wrong is told at once; nothing downstream checks again.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/plan.hpp"
#include "sim/text/problems.hpp"

namespace sarx {

/// What the command line says about a scenario.
struct ReadOptions {
    std::vector<std::pair<std::string, std::string>> set;  ///< --set path=value, in order; values are YAML
    std::optional<std::uint32_t> people;                   ///< --people
    std::optional<std::uint64_t> seed;                     ///< --seed
    std::vector<std::string> arms;  ///< --arms; empty: all. In this order; the first is the reference
};

/// A scenario that is not, or no longer, a file.
struct ScenarioText {
    std::string name = "scenario.yaml";  ///< for messages; its last part is the file's name
    std::string text;
    std::filesystem::path folder;        ///< where `extends` and `from` look; empty: nowhere
    std::vector<ScenarioSource> beside;  ///< texts that stand in for files of that folder, by their relative path
};

/// Reads and checks a scenario file. On failure `problems` says everything that is wrong, with its place,
/// and the result is empty. UDUNITS is not thread safe: read one scenario at a time.
std::optional<Plan> read_plan(std::filesystem::path const& file, Model const& model, ReadOptions const& options,
                              Problems& problems);
/// The same from text, without touching the disk unless it names a folder.
std::optional<Plan> read_plan(ScenarioText const& scenario, Model const& model, ReadOptions const& options,
                              Problems& problems);

}  // namespace sarx
