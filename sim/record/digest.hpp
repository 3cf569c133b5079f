#pragma once
// One number for the content of a file: equal where all datasets and attributes are equal, whatever the
// clock, the machine, or the layout on disk.

#include <cstdint>
#include <string>

namespace sarx {

/// Hash of the names, types, shapes, values and attributes of everything in an HDF5 file, but for the
/// attributes of /provenance (times, host, command). Throws OutputError where it cannot be read.
std::uint64_t file_digest(std::string const& path);

}  // namespace sarx
