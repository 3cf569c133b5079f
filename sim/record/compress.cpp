#include "sim/record/compress.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <new>

#include "sim/contract/expects.hpp"

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <xxhash.h>
#pragma GCC diagnostic pop

namespace sarx {

namespace {

/// Byte 0 of all elements, then byte 1, ... The size is known to the compiler, which then moves many at once.
template <std::size_t size>
void shuffle(std::byte const* from, std::size_t elements, std::byte* to) {
    for (std::size_t b = 0; b < size; ++b)
        for (std::size_t i = 0; i < elements; ++i) to[b * elements + i] = from[i * size + b];
}

/// Whether next to nothing can be made of these bytes: less than a quarter of them is like the byte before.
bool is_noise(std::span<std::byte const> bytes) {
    std::size_t same = 0;
    for (std::size_t i = 1; i < bytes.size(); ++i) same += bytes[i] == bytes[i - 1] ? 1 : 0;
    return bytes.size() >= 1024 && same * 4 < bytes.size();
}

}  // namespace

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
    SARX_EXPECTS(element_size == 4 || element_size == 8);
    shuffled_.resize(data.size());
    std::size_t const elements = data.size() / element_size;
    if (element_size == 4)
        shuffle<4>(data.data(), elements, shuffled_.data());
    else
        shuffle<8>(data.data(), elements, shuffled_.data());
    // The low bytes of numbers are noise: looking for what repeats there takes most of the time and spares next to
    // nothing, so they are stored. They come first, which is where stored blocks of a stream need no bit shifted.
    std::size_t noise = 0;
    while (noise < element_size && is_noise(std::span(shuffled_).subspan(noise * elements, elements))) ++noise;
    if (noise == 0) return deflate(shuffled_, out);

    std::span<std::byte const> const all = shuffled_;
    std::size_t const before = out.size();
    auto const put = [&out](std::initializer_list<std::size_t> bytes) {
        for (std::size_t const byte : bytes) out.push_back(static_cast<std::byte>(byte & 0xff));
    };
    put({0x78, 0x01});
    constexpr std::size_t most = 65535;  // bytes of a stored block
    for (std::size_t at = 0; at < noise * elements; at += most) {
        std::size_t const length = std::min(most, noise * elements - at);
        put({0, length, length >> 8, ~length, ~length >> 8});
        out.insert(out.end(), all.begin() + static_cast<std::ptrdiff_t>(at),
                   all.begin() + static_cast<std::ptrdiff_t>(at + length));
    }
    auto* const state = static_cast<libdeflate_compressor*>(state_.get());
    auto const rest = all.subspan(noise * elements);
    std::size_t const head = out.size();
    out.resize(head + libdeflate_deflate_compress_bound(state, rest.size()));
    out.resize(head +
               libdeflate_deflate_compress(state, rest.data(), rest.size(), out.data() + head, out.size() - head));
    std::size_t const check = libdeflate_adler32(1, all.data(), all.size());
    put({check >> 24, check >> 16, check >> 8, check});
    return out.size() - before;
}

bool inflate(std::span<std::byte const> stream, std::span<std::byte> out) {
    libdeflate_decompressor* const state = libdeflate_alloc_decompressor();
    if (state == nullptr) throw std::bad_alloc();
    auto const result =
        libdeflate_zlib_decompress(state, stream.data(), stream.size(), out.data(), out.size(), nullptr);
    libdeflate_free_decompressor(state);
    return result == LIBDEFLATE_SUCCESS;
}

void pack_numbers(std::span<std::byte const> data, Bytes& out) {
    constexpr std::size_t at_once = 4096;  // numbers for which room is made; a run of zeros ends there too
    constexpr std::size_t longest = 5;     // bytes of a number
    auto const put = [](std::byte* to, std::uint32_t x) {
        for (; x >= 128; x >>= 7) *to++ = static_cast<std::byte>(x | 128U);
        *to++ = static_cast<std::byte>(x);
        return to;
    };
    std::uint32_t numbers[at_once];
    for (std::size_t at = 0; at < data.size(); at += sizeof numbers) {
        std::size_t const count = std::min(at_once, (data.size() - at) / sizeof numbers[0]);
        std::memcpy(numbers, data.data() + at, count * sizeof numbers[0]);
        std::size_t const before = out.size();
        out.resize(before + longest * count + 1);
        std::byte* to = out.data() + before;
        for (std::size_t i = 0; i < count;) {
            std::size_t const first = i;
            while (i < count && numbers[i] == 0) ++i;
            if (i > first) {
                *to++ = std::byte{0};
                to = put(to, static_cast<std::uint32_t>(i - first - 1));
            } else {
                to = put(to, numbers[i++]);
            }
        }
        out.resize(static_cast<std::size_t>(to - out.data()));
    }
}

bool unpack_numbers(std::span<std::byte const> packed, std::span<std::byte> out) {
    auto const take = [&packed](std::uint32_t& x) {
        x = 0;
        for (int shift = 0; shift < 32 && !packed.empty(); shift += 7) {
            auto const byte = static_cast<std::uint32_t>(packed.front());
            packed = packed.subspan(1);
            x |= (byte & 127U) << shift;
            if (byte < 128) return true;
        }
        return false;
    };
    while (!out.empty()) {
        std::uint32_t x = 0;
        if (!take(x)) return false;
        std::size_t length = sizeof x;
        if (x == 0) {
            if (!take(x)) return false;
            length *= std::size_t{x} + 1;
            x = 0;
        }
        if (length > out.size()) return false;
        if (length > sizeof x)
            std::memset(out.data(), 0, length);
        else
            std::memcpy(out.data(), &x, sizeof x);
        out = out.subspan(length);
    }
    return packed.empty();
}

std::uint64_t hash_of(std::span<std::byte const> data, std::uint64_t seed) {
    return XXH3_64bits_withSeed(data.data(), data.size(), seed);
}

}  // namespace sarx
