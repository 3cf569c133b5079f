// Whole runs: what a step costs with everything, threads, recording, and the price of arms.

#include <cstdio>
#include <filesystem>
#include <numeric>
#include <vector>

#include "bench/bench.hpp"
#include "sim/record/recorder.hpp"
#include "sim/run/batches.hpp"
#include "sim/run/runner.hpp"

namespace sarx::bench {

namespace {

constexpr int repeats = 3;

/// Seconds to simulate all batches on so many threads, nothing recorded.
double simulated(Simulator const& simulator, int threads) {
    std::vector<std::uint32_t> all(simulator.batches());
    std::iota(all.begin(), all.end(), 0U);
    return seconds(repeats, [&] {
        simulate_batches(
            simulator, all, threads, [] { return false; }, [](BatchResult const&) {});
    });
}

/// Processor seconds to simulate all batches one after another.
double simulated(Simulator const& simulator) {
    return processor_seconds(repeats, [&] {
        for (std::uint32_t b = 0; b < simulator.batches(); ++b) (void)simulator.simulate(b);
    });
}

/// Processor seconds to simulate and record.
double recorded(Plan const& plan, Simulator const& simulator) {
    auto const file = std::filesystem::temp_directory_path() / "sarx_bench.h5";
    double const s = processor_seconds(repeats, [&] {
        Recorder recorder(plan, {.path = file.string(), .overwrite = true});
        run_batches(simulator, recorder, {.threads = 1, .part = 0, .parts = 1, .stop = nullptr, .progress = {}});
        recorder.finish();
    });
    std::filesystem::remove(file);
    return s;
}

}  // namespace

void runs() {
    Model const& model = testing::real_model();
    Plan const plan = testing::plan_of(model, scenario(1024, 20, 90, "  usual: []\n"));
    Simulator const simulator(plan, testing::base_rate(plan));
    std::vector<BatchResult> batches;
    for (std::uint32_t b = 0; b < simulator.batches(); ++b) batches.push_back(simulator.simulate(b));
    double const units = unit_steps(simulator, batches);
    batches.clear();
    double const one = simulated(simulator);
    double const two_over_one = simulated(simulator, 1) / simulated(simulator, 2);
    double const with_file = recorded(plan, simulator);
    double const years = 1024.0 * 70.0;
    std::printf("\n1,024 people from 20 to 90, one arm, three muscles\n");
    std::printf("  %-42s %8.3f ns a motor-unit step  (%.0f person-years a second)\n", "one thread, nothing recorded",
                one * 1e9 / units, years / one);
    std::printf("  %-42s %8.3f ns a motor-unit step  (recording %.0f %% of it)\n",
                "one thread, default variables recorded", with_file * 1e9 / units,
                100.0 * (with_file - one) / with_file);
    std::printf("  %-42s %8.2f times one thread\n", "two threads, nothing recorded", two_over_one);

    std::string const start = ", from: {age: 60 years}}]\n";
    std::string const one_arm = "  usual: []\n";
    std::string const six_arms = one_arm + "  power: [{give: power" + start + "  walk: [{give: walk" + start +
                                 "  protein: [{give: protein" + start +
                                 "  both: [{give: power, from: {age: 60 years}}, {give: protein" + start +
                                 "  walk_and_protein: [{give: walk, from: {age: 60 years}}, {give: protein" + start;
    Plan const single = testing::plan_of(model, scenario(256, 20, 90, one_arm));
    Plan const six = testing::plan_of(model, scenario(256, 20, 90, six_arms));
    double const alone = simulated(Simulator(single, testing::base_rate(single)));
    double const together = simulated(Simulator(six, testing::base_rate(six)));
    std::printf("256 people from 20 to 90, six arms that part at 60: %.2f single arms\n", together / alone);
}

}  // namespace sarx::bench
