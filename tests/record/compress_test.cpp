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
