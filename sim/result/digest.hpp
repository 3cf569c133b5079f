#pragma once
// One number for the results of a run, the same from the stream of batches and from the file made of them, whatever
// order, threads, parts, compression, chunks or byte order of the file.
//
// The digest is the sum, modulo 2^64, of the hashes of all numbers that the run tells, so that it does not depend on
// the order they come in. A number's hash is XXH3-64 of its place and itself, 64-bit words as little-endian bytes, with
// the seed XXH3-64 (seed 0) of the UTF-8 name it is told under:
//   - Of a dataset along axes, under its path ("grip_strength_kg", "summary/alive_n"): a word for its place along each
//     axis, from 0, in the dataset's own order of axes; then the number.
//   - Of an event, under "events": arm, person, kind, bits of its time; then its value.
//   - Of a motor unit in a snapshot, under "motor_units/" and the column: arm, person, muscle, bits of the time, the
//     unit's place in the snapshot; then the number.
// Integers (flags too, 255 where missing) are words in two's complement; reals are the bits of the number in double
// precision, all NaN being 0x7ff8000000000000. Told are the trajectories, traits and events of the people that are
// recorded one by one, rounded as the plan asks, and the statistics of everyone simulated. What only names or describes
// them is left out: axes, texts, attributes, and /provenance.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result/accumulate.hpp"
#include "sim/result/layout.hpp"

namespace sarx {

/// A digest that grows.
class Digest {
public:
    /// Numbers of a box of a dataset, the last axis fastest: `first` is the place of the first along each axis, `lengths`
    /// how far the box reaches. T: float, double, std::uint8_t, std::int32_t or std::int64_t.
    template <class T>
    void add(std::string_view dataset, std::span<std::size_t const> first, std::span<std::size_t const> lengths,
             std::span<T const> numbers);
    void add_event(std::uint32_t arm, std::uint32_t person, std::uint8_t kind, double time_years, float value);
    /// Units of one column of a snapshot.
    void add_units(std::string_view column, std::uint32_t arm, std::uint32_t person, std::uint32_t muscle,
                   double time_years, std::span<float const> units);
    void add(Digest const& other) { sum_ += other.sum_; }

    [[nodiscard]] std::uint64_t value() const { return sum_; }

private:
    std::uint64_t sum_ = 0;
};

/// What a batch tells of the people that are recorded one by one.
[[nodiscard]] Digest digest_of(Layout const& layout, BatchResult const& batch);
/// What is told of everyone, and which candidates or sampling units people are.
[[nodiscard]] Digest digest_of(Layout const& layout, Accumulators const& sums);

/// 16 hexadecimal digits.
[[nodiscard]] std::string hexadecimal(std::uint64_t x);

}  // namespace sarx
