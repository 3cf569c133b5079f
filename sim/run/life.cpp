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
    if (what.ramp_up_years > 0.0) {
        double const full_for = min(time_years, exposure.stop_years) - exposure.start_years;
        share *= std::clamp(full_for / what.ramp_up_years, 0.0, 1.0);
    }
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
                    .died_years = {},
                    .next_record = {},
                    .late_from_years = {},
                    .last = {},
                    .recent = {},
                    .burdened = {}};
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
    state.burdened.resize(world.model->burdens().size());
    state.late_from_years.fill(never);
    state.died_years.fill(never);
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

/// What one person gets of one intervention in a span: where courses overlap, the largest dose for each muscle and side.
void Life::apply(Block& block, std::span<Exposure const> courses, double from_years, double to_years) {
    double const mid = 0.5 * (from_years + to_years);
    shares_.clear();
    for (auto const& e : courses) {
        auto const* const what = e.source < 0 ? nullptr : &plan_->interventions[static_cast<std::size_t>(e.source)];
        bool const fades = what != nullptr && what->waning.shape != Waning::Shape::none;
        if (mid < e.start_years || (mid > e.stop_years && !fades)) continue;
        shares_.emplace_back(what == nullptr ? 1.0 : dose_share(*what, e, mid), &e);
    }
    if (shares_.size() > 1)
        std::ranges::stable_sort(shares_, [](auto const& a, auto const& b) { return a.first > b.first; });
    std::array<std::uint32_t, 2> treated{};
    for (auto first = shares_.begin(); first != shares_.end();) {
        // Courses of the same share are one: the left side by one and the right by another are both sides.
        std::array<std::uint32_t, 2> muscles{};
        auto at = first;
        for (; at != shares_.end() && at->first == first->first; ++at)
            for (unsigned side = 0; side < 2; ++side)
                if ((at->second->sides >> side & 1U) != 0) muscles[side] |= at->second->muscles & ~treated[side];
        for (unsigned side = 0; side < 2; ++side) treated[side] |= muscles[side];
        give(block, *first->second, first->first, muscles[0] & muscles[1], 1.0, mid);
        give(block, *first->second, first->first, muscles[0] ^ muscles[1], 0.5, mid);
        first = at;
    }
}

void Life::give(Block& block, Exposure const& exposure, double share, std::uint32_t muscles, double side_share,
                double time_years) {
    if (muscles == 0) return;
    int kind = 0;
    if (exposure.source >= 0) {
        auto const& what = plan_->interventions[static_cast<std::size_t>(exposure.source)];
        kind = what.kind;
        amounts_ = what.dose;
    } else {
        auto const& standing = world_->standing[static_cast<std::size_t>(-1 - exposure.source)];
        kind = standing.kind;
        amounts_ = standing.dose;
        amounts_[0] = static_cast<double>(block.parameter(standing.amount)[exposure.lane]);
    }
    amounts_[0] *= share;
    if (amounts_[0] == 0.0) return;
    world_->kinds[static_cast<std::size_t>(kind)]->add_to(
        block, exposure.lane,
        Dose{.amounts = amounts_,
             .muscles = muscles,
             .side_share = side_share,
             .years_since_start = max(0.0, time_years - exposure.start_years)});
}

void Life::move(Block& block, std::vector<StageInUse> const& stages, LaneTime const& span, Holds force) const {
    for (StageInUse const& used : stages)
        holding(block, world_->model->columns(), used.held.in(force), [&] { used.stage->step(block, span); });
}

/// What is added to a column that no stage sets anew would pile up: it ends with the span that it was added in.
void Life::renew(Block& block, LaneTime const& span) const {
    for (ColumnId const c : world_->renewed) {
        auto const& spec = world_->model->columns()[c.index];
        each_piece(block, spec, c, [&](float* first, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
                if (span.dt_years[i % lanes] > 0.0F) first[i] = spec.youth;
        });
    }
}

/// Edges of what is done to a person split that person's step, and nobody else's.
void Life::find_edges(std::vector<Exposure> const& exposures, std::vector<Exposure> const& standing) {
    for (std::size_t l = 0; l < lanes; ++l) {
        edges_[l].clear();
        if (passes(l)) edges_[l] = {lane_start_[l], lane_end_[l]};
    }
    for (std::vector<Exposure> const* list : {&exposures, &standing})
        for (auto const& e : *list) {
            auto const l = static_cast<std::size_t>(e.lane);
            for (double const edge : {e.start_years, e.stop_years})
                if (edge > lane_start_[l] + edge_tolerance_years && edge < lane_end_[l] - edge_tolerance_years)
                    edges_[l].push_back(edge);
        }
    for (auto& edges : edges_) {
        if (edges.size() <= 2) continue;
        std::ranges::sort(edges);
        auto const near = [](double a, double b) { return b - a <= edge_tolerance_years; };
        edges.erase(std::unique(edges.begin(), edges.end(), near), edges.end());
    }
}

/// All stages over each lane's spans, and what is given between them.
void Life::live(Block& block, std::vector<Exposure> const& exposures, std::vector<Exposure> const& standing,
                Holds force) {
    auto const columns = world_->model->columns();
    std::size_t most = 0;
    for (auto const& edges : edges_) most = std::max(most, edges.size());
    alignas(64) float dt[lanes];
    alignas(64) float age[lanes];
    for (std::size_t part = 0; part + 1 < most; ++part) {
        for (int lane = 0; lane < lanes; ++lane) {
            auto const& edges = edges_[static_cast<std::size_t>(lane)];
            bool const moves = part + 1 < edges.size();
            double const from = moves ? edges[part] : lane_end_[static_cast<std::size_t>(lane)];
            double const to = moves ? edges[part + 1] : from;
            dt[lane] = static_cast<float>(to - from);
            age[lane] = static_cast<float>(age_at(lane, 0.5 * (from + to)));
        }
        LaneTime const span{dt, age};
        holding(block, columns, world_->held.in(force), [&] { renew(block, span); });
        move(block, world_->life_stages, span, force);
        // What takes away (a stay in bed) comes before what adds (a session that cannot take place).
        for (std::vector<Exposure> const* list : {&standing, &exposures})
            for (auto first = list->begin(); first != list->end();) {
                auto const last = std::find_if(first, list->end(), [&](Exposure const& e) {
                    return e.lane != first->lane || e.source != first->source || e.twin != first->twin;
                });
                auto const& edges = edges_[static_cast<std::size_t>(first->lane)];
                if (part + 1 < edges.size())
                    holding(block, columns, world_->held_by_kinds.in(force), [&] {
                        apply(block, {first, last}, edges[part], edges[part + 1]);
                    });
                first = last;
            }
        move(block, world_->body_stages, span, force);
    }
}

void Life::spans(LifeState& state, std::vector<Exposure> const& exposures, double time_years, double dt_years,
                 bool whole) {
    for (std::size_t l = 0; l < lanes; ++l) {
        double const stands = min(time_years, state.late_from_years[l]);
        state.late_from_years[l] = never;
        lane_start_[l] = max(stands, 20.0 - crew_->person[l].start_age_years);
        lane_end_[l] = min(time_years + dt_years, crew_->follow_years[l]);
        if (state.living[l] == 0 || lane_end_[l] - lane_start_[l] < edge_tolerance_years) lane_end_[l] = lane_start_[l];
    }
    find_edges(exposures, state.standing);
    for (std::size_t l = 0; l < lanes; ++l) {
        // What is left after the last edge waits for the next step: one person's edge would cost the whole block a
        // pass. Not where somebody's time ends, nor where it would make a next step of more than two.
        auto& edges = edges_[l];
        if (whole || edges.size() <= 2 || edges[edges.size() - 2] < time_years ||
            !(crew_->follow_years[l] > time_years + dt_years + edge_tolerance_years))
            continue;
        edges.pop_back();
        lane_end_[l] = state.late_from_years[l] = edges.back();
    }
    stood_ = lane_start_;
    stands_ = lane_end_;
    live(state.block, exposures, state.standing, holds_at(time_years));
}

void Life::step(LifeState& state, double time_years, double dt_years, bool whole) {
    static std::vector<Exposure> const nothing;
    std::erase_if(state.standing, [&](Exposure const& e) {
        auto const l = static_cast<std::size_t>(e.lane);
        return e.stop_years <= min(time_years, state.late_from_years[l]);
    });
    std::ranges::stable_sort(state.standing, {}, [](Exposure const& e) { return std::pair(e.lane, e.source); });
    spans(state, state.arms.empty() ? nothing : state.arms.front().exposures, time_years, dt_years, whole);
    happen(state, time_years, dt_years);
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
    LaneTime const span{dt, age};
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
        for (auto* const times : {&arm.divergence_years, &arm.offer_years, &arm.reach_years, &arm.protocol_years})
            times->fill(not_a_number);
        state.arms.push_back(std::move(arm));
    }
    // What is there at the start is noted while all arms are together.
    lane_end_.fill(0.0);
    note_burdens(state);
    for (std::size_t i = 0; i < world_->events.size(); ++i)
        for (std::size_t l = 0; l < lanes; ++l)
            if (crew_->present[l] != 0) result.had_before[i * result.people + place(l)] = state.crossed[i][l];
    stands_.fill(0.0);
    make_records(state, 0.0);
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
    // Nobody is late at the end of a year, whoever looks.
    auto const year = [dt](int k) { return std::floor(k * dt + edge_tolerance_years); };
    for (int k = step_number; k < clock.steps; ++k) {
        double const time = k * dt;
        if (!decided) {
            if (std::ranges::none_of(state.living, [](std::uint8_t x) { return x != 0; })) break;
            if (k % two_years == 0) compact(state);
            if (world_->conditions_measure) measure(state.block, time);
            for (auto& arm : state.arms) decide(state, arm, time);
            note_divergence(state, time);
            state.last.clear();

            bool const together = std::ranges::all_of(
                state.arms, [&](ArmState const& arm) { return arm.exposures == state.arms.front().exposures; });
            if (!together) return part(std::move(state), k);
        }
        decided = false;
        if (looks_within(state, time, dt)) before_ = state.block;
        step(state, time, dt, k + 1 == clock.steps || year(k + 1) > year(k));
        make_records(state, (k + 1) * dt);
        for (std::size_t l = 0; l < lanes; ++l)
            if (state.living[l] != 0 && (k + 1) * dt >= crew_->follow_years[l] - edge_tolerance_years) {
                state.living[l] = 0;
                for (auto& arm : state.arms) leave(arm, static_cast<int>(l), crew_->follow_years[l]);
            }
    }
    make_records(state, never);
    for (auto const& arm : state.arms) {
        auto const a = static_cast<std::size_t>(arm.arm);
        for (std::size_t l = 0; l < lanes; ++l)
            if (crew_->present[l] != 0) {
                std::size_t const at = a * result_->people + place(l);
                result_->first_divergence_years[at] = arm.divergence_years[l];
                result_->first_offer_years[at] = arm.offer_years[l];
                result_->first_reach_years[at] = arm.reach_years[l];
                result_->protocol_years[at] = arm.protocol_years[l];
            }
    }
}

}  // namespace sarx
