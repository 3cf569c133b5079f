#pragma once
// What a model hands to the engine: its dictionary of columns, its parameters, its stages, its kinds of
// intervention, its events. The engine reads this and knows no biology.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/contract/column.hpp"
#include "sim/contract/intervention.hpp"
#include "sim/contract/parameter.hpp"
#include "sim/contract/random.hpp"
#include "sim/contract/stage.hpp"

namespace sarx {

/// How an event comes about.
/// `once`: when the integrated rate passes an exponential threshold drawn once for the person.
/// `recurrent`: at keyed Poisson points (age, height) whose height is below the rate.
/// `follows`: with a probability, given another event at the same moment.
/// `crossing`: when a flag column first reaches a value.
enum class Occurs : std::uint8_t { once, recurrent, follows, crossing };

struct EventSpec {
    std::string_view name;  ///< "fall"; the kind's name in /events
    std::string_view meaning;
    Occurs occurs = Occurs::once;
    std::optional<ColumnId> rate_per_year{};  ///< once, recurrent
    std::string_view parent{};                ///< follows: the event it follows
    std::optional<ColumnId> probability{};    ///< follows
    std::optional<ColumnId> crosses{};        ///< crossing: the flag column
    float crosses_at = 1.0F;
    std::optional<ColumnId> sets{};  ///< column set to 1 by the event (once) or counting events (recurrent)
    std::optional<ColumnId>
        counts_last_year{};  ///< column: events of the year up to where the person stands, kept by the engine
    bool is_death = false;
    bool counts_age_from_20 = true;
};

/// A delivery that belongs to life itself, present in every arm: a hospital stay brings bed rest.
struct StandingDelivery {
    std::string_view event;
    std::string_view kind;
    std::string_view amount_parameter;  ///< path of the kind's amount; its other fields keep their defaults
    /// Length drawn from a log-normal by the event's mark: parameters for median and sd_log.
    std::string_view duration_median_days_parameter;
    std::string_view duration_sd_log_parameter;
    double longest_days = 90.0;
};

/// What an instrument would read of a column: truth * (1 + cv z) + sd z', z keyed by occasion.
struct MeasureSpec {
    ColumnId of;
    std::string_view cv_parameter{};  ///< path, or empty for none
    std::string_view sd_parameter{};
    std::string_view source;
};

/// A state whose absence is counted in years: years_without_<name>.
struct BurdenSpec {
    std::string_view name;  ///< "sarcopenia"
    ColumnId column;
    float from = 1.0F;  ///< present at or above this value
};

/// A column of a file of real people beyond id, sex, age_years and weight.
struct GivenSpec {
    enum class Use : std::uint8_t { parameter, at_entry, likelihood };
    std::string_view name;  ///< name of the CSV column
    std::string_view unit;
    double low = 0.0;
    double high = 0.0;
    Use use = Use::parameter;
    bool called_weight = false;    ///< files call it "weight", as they do the weight of a survey
    std::string_view parameter{};  ///< Use::parameter: the parameter it fixes; Use::likelihood: relative error (cv)
    ColumnId column{};             ///< where the fact is found in the state; at_entry: set by Model::enter
};

/// A muscle that people can have, as the model's files describe it.
struct MuscleSpec {
    std::string name;
    std::string about;
    std::string source;                ///< why its numbers are believed, where they stand together
    bool by_default = false;           ///< in every run that does not choose its muscles
    std::vector<std::string> decides;  ///< columns that mean nothing without it
};

struct Cascade {
    std::string name;
    std::string about;
    std::vector<std::string> stages;  ///< in the order in which they run; of a file, none: all but variants
    /// Parameter values in which this cascade differs from the defaults: path -> value.
    std::vector<std::pair<std::string, double>> parameters;
    std::string source;
};

/// The people of a block while they are made: who they are, for drawing and for pools.
struct Person {
    PersonKey key = 0;
    Sex sex = Sex::female;
    double start_age_years = 20.0;
};

/// Survival to entry, for people who enter after 20: what selection did to them.
struct EntryInfo {
    int lane = 0;
    double age_years = 20.0;
    double cumulative_hazard = 0.0;                ///< of the population, from 20 to entry
    std::span<std::optional<double> const> given;  ///< by GivenSpec, what a file says of this person
};

class Model {
public:
    virtual ~Model() = default;

    virtual std::span<ColumnSpec const> columns() const = 0;
    virtual ParameterTable const& parameters() const = 0;
    virtual std::span<std::string_view const> muscles() const = 0;
    virtual std::span<std::string_view const> default_muscles() const = 0;
    /// Muscle a stage cannot do without, for a refusal by name: ("grip_strength_kg", "forearm_flexors").
    virtual std::span<std::pair<std::string_view, std::string_view> const> muscle_of_column() const = 0;

    virtual std::span<StageSpec const> stages() const = 0;
    virtual std::span<Cascade const> cascades() const = 0;
    /// Builds a stage for the best instruction set of this machine, or for the one named
    /// ("baseline", "avx2", "avx512").
    virtual std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view instruction_set) const = 0;
    virtual std::span<std::string_view const> instruction_sets() const = 0;  ///< that this machine can run, best last

    virtual std::span<KindSpec const> kinds() const = 0;
    virtual std::unique_ptr<InterventionKind> make_kind(std::string_view name) const = 0;

    virtual std::span<EventSpec const> events() const = 0;
    virtual std::span<StandingDelivery const> standing_deliveries() const = 0;
    virtual std::span<MeasureSpec const> measures() const = 0;
    virtual std::span<GivenSpec const> given() const = 0;
    virtual std::span<BurdenSpec const> burdens() const = 0;

    /// Rows of units a muscle's pool may need, from the parameter values in use.
    virtual int unit_capacity(double largest_unit_count) const = 0;
    /// Path of the by-muscle parameter that holds the initial number of units.
    virtual std::string_view unit_count_parameter() const = 0;
    /// Path of a parameter that multiplies a person's hazard of death from birth, so that the engine can guess how long
    /// somebody will be followed; empty where there is none.
    virtual std::string_view hazard_ratio_parameter() const { return {}; }
    /// Sets one lane to youth: traits, pools of units with their thresholds. Parameters are drawn already;
    /// columns hold their youth value. `muscles` are indices into muscles().
    virtual void be_young(Block& block, int lane, Person const& person, Random const& random,
                          std::span<int const> muscles) const = 0;
    /// Called when a person enters observation after 20.
    virtual void enter(Block& block, EntryInfo const& entry) const = 0;

    // Columns the engine itself must know.
    virtual ColumnId unit_presence() const = 0;        ///< unit column: > 0 while the unit lives
    virtual ColumnId alive() const = 0;                ///< person flag, set to 0 by the engine at death
    virtual ColumnId adherence() const = 0;            ///< person column: standard normal trait behind adherence
    virtual ColumnId log_hazard_ratio() const = 0;     ///< person column: eta of the mortality law
    virtual ColumnId death_rate_per_year() const = 0;  ///< person column, written by the engine from eta and the tables
    virtual std::string_view life_table() const = 0;   ///< name of the age table with death rates
};

}  // namespace sarx
