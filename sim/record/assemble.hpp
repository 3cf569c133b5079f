#pragma once
// Puts the final file together from journals and sums. One thread at a time: HDF5 is not made for more.

#include <string>
#include <vector>

#include "sim/record/accumulate.hpp"
#include "sim/record/h5.hpp"
#include "sim/record/journal.hpp"
#include "sim/record/layout.hpp"

namespace sarx {

/// A record and the journal it lies in.
struct Piece {
    Journal const* journal = nullptr;
    Entry entry;
};

/// Bytes of a batch's events of one arm: columns one after the other, in this order.
struct EventBytes {
    static constexpr std::size_t each = 4 + 8 + 1 + 4;  ///< person, time, kind, value
};

/// Writes FILE.partial and renames it to `path`. Throws OutputError where that fails; the journals stay. Returns a
/// sentence on what a file says of people and they are not; empty where all is met.
std::string assemble(Layout const& layout, Accumulators const& sums, std::vector<Piece> pieces, std::string const& path,
                     std::string const& command);

/// units, long_name, range, flags and source of a column of the dictionary, with `type` as that of the range.
void describe(hid_t dataset, ColumnSpec const& spec, bool as_flag);
/// The smallest difference that matters to a person, and who says so, where that is known.
void describe_worthwhile(hid_t dataset, ColumnSpec const& spec);
/// units and long_name.
void describe(hid_t dataset, std::string const& unit, std::string const& meaning);
/// flag_values 0, 1, 2, ... and flag_meanings, for codes of type T.
template <class T>
void describe_codes(hid_t dataset, std::vector<std::string> const& names);

/// /summary, /summary_by_age, /effects (with first divergence left to the caller), /outcomes, /prevalence, /flow.
void write_summary(h5::File& file, Layout const& layout, Accumulators const& sums, bool by_age);
/// Returns the group's arm axis and person axis where people are recorded, for first_divergence_years.
void write_effects(h5::File& file, Layout const& layout, Accumulators const& sums, h5::Handle const& group,
                   h5::Axis& arm);
void write_outcomes(h5::File& file, Layout const& layout, Accumulators const& sums);
void write_prevalence(h5::File& file, Layout const& layout, Accumulators const& sums);
void write_flow(h5::File& file, Layout const& layout, Accumulators const& sums);
void write_provenance(h5::File& file, Layout const& layout, std::string const& command, std::string const& not_met);

/// The time axis of a group, described.
h5::Axis& time_axis(h5::File& file, hid_t group, Layout const& layout);
/// The muscle axis of a group, described.
h5::Axis& muscle_axis(h5::File& file, hid_t group, Layout const& layout);
/// An axis of arms (`skip` of them left out at the front), described.
h5::Axis& arm_axis(h5::File& file, hid_t group, Layout const& layout, std::size_t skip);

}  // namespace sarx
