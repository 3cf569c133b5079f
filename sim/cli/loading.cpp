#include "sim/cli/loading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <stdexcept>

#include "models/model.hpp"
#include "sim/contract/errors.hpp"
#include "sim/scenario/parameter_file.hpp"
#include "sim/text/plain_text.hpp"

namespace sarx::cli {

std::unique_ptr<Model> load_model() {
    std::vector<EmbeddedFile> files;
    for (auto const& [name, text] : models::parameter_files()) files.push_back({name, text});
    ModelData data;
    Problems problems;
    if (!read_model_data(files, data, problems))
        throw std::logic_error("the model's own parameter files have faults:\n" + problems.text());
    return models::make_model(std::move(data.parameters), std::move(data.cascades), std::move(data.muscles));
}

void ScenarioArguments::add_to(CLI::App& command) {
    command.add_option("SCENARIO", scenario, "scenario file (YAML)")->required();
    command.add_option("--people", people, "number of people, instead of the scenario's")
        ->check(CLI::Range(1U, 4'000'000'000U));
    command.add_option("--seed", seed, "seed, instead of the scenario's (0 to 2^64 - 1)");
    command
        .add_option("--set", set,
                    "path=value: any key of the scenario, e.g. --set model.cascade=muscle_first; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--arms", arms, "only these arms, comma-separated (the first is the reference)")->delimiter(',');
}

std::optional<Plan> load_plan(Model const& model, ScenarioArguments const& arguments, bool talks) {
    auto const options = read_options(arguments);
    Problems problems;
    auto plan = read_plan(arguments.scenario, model, options, problems);
    if (!plan) {
        if (talks) std::fputs(problems.text().c_str(), stderr);
        return std::nullopt;
    }
    plan->origin.options = options_of(arguments);
    return plan;
}

std::optional<Plan> plan_again(Model const& model, ScenarioOrigin const& origin) {
    if (origin.sources.empty()) throw InputError("the scenario is not kept there");
    ScenarioText scenario{
        .name = origin.sources.front().path, .text = origin.sources.front().text, .folder = {}, .beside = {}};
    scenario.beside.assign(origin.sources.begin() + 1, origin.sources.end());
    scenario.beside.insert(scenario.beside.end(), origin.tables.begin(), origin.tables.end());
    Problems problems;
    auto plan = read_plan(scenario, model, read_options(arguments_of(origin.options)), problems);
    if (!plan) std::fputs(problems.text().c_str(), stderr);
    if (plan) plan->origin.options = origin.options;
    return plan;
}

std::vector<std::pair<std::string, std::string>> options_of(ScenarioArguments const& arguments) {
    std::vector<std::pair<std::string, std::string>> options;
    for (auto const& text : arguments.set) options.emplace_back("--set", text);
    if (arguments.people > 0) options.emplace_back("--people", std::to_string(arguments.people));
    if (!arguments.seed.empty()) options.emplace_back("--seed", arguments.seed);
    if (!arguments.arms.empty()) options.emplace_back("--arms", fmt::format("{}", fmt::join(arguments.arms, ",")));
    return options;
}

ScenarioArguments arguments_of(std::vector<std::pair<std::string, std::string>> const& options) {
    ScenarioArguments arguments;
    for (auto const& [option, value] : options) {
        if (option == "--set") arguments.set.push_back(value);
        if (option == "--people") arguments.people = static_cast<std::uint32_t>(std::stoul(value));
        if (option == "--seed") arguments.seed = value;
        if (option != "--arms") continue;
        for (std::size_t from = 0; from <= value.size();) {
            std::size_t const to = std::min(value.find(',', from), value.size());
            arguments.arms.push_back(value.substr(from, to - from));
            from = to + 1;
        }
    }
    return arguments;
}

ReadOptions read_options(ScenarioArguments const& arguments) {
    ReadOptions options;
    for (auto const& text : arguments.set) {
        for (auto const& fault : faults_of_text(text))
            throw InputError("--set " + as_utf8(text) + ": " + fault.what + " (" + fault.why + ")");
        auto const equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw InputError("--set " + text + ": not of the form path=value, e.g. --set population.people=100");
        options.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    if (arguments.people > 0) options.people = arguments.people;
    if (!arguments.seed.empty()) {
        std::uint64_t seed = 0;
        auto const [end, error] =
            std::from_chars(arguments.seed.data(), arguments.seed.data() + arguments.seed.size(), seed);
        if (error != std::errc{} || end != arguments.seed.data() + arguments.seed.size())
            throw InputError("--seed " + arguments.seed + ": not a whole number from 0 to 18446744073709551615");
        options.seed = seed;
    }
    options.arms = arguments.arms;
    return options;
}

}  // namespace sarx::cli
