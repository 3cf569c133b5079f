// Writes a small file for the readers' tests: sample_file OUT [none].

#include <cstdio>

#include "made_up.hpp"
#include "sim/record/recorder.hpp"

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    auto plan = made_up::plan_of(100);
    plan.population.start_age_from_years = 60.0;
    plan.population.start_age_to_years = 70.0;
    plan.record.people = argc > 2 ? 0 : 90;
    if (argc > 2) plan.record.motor_units.people = 0;
    sarx::Recorder recorder(plan, {.path = argv[1], .overwrite = true, .command = "sample_file"});
    for (std::uint32_t b = 0; b < made_up::batches_of(plan); ++b) recorder.accept(made_up::batch_of(plan, b));
    recorder.finish();
    std::puts(argv[1]);
    return 0;
}
