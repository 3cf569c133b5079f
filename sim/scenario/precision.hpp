#pragma once
// Run to precision: the words of `run` in the scenario format, for `sarx describe` and `sarx schema`.

#include <algorithm>
#include <iterator>
#include <string_view>

namespace sarx {

struct PrecisionKey {
    std::string_view path;
    std::string_view meaning;
};

inline constexpr PrecisionKey precision_keys[] = {
    {"run.until", "people are added until an effect is known well enough"},
    {"run.until.effect", "variable whose mean paired difference from the reference arm must be known"},
    {"run.until.muscle", "of which muscle, where the variable belongs to one"},
    {"run.until.arm", "the arm that is compared with the reference; left out: the second"},
    {"run.until.at_age", "age at which the effect is read"},
    {"run.until.at_time", "time from the start, instead of at_age"},
    {"run.until.mcse", "Monte Carlo standard error wanted, in the variable's unit"},
    {"run.at_most", "people at most; population.people is the least"},
};

inline constexpr std::string_view precision_example =
    "run: {until: {effect: grip_strength_kg, arm: power, at_age: 75 years, mcse: 0.05}, at_most: 100000 people}";

/// Meaning of a key; `path` is one of precision_keys.
constexpr std::string_view precision_meaning(std::string_view path) {
    return std::find_if(std::begin(precision_keys), std::end(precision_keys),
                        [&](PrecisionKey const& key) { return key.path == path; })
        ->meaning;
}

}  // namespace sarx
