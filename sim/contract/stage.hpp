#pragma once
// A stage moves the state of one block of people over one span of time. It is const: all it knows are
// parameters and columns, so blocks run in parallel without a lock.

#include <span>
#include <string_view>
#include <vector>

#include "sim/contract/block.hpp"

namespace sarx {

/// A span of time, person by person. Where `dt_years` is 0 nothing may change for that person, not by a
/// bit: write relaxations as x += (x_inf - x) * q with q = 1 - exp(-k dt).
struct Span {
    float const* dt_years;   ///< [lanes]
    float const* age_years;  ///< [lanes], at the middle of the span
};

/// When a stage runs: `life` in each step before the interventions add their stimuli, `body` after;
/// `measure` only when a record is due and somebody looks: what an instrument would read, which moves nobody.
enum class Phase : std::uint8_t { life, body, measure };

struct StageSpec {
    std::string_view name;
    Phase phase = Phase::body;
    std::string_view level;                     ///< folder, for tables: "1 cells", "2 junctions", ...
    std::string_view about;                     ///< one line
    std::string_view replaces = {};             ///< for a variant: the stage whose place it can take
    std::vector<ColumnId> reads = {};           ///< written by an earlier stage of the same step
    std::vector<ColumnId> reads_previous = {};  ///< feedback: the value of the last step
    std::vector<ColumnId> writes = {};          ///< no other stage of a cascade may write these
    std::vector<ColumnId> adds_to = {};         ///< stimuli and pools that several stages may add to
};

class Stage {
public:
    explicit Stage(ParameterTable const& parameters) : parameters_(&parameters) {}
    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;
    virtual ~Stage();

    /// Moves every lane of the block over the span, and not one bit of the state of a lane for which no time passes:
    /// others' edges split steps, and nobody's life depends on who shares the block.
    virtual void step(Block& block, Span const& span) const = 0;

protected:
    [[nodiscard]] ParameterId parameter(std::string_view path) const { return parameters_->id(path); }

private:
    ParameterTable const* parameters_;
};

}  // namespace sarx
