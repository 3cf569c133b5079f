#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/cli/loading.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/contract/errors.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/output_file.hpp"
#include "sim/record/recorder.hpp"
#include "sim/result/results.hpp"
#include "sim/result/statistics.hpp"
#include "sim/run/ranks.hpp"
#include "sim/run/reference_cohort.hpp"
#include "sim/run/runner.hpp"
#include "sim/run/target.hpp"
#include "sim/run/threads.hpp"
#include "sim/text/plain_text.hpp"

namespace sarx::cli {

namespace {

std::atomic<bool> stop_asked{false};
std::atomic<int> stopped_by{0};

/// What stops a run cleanly, and what it means.
struct Stop {
    int number;
    char const* name;
};
constexpr Stop stops[] = {{SIGINT, "Ctrl-C"},
                          {SIGTERM, "SIGTERM"},
                          {SIGHUP, "SIGHUP: its terminal is gone"},
                          {SIGUSR1, "SIGUSR1"},
                          {SIGXCPU, "SIGXCPU: the limit of processor time"}};

void ask_to_stop(int signal_number) {
    stop_asked.store(true);
    stopped_by.store(signal_number);
    // A second one of those that people send ends at once; what was committed is safe. The others come again by
    // themselves: XCPU every second, HUP from shell and terminal.
    std::signal(signal_number, signal_number == SIGINT || signal_number == SIGTERM ? SIG_DFL : SIG_IGN);
}

void listen_for_stops() {
    for (auto const& stop : stops) {
        auto const before = std::signal(stop.number, ask_to_stop);
        if (stop.number == SIGHUP && before == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // as nohup wants it
    }
}

char const* name_of_stop(int number) {
    for (auto const& stop : stops)
        if (stop.number == number) return stop.name;
    return "";
}

struct Arguments {
    ScenarioArguments scenario;
    std::string output;
    int threads = 0;
    double save_every_s = 20.0;
    bool resume = false;
    bool force = false;
    bool quiet = false;
    bool digest = false;
    std::string part;
    std::string instruction_set;
};

constexpr char const* no_file = "none";  ///< what is asked for in the place of an output

/// What is refused where nothing is written.
void refuse_without_file(Arguments const& arguments, Ranks const& ranks) {
    auto const refuse = [](std::string const& what) {
        throw InputError(what + ": not with -o none, which writes nothing; a file of that name is ./none");
    };
    if (arguments.resume) refuse("--resume");
    if (arguments.force) refuse("--force");
    if (!arguments.part.empty()) refuse("--part");
    if (ranks.size() > 1) refuse("mpirun");
}

/// "2/8" -> (1, 8).
std::pair<int, int> part_of(std::string const& text) {
    if (text.empty()) return {0, 1};
    int i = 0;
    int n = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%d/%d%c", &i, &n, &rest) != 2 || n < 1 || n > 100000 || i < 1 || i > n)
        throw InputError("--part " + text + ": not of the form i/n with 1 <= i <= n, e.g. --part 3/8");
    return {i - 1, n};
}

void refuse_small_disk(Plan const& plan, std::filesystem::path const& output) {
    std::error_code error;
    auto const folder = output.has_parent_path() ? output.parent_path() : std::filesystem::path(".");
    auto const space = std::filesystem::space(folder, error);
    if (error) throw InputError(fmt::format("{}: the folder cannot be used ({})", folder.string(), error.message()));
    Plan least = plan;
    if (plan.until) {
        least.population.people = plan.until->least_people;
        least.record.people = std::min(plan.record.people, plan.until->least_people);
    }
    double const needed = 2.0 * estimated_file_bytes(least);  // the journal and the file exist together for a while
    if (static_cast<double>(space.available) < needed)
        throw InputError(fmt::format(
            "{}: the disk has {} left, the run needs about {} (fewer people or `record: {{people: ...}}` need less)",
            output.string(), bytes_in_words(static_cast<double>(space.available)), bytes_in_words(needed)));
}

/// What a run is made of must not be replaced by what it makes.
void refuse_own_input(Plan const& plan, std::filesystem::path const& scenario, std::filesystem::path const& output) {
    std::vector<std::filesystem::path> inputs{scenario};
    for (auto const* const list : {&plan.origin.sources, &plan.origin.tables})
        for (auto const& input : *list) inputs.push_back(scenario.parent_path() / input.path);
    for (auto const& input : inputs) {
        std::error_code missing;
        if (std::filesystem::equivalent(input, output, missing))
            throw InputError(
                fmt::format("cannot write {}: the run is made of it. Give another file with -o.", output.string()));
    }
}

int run(Arguments const& arguments, std::string const& command_line, Ranks const& ranks) {
    auto [part, parts] = part_of(arguments.part);
    if (ranks.size() > 1) {
        if (parts > 1) throw InputError("--part: not with mpirun, which shares out the people itself");
        part = ranks.rank();
        parts = ranks.size();
    }
    bool const to_file = arguments.output != no_file;
    if (!to_file) refuse_without_file(arguments, ranks);
    if (arguments.digest && parts > 1 && ranks.size() == 1)
        throw InputError("--digest: not with --part; sarx digest tells that of the merged file");
    bool const talks = !arguments.quiet && ranks.rank() == 0;
    auto const tell_digest = [&](std::uint64_t digest) {
        if (arguments.digest && ranks.rank() == 0) fmt::print("{}\n", hexadecimal(digest));
    };
    be_sturdy();
    auto const model = load_model();
    auto plan = load_plan(*model, arguments.scenario, ranks.rank() == 0);
    if (!plan) return bad_input;
    if (plan->until && parts > 1)
        throw InputError(
            "run.until: not with --part or mpirun, whose shares do not know of each other; threads are as welcome as "
            "ever");
    std::filesystem::path const output =
        to_file ? output_file(arguments.output.empty() ? plan->name + ".h5" : arguments.output) : std::string();
    if (to_file) refuse_own_input(*plan, arguments.scenario.scenario, output);
    RecorderOptions const recording{.path = output.string(),
                                    .overwrite = arguments.force,
                                    .resume = arguments.resume,
                                    .part = part,
                                    .parts = parts,
                                    .command = command_line,
                                    .tell = [](std::string const& what) { say("sarx: " + what); }};
    if (to_file && is_finished(*plan, recording)) {
        if (talks) say(fmt::format("{} is finished already; there is nothing left to do", output.string()));
        if (arguments.digest) tell_digest(digest_of_file(output));
        return done;
    }
    if (arguments.threads > 4 * available_threads())
        throw InputError(
            fmt::format("--threads {}: this machine has {} processors", arguments.threads, available_threads()));
    if (to_file) refuse_small_disk(*plan, output);
    if (!arguments.instruction_set.empty()) {
        bool known = false;
        for (auto const set : model->instruction_sets()) known |= set == arguments.instruction_set;
        if (!known)
            throw InputError("--instruction-set " + arguments.instruction_set + ": this machine does not have it");
    }

    auto const begin = std::chrono::steady_clock::now();
    listen_for_stops();
    ThreadLimit const limit(arguments.threads);
    ProgressLine finding(plan->name + ": looking for people", talks, "found");
    Search search(
        *plan,
        {.threads = arguments.threads,
         .cached = true,
         .stopped = [] { return stop_asked.load(); },
         .progress =
             [&](std::uint32_t found, std::uint64_t) {
                 finding.show(
                     {.people_done = found,
                      .people_total = plan->population.people,
                      .seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()});
             }});
    // How many people of a file there are must be known before anything is written; drawn ones are found as they are
    // needed.
    auto const stopped = [&] {
        say(to_file ? fmt::format("sarx: stopped ({}); everything done so far is safe. Go on with: {} --resume",
                                  name_of_stop(stopped_by), command_line)
                    : fmt::format("sarx: stopped ({}); nothing is kept", name_of_stop(stopped_by)));
        return interrupted;
    };
    if (!plan->population.given.empty() && !search.find(plan->population.people)) return stopped();
    std::optional<Recorder> recorder;
    std::optional<Results> results;
    if (to_file)
        recorder.emplace(*plan, recording);
    else
        results.emplace(*plan);
    ResultSink& sink = to_file ? static_cast<ResultSink&>(*recorder) : *results;
    if (talks)
        say(fmt::format("{}: {}{} people, {} arm{}, {:.0f} years, seed {}",
                        plan->title.empty() ? plan->name : plan->title, plan->until ? "at most " : "",
                        with_commas(plan->population.people), plan->arms.size(), plan->arms.size() == 1 ? "" : "s",
                        plan->population.follow_years, plan->seed));
    if (talks)
        for (auto const& note : plan->notes) say("not as written: " + note.text());
    Simulator const simulator(*plan, CentredMortality().of(*plan, arguments.instruction_set),
                              arguments.instruction_set);
    ProgressLine line(plan->name, talks);
    std::uint32_t const people = run_batches(simulator, sink,
                                             {.threads = arguments.threads,
                                              .part = part,
                                              .parts = parts,
                                              .stop = &stop_asked,
                                              .progress = [&](Progress const& p) { line.show(p); },
                                              .find_people =
                                                  [&](std::uint32_t wanted) {
                                                      try {
                                                          bool const found = search.find(wanted);
                                                          finding.clear();
                                                          return found;
                                                      } catch (InputError const&) {
                                                          finding.clear();
                                                          if (recorder) recorder->abandon();
                                                          throw;
                                                      }
                                                  },
                                              .save_every_s = arguments.save_every_s});
    line.clear();
    bool const finished = people > 0;
    if (!finished && ranks.size() == 1) return stopped();
    double const mcse = finished && plan->until ? effect_mcse(Layout(*plan), *sink.sums()) : 0.0;
    if (recorder && finished && plan->until)
        recorder->finish(people);
    else if (recorder && finished)
        recorder->finish();
    if (ranks.size() > 1) {
        if (int const worst = ranks.worst(finished ? done : interrupted); worst != done) {
            if (ranks.rank() == 0)
                say("sarx: stopped; everything done so far is safe. Go on with the same number of ranks and --resume");
            return worst;
        }
        if (ranks.rank() == 0) merge_parts(*plan, output.string(), command_line, arguments.force, recording.tell);
        parts = 1;
    }
    if (finished && plan->until && (talks || mcse > plan->until->mcse))
        say(fmt::format(
            "{} people: the effect is known to a Monte Carlo error of {:.3g}{}", with_commas(people), mcse,
            mcse > plan->until->mcse
                ? fmt::format(", not the {:.3g} asked for; run.at_most allows no more people", plan->until->mcse)
                : ""));
    if (arguments.digest) tell_digest(results ? results->digest(people) : digest_of_file(output));
    if (!talks) return done;
    if (auto const& population = plan->population; !population.where.empty()) {
        plan->population.people = people;
        say(fmt::format("{} of the first {} {} qualify: {}", with_commas(people), with_commas(population.examined()),
                        population.given_rows > 0 ? "people of " + population.given_path : "candidates",
                        population.where.text));
    }
    double const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!to_file) {
        say(fmt::format("done in {}; nothing was written", in_words(seconds)));
    } else if (parts > 1) {
        say(fmt::format("part {} of {} done in {}; when all are: sarx merge {}", part + 1, parts, in_words(seconds),
                        output.string()));
    } else {
        std::error_code error;
        say(fmt::format("{} written: {}, {}", output.string(),
                        bytes_in_words(static_cast<double>(std::filesystem::file_size(output, error))),
                        in_words(seconds)));
    }
    return done;
}

}  // namespace

void add_run(CLI::App& app, Action& action, Ranks const& ranks) {
    auto* const command =
        app.add_subcommand("run", "run a scenario; trajectories, summaries, effects and events go to one HDF5 file");
    auto const a = std::make_shared<Arguments>();
    a->scenario.add_to(*command);
    command
        ->add_option("-o,--output", a->output,
                     "the file to write (default: the scenario's name with .h5, here); none: no file")
        ->check([](std::string const& file) { return file.empty() ? "needs the name of a file" : std::string(); });
    command->add_option("--threads", a->threads, "threads (default: all processors); the result does not depend on it")
        ->check(CLI::Range(1, 4096));
    command->add_option("--save-every", a->save_every_s, "seconds of work that a kill may cost")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 86400.0));
    command->add_flag("--resume", a->resume,
                      "go on where an interrupted run of the same scenario and output stopped; 0 where it is finished");
    command->add_flag("--force", a->force, "replace the output if it exists");
    command->add_flag("--quiet", a->quiet, "only errors");
    command->add_flag("--digest", a->digest, "one number for the results, on stdout: as sarx digest of the file");
    command->add_option("--part", a->part, "i/n: only this share of the people, for schedulers; then sarx merge");
    command->add_option("--instruction-set", a->instruction_set,
                        "baseline, avx2 or avx512 (default: the best here); the result does not depend on it");
    command->footer(
        "Examples:\n"
        "  sarx run scenarios/train_the_nerve.yaml -o run.h5\n"
        "  sarx run scenarios/bed_rest_old.yaml --people 500 --seed 7\n"
        "  sarx run my.yaml --set model.parameters.reinnervation.capture_rate_per_year=4 --arms usual_life,power\n"
        "  sarx run my.yaml --set model.draws_from=parameter_draws.csv --set model.draw=8\n"
        "  sarx run my.yaml --resume\n"
        "  sarx run my.yaml -o none --digest");
    auto const command_line = std::make_shared<std::string>();
    command->callback([=, &action, &ranks] {
        *command_line = "sarx run " + a->scenario.scenario;
        if (!a->output.empty()) *command_line += " -o " + a->output;
        if (a->scenario.people > 0) *command_line += " --people " + std::to_string(a->scenario.people);
        if (!a->scenario.seed.empty()) *command_line += " --seed " + a->scenario.seed;
        for (auto const& s : a->scenario.set) *command_line += " --set '" + s + "'";
        if (!a->scenario.arms.empty()) *command_line += fmt::format(" --arms {}", fmt::join(a->scenario.arms, ","));
        if (!a->part.empty()) *command_line += " --part " + a->part;
        action = [=, &ranks] { return run(*a, as_utf8(*command_line), ranks); };
    });
}

}  // namespace sarx::cli
