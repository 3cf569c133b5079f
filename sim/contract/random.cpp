#include "sim/contract/random.hpp"

#include <Random123/philox.h>

#include "sim/contract/math.hpp"

namespace sarx {

double Random::uniform(PersonKey person, Purpose purpose, std::uint32_t index) const noexcept {
    using Philox = r123::Philox4x32;
    Philox::ctr_type const counter{
        {static_cast<std::uint32_t>(person), static_cast<std::uint32_t>(person >> 32), purpose.id, index}};
    Philox::key_type const key{{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
    Philox::ctr_type const r = Philox()(counter, key);
    std::uint64_t const bits = (static_cast<std::uint64_t>(r[0]) << 20) | (r[1] >> 12);  // 52 bits
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

double Random::normal(PersonKey person, Purpose purpose, std::uint32_t index) const noexcept {
    return normal_quantile(uniform(person, purpose, index));
}

double Random::exponential(PersonKey person, Purpose purpose, std::uint32_t index) const noexcept {
    return -log(uniform(person, purpose, index));
}

void Random::exponentials(PersonKey person, Purpose purpose, std::span<double> draws, std::uint32_t first,
                          std::uint32_t stride) const noexcept {
    std::uint32_t index = first;
    for (double& draw : draws) {
        draw = uniform(person, purpose, index);
        index += stride;
    }
    log_each(draws);
    for (double& draw : draws) draw = -draw;
}

}  // namespace sarx
