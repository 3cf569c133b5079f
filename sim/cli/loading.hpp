#pragma once
// The model with its numbers, and a plan from the command line.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "sim/contract/errors.hpp"
#include "sim/contract/model.hpp"
#include "sim/scenario/plan.hpp"
#include "sim/scenario/scenario_reader.hpp"

namespace sarx::cli {

/// The biology with its embedded parameters. A fault in them is ours: throws std::logic_error.
std::unique_ptr<Model> load_model();

/// What a user may say of a scenario on the command line.
struct ScenarioArguments {
    std::string scenario;
    std::vector<std::string> set;
    std::uint32_t people = 0;  ///< 0: as the scenario says
    std::string seed;
    std::vector<std::string> arms;

    /// Adds SCENARIO, --people, --seed, --set and --arms to a subcommand.
    void add_to(CLI::App& command);
};

/// For the reader. Throws InputError where an option is not of its form.
ReadOptions read_options(ScenarioArguments const& arguments);
/// The options that shape a plan, as a file keeps them: ("--set", "seed=7"); and back.
std::vector<std::pair<std::string, std::string>> options_of(ScenarioArguments const& arguments);
ScenarioArguments arguments_of(std::vector<std::pair<std::string, std::string>> const& options);

/// The plan made again from what a file or a part keeps of it; problems go to stderr, as below.
std::optional<Plan> plan_again(Model const& model, ScenarioOrigin const& origin);

/// A file that cannot be read is bad input here, whatever it was elsewhere.
auto readable(auto work) {
    try {
        return work();
    } catch (OutputError const& e) { throw InputError(e.what()); }
}

/// Reads and checks; every problem goes to stderr where this process talks. Empty where there is one.
std::optional<Plan> load_plan(Model const& model, ScenarioArguments const& arguments, bool talks = true);

}  // namespace sarx::cli
