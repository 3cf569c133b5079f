#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "sim/cli/commands.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/loading.hpp"
#include "sim/run/runner.hpp"
#include "sim/run/threads.hpp"
#include "sim/scenario/check_report.hpp"

namespace sarx::cli {

Estimate estimate(Plan const& plan, int threads) {
    // Sixteen people are simulated for the time of everyone: they cost what the others will.
    Plan few = plan;
    few.population.people = std::min<std::uint32_t>(plan.population.people, lanes);
    Simulator const simulator(few);
    auto const begin = std::chrono::steady_clock::now();
    auto const result = simulator.simulate(0);
    double const took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    double const blocks = static_cast<double>(plan.population.people) / lanes;
    return {.seconds = took_s * blocks / threads,
            .memory_bytes = estimated_worker_bytes(plan) * threads + estimated_recorder_bytes(plan, threads),
            .file_bytes = estimated_file_bytes(plan)};
}

void add_check(CLI::App& app, Action& action) {
    auto* const command = app.add_subcommand(
        "check", "every problem of a scenario at once; else the plan: people, steps, arms, time, memory, file size");
    auto const arguments = std::make_shared<ScenarioArguments>();
    auto const threads = std::make_shared<int>(0);
    auto const quiet = std::make_shared<bool>(false);
    arguments->add_to(*command);
    command->add_option("--threads", *threads, "threads the estimate is for (default: all)")
        ->check(CLI::Range(1, 4096));
    command->add_flag("--quiet", *quiet, "only problems");
    command->footer("Example:\n  sarx check scenarios/train_the_nerve.yaml --people 100000");
    command->callback([=, &action] {
        action = [=] {
            auto const model = load_model();
            auto const plan = load_plan(*model, *arguments);
            if (!plan) return bad_input;
            if (*quiet) return done;
            auto const cost = estimate(*plan, *threads > 0 ? *threads : available_threads());
            fmt::print("{}", plan_report(*plan, cost.seconds, cost.memory_bytes, cost.file_bytes));
            return done;
        };
    });
}

}  // namespace sarx::cli
