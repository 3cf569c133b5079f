#pragma once
// What one batch of people did in all arms: filled by the runner, eaten by a sink (sink.hpp). A batch is a
// fixed run of people (its size follows from the plan alone), so that batch boundaries are chunk
// boundaries in the file.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/scenario/plan.hpp"

namespace sarx {

/// One recorded trajectory: a column, and the plan's muscle it belongs to (-1 for a person's own).
struct Series {
    ColumnId column;
    int muscle = -1;
};

/// The trajectories of a plan, in the order of plan.record.variables, muscles inside.
std::vector<Series> series_of(Plan const& plan);

/// The constants of people of a plan, in the order of plan.record.traits, muscles inside.
std::vector<Series> traits_of(Plan const& plan);

/// People in a batch: a multiple of `lanes` from 16 to 1024, from the plan alone; keeps a batch near
/// 24 MiB and, where people allow, gives a run at least 16 batches (32 where they are added until an effect is known).
std::uint32_t batch_people(Plan const& plan);

/// Share of the dose from which on a person follows the protocol (assumed: the usual cut of trials).
inline constexpr double protocol_adherence = 0.8;

struct Event {
    std::uint32_t person = 0;  ///< row in the run
    float value = 0.0F;
    double time_years = 0.0;
    std::uint8_t kind = 0;  ///< by event_kinds()
};

/// A snapshot of one person's pools of motor units.
struct MotorUnitSnapshot {
    std::uint32_t arm = 0;
    std::uint32_t person = 0;
    std::uint32_t muscle = 0;
    double time_years = 0.0;
    std::vector<std::vector<float>> values;  ///< [recordable unit column in dictionary order][unit]
};

/// What came of one delivery by a record: people so far, and in the interval that ends there.
struct Flow {
    static constexpr std::size_t fields = 7;
    std::uint32_t eligible = 0;
    std::uint32_t offered = 0;
    std::uint32_t reached = 0;
    std::uint32_t adherent = 0;  ///< who took at least half the dose at some moment of the interval
    std::uint32_t dropped = 0;
    std::int64_t treated_time = 0;  ///< person-time of courses in the interval, in 1e-6 years
    std::int64_t taken_time = 0;    ///< the same times adherence

    Flow& operator+=(Flow const& other);
};

/// Something that a file says of a person, and that the life simulated for them is not.
struct NotMet {
    std::uint32_t person = 0;  ///< row in the run
    std::uint32_t fact = 0;    ///< of Model::given()
    float is = 0.0F;           ///< at entry
};

struct BatchResult {
    std::uint32_t index = 0;  ///< batch number
    std::uint32_t first_person = 0;
    std::uint32_t people = 0;       ///< at most batch_people(plan); fewer in the last
    std::vector<std::uint8_t> sex;  ///< [person], as Sex
    std::vector<float> start_age_years;
    std::vector<float> weight;
    std::vector<float> traits;  ///< [trait][person], by traits_of(plan)
    /// [series][arm][person][record]: NaN once dead or beyond follow-up.
    std::vector<float> trajectories;
    /// [arm][person]: time of the first difference in what is done to a person from the reference arm;
    /// NaN where there is none.
    std::vector<float> first_divergence_years;
    /// [arm][person]: when a delivery was first offered, and first reached the person; NaN where none did.
    std::vector<float> first_offer_years;
    std::vector<float> first_reach_years;
    /// [arm][person]: until when who was reached took most of the dose; infinity: throughout; NaN: not reached.
    std::vector<float> protocol_years;
    std::vector<double> follow_years;        ///< [person]: planned end of follow-up, from the run's start
    std::vector<std::uint8_t> had_before;    ///< [Model::events()][person]: 1 where it came before the run
    std::vector<std::vector<Event>> events;  ///< [arm], of everyone, by person then time
    std::vector<MotorUnitSnapshot> motor_units;
    std::vector<NotMet> not_met;  ///< by person
    std::vector<Flow> flow;       ///< [delivery, counted through all arms][record]
};

/// Columns of motor units that a snapshot holds: unit level and not hidden, in dictionary order.
std::vector<ColumnId> unit_columns(Model const& model);

/// Event kinds in the file: the model's events, "intervention_start", "intervention_stop", then of each burden
/// "<burden>_begins" and "<burden>_ends".
std::vector<std::string> event_kinds(Model const& model);

}  // namespace sarx
