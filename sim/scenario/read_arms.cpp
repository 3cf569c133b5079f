// arms: who gets which intervention, when, and how much of it arrives.

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/scenario/reading.hpp"
#include "sim/scenario/windows.hpp"

namespace sarx {
namespace {

constexpr std::size_t most_arms = 1000;
constexpr std::size_t most_deliveries = 1000;
constexpr double longest_years = 100.0;
constexpr double most_dropout_per_year = 100.0;

/// The one key given of several that exclude each other; null (and refused) where there are none or two.
YamlNode const* one_of(Reading const& reading, Fields& fields, YamlNode const& node, std::string const& path,
                       std::vector<std::string> const& keys, std::string& chosen) {
    YamlNode const* value = nullptr;
    std::size_t given = 0;
    for (auto const& key : keys) {
        YamlNode const* const candidate = fields.take(key);
        given += node.find(key) != nullptr ? 1 : 0;
        if (candidate == nullptr || value != nullptr) continue;
        value = candidate;
        chosen = key;
    }
    if (given > 1) reading.refuse(node, path, "more than one moment", "give one of " + listed(keys));
    if (given == 0 && node.is_map() && node.fields.empty())
        reading.refuse(node, path, "names no moment", "give one of " + listed(keys));
    return given == 1 ? value : nullptr;
}

class DeliveryReader {
public:
    DeliveryReader(Reading const& reading, YamlNode const& node, std::string path)
        : reading_(reading), node_(node), path_(std::move(path)) {}

    std::optional<Delivery> read() {
        Fields fields(reading_, node_, path_);
        if (!fields.is_map()) return std::nullopt;
        YamlNode const* const give = fields.need("give", "the name of an intervention");
        YamlNode const* const from = fields.take("from");
        YamlNode const* const until = fields.take("until");
        YamlNode const* const to = fields.take("to");
        YamlNode const* const reach = fields.take("reach");
        YamlNode const* const muscles = fields.take("muscles");
        YamlNode const* const side = fields.take("side");
        YamlNode const* const repeat = fields.take("repeat");
        fields.finish();

        std::size_t const before = reading_.problems.list().size();
        if (from != nullptr) read_from(*from);
        if (until != nullptr) read_until(*until);
        if (until != nullptr && reading_.problems.list().size() == before)
            check_window(reading_, until->fields.front().second, path_ + ".until." + until->fields.front().first.text,
                         delivery_);
        if (to != nullptr) delivery_.to = read_condition(reading_, *to, path_ + ".to");
        if (reach != nullptr) read_reach(*reach);
        if (repeat != nullptr) read_repeat(*repeat);

        std::vector<std::string> const names = names_of(reading_.plan.interventions);
        auto const given =
            give == nullptr ? std::nullopt : read_name(reading_, *give, path_ + ".give", names, "unknown intervention");
        if (given) delivery_.intervention = *given;
        KindSpec const* kind = nullptr;
        if (given && !reading_.plan.interventions[*given].dose.empty())
            kind = &reading_.model.kinds()[reading_.plan.interventions[*given].kind];
        read_place(kind, muscles, side);
        return given ? std::optional(delivery_) : std::nullopt;
    }

private:
    void read_from(YamlNode const& node) {
        std::string const path = path_ + ".from";
        Fields fields(reading_, node, path);
        if (!fields.is_map()) return;
        std::string key;
        YamlNode const* const value =
            one_of(reading_, fields, node, path, {"age", "time", "when", "event", "screen"}, key);
        bool const screened = node.find("screen") != nullptr;
        YamlNode const* const every = screened ? fields.need("every", "how often people are screened") : nullptr;
        YamlNode const* const sensitivity = screened ? fields.take("sensitivity") : nullptr;
        YamlNode const* const specificity = screened ? fields.take("specificity") : nullptr;
        fields.finish();
        if (value == nullptr) return;
        auto const& population = reading_.plan.population;
        if (key == "age") {
            delivery_.from = Delivery::From::age;
            auto const age = read_years(reading_, *value, path + ".age", 0.0, oldest_years);
            delivery_.from_years = age.value_or(youngest_years);
            if (age && *age < population.start_age_from_years)
                reading_.refuse(*value, path + ".age", value->text + " lies before everybody's start",
                                "people start at " + number_text(population.start_age_from_years) +
                                    " years or later; leave 'from' out to begin at entry");
            else if (age && *age < population.start_age_to_years)
                reading_.note(*value, path + ".age", "who is older at the start begins at entry",
                              "people start at up to " + number_text(population.start_age_to_years) + " years");
            if (age && !(*age < last_age()))
                reading_.refuse(*value, path + ".age", "nobody is observed at " + value->text,
                                "observation ends at " + number_text(last_age()) + " years");
        } else if (key == "time") {
            delivery_.from = Delivery::From::time;
            auto const time = read_years(reading_, *value, path + ".time", 0.0, oldest_years);
            delivery_.from_years = time.value_or(0.0);
            if (time && population.follow_years > 0.0 && !(*time < population.follow_years))
                reading_.refuse(*value, path + ".time", value->text + " lies after the end",
                                "people are followed for " + number_text(population.follow_years) + " years");
        } else if (key == "when") {
            delivery_.from = Delivery::From::when;
            delivery_.condition = read_condition(reading_, *value, path + ".when");
        } else if (key == "event") {
            delivery_.from = Delivery::From::event;
            delivery_.event =
                read_name(reading_, *value, path + ".event", names_of(reading_.model.events()), "unknown event")
                    .value_or(0);
            if (reading_.model.events()[static_cast<std::size_t>(delivery_.event)].is_death)
                reading_.refuse(*value, path + ".event", "nobody is there after '" + value->text + "'");
        } else {
            delivery_.from = Delivery::From::screen;
            delivery_.condition = read_condition(reading_, *value, path + ".screen");
            constexpr double shortest = 1.0 / 366.0;
            if (every != nullptr)
                delivery_.screen_every_years =
                    read_years(reading_, *every, path + ".every", shortest, longest_years).value_or(1.0);
            if (sensitivity != nullptr)
                delivery_.screen_sensitivity =
                    read_number(reading_, *sensitivity, path + ".sensitivity", "1", 0.0, 1.0).value_or(1.0);
            if (specificity != nullptr)
                delivery_.screen_specificity =
                    read_number(reading_, *specificity, path + ".specificity", "1", 0.0, 1.0).value_or(1.0);
        }
    }

    void read_until(YamlNode const& node) {
        std::string const path = path_ + ".until";
        Fields fields(reading_, node, path);
        if (!fields.is_map()) return;
        std::string key;
        YamlNode const* const value = one_of(reading_, fields, node, path, {"age", "time", "after", "when"}, key);
        fields.finish();
        if (value == nullptr) return;
        if (key == "when") {
            delivery_.until = Delivery::Until::when;
            delivery_.until_condition = read_condition(reading_, *value, path + ".when");
            return;
        }
        auto const years = read_years(reading_, *value, path + "." + key, 0.0, oldest_years);
        delivery_.until_years = years.value_or(0.0);
        if (key == "after" && years && !(*years > 0.0))
            reading_.refuse(*value, path + ".after", "ends as it begins", "must be above 0");
        delivery_.until = key == "age"    ? Delivery::Until::age
                          : key == "time" ? Delivery::Until::time
                                          : Delivery::Until::after;
        bool const same_clock = (key == "age" && delivery_.from == Delivery::From::age) ||
                                (key == "time" && delivery_.from == Delivery::From::time);
        if (years && same_clock && !(*years > delivery_.from_years))
            reading_.refuse(*value, path + "." + key, "ends before it begins",
                            "'from' is " + number_text(delivery_.from_years) + " years");
    }

    void read_reach(YamlNode const& node) {
        std::string const path = path_ + ".reach";
        Fields fields(reading_, node, path);
        if (!fields.is_map()) return;
        YamlNode const* const coverage = fields.take("coverage");
        YamlNode const* const adherence = fields.take("adherence");
        YamlNode const* const dropout = fields.take("dropout_per_year");
        YamlNode const* const group = fields.take("group");
        YamlNode const* const groups = fields.take("groups");
        fields.finish();
        read_group(node, path, group, groups);
        if (coverage != nullptr)
            delivery_.coverage = read_number(reading_, *coverage, path + ".coverage", "1", 0.0, 1.0).value_or(1.0);
        if (dropout != nullptr)
            delivery_.dropout_rate_per_year =
                read_number(reading_, *dropout, path + ".dropout_per_year", "1/year", 0.0, most_dropout_per_year)
                    .value_or(0.0);
        if (adherence == nullptr) return;
        std::string const inner_path = path + ".adherence";
        if (!adherence->is_map()) {
            delivery_.adherence_mean = read_number(reading_, *adherence, inner_path, "1", 0.0, 1.0).value_or(1.0);
            return;
        }
        Fields inner(reading_, *adherence, inner_path);
        YamlNode const* const mean = inner.need("mean", "the mean share of the dose that is taken");
        YamlNode const* const sd = inner.take("sd");
        inner.finish();
        if (mean != nullptr)
            delivery_.adherence_mean = read_number(reading_, *mean, inner_path + ".mean", "1", 0.0, 1.0).value_or(1.0);
        if (sd != nullptr)
            delivery_.adherence_sd = read_number(reading_, *sd, inner_path + ".sd", "1", 0.0, 1.0).value_or(0.0);
    }

    void read_group(YamlNode const& reach, std::string const& path, YamlNode const* group, YamlNode const* groups) {
        if (group == nullptr && groups == nullptr) return;
        if (group == nullptr || groups == nullptr) {
            reading_.refuse(reach, path, group == nullptr ? "'group' is missing" : "'groups' is missing",
                            "{group: 2, groups: 4} is the second of four equal groups");
            return;
        }
        constexpr std::uint64_t most_groups = 1000;
        auto const all = read_whole(reading_, *groups, path + ".groups", 1, most_groups);
        auto const one = read_whole(reading_, *group, path + ".group", 1, all.value_or(most_groups),
                                    "must be within 1 and 'groups'");
        if (!all || !one) return;
        delivery_.group = static_cast<int>(*one);
        delivery_.groups = static_cast<int>(*all);
    }

    void read_repeat(YamlNode const& node) {
        delivery_.repeat = read_bool(reading_, node, path_ + ".repeat").value_or(false);
        bool const comes_once = delivery_.from == Delivery::From::start || delivery_.from == Delivery::From::age ||
                                delivery_.from == Delivery::From::time;
        if (delivery_.repeat && comes_once)
            reading_.refuse(node, path_ + ".repeat", "nothing to repeat",
                            "an age or a time comes once; 'when', 'event' and 'screen' may come again");
    }

    void read_place(KindSpec const* kind, YamlNode const* muscles, YamlNode const* side) {
        for (YamlNode const* const place : {muscles, side})
            if (place != nullptr && kind != nullptr && !kind->local)
                reading_.refuse(*place, path_ + (place == muscles ? ".muscles" : ".side"),
                                "'" + std::string(kind->name) + "' acts on the whole body",
                                "it cannot be limited to a muscle or a side");
        if (muscles != nullptr) {
            auto const chosen = read_names(reading_, *muscles, path_ + ".muscles", reading_.plan.muscle_names,
                                           "no such muscle in this plan:");
            if (chosen && chosen->empty())
                reading_.refuse(*muscles, path_ + ".muscles", "is empty", "leave the key out for all muscles");
            if (chosen) delivery_.muscles = 0;
            if (chosen)
                for (int const m : *chosen) delivery_.muscles |= 1U << static_cast<unsigned>(m);
        }
        if (side != nullptr) {
            auto const index = read_name(reading_, *side, path_ + ".side", {"left", "right", "both"}, "unknown side");
            constexpr std::array<unsigned, 3> sides{left_side, right_side, both_sides};
            delivery_.sides = index ? sides[static_cast<std::size_t>(*index)] : both_sides;
        }
    }

    [[nodiscard]] double last_age() const {
        auto const& population = reading_.plan.population;
        return std::min(population.end_age_years, population.start_age_to_years + population.follow_years);
    }

    Reading const& reading_;
    YamlNode const& node_;
    std::string path_;
    Delivery delivery_;
};

/// Where steps are long, the error of a step hides what is done within one.
void note_coarse_step(Reading const& reading, YamlNode const& root) {
    constexpr double long_step_years = 1.001 / 12.0;  // tests hold a month against days
    double const step = reading.plan.clock.step_years;
    YamlNode const* const clock = root.find("clock");
    if (step < long_step_years || clock == nullptr || clock->find("step") == nullptr) return;
    for (auto const& arm : reading.plan.arms)
        for (auto const& d : arm.deliveries)
            if (d.until == Delivery::Until::after && d.until_years < step) {
                auto const& name = reading.plan.interventions[static_cast<std::size_t>(d.intervention)].name;
                reading.note(*clock->find("step"), "clock.step", "is longer than a course of " + name,
                             "what it does can be smaller than the error of so long a step, and of the other sign; a "
                             "month or less tells it");
                return;
            }
}

}  // namespace

void read_arms(Reading const& reading, YamlNode const& root) {
    auto& arms = reading.plan.arms;
    YamlNode const* const node = root.find("arms");
    if (node == nullptr) {
        arms.push_back({"usual_life", {}});
        return;
    }
    if (!node->is_map()) {
        reading.refuse(*node, "arms", "needs names with a list of deliveries each", "found " + found(*node));
        return;
    }
    if (node->fields.empty())
        reading.refuse(*node, "arms", "is empty", "leave the key out for one arm without interventions");
    if (node->fields.size() > most_arms) {
        reading.refuse(*node, "arms", "more than 1000 arms", "each arm runs everyone anew");
        return;
    }
    for (auto const& [key, value] : node->fields) {
        std::string const path = "arms." + key.text.substr(0, 64);
        arms.push_back({key.text, {}});
        if (!read_label(reading, key, path)) continue;
        if (!value.is_sequence()) {
            reading.refuse(value, path, "needs a list of deliveries", "found " + found(value) + "; [] for none");
            continue;
        }
        if (value.items.size() > most_deliveries) {
            reading.refuse(value, path, "more than 1000 deliveries");
            continue;
        }
        auto& deliveries = arms.back().deliveries;
        std::size_t const before = reading.problems.list().size();
        std::vector<YamlNode const*> nodes;
        std::vector<std::string> paths;
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            auto delivery = DeliveryReader(reading, value.items[i], path + "." + std::to_string(i)).read();
            if (!delivery) continue;
            nodes.push_back(&value.items[i]);
            paths.push_back(path + "." + std::to_string(i));
            delivery->occurrence =
                static_cast<int>(std::ranges::count(deliveries, delivery->intervention, &Delivery::intervention));
            deliveries.push_back(std::move(*delivery));
        }
        if (reading.problems.list().size() == before) check_overlaps(reading, deliveries, nodes, paths);
    }
    note_coarse_step(reading, root);
}

}  // namespace sarx
