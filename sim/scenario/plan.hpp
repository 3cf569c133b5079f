#pragma once
// The plan: a scenario after every check, with every default filled in. Immutable; nothing downstream
// re-checks. Times are in years from the run's start, ages in years.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"
#include "sim/scenario/expression.hpp"
#include "sim/tables/people_file.hpp"
#include "sim/text/problems.hpp"

namespace sarx {

/// Who is simulated, from when to when; real people are those of a file.
struct Population : GivenPeople {
    std::uint32_t people = 0;
    double start_age_from_years = 20.0;  ///< equal to `to` where all start at one age
    double start_age_to_years = 20.0;
    double end_age_years = 90.0;  ///< observation ends here; infinity where only `follow` counts
    double follow_years = 0.0;    ///< longest follow-up of anyone
    double female_fraction = 0.5;
    int candidates = 32;  ///< lives drawn for each real person with a measured strength
    Expression where;     ///< whom the run is of, tested at entry; empty: everyone
    /// Numbers of the candidates who qualify, in their order (rows of the file of people, of which `given` then holds
    /// these alone). Found before anyone is simulated; empty without `where`.
    std::vector<std::uint32_t> chosen;
    std::uint32_t given_rows = 0;  ///< people of the file, whoever of them qualifies

    /// Candidates, or rows of the file, that were looked at to find these people.
    [[nodiscard]] std::uint32_t examined() const { return given_rows > 0 ? given_rows : chosen.at(people - 1) + 1; }
};

/// Steps and records know nothing of each other: looking moves nobody.
struct Clock {
    double step_years = 1.0 / 12.0;
    int steps = 840;  ///< to the end of the longest follow-up, which may come within the last
    double record_every_years = 1.0;
    int records = 71;         ///< every so often from the start, and at the end
    double end_years = 70.0;  ///< of the longest follow-up
    /// When record k is made.
    [[nodiscard]] double record_years(int k) const { return k + 1 < records ? k * record_every_years : end_years; }
};

/// Fading of a behaviour after its end.
struct Waning {
    enum class Shape : std::uint8_t { none, exponential, linear } shape = Shape::none;
    double years = 0.0;  ///< half-life, or time to nothing
};

/// WHAT: an intervention of the scenario.
struct Intervention {
    std::string name;
    int kind = 0;              ///< index in Model::kinds()
    std::vector<double> dose;  ///< by KindSpec::dose
    double ramp_up_years = 0.0;
    Waning waning;
};

inline constexpr unsigned left_side = 1;
inline constexpr unsigned right_side = 2;
inline constexpr unsigned both_sides = left_side | right_side;

/// WHO, WHEN: one delivery of an arm.
struct Delivery {
    int intervention = 0;  ///< index in Plan::interventions
    int occurrence = 0;    ///< how many earlier deliveries of this arm give the same intervention
    enum class From : std::uint8_t { start, age, time, when, event, screen } from = From::start;
    double from_years = 0.0;  ///< age or time
    Expression condition;     ///< when, screen (screen: variables are read with their error)
    int event = 0;            ///< index in Model::events()
    double screen_every_years = 0.0;
    double screen_sensitivity = 1.0;  ///< chance that a true positive reading is acted on
    double screen_specificity = 1.0;  ///< chance that a negative reading stays negative
    enum class Until : std::uint8_t { end, age, time, after, when } until = Until::end;
    double until_years = 0.0;
    Expression until_condition;
    Expression to;  ///< eligibility, tested when `from` fires
    bool repeat = false;
    std::uint32_t muscles = ~0U;  ///< bit m: muscle m of the plan
    unsigned sides = both_sides;
    double coverage = 1.0;
    int group = 0;  ///< 1 to groups: people are split into equal groups by the intervention's name; 0: all
    int groups = 0;
    double adherence_mean = 1.0;
    double adherence_sd = 0.0;
    double dropout_rate_per_year = 0.0;
};

struct Arm {
    std::string name;
    std::vector<Delivery> deliveries;
};

struct MotorUnitRecord {
    std::uint32_t people = 0;
    double every_years = 0.0;  ///< a multiple of the record interval
};

struct Record {
    std::vector<ColumnId> variables;  ///< trajectories, in dictionary order
    std::vector<ColumnId> traits;     ///< constants of people
    std::uint32_t people = 0;         ///< the first so many people are recorded one by one
    MotorUnitRecord motor_units;
    int significant_bits = 0;  ///< explicit mantissa bits kept; 0: all
};

/// Run to precision: people are added until a paired effect is known well enough.
struct Until {
    ColumnId effect;                 ///< variable
    int muscle = -1;                 ///< of the plan, for a variable of a muscle
    int arm = 1;                     ///< against the reference
    int record = 0;                  ///< when
    double mcse = 0.0;               ///< wanted Monte Carlo standard error of the mean, both sexes together
    std::uint32_t least_people = 0;  ///< population.people then is the most
};

/// A distribution that differs from the model's default, or a plain value, for each leaf of each parameter.
struct ResolvedParameters {
    /// [parameter][muscle of the plan or 0][sex]
    std::vector<std::vector<std::array<Value, 2>>> values;
    /// Pairs of parameters (by index) whose draws between people are correlated (Gaussian copula).
    struct Correlation {
        int a = 0;
        int b = 0;
        double rho = 0.0;
    };
    std::vector<Correlation> correlations;
    /// Which of many plausible sets of parameters this run takes.
    struct Draw {
        std::uint32_t number = 0;  ///< from 1; 0: none, distributions between runs sit at their median
        std::string path;          ///< of a file with a row for each draw, in ScenarioOrigin::tables; or empty
        std::uint32_t rows = 0;    ///< of that file
        int line = 0;              ///< where the row stands in it
    } draw;
};

/// A column that stays as it is from a moment on, whatever moves it.
struct Hold {
    ColumnId column;
    enum class At : std::uint8_t { youth, entry } at = At::youth;  ///< from 20, or from entry into observation
};
inline constexpr std::string_view hold_names[] = {"youth", "entry"};  ///< by Hold::At

/// What a key of the scenario, a parent or --set changed against the model's default, for `sarx check`.
struct Override {
    std::string path;
    std::string from;
    std::string to;
    std::string by;  ///< "train_the_nerve.yaml:12" or "--set"
};

struct ScenarioSource {
    std::string path;  ///< as named by the user (file) or by `extends`
    std::string text;  ///< verbatim
};

/// All that a plan was made of: enough to make it again without its files.
struct ScenarioOrigin {
    std::vector<ScenarioSource> sources;                       ///< the scenario, then its parents
    std::vector<ScenarioSource> tables;                        ///< CSV files that it names
    std::vector<std::pair<std::string, std::string>> options;  ///< of the command line: "--set", "seed=7"
};

struct Plan {
    Model const* model = nullptr;
    std::string name;  ///< file name without folder and ending
    std::string title;
    std::string description;
    ScenarioOrigin origin;
    std::uint64_t seed = 1;
    Population population;
    Clock clock;
    std::string cascade;              ///< name or "custom"
    std::vector<std::string> stages;  ///< in order, life stages first
    std::vector<int> muscles;         ///< indices into Model::muscles()
    std::vector<std::string> muscle_names;
    ResolvedParameters parameters;
    std::vector<Hold> holds;  ///< in dictionary order
    std::vector<Intervention> interventions;
    std::vector<Arm> arms;  ///< the first is the reference
    Record record;
    std::optional<Until> until;
    std::vector<Override> overrides;
    std::vector<Note> notes;   ///< what is not done as it is written, each once
    std::string resolved;      ///< the plan as YAML text with every value, unit and source
    std::uint64_t digest = 0;  ///< of everything above that can change a number, and of the version
};

}  // namespace sarx
