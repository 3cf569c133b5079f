#include "sim/result/axes.hpp"

#include <utility>

namespace sarx {

TableAxis time_axis(Layout const& layout) {
    return {.name = "time_years",
            .unit = "year",
            .meaning = "time since the start of the run",
            .labels = layout.times_years};
}

TableAxis muscle_axis(Layout const& layout) { return text_axis("muscle", "muscle", layout.plan->muscle_names); }

TableAxis arm_axis(Layout const& layout, std::size_t skip) {
    std::vector<std::string> names;
    for (std::size_t a = skip; a < layout.arms; ++a) names.push_back(layout.plan->arms[a].name);
    return text_axis("arm", "arm of the scenario; the first arm of the run is the reference", std::move(names));
}

TableAxis text_axis(std::string name, std::string meaning, std::vector<std::string> labels) {
    return {.name = std::move(name), .unit = "1", .meaning = std::move(meaning), .labels = std::move(labels)};
}

SharedAxis shared(TableAxis axis) { return std::make_shared<TableAxis const>(std::move(axis)); }

}  // namespace sarx
