#include "sim/contract/stage.hpp"

#include <algorithm>
#include <tuple>

#include "sim/contract/intervention.hpp"

namespace sarx {

namespace {

bool has(std::vector<ColumnId> const& columns, ColumnId column) {
    return std::ranges::find(columns, column) != columns.end();
}

/// Whether one of the columns is among those of a list.
bool meet(std::vector<ColumnId> const& columns, std::vector<ColumnId> const& others) {
    return std::ranges::any_of(columns, [&](ColumnId c) { return has(others, c); });
}

/// Whether what `first` does to columns must be done before what `then` does.
bool comes_before(StageSpec const& first, StageSpec const& then) {
    return meet(first.writes, then.reads) || meet(first.adds_to, then.reads) || meet(first.writes, then.adds_to) ||
           meet(first.reads_previous, then.writes) || meet(first.reads_previous, then.adds_to) ||
           (first.level < then.level && meet(first.adds_to, then.adds_to));
}

}  // namespace

std::vector<std::size_t> order_of_stages(std::span<StageSpec const> stages) {
    std::vector<std::size_t> left(stages.size());
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
    std::ranges::stable_sort(left, {}, [&](std::size_t i) { return std::tuple(stages[i].phase, stages[i].level); });
    std::vector<std::size_t> order;
    while (!left.empty()) {
        auto const free = [&](std::size_t i) {
            return std::ranges::none_of(
                left, [&](std::size_t other) { return other != i && comes_before(stages[other], stages[i]); });
        };
        auto const next = std::ranges::find_if(left, free);
        auto const taken = next == left.end() ? left.begin() : next;
        order.push_back(*taken);
        left.erase(taken);
    }
    return order;
}

// Out of line, so that code compiled for one instruction set never provides them for another.
Stage::~Stage() = default;
InterventionKind::~InterventionKind() = default;

}  // namespace sarx
