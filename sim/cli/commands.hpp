#pragma once
// The subcommands: each adds itself to the parser and sets `action` when it is chosen.

#include <CLI/CLI.hpp>

#include <functional>

namespace sarx {
class Ranks;
}

namespace sarx::cli {

using Action = std::function<int()>;  ///< returns the exit code

void add_run(CLI::App& app, Action& action, Ranks const& ranks);
void add_check(CLI::App& app, Action& action);
void add_describe(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_digest(CLI::App& app, Action& action);
void add_merge(CLI::App& app, Action& action);
/// compare, uncertainty, report, export, validate, calibrate, scenario, diff: thin fronts of the Python package.
void add_analysis(CLI::App& app, Action& action);

inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int bad_input = 2;
inline constexpr int interrupted = 130;

}  // namespace sarx::cli
