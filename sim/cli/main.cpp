#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/contract/errors.hpp"
#include "sim/identity/program.hpp"
#include "sim/run/ranks.hpp"
#include "sim/text/problems.hpp"

namespace sarx::cli {

namespace {

std::string meant(std::string const& near) { return near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near); }

/// Says what of a command line its command does not know, and what was meant.
void tell_unknown(CLI::App const& command, std::vector<std::string> const& extras) {
    std::vector<std::string> known;
    for (auto const* option : command.get_options())
        for (auto const& name : option->get_lnames()) known.push_back("--" + name);
    auto const at = std::ranges::find_if(extras, [](std::string const& word) { return word.starts_with('-'); });
    if (at == extras.end()) {
        fmt::print(stderr,
                   "sarx: {0} takes no '{1}' after what stands before it; sarx {0} --help tells what it takes\n",
                   command.get_name(), extras.empty() ? "" : extras.front());
        return;
    }
    std::string const option = at->substr(0, at->find('='));
    fmt::print(stderr, "sarx: {0} has no option '{1}'{2}; sarx {0} --help lists them\n", command.get_name(), option,
               meant(option.starts_with("--") ? nearest(option, known) : ""));
}

/// `sarx help` and `sarx help COMMAND` are `sarx --help` and `sarx COMMAND --help`.
std::vector<std::string> words_of(int argc, char** argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (words.empty() || words.front() != "help") return words;
    words.erase(words.begin());
    words.resize(std::min<std::size_t>(words.size(), 1));
    words.emplace_back("--help");
    return words;
}

bool wants_version_json(std::vector<std::string> words) {
    std::ranges::sort(words);
    return words == std::vector<std::string>{"--json", "--version"};
}

std::string version_json() {
    Program const& program = this_program();
    return nlohmann::ordered_json{
        {"version", program.version}, {"commit", program.commit}, {"code_hash", program.code_hash}}
        .dump(2);
}

/// Reads the command line and does what it says. Returns the exit code.
int command(int argc, char** argv, Ranks const& ranks) {
    CLI::App app{
        "sarx: a parallel, agent-based population simulator of how human muscle ages.\n"
        "People with real motor-unit pools live through a cascade of stages, arm beside arm."};
    app.name("sarx");
    app.set_version_flag("--version", in_words(this_program()), "Who this program is; all of it with --json");
    app.require_subcommand(1);
    app.footer(
        "Examples:\n"
        "  sarx check scenarios/train_the_nerve.yaml        what would run, how long, how large\n"
        "  sarx run scenarios/train_the_nerve.yaml -o run.h5\n"
        "  sarx describe power_training                     doses, units, sources\n"
        "  sarx compare run.h5                              effects between arms\n\n"
        "Tables that take seconds to compute are kept in ~/.cache/sarx, 256 MB at most; rm -r empties it, "
        "SARX_NO_CACHE=1\n"
        "does without.\n"
        "Exit codes: 0 done, 1 failed while running, 2 bad input, 130 interrupted (what is done is safe).");
    Action action;
    add_run(app, action, ranks);
    add_check(app, action);
    add_describe(app, action);
    add_schema(app, action);
    add_analysis(app, action);
    add_verify(app, action);
    add_merge(app, action);
    add_digest(app, action);
    std::vector<std::string> words = words_of(argc, argv);
    if (wants_version_json(words)) {
        fmt::print("{}\n", version_json());
        return done;
    }
    std::string const first = words.empty() ? "" : words.front();
    std::vector<std::string> names;
    for (auto const* command : app.get_subcommands([](CLI::App*) { return true; }))
        names.push_back(command->get_name());
    if (!first.empty() && first.front() != '-' && std::ranges::find(names, first) == names.end()) {
        fmt::print(stderr, "sarx: there is no command '{}'{}; sarx --help lists them\n", first,
                   meant(nearest(first, names)));
        return bad_input;
    }
    try {
        std::ranges::reverse(words);  // as the parser wants them
        app.parse(words);
    } catch (CLI::ExtrasError const&) {
        auto const chosen = app.get_subcommands();
        tell_unknown(chosen.empty() ? app : *chosen.front(), app.remaining(true));
        return bad_input;
    } catch (CLI::Success const& e) { return app.exit(e, std::cout, std::cerr); } catch (CLI::ParseError const& e) {
        auto const chosen = app.get_subcommands();
        fmt::print(stderr, "sarx: {}; sarx {}--help tells more\n", e.what(),
                   chosen.empty() ? "" : chosen.front()->get_name() + " ");
        return bad_input;
    }
    return action ? action() : bad_input;
}

int say(char const* sentence, int code) noexcept {
    std::fprintf(stderr, "sarx: %s\n", sentence);
    return code;
}

int say_bug(char const* what) noexcept {
    std::fprintf(stderr, "sarx: internal error: %s (a bug in sarx, please report it)\n", what);
    return failed;
}

}  // namespace

}  // namespace sarx::cli

int main(int argc, char** argv) {
    using namespace sarx::cli;
    sarx::Ranks const ranks(argc, argv);
    int code = done;
    try {
        return command(argc, argv, ranks);
    } catch (sarx::InputError const& e) { code = say(e.what(), bad_input); } catch (sarx::OutputError const& e) {
        code = say(e.what(), failed);
    } catch (std::bad_alloc const&) {
        code = say("out of memory; fewer threads or fewer recorded variables need less (see sarx check)", failed);
    } catch (std::exception const& e) { code = say_bug(e.what()); }
    ranks.give_up(code);
    return code;
}
