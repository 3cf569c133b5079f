#include "sim/run/simulator.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "sim/contract/math.hpp"
#include "sim/run/candidates.hpp"
#include "sim/run/crew.hpp"
#include "sim/run/life.hpp"
#include "sim/run/seating.hpp"

namespace sarx {

Simulator::Simulator(Plan const& plan, LogRateTable const& base_rate, std::string const& instruction_set)
    : world_(plan, instruction_set, base_rate) {}
Simulator::Simulator(Plan const& plan) : world_(plan, "") {}

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
    for (auto* const times : {&result.first_offer_years, &result.first_reach_years, &result.protocol_years})
        times->assign(arms * people, std::numeric_limits<float>::quiet_NaN());
    result.follow_years.resize(people);
    result.had_before.assign(world.events.size() * people, 0);
    result.events.resize(arms);
    result.flow.resize(static_cast<std::size_t>(world.delivery_count) * records);
    return result;
}

/// Counts of who came so far, from those of who came in each interval.
void add_up(std::vector<Flow>& flow, std::size_t records) {
    for (std::size_t i = 0; i < flow.size(); ++i) {
        if (i % records == 0) continue;
        flow[i].eligible += flow[i - 1].eligible;
        flow[i].offered += flow[i - 1].offered;
        flow[i].reached += flow[i - 1].reached;
        flow[i].dropped += flow[i - 1].dropped;
    }
}

void note_people(World const& world, LifeState const& state, Crew const& crew, BatchResult& result) {
    Plan const& plan = *world.plan;
    auto const traits = traits_of(plan);
    for (std::size_t l = 0; l < lanes; ++l) {
        if (crew.present[l] == 0) continue;
        std::size_t const p = crew.row[l] - result.first_person;
        result.sex[p] = static_cast<std::uint8_t>(crew.person[l].sex);
        result.start_age_years[p] = static_cast<float>(crew.person[l].start_age_years);
        result.weight[p] = crew.weight[l];
        result.follow_years[p] = crew.follow_years[l];
        std::size_t row = 0;
        for (auto const [column, muscle] : traits)
            result.traits[row++ * result.people + p] =
                muscle >= 0 ? state.block.muscle(column, muscle)[l] : state.block.person(column)[l];
    }
}

using Facts = std::array<std::vector<std::optional<double>> const*, lanes>;

/// What a file says of each lane's person (null: nothing).
Facts facts_of(Plan const& plan, Crew const& crew) {
    Facts facts{};
    if (!plan.population.given.empty())
        for (std::size_t l = 0; l < lanes; ++l)
            if (crew.present[l] != 0) facts[l] = &plan.population.given[crew.row[l]].given;
    return facts;
}

/// Up to sixteen people with all their parameters.
struct Drawn {
    Crew crew;
    ParameterLanes parameters;
};

/// The batch's people in the order of their rows, in sixteens.
std::vector<Drawn> draw_people(World const& world, std::uint32_t first_person, std::uint32_t people,
                               LifeOptions const& options) {
    std::vector<Drawn> drawn;
    for (std::uint32_t first = 0; first < people; first += lanes) {
        Crew crew = crew_of(world, first_person + first, std::min<std::uint32_t>(lanes, people - first));
        Facts const facts = facts_of(*world.plan, crew);
        if (needs_candidates(*world.plan)) choose_candidates(world, crew, facts, options);
        ParameterLanes parameters = parameters_of(world, crew, facts);
        drawn.push_back({crew, std::move(parameters)});
    }
    return drawn;
}

std::vector<Seat> seats_of(World const& world, std::vector<Drawn> const& drawn, std::uint32_t people,
                           Random const& random) {
    Purpose const death(world.events[static_cast<std::size_t>(world.death)].spec->name);
    auto const frailty = world.model->parameters().find(world.model->hazard_ratio_parameter());
    auto const muscles = static_cast<std::size_t>(drawn.front().parameters.muscle_count);
    std::vector<Seat> seats(people);
    for (std::size_t i = 0; i < people; ++i) {
        auto const& [crew, parameters] = drawn[i / lanes];
        std::size_t const l = i % lanes;
        Person const& person = crew.person[l];
        // The threshold of death is drawn already: with the population's rate, that is nearly the age at death.
        double const hazard_ratio =
            frailty ? static_cast<double>(parameters.values[frailty->index * muscles * lanes + l]) : 1.0;
        double const threshold = random.exponential(person.key, death) / max(hazard_ratio, 1e-3);
        double const entry = max(person.start_age_years, 20.0);
        double const last = world.population_rate.age_after(person.sex, entry, threshold);
        seats[i].from_years = 20.0 - person.start_age_years;
        seats[i].to_years = min(last - person.start_age_years, crew.follow_years[l]);
        for (int m = 0; m < parameters.muscle_count; ++m)
            seats[i].rows[static_cast<std::size_t>(m)] = unit_count(world, parameters, m, static_cast<int>(l));
    }
    return seats;
}

/// These people, in this order, in the lanes of one block.
Drawn gathered(std::vector<Drawn> const& drawn, std::span<std::uint32_t const> who) {
    Drawn block{.crew = {}, .parameters = drawn[who.front() / lanes].parameters};
    for (std::size_t to = 0; to < lanes; ++to) {
        // Empty lanes get somebody's values too, so that arithmetic there stays finite.
        auto const& [crew, parameters] = drawn[who[to < who.size() ? to : 0] / lanes];
        std::size_t const from = who[to < who.size() ? to : 0] % lanes;
        for (std::size_t row = 0; row < parameters.values.size(); row += lanes)
            block.parameters.values[row + to] = parameters.values[row + from];
        if (to >= who.size()) continue;
        block.crew.person[to] = crew.person[from];
        block.crew.present[to] = 1;
        block.crew.follow_years[to] = crew.follow_years[from];
        block.crew.row[to] = crew.row[from];
        block.crew.weight[to] = crew.weight[from];
    }
    return block;
}

/// Brings people to their entry, a block at a time, and hands it over: take(life, state, crew). `lived`: whether what
/// comes after counts for who shares a block.
template <class Take>
void enter_in_blocks(World const& world, std::uint32_t first_person, std::uint32_t people, bool lived, Take&& take) {
    Plan const& plan = *world.plan;
    auto const& population = plan.population;
    if (!population.where.empty() && population.chosen.size() < first_person + people)
        throw std::logic_error("people are simulated who were not found");
    LifeOptions const options{.random = world.drawing.random(), .deaths = true, .step_years = 1.0 / 12.0};
    std::vector<Drawn> const drawn = draw_people(world, first_person, people, options);
    std::vector<Seat> seats = seats_of(world, drawn, people, options.random);
    if (!lived)
        for (auto& seat : seats) seat.to_years = 0.0;
    std::vector<std::uint32_t> const order = seated(seats);
    for (std::uint32_t first = 0; first < people; first += lanes) {
        auto const who = std::span(order).subspan(first, std::min<std::size_t>(lanes, people - first));
        Drawn const block = gathered(drawn, who);
        auto const given = facts_of(plan, block.crew);
        BlockShape const shape = shape_of(world, block.parameters);
        Life life(world, block.crew, options);
        LifeState state = born(world, block.crew, shape, block.parameters, options.random);
        life.age_to_entry(state);
        life.enter(state, given);
        take(life, std::move(state), block.crew);
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
    if (!world_.base_rate) throw std::logic_error("lives are simulated without mortality");
    BatchResult result = empty_result(world_, first_person, people);
    enter_in_blocks(world_, first_person, people, true, [&](Life& life, LifeState&& state, Crew const& crew) {
        note_people(world_, state, crew, result);
        auto const given = facts_of(*world_.plan, crew);
        for (int l = 0; l < lanes; ++l)
            if (auto const* const facts = given[static_cast<std::size_t>(l)]; facts != nullptr)
                std::ranges::move(not_met(world_, state.block, l, crew.row[static_cast<std::size_t>(l)], *facts),
                                  std::back_inserter(result.not_met));
        life.run(std::move(state), result);
    });
    std::ranges::stable_sort(result.not_met, {}, &NotMet::person);
    // Where one course begins as another ends, the end comes first.
    auto const start = world_.events.size();
    auto const rank = [start](Event const& e) {
        return e.kind == start ? start + 1 : e.kind == start + 1 ? start : std::size_t{e.kind};
    };
    for (auto& events : result.events)
        std::ranges::stable_sort(events, {},
                                 [&](Event const& e) { return std::tuple(e.person, e.time_years, rank(e)); });
    add_up(result.flow, static_cast<std::size_t>(world_.plan->clock.records));
    return result;
}

std::vector<std::uint32_t> Simulator::meeting(std::uint32_t first_person, std::uint32_t people,
                                              std::span<Expression const> conditions) const {
    std::vector<std::uint32_t> held(people);
    enter_in_blocks(world_, first_person, people, false, [&](Life& life, LifeState&& state, Crew const& crew) {
        auto const of_lane = life.meeting(state, conditions);
        for (std::size_t l = 0; l < lanes; ++l)
            if (crew.present[l] != 0) held[crew.row[l] - first_person] = of_lane[l];
    });
    return held;
}

double estimated_worker_bytes(Plan const& plan) {
    double const series = static_cast<double>(series_of(plan).size());
    double const cube = series * static_cast<double>(plan.arms.size()) * batch_people(plan) * plan.clock.records * 4.0;
    double const blocks = 2e6 * (1.0 + static_cast<double>(plan.arms.size()));
    double const people = 4.0 * static_cast<double>(plan.model->parameters().parameters.size() * plan.muscles.size()) *
                          static_cast<double>(batch_people(plan));
    return cube + blocks + people;
}

}  // namespace sarx
