#pragma once
// The ages that are simulated.

namespace sarx {

inline constexpr double youngest_years = 20.0;  ///< life is simulated from here
inline constexpr double oldest_years = 120.0;   ///< and never beyond

}  // namespace sarx
