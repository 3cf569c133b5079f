#pragma once
// Columns that a plan holds: whatever anybody does to one is undone right after, so that all that follows reads what
// is held. Whoever holds nothing pays nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "sim/contract/block.hpp"
#include "sim/scenario/plan.hpp"

namespace sarx {

/// Which of a plan's holds are in force: none while youth settles and in the reference cohort, then those of youth,
/// and in observation all.
enum class Holds : std::uint8_t { none, of_youth, all };

/// Columns to put back, by the holds in force.
struct Held {
    std::array<std::vector<ColumnId>, 3> columns;

    Held() = default;
    /// Those of a plan's holds that are among `moved`.
    Held(Plan const& plan, std::vector<ColumnId> const& moved);

    [[nodiscard]] std::vector<ColumnId> const& in(Holds force) const {
        return columns[static_cast<std::size_t>(force)];
    }
};

/// Calls `f` with the first number of each piece of memory that belongs to a column, and how many there are.
template <class F>
void each_piece(Block& block, ColumnSpec const& spec, ColumnId column, F&& f) {
    auto const width = static_cast<std::size_t>(spec.width);
    if (spec.level == Level::person) return f(block.person(column), width * lanes);
    for (int m = 0; m < block.muscle_count(); ++m)
        f(block.muscle(column, m),
          (spec.level == Level::unit ? static_cast<std::size_t>(block.unit_rows(m)) : width) * lanes);
}

/// Lets `act` move the block, and puts the held columns back.
template <class Act>
void holding(Block& block, std::span<ColumnSpec const> dictionary, std::vector<ColumnId> const& held, Act&& act) {
    if (held.empty()) return act();
    std::vector<float> kept;
    for (ColumnId const c : held)
        each_piece(block, dictionary[c.index], c,
                   [&](float const* first, std::size_t count) { kept.insert(kept.end(), first, first + count); });
    act();
    float const* from = kept.data();
    for (ColumnId const c : held)
        each_piece(block, dictionary[c.index], c, [&](float* first, std::size_t count) {
            std::memcpy(first, from, count * sizeof(float));
            from += count;
        });
}

}  // namespace sarx
