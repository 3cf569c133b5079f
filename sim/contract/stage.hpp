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
struct LaneTime {
    float const* dt_years;   ///< [lanes]
    float const* age_years;  ///< [lanes], at the middle of the span
};

/// When a stage runs: `life` in each step before the interventions add their stimuli, `body` after;
/// `measure` only when a record is due and somebody looks: what an instrument would read, which moves nobody.
enum class Phase : std::uint8_t { life, body, measure };

struct StageSpec {
    std::string_view name;
    Phase phase = Phase::body;
    std::string_view level;                         ///< folder, for tables: "1 cells", "2 junctions", ...
    std::string_view about;                         ///< one line
    std::string_view replaces = {};                 ///< for a variant: the stage whose place it can take
    std::vector<ColumnId> reads = {};               ///< written by an earlier stage of the same step
    std::vector<ColumnId> reads_previous = {};      ///< feedback: the value of the last step
    std::vector<ColumnId> writes = {};              ///< no other stage of a cascade may write these
    std::vector<ColumnId> adds_to = {};             ///< stimuli and pools that several stages may add to
    std::vector<std::string_view> parameters = {};  ///< paths
};

/// An order in which stages can run, as places in `stages`: who reads a column of this step comes after all that write or
/// add to it, who reads that of the previous step before them, who adds to a stimulus after the stage that sets it; where
/// nothing decides, by level, then as given. Of a loop the first by level runs first. Variants stand by the stage whose
/// place they take.
std::vector<std::size_t> order_of_stages(std::span<StageSpec const> stages);

class Stage {
public:
    Stage() = default;
    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;
    virtual ~Stage();

    /// Moves every lane of the block over the span, and not one bit of the state of a lane for which no time passes:
    /// others' edges split steps, and nobody's life depends on who shares the block.
    virtual void step(Block& block, LaneTime const& span) const = 0;
};

}  // namespace sarx
