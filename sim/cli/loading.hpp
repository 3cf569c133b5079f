#pragma once
// The model with its numbers, and a plan from the command line.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sim/contract/model.hpp"
#include "sim/scenario/plan.hpp"

namespace sarx::cli {

/// The biology with its embedded parameters. A fault in them is ours: throws std::logic_error.
std::unique_ptr<Model> load_model();

/// What a user may say of a scenario on the command line.
struct ScenarioArguments {
    std::string scenario;
    std::vector<std::string> set;
    std::uint32_t people = 0;        ///< 0: as the scenario says
    std::string seed;
    std::vector<std::string> arms;
    bool people_given = false;

    /// Adds SCENARIO, --people, --seed, --set and --arms to a subcommand.
    void add_to(CLI::App& command);
};

/// Reads and checks; every problem goes to stderr. Empty where there is one.
std::optional<Plan> load_plan(Model const& model, ScenarioArguments const& arguments);

}  // namespace sarx::cli
