#pragma once
// Everything a run shares and nobody changes: the plan, its stages and kinds built for this machine, the
// columns the engine itself needs, and mortality. Nobody is simulated to make one.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/contract/model.hpp"
#include "sim/population/drawing.hpp"
#include "sim/result/batch.hpp"
#include "sim/run/holding.hpp"
#include "sim/scenario/plan.hpp"

namespace sarx {

/// Log death rate by sex and age on a fine grid, log-linear between knots.
class LogRateTable {
public:
    static constexpr double first_age_years = 20.0;
    static constexpr double last_age_years = 120.0;
    static constexpr int per_year = 4;
    static constexpr std::size_t knots = static_cast<std::size_t>((last_age_years - first_age_years) * per_year) + 1;

    std::array<std::array<double, knots>, 2> log_rate{};

    [[nodiscard]] double at(Sex sex, double age_years) const;
    /// Integral of the rate from 20 to an age (trapezoid on the grid).
    [[nodiscard]] double cumulative(Sex sex, double age_years) const;
    /// Age by which the integral has grown by `more` since `age_years`, to the next knot; the last age where it never does.
    [[nodiscard]] double age_after(Sex sex, double age_years, double more) const;
};

/// An event of the model with its indices resolved.
struct EventKind {
    EventSpec const* spec = nullptr;
    Purpose purpose;     ///< of its luck
    int parent = -1;     ///< index of the event it follows
    int once_slot = -1;  ///< row of thresholds
};

/// A delivery that belongs to life, resolved.
struct Standing {
    StandingDelivery const* spec = nullptr;
    int event = 0;
    int kind = 0;
    std::vector<double> dose;  ///< the kind's defaults; the amount is a parameter
    ParameterId amount;
    ParameterId median_days;
    ParameterId sd_log;
};

/// A stage of the plan, and what of its work is undone.
struct StageInUse {
    std::unique_ptr<Stage> stage;
    Held held;
};

struct Measure {
    MeasureSpec const* spec = nullptr;
    int cv = -1;  ///< parameter index, -1 for none
    int sd = -1;
};

class World {
public:
    /// Builds stages for an instruction set ("" = the best of this machine). `base_rate`: of CentredMortality;
    /// without it people can be brought to their entry, before which nobody dies, and no further.
    World(Plan const& plan, std::string const& instruction_set, std::optional<LogRateTable> const& base_rate = {});
    World(World const&) = delete;
    World& operator=(World const&) = delete;

    Plan const* plan;
    Model const* model;
    Drawing drawing;
    std::vector<StageInUse> life_stages;
    std::vector<StageInUse> body_stages;
    std::vector<StageInUse> measure_stages;
    bool conditions_measure = false;  ///< a condition reads what a measure stage writes
    /// Columns that are added to and whose stage the plan leaves out: each span begins at their youth.
    std::vector<ColumnId> renewed;
    Held held;                                             ///< all of the plan's holds
    Held held_by_kinds;                                    ///< of what interventions add to
    std::vector<std::unique_ptr<InterventionKind>> kinds;  ///< by Model::kinds(), null where unused
    std::vector<int> same_as;                              ///< by intervention: first one with the same content
    std::vector<EventKind> events;
    int once_count = 0;
    int death = -1;  ///< index of the death event
    std::vector<Standing> standing;
    std::vector<Measure> measures;  ///< by column, empty spec where none
    std::vector<Series> series;
    std::string instruction_set;
    LogRateTable population_rate;           ///< the life table
    std::optional<LogRateTable> base_rate;  ///< the life table less the recentring: add eta

    /// Delivery number of (arm, delivery), counted through all arms.
    std::vector<std::vector<int>> delivery_number;
    int delivery_count = 0;
};

}  // namespace sarx
