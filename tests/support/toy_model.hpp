#pragma once
// A model small enough to check by hand: units that shrink and die, a strength that is their sum, falls that
// depend on it. For tests of the reader and of the engine; no biology is meant.

#include <memory>

#include "sim/contract/model.hpp"

namespace sarx::toy {

// clang-format off
inline constexpr ColumnSpec columns[] = {
    {.name = "female", .meaning = "sex", .report = Report::trait, .kind = Kind::flag, .flag_meanings = "male female"},
    {.name = "height_cm", .unit = "cm", .meaning = "height", .valid_min = 100, .valid_max = 230, .youth = 170, .report = Report::trait},
    {.name = "adherence_z", .meaning = "trait behind adherence", .valid_min = -6, .valid_max = 6, .report = Report::trait},
    {.name = "alive", .meaning = "alive", .youth = 1, .report = Report::standard, .kind = Kind::flag, .flag_meanings = "dead alive"},
    {.name = "activity_ratio", .meaning = "activity, 1 = habit of youth", .valid_max = 5, .youth = 1, .better = Better::higher},
    {.name = "unloading_fraction", .level = Level::muscle, .meaning = "unloading", .youth = 0},
    {.name = "unit_fibres", .level = Level::unit, .meaning = "fibres of a unit", .valid_max = 1000, .report = Report::state},
    {.name = "unit_hazard_left", .level = Level::unit, .meaning = "hazard to run before the unit dies", .valid_max = 100, .report = Report::hidden},
    {.name = "unit_count", .level = Level::muscle, .meaning = "living units", .valid_max = 100, .report = Report::standard, .better = Better::higher},
    {.name = "fibre_count", .level = Level::muscle, .meaning = "fibres", .valid_max = 100000, .report = Report::standard, .better = Better::higher},
    {.name = "fitness", .meaning = "follows activity with a delay", .valid_max = 5, .youth = 1, .better = Better::higher},
    {.name = "strength_kg", .unit = "kg", .meaning = "strength", .valid_max = 200, .youth = 40, .report = Report::standard, .better = Better::higher},
    {.name = "weakness", .meaning = "strength below a limit", .report = Report::standard, .better = Better::lower, .kind = Kind::flag, .flag_meanings = "no yes"},
    {.name = "fall_rate_per_year", .unit = "1/year", .meaning = "rate of falls", .valid_max = 20, .better = Better::lower},
    {.name = "falls_count", .meaning = "falls so far", .valid_max = 1000, .better = Better::lower},
    {.name = "falls_last_year", .meaning = "falls in the last year", .valid_max = 128, .better = Better::lower},
    {.name = "illness", .meaning = "has been ill", .better = Better::lower, .kind = Kind::flag, .flag_meanings = "no yes"},
    {.name = "illness_rate_per_year", .unit = "1/year", .meaning = "onset hazard of illness", .valid_max = 5, .report = Report::hidden},
    {.name = "mortality_log_hazard_ratio", .meaning = "log hazard against the average", .valid_min = -10, .valid_max = 10, .report = Report::hidden},
    {.name = "death_rate_per_year", .unit = "1/year", .meaning = "rate of death", .valid_max = 10, .better = Better::lower},
};
// clang-format on

consteval ColumnId column(std::string_view name) { return column_in(columns, name); }

/// The toy's numbers, without any file.
ParameterTable make_parameters();
/// The toy: stages habits, shrinking (or rapid_shrinking), strength; kinds training and immobilisation; events fall,
/// illness, weakness, death; muscles arm, leg, foot. With `deadly` false nobody dies.
std::unique_ptr<Model> make_model(bool deadly = true);
std::unique_ptr<Model> make_model(ParameterTable parameters);

}  // namespace sarx::toy
