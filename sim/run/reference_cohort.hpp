#pragma once
// Mortality without drift: what people die of is the model's affair, how many die is the life table's.
// A fixed cohort with its own luck lives without interventions and without dying; from its log hazard
// ratios eta and the survival each would have had, the mean A(sex, age) = ln E[exp(eta) | alive] is taken
// off, so that log rate = log mu(sex, age) + eta - A keeps the life table in the untreated population and
// no benefit of an arm is erased. The table depends on the model and its parameters alone.

#include "sim/run/world.hpp"

namespace sarx {

/// People of the reference cohort, half of each sex: the table's Monte Carlo error is near 2 %.
inline constexpr int reference_people = 2048;

/// log mu - A on the grid, for World::base_rate. Kept between runs (table_cache.hpp).
LogRateTable recentred(World const& world, LogRateTable const& population_rate);

}  // namespace sarx
