#pragma once
// Tables that take seconds to compute and depend on the code and some text alone are kept between runs, in
// $XDG_CACHE_HOME/sarx or ~/.cache/sarx: at most 256 MB, of which those go first that were not used for longest. Many
// processes may share the folder. Whatever goes wrong with it, the table is computed anew; SARX_NO_CACHE=1 turns it
// off, and removing the folder empties it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sarx {

/// Bytes that all tables kept may take.
inline constexpr std::uintmax_t most_cached_bytes = 256 * 1024 * 1024;

/// The numbers kept for this text by a program of the same code, if there are `count` sound ones.
std::optional<std::vector<double>> cached_table(std::string const& identity, std::size_t count);
/// Keeps them, or does not: never fails. Tables that were not used for longest make room, until all fit `most_bytes`.
void cache_table(std::string const& identity, std::span<double const> values,
                 std::uintmax_t most_bytes = most_cached_bytes) noexcept;

}  // namespace sarx
