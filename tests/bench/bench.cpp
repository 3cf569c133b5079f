// Speed of the simulator; README.md of this folder says how to read it.

#include "bench/bench.hpp"

#include <cstdio>
#include <cstdlib>

#include "sim/run/crew.hpp"

namespace sarx::bench {

std::string scenario(std::uint32_t people, int start_age, int end_age, std::string const& arms,
                     std::string const& variables) {
    return "sarx: 1\nseed: 7\npopulation: {people: " + std::to_string(people) +
           ", start_age: " + std::to_string(start_age) + " years, end_age: " + std::to_string(end_age) +
           " years, female_fraction: 0.5}\nclock: {step: 1 month, record_every: 1 year}\n"
           "interventions:\n  power: {kind: power_training, dose: {sessions_per_week: 2}}\n"
           "  walk: {kind: endurance_training}\n  protein: {kind: protein_intake}\n"
           "arms:\n" +
           arms + "record: {variables: " + variables + "}\n";
}

double unit_steps(Simulator const& simulator, std::vector<BatchResult> const& batches) {
    World const& world = simulator.world();
    Plan const& plan = *world.plan;
    auto const alive = static_cast<std::size_t>(
        std::ranges::find_if(world.series, [&](Series const& s) { return s.column == world.model->alive(); }) -
        world.series.begin());
    auto const count = world.model->parameters().id(world.model->unit_count_parameter()).index;
    auto const records = static_cast<std::size_t>(plan.clock.records);
    double sum = 0.0;
    for (auto const& batch : batches)
        for (std::uint32_t first = 0; first < batch.people; first += lanes) {
            std::uint32_t const here = std::min<std::uint32_t>(lanes, batch.people - first);
            ParameterLanes const parameters =
                parameters_of(world, crew_of(world, batch.first_person + first, here), {});
            for (std::uint32_t l = 0; l < here; ++l) {
                double units = 0.0;
                for (int m = 0; m < parameters.muscle_count; ++m)
                    units +=
                        static_cast<double>(parameters.values[(static_cast<std::size_t>(count) *
                                                                   static_cast<std::size_t>(parameters.muscle_count) +
                                                               static_cast<std::size_t>(m)) *
                                                                  lanes +
                                                              l]);
                for (std::size_t a = 0; a < plan.arms.size(); ++a)
                    for (std::size_t r = 0; r + 1 < records; ++r)
                        if (batch.trajectories[((alive * plan.arms.size() + a) * batch.people + first + l) * records +
                                               r] > 0.5F)
                            sum += units *
                                   (plan.clock.record_years(static_cast<int>(r) + 1) -
                                    plan.clock.record_years(static_cast<int>(r))) /
                                   plan.clock.step_years;
            }
        }
    return sum;
}

}  // namespace sarx::bench

int main() {
    double const vectors = sarx::bench::stages("", true);
    auto const sets = sarx::testing::real_model().instruction_sets();
    for (auto const& set : sets.first(sets.size() - 1)) sarx::bench::stages(std::string(set), false);
    double const naive = sarx::bench::naive_ns_per_unit_step();
    std::printf("%-44s %8.2f ns a motor-unit step  (%.1f times all stages)\n", "one object a unit, double", naive,
                naive / vectors);
    std::fflush(stdout);
    if (std::system(SARX_PYTHON " " SARX_NUMPY_UNITS) != 0)
        std::puts("numpy: not measured (" SARX_PYTHON " has no numpy)");
    sarx::bench::runs();
}
