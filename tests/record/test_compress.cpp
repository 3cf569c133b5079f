// Streams that a stock zlib undoes, of bytes of every kind.

#include <bit>
#include <cstdint>
#include <random>

#include "sim/record/compress.hpp"
#include "support/catch.hpp"

using namespace sarx;

namespace {

/// What HDF5's shuffle filter is undone to.
Bytes unshuffled(Bytes const& planes, std::size_t element_size) {
    std::size_t const elements = planes.size() / element_size;
    Bytes data(planes.size());
    for (std::size_t b = 0; b < element_size; ++b)
        for (std::size_t i = 0; i < elements; ++i) data[i * element_size + b] = planes[b * elements + i];
    return data;
}

std::size_t round_trip(std::vector<float> const& numbers) {
    auto const raw = std::as_bytes(std::span(numbers));
    Compressor compressor;
    Bytes out(3, std::byte{7});  // streams are appended
    std::size_t const written = compressor.shuffle_deflate(raw, sizeof(float), out);
    REQUIRE(out.size() == written + 3);
    Bytes planes(raw.size());
    REQUIRE(inflate(std::span(out).subspan(3), planes));
    CHECK(unshuffled(planes, sizeof(float)) == Bytes(raw.begin(), raw.end()));
    return written;
}

}  // namespace

TEST_CASE("shuffled numbers come back, whichever of their bytes are noise") {
    std::mt19937 bits(3);
    auto const numbers = [&](std::size_t count, std::uint32_t noise) {
        std::vector<float> x(count);
        for (auto& v : x) v = std::bit_cast<float>(0x3f800000U | (static_cast<std::uint32_t>(bits()) & noise));
        return x;
    };
    // Two low bytes of noise in many more numbers than a stored block holds: they cost what they are, the rest nothing.
    std::size_t const many = 200'000;
    std::size_t const half = round_trip(numbers(many, 0xffffU));
    CHECK(half > 2 * many);
    CHECK(half < 2 * many + many / 50);
    CHECK(round_trip(numbers(many, 0U)) < many / 50);
    CHECK(round_trip(numbers(many, 0x7fffffU)) < 4 * many);
    CHECK(round_trip(numbers(65535, 0xffffffU)) < 65535 * 4);
    round_trip(numbers(65536, 0xffffffffU));
    round_trip(numbers(100, 0xffffffffU));
    round_trip(numbers(1, 0U));
    round_trip({});
}

TEST_CASE("packed numbers come back, and nothing else does") {
    std::mt19937 bits(4);
    auto const packed = [](std::vector<std::uint32_t> const& numbers) {
        Bytes out(3, std::byte{7});  // what is packed is appended
        pack_numbers(std::as_bytes(std::span(numbers)), out);
        out.erase(out.begin(), out.begin() + 3);
        std::vector<std::uint32_t> back(numbers.size(), 1);
        CHECK(unpack_numbers(out, std::as_writable_bytes(std::span(back))));
        CHECK(back == numbers);
        // One number more or fewer, or a byte more or fewer, is not what was packed.
        back.push_back(1);
        CHECK_FALSE(unpack_numbers(out, std::as_writable_bytes(std::span(back))));
        if (numbers.empty()) return out;
        back.resize(numbers.size() - 1);
        CHECK_FALSE(unpack_numbers(out, std::as_writable_bytes(std::span(back))));
        back.resize(numbers.size());
        CHECK_FALSE(unpack_numbers(std::span(out).first(out.size() - 1), std::as_writable_bytes(std::span(back))));
        Bytes longer = out;
        longer.push_back(std::byte{1});
        CHECK_FALSE(unpack_numbers(longer, std::as_writable_bytes(std::span(back))));
        return out;
    };
    packed({});
    packed({0});
    packed({1});
    packed({0, 0, 127, 128, 0, 16383, 16384, 0xffffffffU, 0, 0x80000000U});
    std::vector<std::uint32_t> sparse(100'000, 0);
    CHECK(packed(sparse).size() < 100);
    for (int i = 0; i < 5000; ++i) sparse[bits() % sparse.size()] = static_cast<std::uint32_t>(bits() % 100);
    CHECK(packed(sparse).size() < 16'000);
    std::vector<std::uint32_t> any(10'000);
    for (auto& x : any) x = static_cast<std::uint32_t>(bits()) >> (bits() % 33 % 32);
    packed(any);
    Bytes noise(1000);
    std::vector<std::uint32_t> into(100);
    for (int i = 0; i < 1000; ++i) {
        for (auto& b : noise) b = static_cast<std::byte>(bits());
        CHECK_FALSE(unpack_numbers(noise, std::as_writable_bytes(std::span(into))));
    }
}
