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
constexpr std::uint32_t most_bands = 24;  // rates up to eight million a year: more addresses than that there are not
constexpr std::uint32_t draws_a_point = 2;

/// Number of a band's first point: room for many times the points that it has in a year.
std::uint32_t first_number(std::uint32_t band) {
    constexpr std::uint32_t narrow = 8;  // bands of at most 64 events a year
    constexpr std::uint32_t room = 4096;
    return band <= narrow ? band * room : 1U << (band + 7);
}

void add_band(PointCell& cell, Random const& random, PersonKey key, Purpose purpose, std::uint32_t band) {
    std::array<double, 2> gaps;  // drawn together: a year needs two on average
    double age = cell.year;
    for (std::uint32_t i = 0;; ++i) {
        std::uint32_t const number = first_number(band) + i;
        std::uint32_t const drawn = i % gaps.size();
        if (drawn == 0) random.exponentials(key, purpose, gaps, number * draws_a_point, draws_a_point);
        age += gaps[drawn] / band_width(band);
        if (age >= cell.year + 1.0) break;
        double const height =
            band_floor(band) + band_width(band) * random.uniform(key, purpose, number * draws_a_point + 1);
        cell.points.push_back({age, height, number});
    }
}

}  // namespace

void Life::find_points(std::size_t event, std::size_t lane, double from_age, double to_age, double rate) {
    auto& cell = cells_[event][lane];
    auto const& person = crew_->person[lane];
    int const last_year = static_cast<int>(std::floor(to_age));
    for (int year = static_cast<int>(std::floor(from_age)); year <= last_year; ++year) {
        auto const purpose = world_->events[event].purpose.of(static_cast<std::uint32_t>(year));
        if (cell.year != year) {
            cell.year = year;
            cell.bands = 0;
            cell.points.clear();
        }
        while (cell.bands < most_bands && band_floor(cell.bands) < rate)
            add_band(cell, options_.random, person.key, purpose, cell.bands++);
        for (auto const& point : cell.points)
            if (point.age_years > from_age && point.age_years <= to_age && point.height_per_year < rate)
                found_.push_back({.lane = static_cast<int>(lane),
                                  .event = static_cast<int>(event),
                                  .time_years = point.age_years - person.start_age_years,
                                  .value = 1.0F,
                                  .cell = static_cast<std::uint32_t>(year),
                                  .point = point.number});
    }
    cell.quiet_from_age = last_year;
    cell.quiet_to_age = last_year + 1.0;
    cell.quiet_below_per_year = static_cast<float>(band_floor(cell.bands));
    for (auto const& point : cell.points)
        if (point.age_years <= to_age)
            cell.quiet_from_age = max(cell.quiet_from_age, point.age_years);
        else
            cell.quiet_to_age = min(cell.quiet_to_age, point.age_years);
}

/// Recurrent events: points of the (age, rate) plane that are below the rate.
void Life::find_recurrent(LifeState const& state, std::size_t event) {
    float const* const rate = state.block.person(*world_->events[event].spec->rate_per_year);
    for (std::size_t l = 0; l < lanes; ++l) {
        if (!passes(l)) continue;
        double const from_age = age_at(static_cast<int>(l), lane_start_[l]);
        double const to_age = age_at(static_cast<int>(l), lane_end_[l]);
        auto const& cell = cells_[event][l];
        bool const quiet =
            from_age >= cell.quiet_from_age && to_age < cell.quiet_to_age && rate[l] <= cell.quiet_below_per_year;
        if (!quiet) find_points(event, l, from_age, to_age, static_cast<double>(rate[l]));
    }
}

/// Death rates [1/year] at the middle of everyone's span, from the life table and the state; kept in the state.
std::array<double, lanes> Life::death_rates(Block& block) const {
    float const* const eta = block.person(world_->model->log_hazard_ratio());
    std::array<double, lanes> rate{};
    for (std::size_t l = 0; l < lanes; ++l)
        if (passes(l))
            rate[l] = world_->base_rate->at(crew_->person[l].sex,
                                            age_at(static_cast<int>(l), 0.5 * (lane_start_[l] + lane_end_[l]))) +
                      static_cast<double>(eta[l]);
    exp_each(rate);
    float* const kept = block.person(world_->model->death_rate_per_year());
    for (std::size_t l = 0; l < lanes; ++l)
        if (passes(l)) kept[l] = static_cast<float>(rate[l]);
    return rate;
}

/// Once-only events: the rate runs down what is left of the threshold drawn at birth.
void Life::find_once(LifeState& state, std::size_t event) {
    auto const& spec = *world_->events[event].spec;
    std::array<double, lanes> rate{};
    if (spec.is_death)
        rate = death_rates(state.block);
    else
        std::copy_n(state.block.person(*spec.rate_per_year), lanes, rate.begin());
    auto& left = state.hazard_left[static_cast<std::size_t>(world_->events[event].once_slot)];
    for (std::size_t l = 0; l < lanes; ++l) {
        if (!passes(l)) continue;
        left[l] -= rate[l] * (lane_end_[l] - lane_start_[l]);
        if (left[l] < 0.0 && state.crossed[event][l] == 0)
            found_.push_back({.lane = static_cast<int>(l),
                              .event = static_cast<int>(event),
                              .time_years = max(lane_start_[l], lane_end_[l] + left[l] / rate[l]),
                              .value = 1.0F});
    }
}

/// Events that follow, with a probability, another one found in this step.
void Life::find_followers(LifeState const& state, std::size_t event) {
    auto const& kind = world_->events[event];
    float const* const probability = state.block.person(*kind.spec->probability);
    for (std::size_t k = 0, n = found_.size(); k < n; ++k) {
        auto happening = found_[k];
        if (happening.event != kind.parent) continue;
        auto const key = crew_->person[static_cast<std::size_t>(happening.lane)].key;
        double const u = options_.random.uniform(key, kind.purpose.of(happening.cell), happening.point);
        if (!(u < static_cast<double>(probability[happening.lane]))) continue;
        happening.event = static_cast<int>(event);
        found_.push_back(happening);
    }
}

/// Flags that reach a value for the first time.
void Life::find_crossings(LifeState const& state, std::size_t event) {
    auto const& spec = *world_->events[event].spec;
    float const* const flag = state.block.person(*spec.crosses);
    for (std::size_t l = 0; l < lanes; ++l)
        if (flag[l] >= spec.crosses_at && state.crossed[event][l] == 0 && passes(l))
            found_.push_back({.lane = static_cast<int>(l),
                              .event = static_cast<int>(event),
                              .time_years = lane_end_[l],
                              .value = spec.crosses_at});
}

/// Sets the column that says an event has been.
void Life::mark(Block& block, Happening const& happening) const {
    auto const& spec = *world_->events[static_cast<std::size_t>(happening.event)].spec;
    if (!spec.sets) return;
    float& set = block.person(*spec.sets)[happening.lane];
    set = spec.occurs == Occurs::once ? 1.0F : set + 1.0F;
}

/// What follows from what was found for one person, in order of time; death ends their step.
void Life::let_happen(LifeState& state, std::span<Happening const> found, double step_end_years, bool observed) {
    int const lane = found.front().lane;
    auto const l = static_cast<std::size_t>(lane);
    auto const& person = crew_->person[l];
    auto const death = std::ranges::find(found, world_->death, &Happening::event);
    if (death != found.end()) {
        lane_end_[l] = death->time_years;
        found = {found.begin(), death + 1};
        state.died_years[l] = death->time_years;
        state.living[l] = 0;
        state.block.person(world_->model->alive())[lane] = 0.0F;
        for (auto& arm : state.arms) leave(arm, lane, death->time_years);
    }
    for (auto const& h : found) {
        auto const i = static_cast<std::size_t>(h.event);
        auto const& spec = *world_->events[i].spec;
        if (spec.occurs == Occurs::once || spec.occurs == Occurs::crossing) state.crossed[i][l] = 1;
        mark(state.block, h);
        if (spec.counts_last_year) state.recent.push_back({lane, h.event, h.time_years});
        if (observed) {
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
            state.standing.push_back({.lane = lane,
                                      .source = -1 - static_cast<int>(s),
                                      .start_years = step_end_years,
                                      .stop_years = step_end_years + days / 365.25});
        }
    }
    if (observed) state.last.insert(state.last.end(), found.begin(), found.end());
}

/// A lane's columns that count the events of the year that ends at a moment.
void Life::count_last_year(Block& block, std::vector<Recent> const& recent, std::size_t lane,
                           double until_years) const {
    for (auto const& event : world_->events)
        if (event.spec->counts_last_year) block.person(*event.spec->counts_last_year)[lane] = 0.0F;
    for (auto const& r : recent)
        if (r.lane == static_cast<int>(lane) && r.time_years > until_years - 1.0 && r.time_years <= until_years)
            block.person(*world_->events[static_cast<std::size_t>(r.event)].spec->counts_last_year)[lane] += 1.0F;
}

void Life::happen(LifeState& state, double time_years, double dt_years) {
    bool const observed = time_years >= 0.0;
    found_.clear();
    for (std::size_t i = 0; i < world_->events.size(); ++i) {
        auto const& spec = *world_->events[i].spec;
        switch (spec.occurs) {
            case Occurs::once:
                if (!spec.is_death || (observed && options_.deaths)) find_once(state, i);
                break;
            case Occurs::recurrent: find_recurrent(state, i); break;
            case Occurs::follows: find_followers(state, i); break;
            case Occurs::crossing: find_crossings(state, i); break;
        }
    }

    std::ranges::stable_sort(found_, [](Happening const& a, Happening const& b) {
        return a.lane != b.lane ? a.lane < b.lane : a.time_years < b.time_years;
    });
    for (auto first = found_.begin(); first != found_.end();) {
        auto const last =
            std::ranges::find_if(first, found_.end(), [&](auto const& h) { return h.lane != first->lane; });
        let_happen(state, {first, last}, time_years + dt_years, observed);
        first = last;
    }
    for (std::size_t l = 0; l < lanes; ++l)
        if (state.living[l] != 0) count_last_year(state.block, state.recent, l, lane_end_[l]);
    // Who is late may still be looked at within the step before this one.
    std::erase_if(state.recent, [&](Recent const& r) { return r.time_years <= time_years - dt_years - 1.0; });

    if (observed) note_burdens(state);
}

/// Burdens that begin or end at the end of a step; the dead have left theirs.
void Life::note_burdens(LifeState& state) {
    auto const burdens = world_->model->burdens();
    std::size_t const first_kind = world_->events.size() + 2;  // after the start and stop of interventions
    for (std::size_t b = 0; b < burdens.size(); ++b) {
        float const* const burden = state.block.person(burdens[b].column);
        for (std::size_t l = 0; l < lanes; ++l) {
            std::uint8_t const now = burden[l] >= burdens[b].from ? 1 : 0;
            if (state.living[l] == 0 || now == state.burdened[b][l]) continue;
            state.burdened[b][l] = now;
            for (auto const& arm : state.arms)
                log_event(arm.arm, static_cast<int>(l), lane_end_[l], first_kind + 2 * b + (now != 0 ? 0 : 1), 1.0F);
        }
    }
}

}  // namespace sarx
