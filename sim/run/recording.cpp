// What a branch hands to the batch: trajectories at record times, counts and person-time between them.

#include <algorithm>
#include <cmath>

#include "sim/run/life.hpp"

namespace sarx {

void Life::measure(LifeState& state, double time_years) const {
    if (world_->measure_stages.empty()) return;
    alignas(64) float dt[lanes];
    alignas(64) float age[lanes];
    for (int lane = 0; lane < lanes; ++lane) {
        dt[lane] = 1.0F;  // a lane without time would be passed over
        age[lane] = static_cast<float>(age_at(lane, time_years));
    }
    // What is held from entry is what is read there.
    move(state.block, world_->measure_stages, Span{dt, age}, time_years > 0.0 ? Holds::all : Holds::of_youth);
}

void Life::record(LifeState const& state, int record) {
    auto const& columns = world_->model->columns();
    auto const alive = world_->model->alive();
    std::size_t const people = result_->people;
    std::size_t const arms = plan_->arms.size();
    auto const records = static_cast<std::size_t>(plan_->clock.records);
    double const time = record * plan_->clock.record_years();
    for (std::size_t s = 0; s < world_->series.size(); ++s) {
        auto const [column, muscle] = world_->series[s];
        float const* const row = columns[column.index].level == Level::person ? state.block.person(column)
                                                                              : state.block.muscle(column, muscle);
        for (std::size_t l = 0; l < lanes; ++l) {
            if (crew_->present[l] == 0 || time > crew_->follow_years[l] + 1e-9) continue;
            if (state.dead[l] != 0 && column != alive) continue;
            for (auto const& arm : state.arms)
                result_->trajectories[((s * arms + static_cast<std::size_t>(arm.arm)) * people + place(l)) * records +
                                      static_cast<std::size_t>(record)] = row[l];
        }
    }
    for (auto const& arm : state.arms) {
        for (std::size_t d = 0; d < arm.deliveries.size(); ++d) {
            auto const number = static_cast<std::size_t>(world_->delivery_number[static_cast<std::size_t>(arm.arm)][d]);
            auto& flow = result_->flow[number * records + static_cast<std::size_t>(record)];
            auto const& so_far = arm.flow[d];
            flow.eligible += so_far.eligible;
            flow.offered += so_far.offered;
            flow.reached += so_far.reached;
            flow.dropped += so_far.dropped;
            for (std::size_t l = 0; l < lanes; ++l)
                if (state.living[l] != 0 && arm.deliveries[d][l].stage == Enrolment::Stage::active &&
                    arm.deliveries[d][l].adherence >= 0.5)
                    ++flow.adherent;
        }
    }
}

void Life::flush_interval(LifeState& state, int record) {
    auto const records = static_cast<std::size_t>(plan_->clock.records);
    for (auto const& arm : state.arms) {
        auto const a = static_cast<std::size_t>(arm.arm);
        for (std::size_t l = 0; l < lanes; ++l) {
            if (crew_->present[l] == 0) continue;
            auto const sex = static_cast<std::size_t>(crew_->person[l].sex);
            for (std::size_t i = 0; i < state.interval_events.size(); ++i)
                result_->event_counts[((a * 2 + sex) * state.interval_events.size() + i) * records +
                                      static_cast<std::size_t>(record)] += state.interval_events[i][l];
            for (std::size_t b = 0; b < state.interval_years.size(); ++b)
                result_->person_time[((a * 2 + sex) * state.interval_years.size() + b) * records +
                                     static_cast<std::size_t>(record)] +=
                    std::llround(state.interval_years[b][l] * 1e6);
        }
    }
    for (auto& row : state.interval_events) row.fill(0);
    for (auto& row : state.interval_years) row.fill(0.0);
}

void Life::snapshot(LifeState const& state, double time_years) {
    auto const& columns = world_->model->columns();
    auto const presence = world_->model->unit_presence();
    for (auto const& arm : state.arms)
        for (int lane = 0; lane < lanes; ++lane) {
            auto const l = static_cast<std::size_t>(lane);
            if (state.living[l] == 0 || crew_->row[l] >= plan_->record.motor_units.people) continue;
            for (int m = 0; m < state.block.muscle_count(); ++m) {
                MotorUnitSnapshot shot{.arm = static_cast<std::uint32_t>(arm.arm),
                                       .person = crew_->row[l],
                                       .muscle = static_cast<std::uint32_t>(m),
                                       .time_years = time_years,
                                       .values = {}};
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    if (columns[c].level != Level::unit || columns[c].report == Report::hidden) continue;
                    auto& values = shot.values.emplace_back();
                    float const* const present = state.block.unit(presence, m);
                    float const* const unit = state.block.unit(ColumnId{static_cast<std::uint16_t>(c)}, m);
                    for (int row = 0; row < state.block.unit_rows(m); ++row)
                        if (present[row * lanes + lane] > 0.0F) values.push_back(unit[row * lanes + lane]);
                }
                result_->motor_units.push_back(std::move(shot));
            }
        }
}

}  // namespace sarx
