#pragma once
// What the benchmarks share: a scenario, the steps it takes, and a clock.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

#include "support/real_model.hpp"

namespace sarx::bench {

/// Scenario text: all defaults; `arms` is a block of YAML ("  usual: []\n").
std::string scenario(std::uint32_t people, int start_age, int end_age, std::string const& arms,
                     std::string const& variables = "default");

/// Motor-unit steps of a run without its padding: initial units of the people alive, month by month, in all arms.
double unit_steps(Simulator const& simulator, std::vector<BatchResult> const& batches);

/// Seconds that `work` takes, the least of `repeats`: what disturbs a machine only adds.
template <class Work>
double seconds(int repeats, Work&& work) {
    double least = 1e30;
    for (int i = 0; i < repeats; ++i) {
        auto const begin = std::chrono::steady_clock::now();
        work();
        least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return least;
}

/// The same by the processor's time of this process: for what runs on one thread, whoever else is on the machine.
template <class Work>
double processor_seconds(int repeats, Work&& work) {
    double least = 1e30;
    for (int i = 0; i < repeats; ++i) {
        std::clock_t const begin = std::clock();
        work();
        least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return least;
}

/// Nanoseconds a motor-unit step of the same unit equations, one object a unit, in double.
double naive_ns_per_unit_step();

/// Time of the stages in one block, each where `by_stage`; returns nanoseconds a motor-unit step of all together.
/// @param instruction_set "" for the best of this machine
double stages(std::string const& instruction_set, bool by_stage);
/// Whole runs: threads, recording, arms.
void runs();

}  // namespace sarx::bench
