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

BlockShape shape_of(World const& world, ParameterLanes const& parameters) {
    auto const& model = *world.model;
    auto const muscles = static_cast<std::size_t>(parameters.muscle_count);
    auto const count = model.parameters().id(model.unit_count_parameter()).index;
    std::vector<int> rows;
    for (std::size_t m = 0; m < muscles; ++m) {
        float const* const values = parameters.values.data() + (count * muscles + m) * lanes;
        rows.push_back(model.unit_capacity(static_cast<double>(*std::max_element(values, values + lanes))));
    }
    return BlockShape(model.columns(), rows);
}

}  // namespace sarx
