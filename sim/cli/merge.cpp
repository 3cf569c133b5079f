#include <memory>

#include "sim/cli/commands.hpp"
#include "sim/cli/loading.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/contract/errors.hpp"
#include "sim/record/recorder.hpp"
#include "sim/run/target.hpp"
#include "sim/text/plain_text.hpp"

namespace sarx::cli {

void add_merge(CLI::App& app, Action& action) {
    auto* const command =
        app.add_subcommand("merge", "put FILE together from the parts that `sarx run --part i/n -o FILE` left");
    auto const output = std::make_shared<std::string>();
    auto const force = std::make_shared<bool>(false);
    command->add_option("FILE", *output, "the file all parts were run for")->required();
    command->add_flag("--force", *force, "replace FILE if it exists");
    command->footer("Example:\n  for i in 1 2 3; do sarx run my.yaml -o run.h5 --part $i/3; done\n  sarx merge run.h5");
    command->callback([=, &action] {
        action = [=] {
            auto const model = load_model();
            auto plan = plan_again(*model, scenario_of_parts(*output));
            if (!plan) return bad_input;
            Search(*plan, {.cached = true}).find(plan->population.people);
            be_sturdy();
            merge_parts(*plan, *output, as_utf8("sarx merge " + *output), *force,
                        [](std::string const& what) { say("sarx: " + what); });
            say(*output + " written");
            return done;
        };
    });
}

}  // namespace sarx::cli
