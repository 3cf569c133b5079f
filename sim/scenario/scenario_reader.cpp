#include "sim/scenario/scenario_reader.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "sim/scenario/keys.hpp"
#include "sim/scenario/read_where.hpp"
#include "sim/scenario/resolve.hpp"
#include "sim/scenario/scenario_tree.hpp"
#include "sim/text/plain_text.hpp"

namespace sarx {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 4U << 20U;

/// Refuses unknown keys of the scenario, those without a value, and a missing population.
void check_keys(Reading const& reading, YamlNode const& whole) {
    Fields fields(reading, whole, "");
    for (auto const& key : grammar::scenario_keys()) {
        if (key.about.needed.empty() || key.name == "sarx")
            fields.take(key.name);
        else
            fields.need(key.name, std::string(key.about.needed));
    }
    fields.finish();
}

/// Reads one key of the scenario. What is left out is read as if it stood there empty: some of it has a default that
/// follows from other keys.
void read_key(Reading const& reading, std::string const& name) {
    auto const& key = grammar::key_named(grammar::scenario_keys(), name);
    YamlNode none;
    none.kind = YamlNode::Kind::map;
    none.mark = reading.root.mark;
    YamlNode const* node = reading.root.find(name);
    if (key.about.always && node != nullptr && !node->is_map()) {
        reading.refuse(*node, name, "needs keys with values", "found " + found(*node));
        node = nullptr;
    }
    if (node != nullptr || key.about.always) key.read(reading, node != nullptr ? *node : none, name, reading.plan);
}

/// Leaves the arms asked for, in the order asked: the first is the reference.
void keep_arms(Reading const& reading, std::vector<std::string> const& wanted) {
    if (wanted.empty()) return;
    auto& arms = reading.plan.arms;
    std::vector<std::string> names;
    for (auto const& arm : arms) names.push_back(arm.name);
    Mark const where{static_cast<int>(reading.problems.files.size()), 0, 0};
    reading.problems.files.emplace_back("--arms");
    std::vector<Arm> kept;
    for (auto const& name : wanted) {
        auto const at = std::ranges::find(names, name);
        if (at == names.end())
            reading.problems.add(
                {where, "", "unknown arm '" + name + "'", "known: " + listed(names), nearest(name, names)});
        else if (std::ranges::find(kept, name, &Arm::name) == kept.end())
            kept.push_back(arms[static_cast<std::size_t>(at - names.begin())]);
    }
    arms = std::move(kept);
}

std::vector<SetOption> set_options(ReadOptions const& options) {
    std::vector<SetOption> set;
    for (auto const& [path, value] : options.set) set.push_back({"--set", path, value});
    if (options.people) set.push_back({"--people", "population.people", std::to_string(*options.people)});
    if (options.seed) set.push_back({"--seed", "seed", std::to_string(*options.seed)});
    return set;
}

}  // namespace

std::optional<Plan> read_plan(ScenarioText const& scenario, Model const& model, ReadOptions const& options,
                              Problems& problems) {
    std::size_t const before = problems.list().size();
    auto const tree = read_tree(scenario.name, scenario.text, Folder(scenario.folder, scenario.beside),
                                set_options(options), problems);
    if (!tree) return std::nullopt;

    Plan plan;
    plan.model = &model;
    plan.name = fs::path(scenario.name).stem().string();
    plan.origin.sources = tree->sources;
    plan.notes = tree->notes;
    // A key without a value is refused below; the parts see it as absent.
    YamlNode root = tree->root;
    std::erase_if(root.fields, [](auto const& field) { return field.second.kind == YamlNode::Kind::null; });
    Reading const reading{model, plan, problems, root, tree->folder};
    check_keys(reading, tree->root);
    for (char const* const key :
         {"title", "description", "authors", "references", "seed", "population", "clock", "model"})
        read_key(reading, key);
    grammar::read_where(reading);
    for (char const* const key : {"interventions", "arms"}) read_key(reading, key);
    if (plan.arms.empty() && root.find("arms") == nullptr) plan.arms.push_back({"usual_life", {}});
    keep_arms(reading, options.arms);
    for (char const* const key : {"run", "record"}) read_key(reading, key);
    if (problems.list().size() != before) return std::nullopt;
    grammar::resolve(plan);
    return plan;
}

std::optional<Plan> read_plan(fs::path const& file, Model const& model, ReadOptions const& options,
                              Problems& problems) {
    auto const refuse = [&](std::string what, std::string why) -> std::optional<Plan> {
        Mark const where{static_cast<int>(problems.files.size()), 0, 0};
        problems.files.push_back(as_utf8(file.string()));
        problems.add({where, "", std::move(what), std::move(why), ""});
        return std::nullopt;
    };
    std::error_code error;
    auto const status = fs::status(file, error);
    if (!fs::exists(status)) return refuse("cannot be found", "");
    if (!fs::is_regular_file(status)) return refuse("is not a file", "");
    if (auto const size = fs::file_size(file, error); error || size > most_bytes)
        return refuse("larger than 4 MiB", "a scenario is far smaller");
    std::ifstream stream(file, std::ios::binary);
    ScenarioText scenario;
    scenario.name = as_utf8(file.string());
    scenario.text.assign(std::istreambuf_iterator<char>(stream), {});
    if (!stream.good() && !stream.eof()) return refuse("cannot be read", "");
    auto const parent = fs::absolute(file, error).parent_path();
    scenario.folder = parent;
    return read_plan(scenario, model, options, problems);
}

}  // namespace sarx
