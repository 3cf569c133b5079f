#pragma once
// What is counted of everyone's events and years, by which clock and among whom: the axes of /outcomes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/contract/model.hpp"

namespace sarx {

__extension__ typedef __int128 Int128;

/// One thing that is counted: events, first events, or years.
struct Outcome {
    enum class Kind : std::uint8_t {
        count,    ///< events, while alive
        first,    ///< the first event since the clock's zero, at risk until it
        ever,     ///< the first event ever: who had it before the clock's zero is not at risk
        lived,    ///< years alive
        without,  ///< years alive without a burden
        with,     ///< years alive with it
    } kind = Kind::lived;
    std::size_t of = 0;  ///< index in Model::events() or Model::burdens()
    std::string name;
    std::string meaning;
    [[nodiscard]] bool of_event() const { return kind <= Kind::ever; }
};
std::vector<Outcome> outcomes_of(Model const& model);

/// The clock and the people of a table of outcomes.
enum class View : std::uint8_t {
    run,           ///< everyone, from the run's start
    index,         ///< everyone, from the first offer in the arm, the same date for the twin; never offered: the start
    reached,       ///< those whom a delivery reached, from their first offer
    per_protocol,  ///< those of them who took most of the dose and had not dropped out by the horizon
};
inline constexpr std::array<std::string_view, 4> view_names{"run", "index", "reached", "per_protocol"};

/// Sums over people of an outcome. E, E0: events by the horizon in the arm and in the reference; Y, Y0: years; w: weight.
/// Products carry the square of w, so that they give variances; the last parts are of the differences E0 - E and Y - Y0.
enum class Sum : std::uint8_t {
    people,
    weight,
    weight_squares,
    events,
    reference_events,
    events_w2,
    reference_events_w2,
    ee,
    e0e0,
    ee0,
    people_fewer,
    people_more,
    fewer,
    more,
    fewer_w2,
    more_w2,
    fewer_largest,
    more_largest,
    fewer_w3,
    more_w3,
    people_at_risk,
    weight_at_risk,
    weight_at_risk_squares,
    years,
    reference_years,
    years_w2,
    reference_years_w2,
    yy,
    y0y0,
    yy0,
    ey,
    e0y0,
    ey0,
    ye0,
    people_longer,
    people_shorter,
    longer,
    shorter,
    longer_w2,
    shorter_w2,
    longer_largest,
    shorter_largest,
    longer_w3,
    shorter_w3,
};

struct SumSpec {
    std::string_view name;
    std::string_view meaning;
    int years = 0;   ///< power of time in its unit
    int weight = 0;  ///< power of weight
};
inline constexpr std::size_t sums_known = 44;
extern std::array<SumSpec, sums_known> const sum_specs;

/// Whether an outcome has a sum of its own (people and weights are the same for all).
[[nodiscard]] bool has(Outcome const& outcome, Sum sum);
/// Whether a sum is the largest value seen.
[[nodiscard]] bool is_largest(Sum sum);

/// Third moments, which tell skewness alone, are of coarser numbers, so that they are exact all the same: years in
/// integers of so many quanta, weights with so many bits.
inline constexpr int cube_coarseness = 128;
inline constexpr int cube_weight_bits = 10;
[[nodiscard]] bool is_cube(Sum sum);

/// Times nearer than this (five minutes) are one: an offer is kept in single precision, a record's time to a part of 1e9,
/// and an event at the end of a step comes at both or at neither.
inline constexpr double one_moment_years = 1e-5;

/// Years count as integers of this (32 minutes), so that sums of their squares over a batch are exact in double.
inline constexpr double outcome_quantum_years = 1.0 / 16384.0;

}  // namespace sarx
