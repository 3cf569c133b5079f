// One block of people, from 60 to 70: where the time of a step goes.

#include <cstdio>
#include <map>

#include "bench/bench.hpp"
#include "sim/run/crew.hpp"
#include "sim/run/life.hpp"

namespace sarx::bench {

double stages(std::string const& instruction_set, bool by_stage) {
    Plan const plan = testing::plan_of(testing::real_model(), scenario(16, 60, 70, "  usual: []\n"));
    Simulator const simulator(plan, testing::base_rate(plan, instruction_set), instruction_set);
    World const& world = simulator.world();
    Crew const crew = crew_of(world, 0, lanes);
    ParameterLanes const parameters = parameters_of(world, crew, {});
    BlockShape const shape = shape_of(world, parameters);
    LifeOptions const options{.random = world.drawing.random(), .deaths = true, .step_years = 1.0 / 12.0};
    Life life(world, crew, options);
    LifeState state = born(world, crew, shape, parameters, options.random);

    auto const count = world.model->parameters().id(world.model->unit_count_parameter());
    double units = 0.0;
    double rows = 0.0;
    for (int m = 0; m < state.block.muscle_count(); ++m) {
        rows += state.block.unit_rows(m);
        for (int lane = 0; lane < lanes; ++lane) units += static_cast<double>(state.block.parameter(count, m)[lane]);
    }
    if (by_stage)
        std::printf(
            "one block: %d people, %.0f motor units in %.0f rows (padding %.2f), %.0f kB, %.0f bytes a person, %s\n",
            lanes, units, rows, rows * lanes / units, static_cast<double>(shape.floats) * 4e-3,
            static_cast<double>(shape.floats) * 4.0 / lanes, world.instruction_set.c_str());

    life.age_to_entry(state);
    std::vector<std::pair<std::string, Stage const*>> all;
    std::size_t life_stage = 0;
    std::size_t body_stage = 0;
    for (auto const& name : plan.stages)
        for (auto const& spec : world.model->stages()) {
            if (spec.name != name || spec.phase == Phase::measure) continue;
            all.emplace_back(name, spec.phase == Phase::life ? world.life_stages[life_stage++].stage.get()
                                                             : world.body_stages[body_stage++].stage.get());
        }
    constexpr int steps = 120;
    constexpr int repeats = 20;
    std::vector<double> least(all.size(), 1e30);
    alignas(64) float dt[lanes];
    alignas(64) float age[lanes];
    std::fill_n(dt, lanes, 1.0F / 12.0F);
    for (int repeat = 0; repeat < repeats; ++repeat) {
        Block block = state.block;
        std::vector<double> spent(all.size(), 0.0);
        for (int k = 0; k < steps; ++k) {
            std::fill_n(age, lanes, 60.0F + static_cast<float>(k) / 12.0F);
            for (std::size_t s = 0; s < all.size(); ++s) {
                auto const begin = std::chrono::steady_clock::now();
                all[s].second->step(block, LaneTime{dt, age});
                spent[s] += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            }
        }
        for (std::size_t s = 0; s < all.size(); ++s) least[s] = std::min(least[s], spent[s]);
    }
    double total = 0.0;
    for (double const x : least) total += x;
    double const ns = 1e9 / (units * steps);
    for (std::size_t s = 0; s < all.size() && by_stage; ++s)
        std::printf("  %-42s %8.3f ns a motor-unit step  %5.1f %%\n", all[s].first.c_str(), least[s] * ns,
                    100.0 * least[s] / total);
    std::string const what = "all stages, " + world.instruction_set;
    std::printf("%-44s %8.3f ns a motor-unit step\n", what.c_str(), total * ns);
    return total * ns;
}

}  // namespace sarx::bench
