#include <fmt/format.h>

#include <memory>

#include "sim/cli/commands.hpp"
#include "sim/cli/loading.hpp"
#include "sim/record/digest.hpp"
#include "sim/result/digest.hpp"

namespace sarx::cli {

void add_digest(CLI::App& app, Action& action) {
    auto* const command = app.add_subcommand("digest", "one number for the results in a file, however it came about");
    auto const file = std::make_shared<std::string>();
    command->add_option("FILE", *file, "a file that sarx run or sarx merge wrote")->required();
    command->footer(
        "Equal where all numbers are: trajectories, traits and events of recorded people, statistics of everyone.\n"
        "Threads, parts, interruptions, compression, texts and /provenance do not count. sarx run --digest tells the\n"
        "same, with a file or (-o none) without.\n\n"
        "Example:\n  sarx digest run.h5");
    command->callback([=, &action] {
        action = [=] {
            fmt::print("{}\n", readable([=] { return hexadecimal(digest_of_file(*file)); }));
            return done;
        };
    });
}

}  // namespace sarx::cli
