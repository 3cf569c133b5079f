// What a branch hands to the batch: trajectories at record times, counts and person-time between them.

#include <algorithm>
#include <cmath>

#include "sim/contract/math.hpp"
#include "sim/run/life.hpp"

namespace sarx {

namespace {

constexpr double tolerance_years = 1e-9;

}  // namespace

void Life::measure(Block& block, double time_years) const {
    if (world_->measure_stages.empty()) return;
    alignas(64) float dt[lanes];
    alignas(64) float age[lanes];
    for (int lane = 0; lane < lanes; ++lane) {
        dt[lane] = 1.0F;  // a lane without time would be passed over
        age[lane] = static_cast<float>(age_at(lane, time_years));
    }
    // What is held from entry is what is read there.
    move(block, world_->measure_stages, LaneTime{dt, age}, time_years > 0.0 ? Holds::all : Holds::of_youth);
}

int Life::record_after(double time_years) const {
    auto const& clock = plan_->clock;
    double const passed = std::floor((time_years + tolerance_years) / clock.record_every_years);
    return static_cast<int>(min(passed + 1.0, clock.records - 1.0));
}

/// Whether somebody may have to be looked at between the bounds of a step.
bool Life::looks_within(LifeState const& state, double time_years, double dt_years) const {
    for (std::size_t l = 0; l < lanes; ++l) {
        if (state.living[l] == 0 || state.next_record[l] >= plan_->clock.records) continue;
        if (plan_->clock.record_years(state.next_record[l]) <
            min(time_years + dt_years, crew_->follow_years[l]) - tolerance_years)
            return true;
    }
    return false;
}

/// Makes all records up to where each person stands: of the state where it stands there, else of a copy that is carried
/// there from before the step and thrown away.
void Life::make_records(LifeState& state, double until_years) {
    int const none = plan_->clock.records;
    auto const due = [&](std::size_t l) {
        int const next = state.next_record[l];
        bool const settled = state.living[l] == 0 || plan_->clock.record_years(next) <= stands_[l] + tolerance_years;
        double const time = plan_->clock.record_years(next);
        return crew_->present[l] != 0 && next < none && settled && time <= until_years + tolerance_years;
    };
    for (;;) {
        int r = none;
        for (std::size_t l = 0; l < lanes; ++l)
            if (due(l)) r = std::min(r, state.next_record[l]);
        if (r == none) break;
        double const time = plan_->clock.record_years(r);
        std::array<Look, lanes> where{};
        for (std::size_t l = 0; l < lanes; ++l) {
            if (state.next_record[l] != r || !due(l)) continue;
            ++state.next_record[l];
            bool const there = std::abs(time - stands_[l]) <= tolerance_years;
            if (time > crew_->follow_years[l] + tolerance_years) continue;
            where[l] = time >= state.died_years[l] ? Look::dead : there ? Look::state : Look::copy;
        }
        if (std::ranges::find(where, Look::state) != where.end()) measure(state.block, time);
        if (std::ranges::find(where, Look::copy) != where.end()) carry_copy(state, where, time);
        record(state, where, r);
        auto const& units = plan_->record.motor_units;
        if (units.people == 0) continue;
        auto const every = std::lround(units.every_years / plan_->clock.record_every_years);
        if (r % every == 0 || r + 1 == none) snapshot(state, where, time);
    }
}

/// The block of before the step at a moment within it: the same is done to everyone, and what has happened by then has.
void Life::carry_copy(LifeState const& state, std::array<Look, lanes> const& where, double time_years) {
    static std::vector<Exposure> const nothing;
    copy_ = before_;
    for (std::size_t l = 0; l < lanes; ++l) {
        lane_start_[l] = stood_[l];
        lane_end_[l] = where[l] == Look::copy ? time_years : stood_[l];
    }
    auto const& exposures = state.arms.empty() ? nothing : state.arms.front().exposures;
    find_edges(exposures, state.standing);
    live(*copy_, exposures, state.standing, holds_at(time_years));
    static_cast<void>(death_rates(*copy_));
    for (auto const& h : state.last)
        if (where[static_cast<std::size_t>(h.lane)] == Look::copy && h.time_years <= time_years) mark(*copy_, h);
    for (std::size_t l = 0; l < lanes; ++l)
        if (where[l] == Look::copy) count_last_year(*copy_, state.recent, l, time_years);
    measure(*copy_, time_years);
}

void Life::record(LifeState const& state, std::array<Look, lanes> const& where, int record) {
    auto const& columns = world_->model->columns();
    auto const alive = world_->model->alive();
    std::size_t const people = result_->people;
    std::size_t const arms = plan_->arms.size();
    auto const records = static_cast<std::size_t>(plan_->clock.records);
    for (std::size_t s = 0; s < world_->series.size(); ++s) {
        auto const [column, muscle] = world_->series[s];
        auto const row_of = [&, c = column, m = muscle](Block const& block) {
            return columns[c.index].level == Level::person ? block.person(c) : block.muscle(c, m);
        };
        float const* const row = row_of(state.block);
        float const* const copied = copy_ ? row_of(*copy_) : row;
        for (std::size_t l = 0; l < lanes; ++l) {
            if (where[l] == Look::nowhere || (where[l] == Look::dead && column != alive)) continue;
            float const value = where[l] == Look::dead ? 0.0F : (where[l] == Look::copy ? copied : row)[l];
            for (auto const& arm : state.arms)
                result_->trajectories[((s * arms + static_cast<std::size_t>(arm.arm)) * people + place(l)) * records +
                                      static_cast<std::size_t>(record)] = value;
        }
    }
}

void Life::snapshot(LifeState const& state, std::array<Look, lanes> const& where, double time_years) {
    auto const& columns = world_->model->columns();
    auto const presence = world_->model->unit_presence();
    for (auto const& arm : state.arms)
        for (int lane = 0; lane < lanes; ++lane) {
            auto const l = static_cast<std::size_t>(lane);
            bool const seen = where[l] == Look::state || where[l] == Look::copy;
            if (!seen || crew_->row[l] >= plan_->record.motor_units.people) continue;
            Block const& block = where[l] == Look::copy ? *copy_ : state.block;
            for (int m = 0; m < block.muscle_count(); ++m) {
                MotorUnitSnapshot shot{.arm = static_cast<std::uint32_t>(arm.arm),
                                       .person = crew_->row[l],
                                       .muscle = static_cast<std::uint32_t>(m),
                                       .time_years = time_years,
                                       .values = {}};
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    if (columns[c].level != Level::unit || columns[c].report == Report::hidden) continue;
                    auto& values = shot.values.emplace_back();
                    float const* const present = block.unit(presence, m);
                    float const* const unit = block.unit(ColumnId{static_cast<std::uint16_t>(c)}, m);
                    for (int row = 0; row < block.unit_rows(m); ++row)
                        if (present[row * lanes + lane] > 0.0F) values.push_back(unit[row * lanes + lane]);
                }
                result_->motor_units.push_back(std::move(shot));
            }
        }
}

}  // namespace sarx
