#pragma once
// A block: sixteen people side by side ("lanes"), their whole state in one piece of memory, so that a
// fork of an arm is one copy. Arrays are [row][lane]: sums over a pool of motor units run down the rows,
// in the same order on every instruction set.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "sim/contract/column.hpp"
#include "sim/contract/expects.hpp"
#include "sim/contract/parameter.hpp"

#define SARX_INLINE inline __attribute__((always_inline))

namespace sarx {

inline constexpr int lanes = 16;     ///< people in a block; no result depends on it
inline constexpr int row_group = 4;  ///< rows of units come in whole groups; the last ones may hold nothing

/// Rows in the least number of whole groups that hold `rows`.
inline constexpr int whole_groups(int rows) { return (rows + row_group - 1) / row_group * row_group; }

/// Where each column of the dictionary lies inside a block's memory. Built once a plan.
struct BlockShape {
    int muscle_count = 0;
    std::vector<int> unit_rows;       ///< capacity of each muscle's pool, rows in whole groups
    std::vector<std::size_t> offset;  ///< [column * muscle_count + muscle], in floats (muscle 0 for persons)
    std::vector<Level> level;         ///< by column
    std::vector<int> width;           ///< by column
    std::size_t floats = 0;           ///< total

    BlockShape() = default;
    BlockShape(std::span<ColumnSpec const> dictionary, std::vector<int> unit_rows_of_muscles);
};

/// Parameter values of the people in one block: a row of lanes for each (parameter, muscle).
/// Shared by all arms; never changes after the people are drawn.
struct ParameterLanes {
    int muscle_count = 0;
    std::vector<float> values;  ///< [(parameter * muscle_count + muscle) * lanes + lane]
};

class Block {
public:
    Block(BlockShape const& shape, ParameterLanes const& parameters);
    Block(Block const& other);
    Block& operator=(Block const& other);
    Block(Block&&) noexcept = default;
    Block& operator=(Block&&) noexcept = default;
    ~Block() = default;

    /// Row of lanes of a person column (the first of `width` rows).
    SARX_INLINE float* person(ColumnId c) { return data_.get() + offset_[c.index * stride_]; }
    SARX_INLINE float const* person(ColumnId c) const { return data_.get() + offset_[c.index * stride_]; }
    /// Row of lanes of a muscle column.
    SARX_INLINE float* muscle(ColumnId c, int m) {
        return data_.get() + offset_[c.index * stride_ + static_cast<std::size_t>(m)];
    }
    SARX_INLINE float const* muscle(ColumnId c, int m) const {
        return data_.get() + offset_[c.index * stride_ + static_cast<std::size_t>(m)];
    }
    /// Rows of lanes of a unit column: element (row, lane) at [row * lanes + lane].
    SARX_INLINE float* unit(ColumnId c, int m) { return muscle(c, m); }
    SARX_INLINE float const* unit(ColumnId c, int m) const { return muscle(c, m); }

    /// Row of lanes of a parameter; `m` counts the muscles of the plan (any value where not by muscle).
    SARX_INLINE float const* parameter(ParameterId p, int m = 0) const {
        return parameters_ + (p.index * stride_ + static_cast<std::size_t>(m)) * lanes;
    }

    SARX_INLINE int muscle_count() const { return static_cast<int>(stride_); }
    /// Rows of muscle `m` that may hold living units, in whole groups: no need to look further.
    SARX_INLINE int unit_rows(int m) const { return rows_in_use_[m]; }
    void set_unit_rows(int m, int rows) { rows_in_use_[m] = whole_groups(rows); }
    [[nodiscard]] int unit_capacity(int m) const { return shape_->unit_rows[static_cast<std::size_t>(m)]; }

    /// Index of muscle `m` of the plan in the model's list of muscles.
    [[nodiscard]] BlockShape const& shape() const { return *shape_; }
    [[nodiscard]] ParameterLanes const& parameters() const { return *parameter_lanes_; }

    /// Copies one lane of `from` into lane `to` of this block (same shape).
    void copy_lane(Block const& from, int from_lane, int to_lane);
    /// Moves living units (presence > 0) to the front of each lane and shrinks unit_rows(), where that spares
    /// a good part of them. Order is kept and dead units add exact zeros to every sum, so no result changes.
    void compact_units(ColumnId presence);

private:
    BlockShape const* shape_;
    ParameterLanes const* parameter_lanes_;
    std::size_t stride_;
    std::size_t const* offset_;
    float const* parameters_;
    struct Free {
        void operator()(float* p) const noexcept;
    };
    std::unique_ptr<float[], Free> data_;
    int rows_in_use_[8] = {};
};

inline constexpr int max_muscles = 8;

}  // namespace sarx
