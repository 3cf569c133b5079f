#pragma once
// Who a person is at 20: traits, and the pools of motor units with the thresholds of their loss.

#include <span>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"

namespace sarx::models {

class Young {
public:
    explicit Young(ParameterTable const& parameters);

    /// Sets one lane to youth from its drawn parameters; columns hold their youth value before.
    /// @param muscles muscles of the plan as indices into the model's list: they name the draws of a muscle's units
    void make(Block& block, int lane, Person const& person, Random const& random, std::span<int const> muscles) const;

    /// Rows of units that a pool of at most this many units needs.
    [[nodiscard]] static int unit_capacity(double largest_unit_count);

private:
    void make_pool(Block& block, int lane, Person const& person, Random const& random, int m, int model_muscle) const;

    std::vector<std::pair<ColumnId, ParameterId>> traits_;
    ParameterId lean_mass_index_;
    ParameterId motor_unit_count_;
    ParameterId fibre_count_;
    ParameterId type1_fraction_;
    ParameterId innervation_range_;
    ParameterId youth_stability_;
    ParameterId recruitment_width_;
    ParameterId area_type1_;
    ParameterId area_type2_;
};

}  // namespace sarx::models
