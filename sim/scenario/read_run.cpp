// run: how many people it takes.

#include <algorithm>
#include <cmath>

#include "sim/scenario/reading.hpp"

namespace sarx {
namespace {

constexpr std::uint64_t most_people = 1'000'000'000;

/// "1000000 people", or the bare number.
std::optional<std::uint64_t> read_people(Reading const& reading, YamlNode const& node, std::string const& path,
                                         std::uint64_t least) {
    YamlNode count = node;
    constexpr std::string_view unit = " people";
    if (count.is_scalar() && count.text.ends_with(unit)) count.text.resize(count.text.size() - unit.size());
    return read_whole(reading, count, path, least, most_people,
                      "must be within population.people, which is the least, and " + std::to_string(most_people));
}

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

void read_run(Reading const& reading, YamlNode const& root) {
    YamlNode const* const node = root.find("run");
    if (node == nullptr) return;
    auto& plan = reading.plan;
    Fields fields(reading, *node, "run");
    if (!fields.is_map()) return;
    YamlNode const* const until = fields.need("until", "what must be known how well");
    YamlNode const* const at_most = fields.need("at_most", "people at most; population.people is the least");
    fields.finish();
    if (until == nullptr || at_most == nullptr) return;
    Fields inner(reading, *until, "run.until");
    if (!inner.is_map()) return;
    YamlNode const* const effect = inner.need("effect", "a variable");
    YamlNode const* const muscle = inner.take("muscle");
    YamlNode const* const arm = inner.take("arm");
    YamlNode const* const at_age = inner.take("at_age");
    YamlNode const* const at_time = inner.take("at_time");
    YamlNode const* const mcse = inner.need("mcse", "the Monte Carlo standard error wanted, in the variable's unit");
    inner.finish();

    Until wanted;
    wanted.least_people = plan.population.people;
    if (!plan.population.given.empty())
        reading.refuse(*node, "run", "people of a file are as many as they are", "leave out population.from");
    if (plan.arms.size() < 2) {
        reading.refuse(*until, "run.until", "an effect needs two arms", "the first is the reference");
    } else if (arm != nullptr) {
        std::vector<std::string> names;
        for (std::size_t a = 1; a < plan.arms.size(); ++a) names.push_back(plan.arms[a].name);
        if (auto const index = read_name(reading, *arm, "run.until.arm", names, "unknown arm")) wanted.arm = *index + 1;
    }
    if (effect != nullptr) read_effect(reading, *effect, muscle, wanted);
    if (auto const record = read_moment(reading, *until, at_age, at_time)) wanted.record = *record;
    if (mcse != nullptr && effect != nullptr) {
        auto const unit = reading.model.columns()[wanted.effect.index].unit;
        if (auto const value = read_number(reading, *mcse, "run.until.mcse", unit, 0.0, 1e12)) {
            wanted.mcse = *value;
            if (*value <= 0.0)
                reading.refuse(*mcse, "run.until.mcse", "must be above 0", "no number of people reaches it");
        }
    }
    if (auto const most =
            read_people(reading, *at_most, "run.at_most", std::max<std::uint64_t>(1, wanted.least_people)))
        plan.population.people = static_cast<std::uint32_t>(*most);
    plan.until = wanted;
}

}  // namespace sarx
