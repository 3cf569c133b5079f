#include "sim/scenario/read_arms.hpp"

#include <algorithm>

#include "sim/scenario/delivery_keys.hpp"
#include "sim/scenario/model_schema.hpp"
#include "sim/scenario/windows.hpp"

namespace sarx::grammar {
namespace {

constexpr std::size_t most_arms = 1000;
constexpr std::size_t most_deliveries = 1000;

/// When the last person may still be observed.
double last_age_years(Population const& population) {
    return std::min(population.end_age_years, population.start_age_to_years + population.follow_years);
}

/// What acts on the whole body has no place; a place is not empty.
void check_place(Reading const& reading, Given const& given, std::string const& path, Delivery const& delivery) {
    auto const& plan = reading.plan;
    if (given.sound_at("give") != nullptr) {
        auto const& intervention = plan.interventions[static_cast<std::size_t>(delivery.intervention)];
        KindSpec const& kind = reading.model.kinds()[static_cast<std::size_t>(intervention.kind)];
        for (char const* const key : {"muscles", "side"})
            if (YamlNode const* const place = given.at(key);
                place != nullptr && !intervention.dose.empty() && !kind.local)
                reading.refuse(*place, path + "." + key, "'" + std::string(kind.name) + "' acts on the whole body",
                               "it cannot be limited to a muscle or a side");
    }
    if (given.sound_at("muscles") != nullptr && delivery.muscles == 0)
        reading.refuse(*given.at("muscles"), path + ".muscles", "is empty", "leave the key out for all muscles");
}

std::optional<Delivery> read_delivery(Reading const& reading, YamlNode const& node, std::string const& path) {
    Delivery delivery;
    Given const given = read_keys(reading, node, path, delivery_keys(), delivery);
    bool const from_is_sound = given.at("from") == nullptr || given.sound_at("from") != nullptr;
    if (YamlNode const* const until = given.sound_at("until"); until != nullptr && from_is_sound)
        check_window(reading, until->fields.front().second, path + ".until." + until->fields.front().first.text,
                     delivery);
    bool const comes_once = delivery.from == Delivery::From::start || delivery.from == Delivery::From::age ||
                            delivery.from == Delivery::From::time;
    if (delivery.repeat && comes_once)
        reading.refuse(*given.at("repeat"), path + ".repeat", "nothing to repeat",
                       "an age or a time comes once; 'when', 'event' and 'screen' may come again");
    check_place(reading, given, path, delivery);
    return given.sound_at("give") != nullptr ? std::optional(delivery) : std::nullopt;
}

/// Where steps are long, the error of a step hides what is done within one.
void note_coarse_step(Reading const& reading) {
    constexpr double long_step_years = 1.001 / 12.0;  // tests hold a month against days
    double const step = reading.plan.clock.step_years;
    YamlNode const* const clock = reading.root.find("clock");
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

void read_deliveries(Reading const& reading, YamlNode const& list, std::string const& path, Arm& arm) {
    std::size_t const before = reading.problems.list().size();
    std::vector<YamlNode const*> nodes;
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        auto delivery = read_delivery(reading, list.items[i], path + "." + std::to_string(i));
        if (!delivery) continue;
        nodes.push_back(&list.items[i]);
        paths.push_back(path + "." + std::to_string(i));
        delivery->occurrence =
            static_cast<int>(std::ranges::count(arm.deliveries, delivery->intervention, &Delivery::intervention));
        arm.deliveries.push_back(std::move(*delivery));
    }
    if (reading.problems.list().size() == before) check_overlaps(reading, arm.deliveries, nodes, paths);
}

bool read_arms(Reading const& reading, YamlNode const& node, std::string const& path, Plan& plan) {
    if (!node.is_map()) {
        reading.refuse(node, path, "needs names with a list of deliveries each", "found " + found(node));
        return false;
    }
    if (node.fields.empty())
        reading.refuse(node, path, "is empty", "leave the key out for one arm without interventions");
    if (node.fields.size() > most_arms) {
        reading.refuse(node, path, "more than 1000 arms", "each arm runs everyone anew");
        return false;
    }
    for (auto const& [key, value] : node.fields) {
        std::string const inner = path + "." + key.text.substr(0, 64);
        plan.arms.push_back({key.text, {}});
        if (!read_label(reading, key, inner)) continue;
        if (!value.is_sequence())
            reading.refuse(value, inner, "needs a list of deliveries", "found " + found(value) + "; [] for none");
        else if (value.items.size() > most_deliveries)
            reading.refuse(value, inner, "more than 1000 deliveries");
        else
            read_deliveries(reading, value, inner, plan.arms.back());
    }
    note_coarse_step(reading);
    return true;
}

std::string arms_text(Plan const& plan, Plan const&) {
    std::vector<std::string> arms;
    for (auto const& arm : plan.arms) {
        std::vector<std::string> deliveries;
        for (auto const& delivery : arm.deliveries)
            deliveries.push_back("- " + flow_text(texts(delivery_keys(), plan, delivery)));
        arms.push_back(quoted_text(arm.name) + ":" + (deliveries.empty() ? " []" : block_text(deliveries, 4)));
    }
    return block_text(arms, 2);
}

}  // namespace

void check_from(Reading const& reading, Given const& given, std::string const& path, Delivery& delivery) {
    auto const& population = reading.plan.population;
    double const from = delivery.from_years;
    if (YamlNode const* const age = given.sound_at("age")) {
        if (from < population.start_age_from_years)
            reading.refuse(*age, path + ".age", age->text + " lies before everybody's start",
                           "people start at " + number_text(population.start_age_from_years) +
                               " years or later; leave 'from' out to begin at entry");
        else if (from < population.start_age_to_years)
            reading.note(*age, path + ".age", "who is older at the start begins at entry",
                         "people start at up to " + number_text(population.start_age_to_years) + " years");
        if (!(from < last_age_years(population)))
            reading.refuse(*age, path + ".age", "nobody is observed at " + age->text,
                           "observation ends at " + number_text(last_age_years(population)) + " years");
    }
    if (YamlNode const* const time = given.sound_at("time");
        time != nullptr && population.follow_years > 0.0 && !(from < population.follow_years))
        reading.refuse(*time, path + ".time", time->text + " lies after the end",
                       "people are followed for " + number_text(population.follow_years) + " years");
    if (YamlNode const* const event = given.sound_at("event");
        event != nullptr && reading.model.events()[static_cast<std::size_t>(delivery.event)].is_death)
        reading.refuse(*event, path + ".event", "nobody is there after '" + event->text + "'");
}

void check_until(Reading const& reading, Given const& given, std::string const& path, Delivery& delivery) {
    if (YamlNode const* const after = given.sound_at("after"); after != nullptr && !(delivery.until_years > 0.0))
        reading.refuse(*after, path + ".after", "ends as it begins", "must be above 0");
    for (auto const& [key, clock] : {std::pair("age", Delivery::From::age), std::pair("time", Delivery::From::time)})
        if (YamlNode const* const end = given.sound_at(key);
            end != nullptr && delivery.from == clock && !(delivery.until_years > delivery.from_years))
            reading.refuse(*end, path + "." + key, "ends before it begins",
                           "'from' is " + number_text(delivery.from_years) + " years");
}

void check_groups(Reading const& reading, Given const& given, std::string const& path, Delivery& delivery) {
    bool const group = given.at("group") != nullptr;
    if (group != (given.at("groups") != nullptr))
        reading.refuse(given.node, path, group ? "'groups' is missing" : "'group' is missing",
                       "{group: 2, groups: 4} is the second of four equal groups");
    else if (given.sound_at("group") != nullptr && given.sound_at("groups") != nullptr &&
             delivery.group > delivery.groups)
        reading.refuse(*given.at("group"), path + ".group", given.at("group")->text + " is out of bounds",
                       "must be within 1 and 'groups'");
}

Form<Plan> arms_form() {
    Form<Plan> form;
    form.shown = {.told =
                      [](Model const&) {
                          return Told{"names with a list of deliveries each", "", ""};
                      },
                  .schema = arms_schema,
                  .inner = [] { return pointers(delivery_keys()); },
                  .names_before = 2};
    form.read = read_arms;
    form.text = arms_text;
    return form;
}

}  // namespace sarx::grammar
