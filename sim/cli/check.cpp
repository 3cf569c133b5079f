#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <utility>

#include "sim/cli/commands.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/loading.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/contract/errors.hpp"
#include "sim/run/reference_cohort.hpp"
#include "sim/run/runner.hpp"
#include "sim/run/target.hpp"
#include "sim/run/threads.hpp"
#include "sim/scenario/check_report.hpp"

namespace sarx::cli {

namespace {

constexpr std::uint32_t looked_at = 512;  ///< candidates, to say how rare the people wanted are

/// Share of which `count` were seen among `all`, low and high: 95 % (Wilson).
std::pair<double, double> interval(double count, double all) {
    constexpr double z = 1.96;
    double const middle = (count + 0.5 * z * z) / (all + z * z);
    double const half = z / (all + z * z) * std::sqrt(count * (all - count) / all + 0.25 * z * z);
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::string about(double count) {
    double const unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(count, 1.0))) - 1.0));
    return with_commas(static_cast<std::uint64_t>(std::round(count / unit) * unit));
}

/// What it takes to find the people of a plan, from a look at the first candidates; adds the time it will take.
std::string finding(Plan const& plan, Look const& look, int threads, double& seconds) {
    std::string out = text_of(look);
    auto const& population = plan.population;
    double const all = look.candidates;
    double const wanted = plan.until ? plan.until->least_people : population.people;
    double const a_candidate_s = look.seconds / all / threads;
    if (population.given_rows > 0) {
        seconds += a_candidate_s * population.given_rows;
        return out + "; all " + with_commas(population.given_rows) + " of the file will be looked at";
    }
    auto const [low, high] = interval(look.qualify, all);
    double const share = look.qualify > 0 ? look.qualify / all : high;
    double const search_s = wanted / share * look.aged / all * a_candidate_s;
    seconds += search_s;
    if (look.qualify == 0)
        return out + fmt::format(
                         ". To find {} will take more than {} candidates and {}, if it can be done: a search ends "
                         "1,000,000 candidates after the last one found",
                         with_commas(static_cast<std::uint64_t>(wanted)), about(wanted / high), in_words(search_s));
    return out + fmt::format(". To find {} will take about {} candidates ({} to {}) and {}",
                             with_commas(static_cast<std::uint64_t>(wanted)), about(wanted / share),
                             about(wanted / high), about(wanted / low), in_words(search_s));
}

}  // namespace

Estimate estimate(Plan const& plan, int threads) {
    Plan few = plan;
    Estimate cost;
    if (!plan.population.where.empty()) {
        Look const look = look_at_candidates(plan, looked_at, 0);
        if (look.qualify == 0 && look.candidates == plan.population.given_rows)
            throw InputError("population.where: none of the people of " + plan.population.given_path + " qualify. " +
                             text_of(look));
        cost.finding = finding(plan, look, threads, cost.seconds);
        few.population.chosen = look.chosen;
        if (look.qualify == 0) few.population.where = {};
        if (look.qualify > 0 && plan.population.given_rows > 0) {
            few.population.given.clear();
            for (auto const row : look.chosen) few.population.given.push_back(plan.population.given[row]);
        }
    }
    // Sixteen people are simulated for the time of everyone: they cost what the others will.
    few.population.people = std::min<std::uint32_t>(plan.population.people, lanes);
    if (!few.population.chosen.empty())
        few.population.people =
            std::min(few.population.people, static_cast<std::uint32_t>(few.population.chosen.size()));
    Simulator const simulator(few, CentredMortality().of(few));
    auto const begin = std::chrono::steady_clock::now();
    auto const result = simulator.simulate(0);
    double const took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    double const blocks = static_cast<double>(plan.population.people) / lanes;
    cost.seconds += took_s * blocks / threads;
    cost.memory_bytes = estimated_worker_bytes(plan) * threads + estimated_recorder_bytes(plan, threads);
    cost.file_bytes = estimated_file_bytes(plan);
    return cost;
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
            fmt::print("{}", plan_report(*plan, cost.seconds, cost.memory_bytes, cost.file_bytes, cost.finding));
            return done;
        };
    });
}

}  // namespace sarx::cli
