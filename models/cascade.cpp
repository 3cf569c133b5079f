#include "models/cascade.hpp"

#include <iterator>

#include "models/0_life/stages.hpp"
#include "models/1_cells/stages.hpp"
#include "models/2_junctions/stages.hpp"
#include "models/3_motor_units/stages.hpp"
#include "models/4_fibres/stages.hpp"
#include "models/5_function/stages.hpp"
#include "models/6_outcomes/stages.hpp"
#include "models/measures/stages.hpp"

namespace sarx::models {

namespace {

void append(std::vector<StageEntry>& all, std::vector<StageEntry> level) {
    all.insert(all.end(), std::make_move_iterator(level.begin()), std::make_move_iterator(level.end()));
}

}  // namespace

std::vector<StageEntry> const& all_stages() {
    static std::vector<StageEntry> const all = [] {
        std::vector<StageEntry> stages;
        append(stages, life_stages());
        append(stages, cell_stages());
        append(stages, junction_stages());
        append(stages, motor_unit_stages());
        append(stages, fibre_stages());
        append(stages, function_stages());
        append(stages, outcome_stages());
        append(stages, measure_stages());
        return stages;
    }();
    return all;
}

}  // namespace sarx::models
