#pragma once
// Bytes made small: HDF5's shuffle and zlib's deflate, as a stock HDF5 reads them back.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace sarx {

using Bytes = std::vector<std::byte>;

/// Compresses into zlib streams, level 1. Not for use by two threads at once.
class Compressor {
public:
    Compressor();
    /// Appends the zlib stream of `data` to `out`; returns the bytes appended.
    std::size_t deflate(std::span<std::byte const> data, Bytes& out);
    /// As deflate(), after HDF5's shuffle filter for elements of `element_size` (1, 4 or 8) bytes. Low bytes that are noise are not
    /// compressed: a stream of half the time, a seventh longer.
    std::size_t shuffle_deflate(std::span<std::byte const> data, std::size_t element_size, Bytes& out);

private:
    struct Free {
        void operator()(void* p) const noexcept;
    };
    std::unique_ptr<void, Free> state_;
    Bytes shuffled_;
};

/// Undoes deflate() into exactly `out.size()` bytes; false where the stream is not that.
[[nodiscard]] bool inflate(std::span<std::byte const> stream, std::span<std::byte> out);

/// Appends numbers of 32 bits, most of them 0 or small: seven bits a byte, a run of zeros as 0 and its length less one.
/// Several times as fast as deflate() on counts, and no longer.
void pack_numbers(std::span<std::byte const> data, Bytes& out);
/// Undoes pack_numbers() into exactly `out.size()` bytes; false where `packed` is not that.
[[nodiscard]] bool unpack_numbers(std::span<std::byte const> packed, std::span<std::byte> out);

/// 64-bit XXH3 of some bytes.
[[nodiscard]] std::uint64_t hash_of(std::span<std::byte const> data, std::uint64_t seed = 0);

}  // namespace sarx
