#include "sim/run/reference_cohort.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/contract/math.hpp"
#include "sim/run/crew.hpp"
#include "sim/run/life.hpp"
#include "sim/run/table_cache.hpp"
#include "sim/run/threads.hpp"

namespace sarx {

namespace {

constexpr PersonKey reference_keys = 0xfffe'0000'0000'0000ULL;
constexpr double reference_step_years = 1.0 / LogRateTable::per_year;
constexpr std::uint64_t reference_seed = 20;
constexpr double oldest_years = 110.0;  // the same for every plan, so that plans share the table

/// What the table depends on, as text: parameters in use, stages, muscles, the population's mortality.
std::string identity_of(Plan const& plan, LogRateTable const& population_rate) {
    std::string id;
    auto const number = [&id](double x) { id.append(reinterpret_cast<char const*>(&x), sizeof x); };
    for (auto const& stage : plan.stages) id += stage + ";";
    for (int const m : plan.muscles) number(m);
    for (auto const& rows : plan.parameters.values)
        for (auto const& sexes : rows)
            for (auto const& v : sexes) {
                for (double const x : {v.a, v.b, v.low, v.high}) number(x);
                number(static_cast<double>(v.shape));
                number(static_cast<double>(v.between));
            }
    for (auto const& c : plan.parameters.correlations) {
        number(c.a);
        number(c.b);
        number(c.rho);
    }
    number(plan.parameters.draw.number);
    for (auto const& row : population_rate.log_rate)
        for (double const x : row) number(x);
    return id;
}

/// Lives the cohort; `world` is that of the plan.
LogRateTable lived(World const& world) {
    Plan const& plan = *world.plan;
    LogRateTable const& population_rate = world.population_rate;
    // The cohort's people are drawn by the plan's distributions but with their own seed and keys.
    Plan reference = plan;
    reference.seed = reference_seed;
    reference.population.given.clear();
    Drawing const drawing(reference);
    auto const steps = static_cast<std::size_t>(std::lround((oldest_years - 20.0) / reference_step_years));
    std::vector<float> eta(static_cast<std::size_t>(reference_people) * (steps + 1));

    each_in_parallel(reference_people / lanes, 0, [&](std::size_t b) {
        Crew crew;
        for (std::size_t l = 0; l < lanes; ++l) {
            auto const number = b * lanes + l;
            crew.person[l] = {.key = reference_keys + number,
                              .sex = number % 2 == 0 ? Sex::female : Sex::male,
                              .start_age_years = 20.0};
            crew.present[l] = 1;
            crew.follow_years[l] = 200.0;
        }
        ParameterLanes parameters = drawing.empty_lanes();
        for (int lane = 0; lane < lanes; ++lane)
            drawing.draw(crew.person[static_cast<std::size_t>(lane)], nullptr, parameters, lane);
        BlockShape const shape = shape_of(world, parameters);
        Life life(world, crew,
                  {.random = drawing.random(), .deaths = false, .step_years = reference_step_years, .holds = false});
        LifeState state = born(world, crew, shape, parameters, drawing.random());
        life.settle(state);
        for (std::size_t k = 0; k <= steps; ++k) {
            float const* const row = state.block.person(world.model->log_hazard_ratio());
            for (std::size_t l = 0; l < lanes; ++l) eta[(b * lanes + l) * (steps + 1) + k] = row[l];
            if (k == steps) break;
            if (k % LogRateTable::per_year == 0) state.block.compact_units(world.model->unit_presence());
            life.step(state, static_cast<double>(k) * reference_step_years, reference_step_years);
        }
    });

    LogRateTable table = population_rate;
    for (std::size_t sex = 0; sex < 2; ++sex) {
        std::vector<double> survival(static_cast<std::size_t>(reference_people), 1.0);
        double shift = 0.0;
        for (std::size_t k = 0; k < LogRateTable::knots; ++k) {
            if (k <= steps) {
                double weight = 0.0;
                double weighted = 0.0;
                for (std::size_t i = sex; i < static_cast<std::size_t>(reference_people); i += 2) {
                    weight += survival[i];
                    weighted += survival[i] * exp(static_cast<double>(eta[i * (steps + 1) + k]));
                }
                shift = log(weighted / weight);
                for (std::size_t i = sex; i < static_cast<std::size_t>(reference_people); i += 2)
                    survival[i] *= exp(-reference_step_years * exp(population_rate.log_rate[sex][k] - shift +
                                                                   static_cast<double>(eta[i * (steps + 1) + k])));
            }
            table.log_rate[sex][k] = population_rate.log_rate[sex][k] - shift;
        }
    }
    return table;
}

}  // namespace

LogRateTable CentredMortality::of(Plan const& plan, std::string const& instruction_set) {
    World const world(plan, instruction_set);
    if (world.model->life_table().empty() || world.death < 0) return {};
    std::string const id = identity_of(plan, world.population_rate) + world.instruction_set;
    std::lock_guard const lock(mutex_);  // who asks for the same waits for it; lives are on all threads anyway
    if (auto const known = known_.find(id); known != known_.end()) return known->second;
    LogRateTable table;
    std::size_t const numbers = 2 * LogRateTable::knots;
    if (auto const kept = cache_ == Cache::used ? cached_table(id, numbers) : std::nullopt) {
        for (std::size_t sex = 0; sex < 2; ++sex)
            std::copy_n(kept->begin() + static_cast<std::ptrdiff_t>(sex * LogRateTable::knots), LogRateTable::knots,
                        table.log_rate[sex].begin());
    } else {
        table = lived(world);
        std::vector<double> flat;
        for (auto const& row : table.log_rate) flat.insert(flat.end(), row.begin(), row.end());
        if (cache_ == Cache::used) cache_table(id, flat);
    }
    return known_.emplace(id, table).first->second;
}

}  // namespace sarx
