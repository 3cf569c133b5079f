#include "sim/scenario/read_run.hpp"

#include <algorithm>
#include <cmath>

namespace sarx::grammar {
namespace {

/// The record at which the effect is read.
std::optional<int> read_moment(Reading const& reading, YamlNode const& until, YamlNode const* age,
                               YamlNode const* time) {
    auto const& plan = reading.plan;
    auto const& population = plan.population;
    std::string const path = "run.until";
    if ((age == nullptr) == (time == nullptr)) {
        reading.refuse(until, path, "needs either at_age or at_time", "when the effect is read");
        return std::nullopt;
    }
    YamlNode const& node = age != nullptr ? *age : *time;
    std::string const key = path + (age != nullptr ? ".at_age" : ".at_time");
    auto years = read_years(reading, node, key, 0.0, oldest_years);
    if (!years) return std::nullopt;
    if (age != nullptr) {
        if (population.start_age_from_years != population.start_age_to_years) {
            reading.refuse(node, key, "ages at the start differ", "give at_time, the time since the start");
            return std::nullopt;
        }
        *years -= population.start_age_from_years;
    }
    auto const& clock = plan.clock;
    constexpr double slack = 1e-6;
    if (!(*years > slack) || !(*years <= clock.end_years + slack)) {
        reading.refuse(node, key, node.text + " lies outside the follow-up",
                       "records are from " + number_text(clock.record_years(1)) + " to " +
                           number_text(clock.end_years) + " years after the start");
        return std::nullopt;
    }
    bool const last = *years > clock.end_years - slack;
    int const record = last ? clock.records - 1 : static_cast<int>(std::lround(*years / clock.record_every_years));
    if (std::abs(*years - clock.record_years(record)) > slack) {
        reading.refuse(node, key, "nothing is recorded at " + node.text,
                       "records are " + number_text(clock.record_every_years) + " years apart");
        return std::nullopt;
    }
    return record;
}

void read_effect(Reading const& reading, YamlNode const& effect, YamlNode const* muscle, Until& until) {
    std::vector<std::string> names;
    auto const columns = reading.model.columns();
    for (auto const& column : columns)
        if (column.report != Report::hidden && column.level != Level::unit) names.emplace_back(column.name);
    std::string const path = "run.until.effect";
    auto const index = read_name(reading, effect, path, names, "unknown variable");
    if (!index) return;
    auto const at = std::ranges::find(columns, names[static_cast<std::size_t>(*index)], &ColumnSpec::name);
    until.effect = {static_cast<std::uint16_t>(at - columns.begin())};
    if (auto const why = why_unavailable(reading, until.effect); !why.empty())
        reading.refuse(effect, path, "'" + effect.text + "' is not to be had here", why);
    if (at->report == Report::trait && at->level == Level::person)
        reading.refuse(effect, path, "'" + effect.text + "' is a constant of a person", "no arm changes it");
    if (at->level == Level::muscle && muscle == nullptr)
        reading.refuse(effect, path, "'" + effect.text + "' belongs to each muscle",
                       "name one: muscle: " + (reading.plan.muscle_names.empty() ? "" : reading.plan.muscle_names[0]));
    if (at->level != Level::muscle && muscle != nullptr)
        reading.refuse(*muscle, "run.until.muscle", "'" + effect.text + "' belongs to no muscle");
    if (at->level == Level::muscle && muscle != nullptr)
        if (auto const m = read_name(reading, *muscle, "run.until.muscle", reading.plan.muscle_names, "unknown muscle"))
            until.muscle = *m;
}

}  // namespace

void check_until_effect(Reading const& reading, Given const& given, std::string const& path, Until& until) {
    auto const& plan = reading.plan;
    until.least_people = plan.population.people;
    if (plan.arms.size() < 2) {
        reading.refuse(given.node, path, "an effect needs two arms", "the first is the reference");
    } else if (YamlNode const* const arm = given.at("arm")) {
        auto names = names_of(plan.arms);
        names.erase(names.begin());
        if (auto const index = read_name(reading, *arm, path + ".arm", names, "unknown arm")) until.arm = *index + 1;
    }
    YamlNode const* const effect = given.at("effect");
    if (effect != nullptr) read_effect(reading, *effect, given.at("muscle"), until);
    if (auto const record = read_moment(reading, given.node, given.at("at_age"), given.at("at_time")))
        until.record = *record;
    YamlNode const* const mcse = given.at("mcse");
    if (mcse == nullptr || effect == nullptr) return;
    auto const unit = reading.model.columns()[until.effect.index].unit;
    if (auto const value = read_number(reading, *mcse, path + ".mcse", unit, 0.0, 1e12)) {
        until.mcse = *value;
        if (*value <= 0.0) reading.refuse(*mcse, path + ".mcse", "must be above 0", "no number of people reaches it");
    }
}

void check_run(Reading const& reading, Given const& given, std::string const& path, Plan& plan) {
    if (given.at("until") == nullptr || given.at("at_most") == nullptr) return;
    if (!plan.population.given.empty())
        reading.refuse(given.node, path, "people of a file are as many as they are", "leave out population.from");
    if (YamlNode const* const most = given.sound_at("at_most");
        most != nullptr && plan.until && plan.population.people < plan.until->least_people)
        reading.refuse(*most, path + ".at_most", most->text + " is out of bounds", std::string(at_most_why));
}

}  // namespace sarx::grammar
