#pragma once
// Who a person is at 20: traits, and the pools of motor units with the thresholds of their loss.

#include <span>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"

namespace sarx::models {

/// Parameters of the bouts of daily living, in the order of the habits stage, and of the activity of an age.
struct YouthHabits {
    static constexpr int bouts = 3;

    explicit YouthHabits(ParameterTable const& parameters);

    ParameterId load[bouts];
    ParameterId velocity[bouts];
    ParameterId volume[bouts];
    ParameterId tension[bouts];
    ParameterId half_age_years[bouts];
    ParameterId scale_years[bouts];
    ParameterId muscle_share;
    ParameterId effort_limit;
    ParameterId effort_limit_spread;
};

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
    /// What the habits at 20 ask of a muscle, bout by bout: stimulus where recruited, and factor of recruitment.
    struct YouthBouts {
        double stimulus[YouthHabits::bouts];
        double factor[YouthHabits::bouts];

        /// Mechanical stimulus of a unit, by exp(rank / width): the size of youth is its answer to it.
        [[nodiscard]] double stimulus_of(double rank_exponential) const;
    };
    [[nodiscard]] YouthBouts youth_bouts(Block const& block, int lane, int m) const;

    /// Appendicular lean mass of youth [kg] from that of the same height with the usual fat, and fatness; at least half.
    [[nodiscard]] float youth_lean_mass_kg(Block const& block, int lane, float of_usual_fat_kg) const;

    std::vector<std::pair<ColumnId, ParameterId>> traits_;
    ParameterId lean_mass_index_;
    ParameterId youth_fat_;
    ParameterId usual_fat_;
    ParameterId lean_per_log_fat_;
    ParameterId appendicular_share_;
    ParameterId motor_unit_count_;
    ParameterId fibre_count_;
    ParameterId type1_fraction_;
    ParameterId innervation_range_;
    ParameterId youth_stability_;
    ParameterId recruitment_width_;
    ParameterId full_recruitment_effort_;
    ParameterId threshold_range_;
    YouthHabits habits_;
    ParameterId area_type1_;
    ParameterId area_type2_;
};

}  // namespace sarx::models
