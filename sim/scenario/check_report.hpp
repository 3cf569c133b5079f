#pragma once
// A plan in words: what `sarx check` says of a scenario without faults.

#include <string>

#include "sim/scenario/plan.hpp"

namespace sarx {

/// Who is simulated, in what steps, what each arm gets, which stages run in which order, what differs from the
/// model's defaults and by whose hand, what is recorded, and what it will take (time [s], memory and file [bytes]; and
/// what it takes to find the people, in words, where they must be found).
std::string plan_report(Plan const& plan, double estimated_seconds, double memory_bytes, double file_bytes,
                        std::string const& finding = {});

/// One delivery in words: "power_twice_a_week from 60 years of age until 80 years of age, to those with ..."
std::string delivery_text(Plan const& plan, Delivery const& delivery);

}  // namespace sarx
