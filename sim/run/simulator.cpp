#include "sim/run/simulator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "sim/contract/math.hpp"
#include "sim/run/candidates.hpp"
#include "sim/run/crew.hpp"
#include "sim/run/life.hpp"

namespace sarx {

Simulator::Simulator(Plan const& plan, std::string const& instruction_set) : world_(plan, instruction_set) {}

std::uint32_t Simulator::batches() const {
    std::uint32_t const size = batch_people(*world_.plan);
    return (world_.plan->population.people + size - 1) / size;
}

namespace {

BatchResult empty_result(World const& world, std::uint32_t first_person, std::uint32_t count) {
    Plan const& plan = *world.plan;
    BatchResult result;
    result.first_person = first_person;
    result.people = count;
    auto const arms = plan.arms.size();
    auto const records = static_cast<std::size_t>(plan.clock.records);
    std::size_t const people = result.people;
    result.sex.resize(people);
    result.start_age_years.resize(people);
    result.weight.assign(people, 1.0F);
    result.traits.assign(traits_of(plan).size() * people, 0.0F);
    result.trajectories.assign(world.series.size() * arms * people * records, std::numeric_limits<float>::quiet_NaN());
    result.first_divergence_years.assign(arms * people, std::numeric_limits<float>::quiet_NaN());
    result.events.resize(arms);
    result.event_counts.assign(arms * 2 * world.events.size() * records, 0);
    result.person_time.assign(arms * 2 * (1 + world.model->burdens().size()) * records, 0);
    result.flow.resize(static_cast<std::size_t>(world.delivery_count) * records);
    return result;
}

void note_people(World const& world, LifeState const& state, Crew const& crew, BatchResult& result,
                 std::uint32_t first) {
    Plan const& plan = *world.plan;
    auto const traits = traits_of(plan);
    for (std::size_t l = 0; l < lanes; ++l) {
        if (crew.present[l] == 0) continue;
        std::size_t const p = first + l;
        result.sex[p] = static_cast<std::uint8_t>(crew.person[l].sex);
        result.start_age_years[p] = static_cast<float>(crew.person[l].start_age_years);
        result.weight[p] = crew.weight[l];
        std::size_t row = 0;
        for (auto const [column, muscle] : traits)
            result.traits[row++ * result.people + p] =
                muscle >= 0 ? state.block.muscle(column, muscle)[l] : state.block.person(column)[l];
    }
}

}  // namespace

BatchResult Simulator::simulate(std::uint32_t batch) const {
    std::uint32_t const size = batch_people(*world_.plan);
    BatchResult result = simulate_people(batch * size, std::min(size, world_.plan->population.people - batch * size));
    result.index = batch;
    return result;
}

BatchResult Simulator::simulate_people(std::uint32_t first_person, std::uint32_t people) const {
    Plan const& plan = *world_.plan;
    BatchResult result = empty_result(world_, first_person, people);
    LifeOptions const options{.random = world_.drawing.random(), .deaths = true, .step_years = 1.0 / 12.0};
    for (std::uint32_t first = 0; first < result.people; first += lanes) {
        Crew crew = crew_of(world_, result.first_person + first, std::min<std::uint32_t>(lanes, result.people - first));
        std::array<std::vector<std::optional<double>> const*, lanes> given{};
        if (!plan.population.given.empty())
            for (std::size_t l = 0; l < lanes; ++l)
                if (crew.present[l] != 0) given[l] = &plan.population.given[crew.row[l]].given;

        if (needs_candidates(plan)) choose_candidates(world_, crew, given, options);
        ParameterLanes const parameters = parameters_of(world_, crew, given);
        BlockShape const shape = shape_of(world_, parameters);
        Life life(world_, crew, options);
        LifeState state = born(world_, crew, shape, parameters, options.random);
        life.age_to_entry(state);
        life.enter(state, given);
        note_people(world_, state, crew, result, first);
        life.run(std::move(state), result, first);
    }
    for (auto& events : result.events)
        std::ranges::stable_sort(events, [](Event const& a, Event const& b) {
            if (a.person != b.person) return a.person < b.person;
            if (a.time_years != b.time_years) return a.time_years < b.time_years;
            return a.kind < b.kind;
        });
    return result;
}

double estimated_worker_bytes(Plan const& plan) {
    double const series = static_cast<double>(series_of(plan).size());
    double const cube = series * static_cast<double>(plan.arms.size()) * batch_people(plan) * plan.clock.records * 4.0;
    double const blocks = 2e6 * (1.0 + static_cast<double>(plan.arms.size()));
    return cube + blocks;
}

}  // namespace sarx
