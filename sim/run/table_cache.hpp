#pragma once
// Tables that take seconds to compute and depend on the program and some text alone are kept between runs, in
// $XDG_CACHE_HOME/sarx or ~/.cache/sarx. Whatever goes wrong with the folder, the table is computed anew.
// SARX_NO_CACHE=1 turns it off.

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sarx {

/// The numbers kept for this text by this very program (a rebuilt one has its own), if there are `count` sound ones.
std::optional<std::vector<double>> cached_table(std::string const& identity, std::size_t count);
/// Keeps them, or does not: never fails.
void cache_table(std::string const& identity, std::span<double const> values) noexcept;

}  // namespace sarx
