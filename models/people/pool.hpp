#pragma once
// The pool of motor units of a young muscle.

#include "sim/contract/math.hpp"

namespace sarx::models {

/// Recruitment rank of unit `unit` of `count` [0..1]: (unit + 1/2)/count, the first recruited first.
[[nodiscard]] inline double recruitment_rank(int unit, int count) { return (unit + 0.5) / count; }

/// Innervation number of a unit relative to the smallest [1..range]: exponential over the pool, 30- to 100-fold
/// (Fuglevand et al. 1993, doi:10.1152/jn.1993.70.6.2470).
/// @param rank [0, 1]   @param range largest over smallest, > 1
[[nodiscard]] inline double relative_innervation_number(double rank, double range) {
    return sarx::exp(rank * sarx::log(range));
}

}  // namespace sarx::models
