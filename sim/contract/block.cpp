#include "sim/contract/block.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace sarx {

namespace {

constexpr std::size_t alignment = 64;
constexpr float worth_moving = 0.94F;  ///< share of rows left at which units are moved together

float* allocate(std::size_t floats) {
    std::size_t const bytes = (floats * sizeof(float) + alignment - 1) / alignment * alignment;
    auto* p = static_cast<float*>(std::aligned_alloc(alignment, bytes));
    if (p == nullptr) throw std::bad_alloc();
    return p;
}

}  // namespace

BlockShape::BlockShape(std::span<ColumnSpec const> dictionary, std::vector<int> unit_rows_of_muscles)
    : muscle_count(static_cast<int>(unit_rows_of_muscles.size())), unit_rows(std::move(unit_rows_of_muscles)) {
    for (int& rows : unit_rows) rows = whole_groups(rows);
    auto const muscles = static_cast<std::size_t>(muscle_count);
    offset.assign(dictionary.size() * muscles, 0);
    std::size_t at = 0;
    // Units last: people and muscles stay together in the first pages.
    for (Level const pass : {Level::person, Level::muscle, Level::unit}) {
        for (std::size_t m = 0; m < (pass == Level::person ? 1 : muscles); ++m) {
            for (std::size_t c = 0; c < dictionary.size(); ++c) {
                if (dictionary[c].level != pass) continue;
                std::size_t const rows = pass == Level::unit ? static_cast<std::size_t>(unit_rows[m]) : 1;
                std::size_t const wide = static_cast<std::size_t>(dictionary[c].width);
                offset[c * muscles + m] = at;
                if (pass == Level::person)
                    for (std::size_t other = 1; other < muscles; ++other) offset[c * muscles + other] = at;
                at += rows * wide * lanes;
            }
        }
    }
    floats = at;
    level.reserve(dictionary.size());
    width.reserve(dictionary.size());
    for (auto const& spec : dictionary) {
        level.push_back(spec.level);
        width.push_back(spec.width);
    }
}

void Block::Free::operator()(float* p) const noexcept { std::free(p); }

Block::Block(BlockShape const& shape, ParameterLanes const& parameters)
    : shape_(&shape),
      parameter_lanes_(&parameters),
      stride_(static_cast<std::size_t>(shape.muscle_count)),
      offset_(shape.offset.data()),
      parameters_(parameters.values.data()),
      data_(allocate(shape.floats)) {
    SARX_EXPECTS(shape.muscle_count <= max_muscles && shape.muscle_count == parameters.muscle_count);
    std::fill_n(data_.get(), shape.floats, 0.0F);
}

Block::Block(Block const& other)
    : shape_(other.shape_),
      parameter_lanes_(other.parameter_lanes_),
      stride_(other.stride_),
      offset_(other.offset_),
      parameters_(other.parameters_),
      data_(allocate(other.shape_->floats)) {
    std::memcpy(data_.get(), other.data_.get(), shape_->floats * sizeof(float));
    std::copy_n(other.rows_in_use_, max_muscles, rows_in_use_);
}

Block& Block::operator=(Block const& other) {
    if (this == &other) return *this;
    SARX_EXPECTS(shape_ == other.shape_);
    parameter_lanes_ = other.parameter_lanes_;
    parameters_ = other.parameters_;
    std::memcpy(data_.get(), other.data_.get(), shape_->floats * sizeof(float));
    std::copy_n(other.rows_in_use_, max_muscles, rows_in_use_);
    return *this;
}

void Block::copy_lane(Block const& from, int from_lane, int to_lane) {
    SARX_EXPECTS(shape_ == from.shape_);
    // Memory is rows of lanes throughout, so a lane is one strided column of it.
    float* const to = data_.get() + to_lane;
    float const* const source = from.data_.get() + from_lane;
    for (std::size_t row = 0; row < shape_->floats / lanes; ++row) to[row * lanes] = source[row * lanes];
    for (int m = 0; m < muscle_count(); ++m) rows_in_use_[m] = std::max(rows_in_use_[m], from.rows_in_use_[m]);
}

void Block::compact_units(ColumnId presence) {
    std::size_t const columns = shape_->level.size();
    std::vector<std::uint32_t> source;  // [kept row * lanes + lane]: the place it comes from
    for (int m = 0; m < muscle_count(); ++m) {
        auto const rows = static_cast<std::size_t>(rows_in_use_[m]);
        float const* const present = unit(presence, m);
        int kept[lanes] = {};
        for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t lane = 0; lane < lanes; ++lane) kept[lane] += present[row * lanes + lane] > 0.0F ? 1 : 0;
        int const longest = whole_groups(*std::max_element(kept, kept + lanes));
        // Moving costs as much as some steps: only where it spares a good part of the rows of each step to come.
        if (static_cast<float>(longest) > worth_moving * static_cast<float>(rows)) continue;

        // Beyond a lane's own units any place will do, for it is cleared. No branch: who lives is hard to foretell.
        auto const rows_left = static_cast<std::size_t>(longest);
        source.assign((rows_left + 1) * lanes, 0U);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            std::uint32_t* to = source.data() + lane;
            for (std::size_t place = lane; place < rows * lanes; place += lanes) {
                *to = static_cast<std::uint32_t>(place);
                to += present[place] > 0.0F ? lanes : 0;
            }
        }
        for (std::size_t c = 0; c < columns; ++c) {
            if (shape_->level[c] != Level::unit) continue;
            float* const values = unit(ColumnId{static_cast<std::uint16_t>(c)}, m);
            // A row comes from itself or from further back, so that rows in order overwrite none still needed.
            for (std::size_t row = 0; row < rows_left; ++row) {
                std::uint32_t const* const from = source.data() + row * lanes;
                float moved[lanes];
                for (std::size_t lane = 0; lane < lanes; ++lane) moved[lane] = values[from[lane]];
                for (std::size_t lane = 0; lane < lanes; ++lane)
                    values[row * lanes + lane] = static_cast<int>(row) < kept[lane] ? moved[lane] : 0.0F;
            }
            std::fill(values + rows_left * lanes, values + rows * lanes, 0.0F);
        }
        rows_in_use_[m] = longest;
    }
}

}  // namespace sarx
