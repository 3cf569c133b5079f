// The end of a step: hazards are read, event times interpolated, and what follows from them is begun at
// the next step.

#include <algorithm>
#include <cmath>

#include "sim/contract/math.hpp"
#include "sim/run/life.hpp"

namespace sarx {

namespace {

/// Bands of the (age, rate) plane: [0, 1), [1, 2), [2, 4), [4, 8), ... events a year.
double band_floor(std::uint32_t band) { return band == 0 ? 0.0 : static_cast<double>(1ULL << (band - 1)); }
double band_width(std::uint32_t band) { return band <= 1 ? 1.0 : static_cast<double>(1ULL << (band - 1)); }
constexpr std::uint32_t most_bands = 8;  // rates up to 128 a year
constexpr std::uint32_t draws_a_point = 2;

void add_band(PointCell& cell, Random const& random, PersonKey key, Purpose purpose, std::uint32_t band) {
    double age = cell.year;
    for (std::uint32_t i = 0;; ++i) {
        std::uint32_t const number = band * 4096U + i;
        age += random.exponential(key, purpose, number * draws_a_point) / band_width(band);
        if (age >= cell.year + 1.0 || i == 4095U) break;
        double const height =
            band_floor(band) + band_width(band) * random.uniform(key, purpose, number * draws_a_point + 1);
        cell.points.push_back({age, height, number});
    }
}

}  // namespace

void Life::find_points(int lane, std::size_t event, double from_age, double to_age, double rate, double start_age,
                       std::vector<Happening>& found) {
    auto const l = static_cast<std::size_t>(lane);
    auto& cell = cells_[event][l];
    auto const key = crew_->person[l].key;
    for (int year = static_cast<int>(std::floor(from_age)); year <= static_cast<int>(std::floor(to_age)); ++year) {
        auto const purpose = world_->events[event].purpose.of(static_cast<std::uint32_t>(year));
        if (cell.year != year) {
            cell.year = year;
            cell.bands = 0;
            cell.points.clear();
        }
        while (cell.bands < most_bands && band_floor(cell.bands) < rate)
            add_band(cell, options_.random, key, purpose, cell.bands++);
        for (auto const& point : cell.points)
            if (point.age_years > from_age && point.age_years <= to_age && point.height_per_year < rate)
                found.push_back({.time_years = point.age_years - start_age,
                                 .event = static_cast<int>(event),
                                 .value = 1.0F,
                                 .cell = static_cast<std::uint32_t>(year),
                                 .point = point.number});
    }
}

void Life::happen(LifeState& state, double time_years, double dt_years) {
    bool const observed = time_years >= 0.0;
    auto const burdens = world_->model->burdens();
    std::vector<Happening> found;
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        double const from = lane_start_[l];
        double to = lane_end_[l];
        if (!(to > from)) continue;
        auto const& person = crew_->person[l];
        found.clear();
        for (std::size_t i = 0; i < world_->events.size(); ++i) {
            auto const& event = world_->events[i];
            auto const& spec = *event.spec;
            auto const rate_of = [&] { return static_cast<double>(state.block.person(*spec.rate_per_year)[lane]); };
            switch (spec.occurs) {
                case Occurs::once: {
                    if (state.crossed[i][l] != 0 || (spec.is_death && (!observed || !options_.deaths))) break;
                    double rate = 0.0;
                    if (spec.is_death) {
                        double const eta =
                            static_cast<double>(state.block.person(world_->model->log_hazard_ratio())[lane]);
                        rate = exp(world_->base_rate.at(person.sex, age_at(lane, 0.5 * (from + to))) + eta);
                        state.block.person(world_->model->death_rate_per_year())[lane] = static_cast<float>(rate);
                    } else {
                        rate = rate_of();
                    }
                    double& left = state.hazard_left[static_cast<std::size_t>(event.once_slot)][l];
                    left -= rate * (to - from);
                    if (left < 0.0)
                        found.push_back(
                            {.time_years = max(from, to + left / rate), .event = static_cast<int>(i), .value = 1.0F});
                    break;
                }
                case Occurs::recurrent:
                    find_points(lane, i, age_at(lane, from), age_at(lane, to), rate_of(), person.start_age_years,
                                found);
                    break;
                case Occurs::follows: {
                    double const probability = static_cast<double>(state.block.person(*spec.probability)[lane]);
                    for (std::size_t k = 0, n = found.size(); k < n; ++k) {
                        if (found[k].event != event.parent) continue;
                        auto const purpose = event.purpose.of(found[k].cell);
                        if (!(options_.random.uniform(person.key, purpose, found[k].point) < probability)) continue;
                        auto happening = found[k];
                        happening.event = static_cast<int>(i);
                        found.push_back(happening);
                    }
                    break;
                }
                case Occurs::crossing:
                    if (state.crossed[i][l] != 0 || !(state.block.person(*spec.crosses)[lane] >= spec.crosses_at))
                        break;
                    found.push_back({.time_years = to, .event = static_cast<int>(i), .value = spec.crosses_at});
                    break;
            }
        }
        std::ranges::stable_sort(found, {}, &Happening::time_years);
        auto const death = std::ranges::find(found, world_->death, &Happening::event);
        if (death != found.end()) {
            to = death->time_years;
            found.erase(death + 1, found.end());
            state.dead[l] = 1;
            state.living[l] = 0;
            state.block.person(world_->model->alive())[lane] = 0.0F;
        }
        for (auto const& h : found) {
            auto const i = static_cast<std::size_t>(h.event);
            auto const& spec = *world_->events[i].spec;
            if (spec.occurs == Occurs::once || spec.occurs == Occurs::crossing) state.crossed[i][l] = 1;
            if (spec.sets) {
                float& set = state.block.person(*spec.sets)[lane];
                set = spec.occurs == Occurs::once ? 1.0F : set + 1.0F;
            }
            if (observed) {
                ++state.interval_events[i][l];
                for (auto const& arm : state.arms) log_event(arm.arm, lane, h.time_years, i, h.value);
            }
            for (std::size_t s = 0; s < world_->standing.size(); ++s) {
                auto const& standing = world_->standing[s];
                if (standing.event != h.event || state.living[l] == 0) continue;
                double const z = options_.random.normal(
                    person.key, Purpose("duration").of(static_cast<std::uint32_t>(h.event)).of(h.cell), h.point);
                double const median = static_cast<double>(state.block.parameter(standing.median_days)[lane]);
                double const spread = static_cast<double>(state.block.parameter(standing.sd_log)[lane]);
                double const days = min(median * exp(spread * z), standing.spec->longest_days);
                double const begin = time_years + dt_years;
                state.standing.push_back({.lane = static_cast<std::int16_t>(lane),
                                          .source = static_cast<std::int16_t>(-1 - static_cast<int>(s)),
                                          .start_years = begin,
                                          .stop_years = begin + days / 365.25});
            }
        }
        if (observed) {
            for (auto const& h : found) state.last[l].push_back(h);
            state.interval_years[0][l] += to - from;
            for (std::size_t b = 0; b < burdens.size(); ++b)
                if (!(state.block.person(burdens[b].column)[lane] >= burdens[b].from))
                    state.interval_years[1 + b][l] += to - from;
        }
    }
}

}  // namespace sarx
