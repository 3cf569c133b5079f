#pragma once
// Every draw has an address: (seed, person, purpose, index). There is no generator state anywhere, so
// arms, threads, blocks and steps cannot move anybody's luck.

#include <cstdint>
#include <span>
#include <string_view>

namespace sarx {

/// What a draw is for. Made from a name, so that adding a purpose moves no other.
struct Purpose {
    std::uint32_t id = 0;
    constexpr Purpose() = default;
    /// FNV-1a of the name.
    constexpr explicit Purpose(std::string_view name) : id(2166136261U) {
        for (char const c : name) id = (id ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    /// A purpose within a purpose: Purpose{"loss"}.of(muscle).
    [[nodiscard]] constexpr Purpose of(std::uint32_t part) const {
        Purpose p;
        p.id = ((id ^ part) * 16777619U) ^ ((id ^ part) >> 15);
        return p;
    }
};

/// Identity of a person for luck: the running number of a drawn person, a hash of the id of a real one.
using PersonKey = std::uint64_t;

class Random {
public:
    constexpr explicit Random(std::uint64_t seed) : seed_(seed) {}

    /// Uniform in the open interval (0, 1), 52 bits.
    [[nodiscard]] double uniform(PersonKey person, Purpose purpose, std::uint32_t index = 0) const noexcept;
    /// Standard normal.
    [[nodiscard]] double normal(PersonKey person, Purpose purpose, std::uint32_t index = 0) const noexcept;
    /// Exponential with mean 1.
    [[nodiscard]] double exponential(PersonKey person, Purpose purpose, std::uint32_t index = 0) const noexcept;
    /// The same for many indices at once, in less time than one by one: `first`, first + `stride`, first + 2 stride, ...
    void exponentials(PersonKey person, Purpose purpose, std::span<double> draws, std::uint32_t first = 0,
                      std::uint32_t stride = 1) const noexcept;

    [[nodiscard]] constexpr std::uint64_t seed() const noexcept { return seed_; }

private:
    std::uint64_t seed_;
};

}  // namespace sarx
