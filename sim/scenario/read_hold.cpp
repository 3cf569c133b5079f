#include "sim/scenario/read_hold.hpp"

#include <algorithm>
#include <iterator>

#include "sim/scenario/cascade_check.hpp"

namespace sarx::grammar {

void read_holds(Reading const& reading, YamlNode const& node) {
    std::string const path = "model.hold";
    auto const& model = reading.model;
    std::vector<std::string> const names = names_of(model.columns());
    std::vector<std::string> can_be_held;
    for (std::size_t c = 0; c < names.size(); ++c)
        if (why_never_held(model, {static_cast<std::uint16_t>(c)}).empty()) can_be_held.push_back(names[c]);
    if (!node.is_map()) {
        reading.refuse(node, path, "needs keys with values, such as {" + can_be_held.front() + ": youth}",
                       "found " + found(node));
        return;
    }
    std::vector<std::string> const moments(std::begin(hold_names), std::end(hold_names));
    for (auto const& [key, value] : node.fields) {
        std::string const place = path + "." + key.text.substr(0, 60);
        auto const at = std::ranges::find(names, key.text);
        if (at == names.end()) {
            reading.refuse(key, place, "unknown variable", "`sarx describe` lists them",
                           nearest(key.text, can_be_held));
            continue;
        }
        ColumnId const column{static_cast<std::uint16_t>(at - names.begin())};
        auto why = why_never_held(model, column);
        if (why.empty()) why = why_unavailable(reading, column);
        if (!why.empty()) reading.refuse(key, place, "cannot be held", why);
        auto const moment = read_name(reading, value, place, moments, "unknown moment");
        if (why.empty() && moment) reading.plan.holds.push_back({column, static_cast<Hold::At>(*moment)});
    }
    std::ranges::sort(reading.plan.holds, {}, [](Hold const& hold) { return hold.column.index; });
}

}  // namespace sarx::grammar
