#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/contract/errors.hpp"
#include "sim/record/build_info.hpp"
#include "sim/run/ranks.hpp"
#include "sim/scenario/problems.hpp"

namespace sarx::cli {

namespace {

/// Says which option a command does not know, and what was meant. False where it knows them all.
bool names_unknown_option(CLI::App const& command, std::span<char* const> arguments) {
    std::vector<std::string> known;
    for (auto const* option : command.get_options())
        for (auto const& name : option->get_lnames()) known.push_back("--" + name);
    for (std::string const argument : arguments) {
        std::string const option = argument.substr(0, argument.find('='));
        if (!option.starts_with("--") || option == "--" || std::ranges::find(known, option) != known.end()) continue;
        std::string const near = nearest(option, known);
        fmt::print(stderr, "sarx: {0} has no option '{1}'{2}; sarx {0} --help lists them\n", command.get_name(), option,
                   near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near));
        return true;
    }
    return false;
}

/// Reads the command line and does what it says. Returns the exit code.
int command(int argc, char** argv, Ranks const& ranks) {
    CLI::App app{
        "sarx: a parallel, agent-based population simulator of how human muscle ages.\n"
        "People with real motor-unit pools live through a cascade of stages, arm beside arm."};
    app.name("sarx");
    app.set_version_flag("--version", fmt::format("sarx {} ({})", build::version, build::commit));
    app.require_subcommand(1);
    app.footer(
        "Examples:\n"
        "  sarx check scenarios/train_the_nerve.yaml        what would run, how long, how large\n"
        "  sarx run scenarios/train_the_nerve.yaml -o run.h5\n"
        "  sarx describe power_training                     doses, units, sources\n"
        "  sarx compare run.h5                              effects between arms\n\n"
        "Exit codes: 0 done, 1 failed while running, 2 bad input, 130 interrupted (what is done is safe).");
    Action action;
    add_run(app, action, ranks);
    add_check(app, action);
    add_describe(app, action);
    add_schema(app, action);
    add_analysis(app, action);
    add_verify(app, action);
    add_merge(app, action);
    std::string const first = argc > 1 ? argv[1] : "";
    std::vector<std::string> names;
    for (auto const* command : app.get_subcommands([](CLI::App*) { return true; }))
        names.push_back(command->get_name());
    if (!first.empty() && first.front() != '-' && std::ranges::find(names, first) == names.end()) {
        std::string const near = nearest(first, names);
        fmt::print(stderr, "sarx: there is no command '{}'{}; sarx --help lists them\n", first,
                   near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near));
        return bad_input;
    }
    try {
        app.parse(argc, argv);
    } catch (CLI::ExtrasError const& e) {
        if (!names_unknown_option(*app.get_subcommands().front(), std::span(argv, static_cast<std::size_t>(argc))))
            app.exit(e, std::cout, std::cerr);
        return bad_input;
    } catch (CLI::ParseError const& e) {
        int const code = app.exit(e, std::cout, std::cerr);
        return code == 0 ? done : bad_input;
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
