#pragma once
// What was built: goes into /provenance and `sarx --version`.

#include <string_view>

namespace sarx::build {

extern std::string_view const version;  ///< "0.1.0"
extern std::string_view const commit;   ///< git describe, or "unknown"

}  // namespace sarx::build
