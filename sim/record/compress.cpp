#include "sim/record/compress.hpp"

#include <libdeflate.h>

#include <new>

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <xxhash.h>
#pragma GCC diagnostic pop

namespace sarx {

void Compressor::Free::operator()(void* p) const noexcept {
    libdeflate_free_compressor(static_cast<libdeflate_compressor*>(p));
}

Compressor::Compressor() : state_(libdeflate_alloc_compressor(1)) {
    if (!state_) throw std::bad_alloc();
}

std::size_t Compressor::deflate(std::span<std::byte const> data, Bytes& out) {
    auto* const state = static_cast<libdeflate_compressor*>(state_.get());
    std::size_t const before = out.size();
    out.resize(before + libdeflate_zlib_compress_bound(state, data.size()));
    std::size_t const written =
        libdeflate_zlib_compress(state, data.data(), data.size(), out.data() + before, out.size() - before);
    out.resize(before + written);
    return written;
}

std::size_t Compressor::shuffle_deflate(std::span<std::byte const> data, std::size_t element_size, Bytes& out) {
    if (element_size <= 1) return deflate(data, out);
    shuffled_.resize(data.size());
    std::size_t const elements = data.size() / element_size;
    for (std::size_t b = 0; b < element_size; ++b) {
        std::byte* const to = shuffled_.data() + b * elements;
        std::byte const* const from = data.data() + b;
        for (std::size_t i = 0; i < elements; ++i) to[i] = from[i * element_size];
    }
    return deflate(shuffled_, out);
}

bool inflate(std::span<std::byte const> stream, std::span<std::byte> out) {
    libdeflate_decompressor* const state = libdeflate_alloc_decompressor();
    if (state == nullptr) throw std::bad_alloc();
    auto const result =
        libdeflate_zlib_decompress(state, stream.data(), stream.size(), out.data(), out.size(), nullptr);
    libdeflate_free_decompressor(state);
    return result == LIBDEFLATE_SUCCESS;
}

std::uint64_t hash_of(std::span<std::byte const> data, std::uint64_t seed) {
    return XXH3_64bits_withSeed(data.data(), data.size(), seed);
}

}  // namespace sarx
