#pragma once
// Puts the final file together from journals and sums. One thread at a time: HDF5 is not made for more.

#include <string>
#include <vector>

#include "sim/record/h5.hpp"
#include "sim/record/journal.hpp"
#include "sim/record/table_writer.hpp"
#include "sim/result/accumulate.hpp"
#include "sim/result/layout.hpp"

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
/// flag_values 0, 1, 2, ... and flag_meanings, for codes of type T.
template <class T>
void describe_codes(hid_t dataset, std::vector<std::string> const& names);

void write_provenance(h5::File& file, Layout const& layout, std::string const& command, std::string const& not_met);

}  // namespace sarx
