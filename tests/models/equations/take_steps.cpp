// Takes single steps of every stage from made-up states and writes what went in and came out, as JSON, for
// test_equations.py: another hand's reading of the headers, in plain Python, must come to the same numbers.
//
// A line a step: {"stage", "parameters": {path: [by muscle, or one][people]}, "dt_years": [people], "age_years":
// [people], "before" and "after": {column: [people], or [muscles][people], or [muscles][units][people]}}. "before" has
// all columns that the stage declares, "after" those that it writes or adds to; wide columns stand as
// [muscles][places][people].

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "models/life_of_block.hpp"

using namespace sarx;
using namespace sarx::testing;
using nlohmann::json;

namespace {

using Luck = std::mt19937_64;

/// [0, 1): the same on every machine, as distributions of the standard library are not.
double uniform(Luck& luck) { return static_cast<double>(luck() >> 11) * 0x1.0p-53; }

/// The rows of a column in one muscle: one a place of a wide column, one a unit.
int rows_of(Block const& block, ColumnSpec const& spec, int m) {
    return spec.level == Level::unit ? block.unit_rows(m) : spec.width;
}

/// Moves a number of somebody's life to another that it might be, in one of ten to where bounds of equations may lie.
float shaken(float x, ColumnSpec const& spec, Luck& luck) {
    if (spec.kind == Kind::flag || spec.name == "bout_count") {
        auto const classes = std::max(static_cast<int>(spec.valid_max) + 1, 2);
        return static_cast<float>(static_cast<int>(uniform(luck) * classes) % classes);
    }
    double const luck_of_all = uniform(luck);
    if (spec.name == "youth_contractile_area" && luck_of_all < 0.1) return 0.0F;  // not known yet
    double now = static_cast<double>(x) * (0.7 + 0.6 * uniform(luck));
    if (x == 0.0F && luck_of_all < 0.5) now = 0.4 * std::min(spec.valid_max, 20.0) * uniform(luck);
    if (spec.level != Level::unit && luck_of_all > 0.9) {
        now = 0.005 * static_cast<double>(x);
        if (spec.valid_max <= 10.0 && luck_of_all > 0.95) now = spec.valid_max * uniform(luck);
    }
    // Some of what units keep for their muscle's sake lies beyond 1, where the dictionary names no bound.
    return static_cast<float>(std::clamp(now, spec.valid_min, std::max(spec.valid_max, static_cast<double>(x))));
}

void shake(Block& block, ColumnId id, ColumnSpec const& spec, Luck& luck) {
    if (spec.name.starts_with("youth_fibre_count")) return;
    for (int m = 0; m < (spec.level == Level::person ? 1 : block.muscle_count()); ++m)
        for (int row = 0; row < rows_of(block, spec, m); ++row)
            for (int lane = 0; lane < lanes; ++lane) {
                float& x = block.muscle(id, m)[row * lanes + lane];
                bool const none = spec.level == Level::unit &&
                                  block.unit(column_in(models::columns, "unit_fibres"), m)[row * lanes + lane] <= 0.0F;
                if (!none) x = shaken(x, spec, luck);
            }
}

json numbers(Block const& block, ColumnId id, ColumnSpec const& spec) {
    auto const people = [&](int m, int row) {
        json list = json::array();
        for (int lane = 0; lane < lanes; ++lane) list.push_back(block.muscle(id, m)[row * lanes + lane]);
        return list;
    };
    if (spec.level == Level::person) return people(0, 0);
    json muscles = json::array();
    for (int m = 0; m < block.muscle_count(); ++m) {
        if (spec.level == Level::muscle && spec.width == 1) {
            muscles.push_back(people(m, 0));
            continue;
        }
        json rows = json::array();
        for (int row = 0; row < rows_of(block, spec, m); ++row) rows.push_back(people(m, row));
        muscles.push_back(std::move(rows));
    }
    return muscles;
}

/// Parameters drawn over the ranges that are plausible, one set a person. The first two people have all that is low and
/// all that is high; in the third nothing takes part in what muscles have a weight in.
ParameterLanes plausible(Model const& model, ParameterLanes lanes_of_life, Luck& luck) {
    auto const& table = model.parameters().parameters;
    auto const muscles = model.muscles().size();
    for (std::size_t p = 0; p < table.size(); ++p) {
        auto const& spec = table[p];
        bool const kept = spec.path.starts_with("people.");  // pools were made from them
        for (std::size_t m = 0; m < muscles && !kept; ++m)
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                double const drawn = uniform(luck);
                bool const lowest = lane == 0 || (lane == 2 && spec.path.ends_with("_weight"));
                double const way = lowest ? 0.0 : lane == 1 ? 1.0 : drawn;
                double const x = spec.plausible_low + (spec.plausible_high - spec.plausible_low) * way;
                auto const first = p * muscles * lanes;
                lanes_of_life.values[first + m * lanes + lane] =
                    m == 0 || spec.by_muscle ? static_cast<float>(x) : lanes_of_life.values[first + lane];
            }
    }
    return lanes_of_life;
}

json parameters_of(Model const& model, StageSpec const& stage, ParameterLanes const& values) {
    json out = json::object();
    for (auto const path : stage.parameters) {
        auto const id = model.parameters().id(path);
        bool const by_muscle = model.parameters().parameters[id.index].by_muscle;
        json all = json::array();
        for (int m = 0; m < (by_muscle ? values.muscle_count : 1); ++m) {
            json people = json::array();
            for (std::size_t lane = 0; lane < lanes; ++lane)
                people.push_back(values.values[(id.index * static_cast<std::size_t>(values.muscle_count) +
                                                static_cast<std::size_t>(m)) *
                                                   lanes +
                                               lane]);
            all.push_back(std::move(people));
        }
        out[std::string(path)] = std::move(all);
    }
    return out;
}

/// Lives as unlike as they come: some train, by rank and electrically, and one loses all nerves of one muscle.
void live(LifeOfBlock& life, double age_years) {
    constexpr int no_nerve = 15;
    life.live_to(
        age_years,
        [](Block& block) {
            using models::column;
            for (int m = 0; m < block.muscle_count(); ++m)
                for (int lane = 0; lane < lanes; lane += 3) {
                    block.muscle(column("task_practice_fraction"), m)[lane] = 0.6F;
                    block.muscle(column("fast_practice_fraction"), m)[lane] = 0.3F;
                    block.muscle(column("bout_count"), m)[lane] = static_cast<float>(models::habit_bouts + 2);
                    for (int added = 0; added < 2; ++added) {
                        int const at = (models::habit_bouts + added) * lanes + lane;
                        block.muscle(column("bout_effort"), m)[at] = 0.8F;
                        block.muscle(column("bout_volume"), m)[at] = 0.4F;
                        block.muscle(column("bout_tension"), m)[at] = 3.0F;
                        block.muscle(column("bout_order"), m)[at] = static_cast<float>(added);
                    }
                }
            block.muscle(column("axon_injury_rate_per_year"), 1)[no_nerve] = 5.0F;
        },
        4);
}

/// One line: a step of a stage from a made-up state.
void take_step(Model const& model, StageSpec const& stage, LifeOfBlock& life, Luck& luck) {
    ParameterLanes const values = plausible(model, life.block().parameters(), luck);
    Block block(life.block().shape(), values);
    for (int lane = 0; lane < lanes; ++lane) block.copy_lane(life.block(), lane, lane);
    for (int m = 0; m < block.muscle_count(); ++m) block.set_unit_rows(m, life.block().unit_rows(m));
    std::vector<ColumnId> declared;
    for (auto const* list : {&stage.reads, &stage.reads_previous, &stage.adds_to, &stage.writes})
        declared.insert(declared.end(), list->begin(), list->end());
    for (auto const id : declared) shake(block, id, model.columns()[id.index], luck);

    alignas(64) float dt_years[lanes];
    alignas(64) float age_years[lanes];
    for (int lane = 0; lane < lanes; ++lane) {
        constexpr double steps_years[] = {1.0 / 365.25, 1.0 / 12.0, 0.25};
        dt_years[lane] = static_cast<float>(steps_years[static_cast<std::size_t>(uniform(luck) * 3.0)]);
        age_years[lane] = static_cast<float>(20.0 + 90.0 * uniform(luck));
    }
    json out = {{"stage", stage.name},
                {"dt_years", dt_years},
                {"age_years", age_years},
                {"parameters", parameters_of(model, stage, values)}};
    for (auto const id : declared)
        out["before"][std::string(model.columns()[id.index].name)] = numbers(block, id, model.columns()[id.index]);
    model.make_stage(stage.name, "")->step(block, {dt_years, age_years});
    for (auto const* list : {&stage.adds_to, &stage.writes})
        for (auto const id : *list)
            out["after"][std::string(model.columns()[id.index].name)] = numbers(block, id, model.columns()[id.index]);
    std::printf("%s\n", out.dump().c_str());
}

bool has_units(Model const& model, StageSpec const& stage) {
    for (auto const* list : {&stage.reads, &stage.reads_previous, &stage.adds_to, &stage.writes})
        for (auto const id : *list)
            if (model.columns()[id.index].level == Level::unit) return true;
    return false;
}

}  // namespace

int main(int count, char** arguments) {
    std::uint64_t const seed = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
    Luck luck(seed);
    Model const& model = whole_model();
    std::vector<std::string> all;
    for (auto const& spec : model.stages())
        if (spec.replaces.empty() && spec.phase != Phase::measure) all.emplace_back(spec.name);
    LifeOfBlock life({.sex = seed % 2 == 0 ? Sex::male : Sex::female, .stages = all, .drawn = true, .seed = seed});
    live(life, 30.0 + 50.0 * uniform(luck));
    constexpr int states_without_units = 25;  // small, and outcomes that are classes need many people
    for (auto const& stage : model.stages())
        for (int state = 0; state < (has_units(model, stage) ? 1 : states_without_units); ++state)
            take_step(model, stage, life, luck);
    return 0;
}
