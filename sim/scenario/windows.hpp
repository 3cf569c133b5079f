#pragma once
// When deliveries are open, by the clocks of age and of the run: for whom never, and which of one arm overlap.

#include <string>
#include <vector>

#include "sim/scenario/reading.hpp"

namespace sarx {

/// Refuses an `until` by which nobody can have begun; notes one by which some cannot.
void check_window(Reading const& reading, YamlNode const& until, std::string const& path, Delivery const& delivery);
/// Refuses deliveries of one arm that give people the same at the same time; notes those that may. `nodes` and `paths`
/// are those of the deliveries.
void check_overlaps(Reading const& reading, std::vector<Delivery> const& deliveries,
                    std::vector<YamlNode const*> const& nodes, std::vector<std::string> const& paths);

}  // namespace sarx
