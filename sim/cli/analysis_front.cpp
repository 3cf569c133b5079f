// compare, uncertainty, report, export, validate, calibrate, scenario, diff: thin fronts of the Python package, which does the work.

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/contract/errors.hpp"

namespace sarx::cli {

namespace {

namespace fs = std::filesystem;

/// The folder that holds the Python package: beside the sources of a build, or where it was installed.
std::string package_folder() {
    std::error_code error;
    fs::path const self = fs::read_symlink("/proc/self/exe", error);
    for (fs::path folder = self.parent_path(); !folder.empty() && folder != folder.root_path();
         folder = folder.parent_path())
        for (char const* place : {"analysis", "share/sarx/python"})
            if (fs::exists(folder / place / "sarx" / "__init__.py", error)) return (folder / place).string();
    return "";
}

/// Runs a program with these words; its exit code, 127 where it cannot be started.
int call(std::vector<std::string> const& words, bool silent) {
    std::fflush(nullptr);
    pid_t const child = fork();
    if (child < 0) throw OutputError("cannot start another program");
    if (child == 0) {
        if (silent &&
            (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr))
            _exit(127);
        std::vector<char*> arguments;
        for (auto const& w : words) arguments.push_back(const_cast<char*>(w.c_str()));
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    auto const before = std::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the child too, which tidies up first
    int status = 0;
    bool const waited = waitpid(child, &status, 0) >= 0;
    std::signal(SIGINT, before);
    if (!waited) return failed;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// An interpreter with the packages the analysis needs: the first python3 on the PATH need not be the one.
std::string interpreter() {
    std::vector<std::string> candidates;
    if (char const* const chosen = std::getenv("SARX_PYTHON")) candidates.emplace_back(chosen);
    candidates.insert(candidates.end(), {"python3", "/usr/bin/python3"});
    for (auto const& python : candidates)
        if (call({python, "-c", "import numpy, pandas, h5py, xarray, matplotlib"}, true) == 0) return python;
    throw InputError(
        "no Python with numpy, pandas, h5py, xarray and matplotlib was found. On Debian: apt install python3-xarray "
        "python3-h5py python3-matplotlib python3-pandas; or name one in SARX_PYTHON");
}

}  // namespace

void add_analysis(CLI::App& app, Action& action) {
    struct Front {
        char const* name;
        char const* about;
    };
    for (Front const front : {Front{"compare", "effects between arms: paired differences with confidence intervals"},
                              Front{"uncertainty", "effects with what the model's parameters leave open"},
                              Front{"report", "one self-contained page with the pictures"},
                              Front{"export", "tidy tables (CSV, Parquet) with a data dictionary"},
                              Front{"validate", "the scoreboard: published target, simulated value, z, within or not"},
                              Front{"calibrate", "fits named parameters to chosen targets, with uncertainty"},
                              Front{"scenario", "the scenario of a result file, so that it runs again"},
                              Front{"diff", "what tells two runs apart: program, scenario, parameters, numbers"},
                              Front{"cascade", "the picture: the cascade in order over age, arms in colours (PNG)"}}) {
        auto* const command = app.add_subcommand(front.name, front.about);
        command->prefix_command();  // the words that follow are the package's
        command->set_help_flag();   // its own --help says more
        command->callback([=, &action] {
            action = [=] {
                std::string const folder = package_folder();
                if (!folder.empty()) {
                    char const* const before = std::getenv("PYTHONPATH");
                    setenv("PYTHONPATH",
                           before != nullptr && *before != '\0' ? (folder + ":" + before).c_str() : folder.c_str(), 1);
                }
                // What the package runs is this program, not another of its name in the PATH.
                std::error_code error;
                fs::path const self = fs::read_symlink("/proc/self/exe", error);
                if (!error) setenv("SARX_BIN", self.c_str(), 0);
                std::vector<std::string> words{interpreter(), "-m", "sarx", front.name};
                for (auto const& w : command->remaining()) words.push_back(w);
                return call(words, false);
            };
        });
    }
}

}  // namespace sarx::cli
