// The start of a step: who enrols in what, and who stops. Scalar work for the few people who have a
// decision pending.

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/contract/math.hpp"
#include "sim/run/life.hpp"

namespace sarx {

namespace {

constexpr double tolerance_years = 1e-9;
/// A fading dose is let go when it has halved this often: below half a percent of it is left.
constexpr double halvings_until_gone = 8.0;

double tail_years(Waning const& waning) {
    switch (waning.shape) {
        case Waning::Shape::none: return 0.0;
        case Waning::Shape::exponential: return halvings_until_gone * waning.years;
        case Waning::Shape::linear: return waning.years;
    }
    return 0.0;
}

bool lane_differs(std::vector<Exposure> const& a, std::vector<Exposure> const& b, int lane) {
    auto const of_lane = [lane](std::vector<Exposure> const& list) {
        auto const before = [](Exposure const& e, int l) { return e.lane < l; };
        return std::pair{std::lower_bound(list.begin(), list.end(), lane, before),
                         std::lower_bound(list.begin(), list.end(), lane + 1, before)};
    };
    auto const [a_begin, a_end] = of_lane(a);
    auto const [b_begin, b_end] = of_lane(b);
    return !std::equal(a_begin, a_end, b_begin, b_end);
}

}  // namespace

double Life::value_of(LifeState const& state, Operand const& operand, int lane, double time_years) const {
    switch (operand.kind) {
        case Operand::Kind::number: return operand.number;
        case Operand::Kind::person_column: return static_cast<double>(state.block.person(operand.column)[lane]);
        case Operand::Kind::muscle_column:
            return static_cast<double>(state.block.muscle(operand.column, operand.muscle)[lane]);
        case Operand::Kind::age_years: return age_at(lane, time_years);
        case Operand::Kind::time_years: return time_years;
        case Operand::Kind::female: return crew_->person[static_cast<std::size_t>(lane)].sex == Sex::female ? 1.0 : 0.0;
    }
    return 0.0;
}

double Life::reading_of(LifeState const& state, Operand const& operand, int lane, double time_years,
                        std::uint32_t occasion) const {
    double const truth = value_of(state, operand, lane, time_years);
    if (operand.kind != Operand::Kind::person_column && operand.kind != Operand::Kind::muscle_column) return truth;
    auto const& measure = world_->measures[operand.column.index];
    if (measure.spec == nullptr) return truth;
    // The same occasion gives the same error, whoever asks.
    auto const key = crew_->person[static_cast<std::size_t>(lane)].key;
    auto const purpose = Purpose("reading").of(operand.column.index).of(static_cast<std::uint32_t>(operand.muscle));
    auto const& random = options_.random;
    double reading = truth;
    auto const spread = [&](int parameter) {
        return static_cast<double>(state.block.parameter(ParameterId{static_cast<std::uint16_t>(parameter)})[lane]);
    };
    if (measure.cv >= 0) reading += truth * spread(measure.cv) * random.normal(key, purpose, 2 * occasion);
    if (measure.sd >= 0) reading += spread(measure.sd) * random.normal(key, purpose, 2 * occasion + 1);
    return reading;
}

void Life::log_event(int arm, int lane, double time_years, std::size_t kind, float value) {
    if (result_ == nullptr) return;
    auto const row = crew_->row[static_cast<std::size_t>(lane)];
    result_->events[static_cast<std::size_t>(arm)].push_back(
        {.person = row, .value = value, .time_years = time_years, .kind = static_cast<std::uint8_t>(kind)});
}

/// A delivery that begins: who takes too little of it does not follow the protocol from then on.
void Life::note_reached(ArmState& arm, int lane, double time_years, double adherence) const {
    auto const l = static_cast<std::size_t>(lane);
    auto const at = static_cast<float>(time_years);
    float const until = adherence >= protocol_adherence ? std::numeric_limits<float>::infinity() : at;
    arm.reach_years[l] = std::isnan(arm.reach_years[l]) ? at : std::min(arm.reach_years[l], at);
    arm.protocol_years[l] = std::isnan(arm.protocol_years[l]) ? until : std::min(arm.protocol_years[l], until);
}

bool Life::fires(LifeState const& state, Delivery const& d, int lane, double time_years, double& at) const {
    auto const l = static_cast<std::size_t>(lane);
    double const step_end = time_years + plan_->clock.step_years - tolerance_years;
    auto const holds = [&](Expression const& e) {
        return e.holds([&](Operand const& o) { return value_of(state, o, lane, time_years); });
    };
    at = time_years;
    switch (d.from) {
        case Delivery::From::start: return true;
        case Delivery::From::age:
        case Delivery::From::time: {
            double const due =
                d.from == Delivery::From::age ? d.from_years - crew_->person[l].start_age_years : d.from_years;
            at = max(due, time_years);
            return due < step_end;
        }
        case Delivery::From::when: return holds(d.condition);
        case Delivery::From::event:
            return std::ranges::any_of(state.last,
                                       [&](Happening const& h) { return h.lane == lane && h.event == d.event; });
        case Delivery::From::screen: {
            double const occasion = std::ceil(time_years / d.screen_every_years - tolerance_years);
            if (occasion * d.screen_every_years >= step_end) return false;
            auto const number = static_cast<std::uint32_t>(occasion);
            bool const positive =
                d.condition.holds([&](Operand const& o) { return reading_of(state, o, lane, time_years, number); });
            double const sure = positive ? d.screen_sensitivity : d.screen_specificity;
            if (sure >= 1.0) return positive;
            double const u = options_.random.uniform(crew_->person[l].key,
                                                     Purpose("screen").of(Purpose(d.condition.text).id), number);
            return u < sure ? positive : !positive;
        }
    }
    return false;
}

void Life::enrol(LifeState const& state, ArmState& arm, std::size_t delivery, int lane, double time_years) {
    auto const& d = plan_->arms[static_cast<std::size_t>(arm.arm)].deliveries[delivery];
    auto const& what = plan_->interventions[static_cast<std::size_t>(d.intervention)];
    auto const l = static_cast<std::size_t>(lane);
    auto& e = arm.deliveries[delivery][l];
    auto& flow = arm.flow[delivery];
    auto const& random = options_.random;
    auto const key = crew_->person[l].key;
    auto const holds = [&](Expression const& x) {
        return x.holds([&](Operand const& o) { return value_of(state, o, lane, time_years); });
    };
    auto const once = [](bool& counted, std::uint32_t& count) {
        if (!counted) ++count;
        counted = true;
    };
    bool const may_fire_again = d.repeat && (d.from == Delivery::From::when || d.from == Delivery::From::event ||
                                             d.from == Delivery::From::screen);

    if (e.stage == Enrolment::Stage::active) {
        if (d.until == Delivery::Until::when && time_years > e.start_years && holds(d.until_condition))
            e.stop_years = min(e.stop_years, time_years);
        double const stop = min(e.stop_years, e.dropout_years);
        if (stop <= time_years + tolerance_years) {
            if (e.dropout_years < e.stop_years) {
                once(e.counted_dropped, flow.dropped);
                arm.protocol_years[l] = std::min(arm.protocol_years[l], static_cast<float>(stop));
            }
            log_event(arm.arm, lane, stop, world_->events.size() + 1,
                      static_cast<float>(world_->delivery_number[static_cast<std::size_t>(arm.arm)][delivery]));
            e.stop_years = stop;
            e.stage = Enrolment::Stage::fading;
        }
    }
    // Who is late still lives through what has ended meanwhile.
    double const stands = min(time_years, state.late_from_years[l]);
    if (e.stage == Enrolment::Stage::fading && stands >= e.stop_years + tail_years(what.waning))
        e.stage = may_fire_again ? Enrolment::Stage::waiting : Enrolment::Stage::over;
    if (e.stage != Enrolment::Stage::waiting) return;

    double at = time_years;
    if (!fires(state, d, lane, time_years, at)) return;
    if (!holds(d.to)) {
        if (!may_fire_again) e.stage = Enrolment::Stage::over;
        return;
    }
    once(e.counted_eligible, flow.eligible);
    // Keyed by the intervention's name, so that two arms that give it reach the same people.
    auto const name = Purpose(what.name).id;
    auto const occurrence = static_cast<std::uint32_t>(d.occurrence);
    if (!(random.uniform(key, Purpose("coverage").of(name), occurrence) < d.coverage)) {
        e.stage = Enrolment::Stage::over;
        return;
    }
    once(e.counted_offered, flow.offered);
    if (std::isnan(arm.offer_years[l])) arm.offer_years[l] = static_cast<float>(at);
    double const z = static_cast<double>(state.block.person(world_->model->adherence())[lane]);
    e.adherence = std::clamp(d.adherence_mean + d.adherence_sd * z, 0.0, 1.0);
    if (e.adherence <= 0.0) {
        e.stage = Enrolment::Stage::over;
        return;
    }
    once(e.counted_reached, flow.reached);
    note_reached(arm, lane, at, e.adherence);
    e.stage = Enrolment::Stage::active;
    e.start_years = at;
    e.stop_years = never;
    switch (d.until) {
        case Delivery::Until::end:
        case Delivery::Until::when: break;
        case Delivery::Until::age: e.stop_years = d.until_years - crew_->person[l].start_age_years; break;
        case Delivery::Until::time: e.stop_years = d.until_years; break;
        case Delivery::Until::after: e.stop_years = at + d.until_years; break;
    }
    e.dropout_years = never;
    if (d.dropout_rate_per_year > 0.0)
        e.dropout_years = at + random.exponential(key, Purpose("dropout").of(name).of(occurrence), e.episodes) /
                                   d.dropout_rate_per_year;
    ++e.episodes;
    log_event(arm.arm, lane, at, world_->events.size(),
              static_cast<float>(world_->delivery_number[static_cast<std::size_t>(arm.arm)][delivery]));
}

void Life::decide(LifeState const& state, ArmState& arm, double time_years) {
    auto const& deliveries = plan_->arms[static_cast<std::size_t>(arm.arm)].deliveries;
    arm.exposures.clear();
    if (deliveries.empty()) return;
    double const step_end = time_years + plan_->clock.step_years - tolerance_years;
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        if (state.living[l] == 0) continue;
        for (std::size_t i = 0; i < deliveries.size(); ++i) {
            auto& e = arm.deliveries[i][l];
            if (e.stage != Enrolment::Stage::over) enrol(state, arm, i, lane, time_years);
            if (e.stage != Enrolment::Stage::active && e.stage != Enrolment::Stage::fading) continue;
            auto const& d = deliveries[i];
            auto const& what = plan_->interventions[static_cast<std::size_t>(d.intervention)];
            double const stop = e.stage == Enrolment::Stage::active ? min(e.stop_years, e.dropout_years) : e.stop_years;
            bool const nothing = what.dose.front() * e.adherence * d.side_share == 0.0 || d.muscles == 0U;
            if (nothing || e.start_years >= step_end || stop <= e.start_years) continue;
            if (stop <= min(time_years, state.late_from_years[l]) + tolerance_years &&
                what.waning.shape == Waning::Shape::none)
                continue;
            // A stop that lies ahead is not yet a difference between arms.
            arm.exposures.push_back({.lane = lane,
                                     .source = world_->same_as[static_cast<std::size_t>(d.intervention)],
                                     .muscles = d.muscles,
                                     .start_years = e.start_years,
                                     .stop_years = stop < step_end ? stop : never,
                                     .adherence = e.adherence,
                                     .side_share = d.side_share});
        }
    }
    // Insults first: training meets the unloading of the same day, whatever the order they were written in.
    auto const insult = [this](Exposure const& e) {
        return world_->model
            ->kinds()[static_cast<std::size_t>(plan_->interventions[static_cast<std::size_t>(e.source)].kind)]
            .insult;
    };
    std::ranges::stable_sort(arm.exposures, [&](Exposure const& a, Exposure const& b) {
        if (a.lane != b.lane) return a.lane < b.lane;
        if (insult(a) != insult(b)) return insult(a);
        if (a.source != b.source) return a.source < b.source;
        return a.start_years < b.start_years;
    });
}

void Life::note_divergence(LifeState& state, double time_years) {
    std::vector<Exposure> const* reference = nullptr;
    if (state.arms.front().arm == 0) {
        reference = &state.arms.front().exposures;
        if (reference_log_.empty() || reference_log_.back().second != *reference)
            reference_log_.emplace_back(time_years, *reference);
    } else {
        auto const after =
            std::ranges::upper_bound(reference_log_, time_years, {}, &std::pair<double, std::vector<Exposure>>::first);
        static std::vector<Exposure> const nothing;
        reference = after == reference_log_.begin() ? &nothing : &std::prev(after)->second;
    }
    for (auto& arm : state.arms) {
        if (arm.arm == 0 || arm.exposures == *reference) continue;
        for (int lane = 0; lane < lanes; ++lane) {
            auto& at = arm.divergence_years[static_cast<std::size_t>(lane)];
            if (std::isnan(at) && state.living[static_cast<std::size_t>(lane)] != 0 &&
                lane_differs(arm.exposures, *reference, lane))
                at = static_cast<float>(time_years);
        }
    }
}

}  // namespace sarx
