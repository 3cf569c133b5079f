#pragma once
// A kind of intervention or insult: what its dose consists of and how a dose becomes stimuli (bouts and
// body conditions). It never touches a stage. Who gets it and when is the engine's affair.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/contract/block.hpp"

namespace sarx {

struct DoseField {
    std::string_view name = {};  ///< carries its unit: "sessions_per_week"
    std::string_view unit = {};  ///< UDUNITS text
    std::string_view meaning = {};
    double low = 0.0;
    double high = 0.0;
    double fallback = 0.0;  ///< value when the scenario leaves it out
    bool required = false;
    std::string_view source = {};
};

struct KindSpec {
    std::string_view name = {};
    bool insult = false;        ///< listed apart in `sarx describe`
    bool local = false;         ///< may be limited to muscles or a side
    bool hypothetical = false;  ///< no human evidence; said wherever it is listed
    std::string_view about = {};
    std::vector<DoseField> dose =
        {};  ///< dose[0] is the amount: ramp-up, waning and adherence scale it; 0 is no intervention
    std::vector<ColumnId> reads = {};               ///< on which it depends what a dose does
    std::vector<ColumnId> adds_to = {};             ///< stimuli and conditions that a dose moves, and no others
    std::vector<std::string_view> parameters = {};  ///< paths
};

/// One person's dose during one span of time.
struct Dose {
    std::span<double const> amounts;  ///< in the order of KindSpec::dose, the first already scaled
    std::uint32_t muscles;            ///< bit m: acts on muscle m of the plan
    double side_share = 1.0;          ///< 0.5 where only one side is treated
    double years_since_start = 0.0;
};

class InterventionKind {
public:
    InterventionKind() = default;
    InterventionKind(InterventionKind const&) = delete;
    InterventionKind& operator=(InterventionKind const&) = delete;
    virtual ~InterventionKind();

    /// Adds this dose to the stimuli of one lane.
    virtual void add_to(Block& block, int lane, Dose const& dose) const = 0;
};

}  // namespace sarx
