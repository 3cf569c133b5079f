#pragma once
// What a plan will cost on this machine, before it runs.

#include "sim/record/recorder.hpp"
#include "sim/run/simulator.hpp"

namespace sarx::cli {

struct Estimate {
    double seconds = 0.0;
    double memory_bytes = 0.0;
    double file_bytes = 0.0;
    std::string finding{};  ///< what it takes to find the people of population.where; empty without
};

/// Time from a batch of few people measured here; memory and file size from the plan.
Estimate estimate(Plan const& plan, int threads);

}  // namespace sarx::cli
