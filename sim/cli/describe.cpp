#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/commands.hpp"
#include "sim/cli/loading.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/schema.hpp"

namespace sarx::cli {

void add_describe(CLI::App& app, Action& action) {
    auto* const command = app.add_subcommand(
        "describe", "stages, parameters, interventions, triggers, variables, measures: unit, bounds, default, source");
    auto const name = std::make_shared<std::string>();
    auto const json = std::make_shared<bool>(false);
    command->add_option("NAME", *name,
                        "one stage, parameter, intervention, event or variable; all in short without it");
    command->add_flag("--json", *json, "everything, for programs");
    command->footer(
        "Examples:\n  sarx describe\n  sarx describe nmj_instability\n  sarx describe power_training\n  sarx describe "
        "--json > model.json");
    command->callback([=, &action] {
        action = [=] {
            auto const model = load_model();
            if (*json)
                fmt::print("{}\n", describe_json(*model).dump(2));
            else
                fmt::print("{}", describe_text(*model, *name));
            return done;
        };
    });
}

void add_schema(CLI::App& app, Action& action) {
    auto* const command = app.add_subcommand("schema", "JSON Schema of the scenario format, for editors");
    command->footer(
        "Example:\n  sarx schema > scenario.schema.json\n"
        "  # in the first comment of a scenario beside it, for editors with a YAML language server:\n"
        "  # yaml-language-server: $schema=scenario.schema.json\n"
        "An installation holds it as share/sarx/scenario.schema.json.");
    command->callback([&action] {
        action = [] {
            auto const model = load_model();
            fmt::print("{}\n", scenario_schema(*model).dump());
            return done;
        };
    });
}

}  // namespace sarx::cli
