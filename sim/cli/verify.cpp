#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>

#include "sim/cli/commands.hpp"
#include "sim/cli/loading.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/contract/errors.hpp"
#include "sim/identity/program.hpp"
#include "sim/record/read_back.hpp"
#include "sim/result/digest.hpp"
#include "sim/result/layout.hpp"
#include "sim/run/reference_cohort.hpp"
#include "sim/run/simulator.hpp"
#include "sim/run/target.hpp"
#include "sim/run/threads.hpp"

namespace sarx::cli {

namespace {

struct Sample {
    std::uint32_t first = 0;
    std::uint32_t people = 0;
};

/// Groups of neighbours, evenly over the people recorded, cut elsewhere than the run's own groups of
/// `lanes`, so that everyone has other company.
std::vector<Sample> sample_of(std::uint32_t recorded, std::uint32_t wanted) {
    constexpr std::uint32_t shift = 5;
    constexpr std::uint32_t most = lanes;
    std::vector<Sample> groups;
    if (wanted >= recorded) {
        for (std::uint32_t first = 0; first < recorded;) {
            std::uint32_t const people = std::min(first == 0 ? shift : most, recorded - first);
            groups.push_back({first, people});
            first += people;
        }
        return groups;
    }
    std::uint32_t const count = (wanted + most - 1) / most;
    for (std::uint32_t g = 0; g < count; ++g) {
        auto first = static_cast<std::uint32_t>(static_cast<std::uint64_t>(g) * recorded / count);
        std::uint32_t const people = std::min(most, wanted - g * most);
        if (first % most == 0 && first + shift + people <= recorded) first += shift;
        groups.push_back({first, std::min(people, recorded - first)});
    }
    return groups;
}

/// People simulated in all, recorded one by one or not; 0 where the file does not say.
std::uint32_t people_of(FileOrigin const& origin, Plan const& plan) {
    if (!plan.until) return plan.population.people;
    return origin.recorded < plan.record.people ? origin.recorded : 0;
}

/// Whether people are such as their population's condition asks for.
Comparison qualified(Simulator const& simulator, Sample const& group) {
    auto const& where = simulator.world().plan->population.where;
    Comparison c;
    for (auto const met : simulator.meeting(group.first, group.people, {&where, 1}))
        if (met == 0)
            c.note(fmt::format("people {} to {} are not all such that {}", group.first, group.first + group.people - 1,
                               where.text));
    return c;
}

int verify(std::string const& path, std::uint32_t people, int threads) {
    RecordedFile const file(path);
    auto const& origin = file.origin();
    if (auto const other = another_program(origin.made_by); !other.empty())
        throw InputError(fmt::format("{}: made by {}. Verify it with the program that made it", path, other));
    auto const model = load_model();
    auto plan = plan_again(*model, origin.scenario);
    if (!plan) return bad_input;
    if (hexadecimal(plan->digest) != origin.plan_digest)
        throw InputError(fmt::format("{}: the scenario inside is not the one it was made of (plan {}, here {})", path,
                                     origin.plan_digest, hexadecimal(plan->digest)));

    // What earlier runs have left in the cache is not trusted: whoever made the file may have left it.
    if (!plan->population.given.empty()) Search(*plan, {.threads = threads}).find(plan->population.people);
    auto const everyone = people_of(origin, *plan);
    bool const statistics = everyone > 0 && people >= everyone;
    if (origin.recorded == 0 && !statistics)
        throw InputError(fmt::format("{}: holds summaries only; they are verified by simulating everyone again{}", path,
                                     everyone > 0 ? fmt::format(": --people {}", everyone) : std::string()));
    auto groups = sample_of(origin.recorded, people);
    if (statistics)
        for (auto const& rest : sample_of(everyone - origin.recorded, people))
            groups.push_back({origin.recorded + rest.first, rest.people});
    std::uint32_t sampled = 0;
    for (auto const& group : groups) sampled += group.people;
    if (threads == 0) threads = available_threads();
    ThreadLimit const limit(threads);
    fmt::print("{}: {} of {} people, {} arm{}, in other groups of neighbours, on {} thread{}\n", path,
               with_commas(sampled), with_commas(statistics ? everyone : origin.recorded), plan->arms.size(),
               plan->arms.size() == 1 ? "" : "s", threads, threads == 1 ? "" : "s");
    // A sample of people drawn for what they are may be few among those whom it would take to look at: that they are
    // those candidates and qualify is found out below, that nobody was left out is not.
    bool const by_their_word = !plan->population.where.empty() && plan->population.given.empty() && !statistics;
    if (by_their_word)
        plan->population.chosen = file.candidates(origin.recorded);
    else
        Search(*plan, {.threads = threads}).find(statistics ? everyone : origin.recorded);
    Plan simulated = *plan;  // what run.until came to
    if (everyone > 0) simulated.population.people = everyone;
    Layout const layout(simulated);
    std::size_t const arms = plan->arms.size();
    bool const alone_too = arms > 1 && origin.recorded > 0;
    ProgressLine line(fmt::format("verify {}", path), true, "lives");
    auto const begin = std::chrono::steady_clock::now();
    Progress lived{.people_total = sampled * arms * (model->instruction_sets().size() + (alone_too ? 1 : 0))};
    Comparison all;
    LogRateTable const base_rate = CentredMortality(CentredMortality::Cache::untouched).of(*plan);
    auto const compare = [&](Plan const& way, std::string const& instruction_set, std::size_t first_arm,
                             std::size_t first_delivery) {
        Simulator const simulator(way, base_rate, instruction_set);
        Comparison total;
        std::optional<Accumulators> sums;
        if (statistics && way.arms.size() == arms) sums.emplace(layout);
        std::mutex one_at_a_time;
        each_in_parallel(groups.size(), threads, [&](std::size_t g) {
            auto const again = simulator.simulate_people(groups[g].first, groups[g].people);
            if (sums) sums->add(again);
            std::lock_guard const lock(one_at_a_time);
            if (groups[g].first < origin.recorded) total.add(file.compare(way, again, first_arm, first_delivery));
            if (by_their_word) total.add(qualified(simulator, groups[g]));
            lived.people_done += groups[g].people * way.arms.size();
            lived.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            line.show(lived);
        });
        if (sums) total.add(file.compare_statistics(layout, *sums));
        return total;
    };
    auto const tell = [&](std::string const& how, Comparison const& c) {
        line.clear();
        fmt::print(
            "  {}: {} values, {} traits, {} events, {} motor units, {} statistics: {}\n", how, with_commas(c.values),
            with_commas(c.traits), with_commas(c.events), with_commas(c.motor_units), with_commas(c.statistics),
            c.different == 0 ? "the same bits"
                             : fmt::format("{} differ; first: {}", with_commas(c.different), c.first_difference));
        all.add(c);
    };
    for (auto const set : model->instruction_sets())
        tell(fmt::format("instructions {}", set), compare(*plan, std::string(set), 0, 0));
    if (alone_too) {
        // Alone, an arm shares no part of its past with another.
        Comparison alone;
        std::size_t deliveries = 0;
        for (std::size_t a = 0; a < arms; ++a) {
            Plan one = *plan;
            one.arms = {plan->arms[a]};
            one.until.reset();
            alone.add(compare(one, "", a, deliveries));
            deliveries += plan->arms[a].deliveries.size();
        }
        tell("each arm on its own", alone);
    }
    if (!statistics)
        fmt::print("  summaries, effects and flow are over everyone simulated{}\n",
                   everyone > 0 ? fmt::format("; --people {} verifies them too", everyone) : "");
    fmt::print("{}\n", all.different == 0 ? "verified" : "NOT the same: please report it, with the file");
    return all.different == 0 ? done : failed;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
    auto* const command =
        app.add_subcommand("verify", "simulate a sample of a file's people another way and prove the same bits");
    auto const file = std::make_shared<std::string>();
    auto const people = std::make_shared<std::uint32_t>(64);
    auto const threads = std::make_shared<int>(0);
    command->add_option("FILE", *file, "a file that sarx run or sarx merge wrote")->required();
    command->add_option("--people", *people, "people in the sample")
        ->capture_default_str()
        ->check(CLI::Range(1U, 4'000'000'000U));
    command->add_option("--threads", *threads, "threads (default: all processors)")->check(CLI::Range(1, 4096));
    command->footer(
        "Every instruction set of this machine is used, people stand in other groups than in the run, and each\n"
        "arm is also simulated on its own. Where the sample is everyone simulated, summaries, effects and flow are\n"
        "compared too. Exit code 0: the same bits; 1: not; 2: the file cannot be verified.\n\n"
        "Example:\n  sarx verify run.h5 --people 200");
    command->callback(
        [=, &action] { action = [=] { return readable([=] { return verify(*file, *people, *threads); }); }; });
}

}  // namespace sarx::cli
