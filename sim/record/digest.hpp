#pragma once
// The digest of results (sim/result/digest.hpp), of a file that holds them.

#include <cstdint>
#include <string>

namespace sarx {

/// Throws InputError where it is no HDF5 file, OutputError where it cannot be read.
std::uint64_t digest_of_file(std::string const& path);

}  // namespace sarx
