#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/commands.hpp"
#include "sim/cli/loading.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/key_help.hpp"
#include "sim/scenario/schema.hpp"

namespace sarx::cli {

void add_describe(CLI::App& app, Action& action) {
    auto* const command = app.add_subcommand(
        "describe",
        "keys of a scenario, stages, parameters, interventions, variables: unit, bounds, default, source, example");
    auto const reference = std::make_shared<bool>(false);
    auto const name = std::make_shared<std::string>();
    auto const json = std::make_shared<bool>(false);
    command->add_option("NAME", *name,
                        "one key, stage, parameter, intervention, event or variable; all in short without it");
    command->add_flag("--json", *json, "for programs: everything, or what goes by the name");
    command->add_flag("--reference", *reference, "the keys of a scenario as a page of Markdown");
    command->footer(
        "Examples:\n  sarx describe\n  sarx describe population.start_age\n  sarx describe nmj_instability\n  sarx "
        "describe power_training\n  sarx describe "
        "--json > model.json");
    command->callback([=, &action] {
        action = [=] {
            auto const model = load_model();
            if (*reference)
                fmt::print("{}", grammar::reference_page(*model));
            else if (*json)
                fmt::print("{}\n", describe_json(*model, *name).dump(2));
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
