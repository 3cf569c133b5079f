#include "sim/run/crew.hpp"

#include <algorithm>

namespace sarx {

Crew crew_of(World const& world, std::uint32_t row, std::uint32_t count) {
    auto const& population = world.plan->population;
    Crew crew;
    for (std::uint32_t l = 0; l < count; ++l) {
        crew.person[l] = world.drawing.person(row + l);
        crew.present[l] = 1;
        crew.row[l] = row + l;
        crew.weight[l] = population.given.empty() ? 1.0F : static_cast<float>(population.given[row + l].weight);
        crew.follow_years[l] =
            std::min(population.end_age_years - crew.person[l].start_age_years, population.follow_years);
    }
    return crew;
}

ParameterLanes parameters_of(World const& world, Crew const& crew,
                             std::array<std::vector<std::optional<double>> const*, lanes> const& given) {
    ParameterLanes parameters = world.drawing.empty_lanes();
    for (int lane = 0; lane < lanes; ++lane) {
        auto const l = static_cast<std::size_t>(lane);
        // Empty lanes get somebody's values too, so that arithmetic there stays finite.
        world.drawing.draw(crew.present[l] != 0 ? crew.person[l] : crew.person[0], given[l], parameters, lane);
    }
    return parameters;
}

int unit_count(World const& world, ParameterLanes const& parameters, int muscle, int lane) {
    auto const& model = *world.model;
    std::size_t const count = model.parameters().id(model.unit_count_parameter()).index;
    std::size_t const row =
        count * static_cast<std::size_t>(parameters.muscle_count) + static_cast<std::size_t>(muscle);
    return model.unit_capacity(static_cast<double>(parameters.values[row * lanes + static_cast<std::size_t>(lane)]));
}

BlockShape shape_of(World const& world, ParameterLanes const& parameters) {
    std::vector<int> rows(static_cast<std::size_t>(parameters.muscle_count), 0);
    for (int m = 0; m < parameters.muscle_count; ++m)
        for (int lane = 0; lane < lanes; ++lane)
            rows[static_cast<std::size_t>(m)] =
                std::max(rows[static_cast<std::size_t>(m)], unit_count(world, parameters, m, lane));
    return BlockShape(world.model->columns(), rows);
}

}  // namespace sarx
