#pragma once
// The axes that tables of a run share.

#include <span>
#include <string>
#include <vector>

#include "sim/result/layout.hpp"
#include "sim/result/table.hpp"

namespace sarx {

/// Time of records.
[[nodiscard]] TableAxis time_axis(Layout const& layout);
[[nodiscard]] TableAxis muscle_axis(Layout const& layout);
/// Arms, the first `skip` of them left out.
[[nodiscard]] TableAxis arm_axis(Layout const& layout, std::size_t skip = 0);
/// Labels that are text.
[[nodiscard]] TableAxis text_axis(std::string name, std::string meaning, std::vector<std::string> labels);
[[nodiscard]] SharedAxis shared(TableAxis axis);

}  // namespace sarx
