#pragma once
// Makes people: who they are (sex, age at entry) and the value of every parameter for each of them.
// A trait is a parameter with a distribution between people; draws are keyed by person and path, and
// correlated parameters go through a Gaussian copula.

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/contract/block.hpp"
#include "sim/contract/model.hpp"
#include "sim/contract/random.hpp"
#include "sim/scenario/plan.hpp"

namespace sarx {

class Drawing {
public:
    /// Throws InputError where the correlations of the plan do not form a valid (positive definite) matrix.
    explicit Drawing(Plan const& plan);

    /// Person number `row` of the run: a real one where the plan has a file, else drawn, by the number of the candidate
    /// where not everyone is of the run.
    [[nodiscard]] Person person(std::uint32_t row) const;

    /// Drawn person with this number, whether of the run or not.
    [[nodiscard]] Person candidate(std::uint32_t number) const;

    /// Empty lanes of parameters for a block.
    [[nodiscard]] ParameterLanes empty_lanes() const;
    /// Draws all parameters of one person into one lane. `given`, by Model::given(), fixes what a file says.
    void draw(Person const& person, std::vector<std::optional<double>> const* given, ParameterLanes& to,
              int lane) const;

    [[nodiscard]] Random const& random() const { return random_; }

private:
    struct Drawn {  // a parameter that is a distribution somewhere
        std::size_t parameter = 0;
        Purpose purpose;
        int copula = -1;  // row of the Cholesky factor, -1 if independent
    };
    [[nodiscard]] double normal_of(Drawn const& drawn, PersonKey key, std::uint32_t muscle) const;

    Plan const* plan_;
    Random random_;
    std::size_t muscles_;
    std::vector<float> constants_[2];  // by sex: [(parameter * muscles + muscle)]
    std::vector<Drawn> drawn_;
    std::vector<Purpose> copula_purposes_;
    std::vector<std::vector<double>> cholesky_;
};

/// Value at a standard normal deviate (`z`) of a distribution, clamped to its bounds.
double value_at(Value const& value, double z);

}  // namespace sarx
