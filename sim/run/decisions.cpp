// The start of a step: who enrols in what, and who stops. Scalar work for the few people who have a
// decision pending.

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
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

std::array<std::uint32_t, lanes> Life::meeting(LifeState& state, std::span<Expression const> conditions) const {
    measure(state.block, 0.0);
    std::array<std::uint32_t, lanes> held{};
    for (int lane = 0; lane < lanes; ++lane)
        for (std::size_t k = 0; k < conditions.size(); ++k)
            if (conditions[k].holds([&](Operand const& o) { return value_of(state, o, lane, 0.0); }))
                held[static_cast<std::size_t>(lane)] |= 1U << k;
    return held;
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

/// Moments of the present step at which `from` fires.
void Life::find_moments(LifeState const& state, Delivery const& d, Enrolment& e, int lane, double time_years) {
    auto const l = static_cast<std::size_t>(lane);
    double const step_end = time_years + plan_->clock.step_years - tolerance_years;
    moments_.clear();
    switch (d.from) {
        case Delivery::From::start: moments_.push_back(time_years); break;
        case Delivery::From::age:
        case Delivery::From::time: {
            double const due =
                d.from == Delivery::From::age ? d.from_years - crew_->person[l].start_age_years : d.from_years;
            if (due < step_end) moments_.push_back(max(due, time_years));
            break;
        }
        case Delivery::From::when: {
            bool const holds =
                d.condition.holds([&](Operand const& o) { return value_of(state, o, lane, time_years); });
            if (holds && !e.held) moments_.push_back(time_years);
            e.held = holds;
            break;
        }
        case Delivery::From::event:
            if (std::ranges::any_of(state.last,
                                    [&](Happening const& h) { return h.lane == lane && h.event == d.event; }))
                moments_.push_back(time_years);
            break;
        case Delivery::From::screen:
            for (double n = max(0.0, std::ceil((time_years - tolerance_years) / d.screen_every_years));
                 n * d.screen_every_years < step_end; n += 1.0)
                if (finds(state, d, lane, time_years, static_cast<std::uint32_t>(n)))
                    moments_.push_back(max(n * d.screen_every_years, time_years));
            break;
    }
}

/// Whether a screen takes a person for a case: with errors of its own at each occasion.
bool Life::finds(LifeState const& state, Delivery const& d, int lane, double time_years, std::uint32_t occasion) const {
    bool const positive =
        d.condition.holds([&](Operand const& o) { return reading_of(state, o, lane, time_years, occasion); });
    double const sure = positive ? d.screen_sensitivity : d.screen_specificity;
    if (sure >= 1.0) return positive;
    double const u = options_.random.uniform(crew_->person[static_cast<std::size_t>(lane)].key,
                                             Purpose("screen").of(Purpose(d.condition.text).id), occasion);
    return u < sure ? positive : !positive;
}

void Life::enrol(LifeState const& state, ArmState& arm, std::size_t delivery, int lane, double time_years) {
    auto const& d = plan_->arms[static_cast<std::size_t>(arm.arm)].deliveries[delivery];
    auto const l = static_cast<std::size_t>(lane);
    auto& e = arm.deliveries[delivery][l];
    auto const holds = [&](Expression const& x) {
        return x.holds([&](Operand const& o) { return value_of(state, o, lane, time_years); });
    };
    if (e.stage == Enrolment::Stage::active && d.until == Delivery::Until::when && time_years > e.course.start_years &&
        holds(d.until_condition))
        end_course(arm, delivery, lane, time_years);
    // Who is late has still to live to see the rest.
    tell(arm, delivery, lane, min(time_years, state.late_from_years[l]) + tolerance_years);
    if (e.stage == Enrolment::Stage::active && e.course.ended) {
        arm.earlier.push_back({delivery, lane, e.course});
        e.stage = d.repeat ? Enrolment::Stage::waiting : Enrolment::Stage::over;
    }
    if (e.stage == Enrolment::Stage::over || (e.stage == Enrolment::Stage::active && !d.repeat)) return;

    find_moments(state, d, e, lane, time_years);
    std::erase_if(moments_, [&](double at) { return at >= crew_->follow_years[l] - tolerance_years; });
    if (moments_.empty()) return;
    if (!holds(d.to)) {
        if (!d.repeat) e.stage = Enrolment::Stage::over;
        return;
    }
    for (double const at : moments_)
        if (!begin(state, arm, delivery, lane, at) || !d.repeat) return;
}

bool Life::begin(LifeState const& state, ArmState& arm, std::size_t delivery, int lane, double at_years) {
    auto const& d = plan_->arms[static_cast<std::size_t>(arm.arm)].deliveries[delivery];
    auto const& person = crew_->person[static_cast<std::size_t>(lane)];
    auto& e = arm.deliveries[delivery][static_cast<std::size_t>(lane)];
    auto const& random = options_.random;
    Course next{.start_years = at_years};
    switch (d.until) {
        case Delivery::Until::end:
        case Delivery::Until::when: break;
        case Delivery::Until::age: next.stop_years = d.until_years - person.start_age_years; break;
        case Delivery::Until::time: next.stop_years = d.until_years; break;
        case Delivery::Until::after: next.stop_years = at_years + d.until_years; break;
    }
    auto const never_again = [&] {
        if (e.stage == Enrolment::Stage::waiting) e.stage = Enrolment::Stage::over;
        return false;
    };
    if (next.stop_years <= at_years + tolerance_years) return never_again();  // the window is over

    // Keyed by the intervention's name, so that two arms that give it reach the same people.
    auto const name = Purpose(plan_->interventions[static_cast<std::size_t>(d.intervention)].name).id;
    auto const occurrence = static_cast<std::uint32_t>(d.occurrence);
    double const z = static_cast<double>(state.block.person(world_->model->adherence())[lane]);
    next.adherence = std::clamp(d.adherence_mean + d.adherence_sd * z, 0.0, 1.0);
    if (e.answer == Enrolment::Answer::none) {
        bool const in_group =
            d.groups == 0 ||
            std::floor(random.uniform(person.key, Purpose("group").of(name)) * d.groups) + 1 == d.group;
        bool const covered =
            in_group && random.uniform(person.key, Purpose("coverage").of(name), occurrence) < d.coverage;
        e.asked_years = at_years;
        e.answer = !covered                ? Enrolment::Answer::eligible
                   : next.adherence <= 0.0 ? Enrolment::Answer::offered
                                           : Enrolment::Answer::reached;
    }
    if (e.answer != Enrolment::Answer::reached) return never_again();

    if (d.dropout_rate_per_year > 0.0) {
        double const dropout =
            at_years + random.exponential(person.key, Purpose("dropout").of(name).of(occurrence), e.episodes) /
                           d.dropout_rate_per_year;
        next.drops_out = dropout < next.stop_years;
        next.stop_years = min(next.stop_years, dropout);
    }
    next.ends_years = next.stop_years;
    ++e.episodes;
    if (e.stage == Enrolment::Stage::active) {
        e.course.ends_years = min(e.course.ends_years, at_years);
        arm.earlier.push_back({delivery, lane, e.course});
    }
    e.stage = Enrolment::Stage::active;
    e.course = next;
    end_course(arm, delivery, lane, next.stop_years);
    return true;
}

/// The present course ends then at the latest, and nothing of those before it goes on.
void Life::end_course(ArmState& arm, std::size_t delivery, int lane, double at_years) const {
    auto& course = arm.deliveries[delivery][static_cast<std::size_t>(lane)].course;
    course.drops_out = course.drops_out && course.stop_years <= at_years;
    course.stop_years = min(course.stop_years, at_years);
    course.ends_years = min(course.ends_years, at_years);
    for (auto& x : arm.earlier)
        if (x.delivery == delivery && x.lane == lane) x.course.stop_years = min(x.course.stop_years, at_years);
}

void Life::tell(ArmState& arm, std::size_t delivery, int lane, double until_years) {
    auto& e = arm.deliveries[delivery][static_cast<std::size_t>(lane)];
    if (!e.counted && e.asked_years <= until_years) {
        e.counted = true;
        Flow& flow = flow_at(arm, delivery, record_after(e.asked_years));
        ++flow.eligible;
        if (e.answer >= Enrolment::Answer::offered) {
            ++flow.offered;
            float& offer = arm.offer_years[static_cast<std::size_t>(lane)];
            if (!(offer <= static_cast<float>(e.asked_years))) offer = static_cast<float>(e.asked_years);
        }
        if (e.answer == Enrolment::Answer::reached) ++flow.reached;
    }
    if (e.stage == Enrolment::Stage::active) tell(arm, delivery, lane, e, e.course, until_years);
}

void Life::tell(ArmState& arm, std::size_t delivery, int lane, Enrolment& e, Course& course, double until_years) {
    auto const mark = static_cast<float>(world_->delivery_number[static_cast<std::size_t>(arm.arm)][delivery]);
    if (!course.begun && course.start_years <= until_years) {
        course.begun = true;
        note_reached(arm, lane, course.start_years, course.adherence);
        log_event(arm.arm, lane, course.start_years, world_->events.size(), mark);
    }
    if (!course.begun || course.ended || course.ends_years > until_years) return;
    course.ended = true;
    log_event(arm.arm, lane, course.ends_years, world_->events.size() + 1, mark);
    account(arm, delivery, e, course, course.ends_years);
    if (!course.drops_out || course.ends_years < course.stop_years) return;
    auto& protocol = arm.protocol_years[static_cast<std::size_t>(lane)];
    protocol = std::min(protocol, static_cast<float>(course.ends_years));
    if (e.counted_dropped) return;
    e.counted_dropped = true;
    ++flow_at(arm, delivery, record_after(course.ends_years)).dropped;
}

void Life::account(ArmState const& arm, std::size_t delivery, Enrolment& e, Course const& course, double until_years) {
    constexpr double half_a_dose = 0.5;
    constexpr double per_year = 1e6;
    double from = course.start_years;
    for (int r = record_after(from); from < until_years - tolerance_years; ++r) {
        bool const last = r + 1 >= plan_->clock.records;
        double const to = last ? until_years : min(until_years, plan_->clock.record_years(r));
        Flow& flow = flow_at(arm, delivery, r);
        flow.treated_time += std::llround((to - from) * per_year);
        flow.taken_time += std::llround((to - from) * course.adherence * per_year);
        if (course.adherence >= half_a_dose && e.adherent_record < r) {
            e.adherent_record = r;
            ++flow.adherent;
        }
        from = to;
    }
}

void Life::leave(ArmState& arm, int lane, double at_years) {
    auto const finish = [&](std::size_t delivery, Enrolment& e, Course& course) {
        tell(arm, delivery, lane, e, course, at_years);
        if (course.begun && !course.ended) account(arm, delivery, e, course, at_years);
    };
    for (auto& x : arm.earlier)
        if (x.lane == lane) finish(x.delivery, arm.deliveries[x.delivery][static_cast<std::size_t>(lane)], x.course);
    std::erase_if(arm.earlier, [lane](EarlierCourse const& x) { return x.lane == lane; });
    for (std::size_t i = 0; i < arm.deliveries.size(); ++i) {
        auto& e = arm.deliveries[i][static_cast<std::size_t>(lane)];
        tell(arm, i, lane, at_years);
        if (e.stage == Enrolment::Stage::active) finish(i, e, e.course);
        e.stage = Enrolment::Stage::over;
    }
}

/// A course among what is given in this step, where something of it is left.
void Life::expose(Delivery const& d, int lane, Course const& course, double stands_years, double step_end_years) {
    auto const& what = plan_->interventions[static_cast<std::size_t>(d.intervention)];
    bool const nothing = what.dose.front() * course.adherence == 0.0 || d.muscles == 0U;
    if (nothing || course.start_years >= step_end_years || course.stop_years <= course.start_years) return;
    if (course.stop_years <= stands_years + tolerance_years && what.waning.shape == Waning::Shape::none) return;
    // A stop that lies ahead is not yet a difference between arms.
    given_.emplace_back(d.intervention,
                        Exposure{.lane = lane,
                                 .source = world_->same_as[static_cast<std::size_t>(d.intervention)],
                                 .muscles = d.muscles,
                                 .sides = d.sides,
                                 .start_years = course.start_years,
                                 .stop_years = course.stop_years < step_end_years ? course.stop_years : never,
                                 .adherence = course.adherence});
}

void Life::decide(LifeState const& state, ArmState& arm, double time_years) {
    auto const& deliveries = plan_->arms[static_cast<std::size_t>(arm.arm)].deliveries;
    arm.exposures.clear();
    if (deliveries.empty()) return;
    double const step_end = time_years + plan_->clock.step_years - tolerance_years;
    // Who is late still lives through what has ended meanwhile.
    auto const stands = [&](int lane) {
        return min(time_years, state.late_from_years[static_cast<std::size_t>(lane)]);
    };
    for (auto& x : arm.earlier)
        tell(arm, x.delivery, x.lane, arm.deliveries[x.delivery][static_cast<std::size_t>(x.lane)], x.course,
             stands(x.lane) + tolerance_years);
    std::erase_if(arm.earlier, [&](EarlierCourse const& x) {
        auto const& what = plan_->interventions[static_cast<std::size_t>(deliveries[x.delivery].intervention)];
        return x.course.ended && stands(x.lane) + tolerance_years >= x.course.stop_years + tail_years(what.waning);
    });
    given_.clear();
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        if (state.living[l] == 0) continue;
        for (std::size_t i = 0; i < deliveries.size(); ++i) {
            auto const& e = arm.deliveries[i][l];
            bool const pending = e.answer != Enrolment::Answer::none && !e.counted;
            if (e.stage != Enrolment::Stage::over || pending) enrol(state, arm, i, lane, time_years);
            if (e.stage == Enrolment::Stage::active) expose(deliveries[i], lane, e.course, stands(lane), step_end);
        }
    }
    for (auto const& x : arm.earlier) expose(deliveries[x.delivery], x.lane, x.course, stands(x.lane), step_end);
    // Insults first: training meets the unloading of the same day, whatever the order they were written in.
    auto const key = [this](std::pair<int, Exposure> const& given) {
        auto const& [intervention, e] = given;
        auto const kind = plan_->interventions[static_cast<std::size_t>(e.source)].kind;
        bool const insult = world_->model->kinds()[static_cast<std::size_t>(kind)].insult;
        return std::tuple(e.lane, !insult, e.source, intervention, e.start_years);
    };
    std::ranges::stable_sort(given_, [&](auto const& a, auto const& b) { return key(a) < key(b); });
    for (std::size_t i = 0; i < given_.size(); ++i) {
        auto& [intervention, e] = given_[i];
        bool const again = i > 0 && given_[i - 1].second.lane == e.lane && given_[i - 1].second.source == e.source;
        if (again) e.twin = given_[i - 1].second.twin + (given_[i - 1].first != intervention ? 1 : 0);
        arm.exposures.push_back(e);
    }
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
