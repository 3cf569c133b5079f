// Feeds bytes to the scenario reader: whatever they are, there is a plan or there are problems.
//   cmake -DSARX_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++ ... && ./fuzz_scenario tests/fuzz/corpus

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sim/scenario/scenario_reader.hpp"
#include "support/toy_model.hpp"

/// UDUNITS loses the text of a unit that it cannot parse.
extern "C" char const* __lsan_default_suppressions() { return "leak:libudunits2\n"; }  // NOLINT: the sanitizer's name

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const model = sarx::toy::make_model();
    sarx::ScenarioText scenario;
    scenario.text.assign(reinterpret_cast<char const*>(data), size);
    scenario.beside = {{"parent.yaml", "sarx: 1\npopulation: {people: 10}\n"},
                       {"people.csv", "id,sex,age_years,strength_kg\na,female,60,25\nb,male,70,\n"}};
    sarx::Problems problems;
    auto const plan = sarx::read_plan(scenario, *model, {}, problems);
    if (plan.has_value() != problems.empty()) std::abort();
    if (plan && (plan->resolved.empty() || plan->clock.records < 2 || plan->arms.empty())) std::abort();
    if (!plan && problems.text().empty()) std::abort();
    return 0;
}
