#include "sim/run/life.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/contract/math.hpp"

namespace sarx {

namespace {

constexpr double edge_tolerance_years = 1e-9;
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Share of the full dose at a moment: rising over the ramp, fading after the stop.
double dose_share(Intervention const& what, Exposure const& exposure, double time_years) {
    double share = exposure.adherence;
    if (what.ramp_up_years > 0.0)
        share *= std::clamp((time_years - exposure.start_years) / what.ramp_up_years, 0.0, 1.0);
    double const since_stop = time_years - exposure.stop_years;
    if (since_stop > 0.0) switch (what.waning.shape) {
            case Waning::Shape::none: return 0.0;
            case Waning::Shape::exponential:
                share *= exp(-0.69314718055994530942 * since_stop / what.waning.years);
                break;
            case Waning::Shape::linear: share *= max(0.0, 1.0 - since_stop / what.waning.years); break;
        }
    return share;
}

}  // namespace

Life::Life(World const& world, Crew const& crew, LifeOptions options)
    : world_(&world), plan_(world.plan), crew_(&crew), options_(options), cells_(world.events.size()) {}

LifeState born(World const& world, Crew const& crew, BlockShape const& shape, ParameterLanes const& parameters,
               Random const& random) {
    LifeState state{.block = Block(shape, parameters),
                    .arms = {},
                    .standing = {},
                    .hazard_left = {},
                    .crossed = {},
                    .living = crew.present,
                    .dead = {},
                    .late_from_years = {},
                    .last = {},
                    .interval_years = {},
                    .interval_events = {}};
    auto const columns = world.model->columns();
    for (int m = 0; m < state.block.muscle_count(); ++m) {
        state.block.set_unit_rows(m, shape.unit_rows[static_cast<std::size_t>(m)]);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (columns[c].level == Level::unit) continue;
            ColumnId const id{static_cast<std::uint16_t>(c)};
            float* const row = columns[c].level == Level::person ? state.block.person(id) : state.block.muscle(id, m);
            std::fill_n(row, lanes * columns[c].width, columns[c].youth);
        }
    }
    state.hazard_left.resize(static_cast<std::size_t>(world.once_count));
    state.crossed.resize(world.events.size());
    state.interval_years.resize(1 + world.model->burdens().size());
    state.interval_events.resize(world.events.size());
    state.late_from_years.fill(never);
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        if (crew.present[l] == 0) {
            state.block.person(world.model->alive())[lane] = 0.0F;
            continue;
        }
        world.model->be_young(state.block, lane, crew.person[l], random, world.plan->muscles);
        for (auto const& event : world.events)
            if (event.once_slot >= 0)
                state.hazard_left[static_cast<std::size_t>(event.once_slot)][l] =
                    random.exponential(crew.person[l].key, Purpose(event.spec->name));
    }
    state.block.compact_units(world.model->unit_presence());
    return state;
}

void Life::apply(LifeState& state, Exposure const& exposure, double from_years, double to_years) {
    double amounts[16];
    double share = 1.0;
    int kind = 0;
    std::vector<double> const* dose = nullptr;
    if (exposure.source >= 0) {
        auto const& what = plan_->interventions[static_cast<std::size_t>(exposure.source)];
        share = dose_share(what, exposure, 0.5 * (from_years + to_years));
        kind = what.kind;
        dose = &what.dose;
    } else {
        auto const& standing = world_->standing[static_cast<std::size_t>(-1 - exposure.source)];
        kind = standing.kind;
        dose = &standing.dose;
    }
    std::copy(dose->begin(), dose->end(), amounts);
    if (exposure.source < 0)
        amounts[0] = static_cast<double>(state.block.parameter(
            world_->standing[static_cast<std::size_t>(-1 - exposure.source)].amount)[exposure.lane]);
    amounts[0] *= share;
    if (amounts[0] == 0.0) return;
    world_->kinds[static_cast<std::size_t>(kind)]->add_to(
        state.block, exposure.lane,
        Dose{.amounts = {amounts, dose->size()},
             .muscles = exposure.muscles,
             .side_share = exposure.side_share,
             .years_since_start = max(0.0, 0.5 * (from_years + to_years) - exposure.start_years)});
}

void Life::move(Block& block, std::vector<StageInUse> const& stages, Span const& span, Holds force) const {
    for (auto const& [stage, held] : stages)
        holding(block, world_->model->columns(), held.in(force), [&] { stage->step(block, span); });
}

/// What is added to a column that no stage sets anew would pile up: it ends with the span that it was added in.
void Life::renew(Block& block, Span const& span) const {
    for (ColumnId const c : world_->renewed) {
        auto const& spec = world_->model->columns()[c.index];
        each_piece(block, spec, c, [&](float* first, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
                if (span.dt_years[i % lanes] > 0.0F) first[i] = spec.youth;
        });
    }
}

void Life::spans(LifeState& state, std::vector<Exposure> const& exposures, double time_years, double dt_years,
                 bool whole) {
    // Edges of what is done to a person split that person's step, and nobody else's.
    constexpr int most_edges = 12;
    double edges[lanes][most_edges + 2];
    int counts[lanes];
    int most = 0;
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        double const stands = min(time_years, state.late_from_years[l]);
        state.late_from_years[l] = never;
        lane_start_[l] = max(stands, 20.0 - crew_->person[l].start_age_years);
        lane_end_[l] = min(time_years + dt_years, crew_->follow_years[l]);
        counts[lane] = 0;
        if (state.living[l] == 0 || lane_end_[l] - lane_start_[l] < edge_tolerance_years) {
            lane_end_[l] = lane_start_[l];
            continue;
        }
        edges[lane][counts[lane]++] = lane_start_[l];
    }
    auto const add_edges = [&](std::vector<Exposure> const& list) {
        for (auto const& e : list) {
            auto const l = static_cast<std::size_t>(e.lane);
            for (double const edge : {e.start_years, e.stop_years})
                if (counts[e.lane] > 0 && counts[e.lane] <= most_edges &&
                    edge > lane_start_[l] + edge_tolerance_years && edge < lane_end_[l] - edge_tolerance_years)
                    edges[e.lane][counts[e.lane]++] = edge;
        }
    };
    add_edges(exposures);
    add_edges(state.standing);
    for (int lane = 0; lane < lanes; ++lane) {
        if (counts[lane] > 1) std::sort(edges[lane], edges[lane] + counts[lane]);
        int kept = std::min(counts[lane], 1);
        for (int i = 1; i < counts[lane]; ++i)
            if (edges[lane][i] - edges[lane][kept - 1] > edge_tolerance_years) edges[lane][kept++] = edges[lane][i];
        auto const l = static_cast<std::size_t>(lane);
        edges[lane][kept] = lane_end_[l];
        // What is left after the last edge waits for the next step: one person's edge would cost the whole block a
        // pass. Not where somebody's time ends, nor where it would make a next step of more than two.
        bool const can_wait = !whole && kept > 1 && edges[lane][kept - 1] >= time_years &&
                              crew_->follow_years[l] > time_years + dt_years + edge_tolerance_years;
        if (can_wait) {
            --kept;
            lane_end_[l] = edges[lane][kept];
            state.late_from_years[l] = lane_end_[l];
        }
        counts[lane] = kept;
        most = std::max(most, kept);
    }

    auto const columns = world_->model->columns();
    Holds const force = holds_at(time_years);
    alignas(64) float dt[lanes];
    alignas(64) float age[lanes];
    for (int part = 0; part < most; ++part) {
        for (int lane = 0; lane < lanes; ++lane) {
            auto const l = static_cast<std::size_t>(lane);
            bool const moves = part < counts[lane];
            double const from = moves ? edges[lane][part] : lane_end_[l];
            double const to = moves ? edges[lane][part + 1] : lane_end_[l];
            dt[lane] = static_cast<float>(to - from);
            age[lane] = static_cast<float>(age_at(lane, 0.5 * (from + to)));
        }
        Span const span{dt, age};
        holding(state.block, columns, world_->held.in(force), [&] { renew(state.block, span); });
        move(state.block, world_->life_stages, span, force);
        // What takes away (a stay in bed) comes before what adds (a session that cannot take place).
        for (std::vector<Exposure> const* list : {&std::as_const(state.standing), &exposures})
            for (auto const& e : *list) {
                if (part >= counts[e.lane]) continue;
                double const from = edges[e.lane][part];
                double const to = edges[e.lane][part + 1];
                double const mid = 0.5 * (from + to);
                bool const fades =
                    e.source >= 0 &&
                    plan_->interventions[static_cast<std::size_t>(e.source)].waning.shape != Waning::Shape::none;
                if (mid < e.start_years || (mid > e.stop_years && !fades)) continue;
                holding(state.block, columns, world_->held_by_kinds.in(force), [&] { apply(state, e, from, to); });
            }
        move(state.block, world_->body_stages, span, force);
    }
}

void Life::step(LifeState& state, double time_years, double dt_years, bool whole) {
    static std::vector<Exposure> const nothing;
    spans(state, state.arms.empty() ? nothing : state.arms.front().exposures, time_years, dt_years, whole);
    happen(state, time_years, dt_years);
    std::erase_if(state.standing, [&](Exposure const& e) { return e.stop_years <= time_years + dt_years; });
}

void Life::compact(LifeState& state) const {
    ColumnId const presence = world_->model->unit_presence();
    // Nobody looks at the units of the dead again; kept, they would hold the rows of those who live.
    for (std::size_t l = 0; l < lanes; ++l)
        for (int m = 0; m < state.block.muscle_count() && state.living[l] == 0; ++m)
            for (int row = 0; row < state.block.unit_rows(m); ++row)
                state.block.unit(presence, m)[static_cast<std::size_t>(row) * lanes + l] = 0.0F;
    state.block.compact_units(presence);
}

void Life::settle(LifeState& state) const {
    constexpr float a_moment_years = 1e-7F;  // three seconds
    alignas(64) float dt[lanes];
    alignas(64) float age[lanes];
    std::fill_n(dt, lanes, a_moment_years);
    std::fill_n(age, lanes, 20.0F);
    Span const span{dt, age};
    move(state.block, world_->life_stages, span, Holds::none);
    move(state.block, world_->body_stages, span, Holds::none);
    // What an instrument would read is known only where it is read.
    for (auto const& [stage, held] : world_->measure_stages)
        if (!held.in(Holds::of_youth).empty()) stage->step(state.block, span);
}

void Life::age_to_entry(LifeState& state) {
    settle(state);
    double earliest = 0.0;
    for (std::size_t l = 0; l < lanes; ++l)
        if (crew_->present[l] != 0) earliest = min(earliest, 20.0 - crew_->person[l].start_age_years);
    double const dt = options_.step_years;
    int const steps = static_cast<int>(std::ceil(-earliest / dt - edge_tolerance_years));
    int const two_years = std::max(1, static_cast<int>(std::lround(2.0 / dt)));
    for (int k = -steps; k < 0; ++k) {
        if (k % two_years == 0) compact(state);
        step(state, k * dt, dt, k == -1);
    }
}

void Life::enter(LifeState& state, std::array<std::vector<std::optional<double>> const*, lanes> const& given) {
    static std::vector<std::optional<double>> const nothing(world_->model->given().size());
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        if (crew_->present[l] == 0) continue;
        auto const& person = crew_->person[l];
        if (person.start_age_years <= 20.0 && given[l] == nullptr) continue;
        EntryInfo const entry{
            .lane = lane,
            .age_years = person.start_age_years,
            .cumulative_hazard = world_->population_rate.cumulative(person.sex, person.start_age_years),
            .given = given[l] != nullptr ? *given[l] : nothing};
        holding(state.block, world_->model->columns(), world_->held.in(Holds::of_youth),
                [&] { world_->model->enter(state.block, entry); });
    }
}

void Life::run(LifeState state, BatchResult& result) {
    result_ = &result;
    reference_log_.clear();
    state.arms.clear();
    for (std::size_t a = 0; a < plan_->arms.size(); ++a) {
        ArmState arm;
        arm.arm = static_cast<int>(a);
        arm.deliveries.resize(plan_->arms[a].deliveries.size());
        arm.flow.resize(plan_->arms[a].deliveries.size());
        arm.divergence_years.fill(not_a_number);
        state.arms.push_back(std::move(arm));
    }
    branch(std::move(state), 0, false);
    result_ = nullptr;
}

/// Arms to whom the same is done stay together; each group goes on by itself, that of the first arm first.
void Life::part(LifeState state, int step_number) {
    std::vector<std::vector<ArmState>> groups;
    for (auto& arm : state.arms) {
        auto const same =
            std::ranges::find_if(groups, [&](auto const& g) { return g.front().exposures == arm.exposures; });
        if (same != groups.end())
            same->push_back(std::move(arm));
        else
            groups.emplace_back().push_back(std::move(arm));
    }
    state.arms.clear();
    for (std::size_t g = 0; g + 1 < groups.size(); ++g) {
        LifeState fork(state);
        fork.arms = std::move(groups[g]);
        branch(std::move(fork), step_number, true);
    }
    state.arms = std::move(groups.back());
    branch(std::move(state), step_number, true);
}

void Life::branch(LifeState state, int step_number, bool decided) {
    auto const& clock = plan_->clock;
    double const dt = clock.step_years;
    int const two_years = std::max(1, static_cast<int>(std::lround(2.0 / dt)));
    for (int k = step_number; k <= clock.steps(); ++k) {
        double const time = k * dt;
        if (!decided) {
            for (std::size_t l = 0; l < lanes; ++l)
                if (time >= crew_->follow_years[l] - edge_tolerance_years && state.living[l] == 1 &&
                    time > crew_->follow_years[l] + edge_tolerance_years)
                    state.living[l] = 0;
            if (k % clock.steps_per_record == 0) {
                flush_interval(state, k / clock.steps_per_record);
                measure(state, time);
                record(state, k / clock.steps_per_record);
                auto const& units = plan_->record.motor_units;
                if (units.people > 0) {
                    auto const every = std::lround(units.every_years / clock.record_years());
                    if ((k / clock.steps_per_record) % every == 0) snapshot(state, time);
                }
            }
            if (k == clock.steps()) break;
            bool const anybody = std::ranges::any_of(state.living, [](std::uint8_t x) { return x != 0; });
            if (!anybody) continue;
            if (k % two_years == 0) compact(state);

            for (auto& arm : state.arms) decide(state, arm, time);
            note_divergence(state, time);
            state.last.clear();

            bool const together = std::ranges::all_of(
                state.arms, [&](ArmState const& arm) { return arm.exposures == state.arms.front().exposures; });
            if (!together) return part(std::move(state), k);
        }
        decided = false;
        step(state, time, dt, (k + 1) % clock.steps_per_record == 0);
    }
    for (auto const& arm : state.arms) {
        auto const a = static_cast<std::size_t>(arm.arm);
        for (std::size_t l = 0; l < lanes; ++l)
            if (crew_->present[l] != 0)
                result_->first_divergence_years[a * result_->people + place(l)] = arm.divergence_years[l];
    }
}

}  // namespace sarx
