#pragma once
// A parameter is a named number with a unit, bounds and a source. Its value is a constant or a
// distribution between people; it may differ by muscle and by sex. Traits of people (height, reserve of
// reinnervation, ...) are parameters whose default is a distribution.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sarx {

enum class Sex : std::uint8_t { female = 0, male = 1 };

/// What a distribution is between: `people` (heterogeneity) or `runs` (parameter uncertainty: the same
/// draw for everyone in a run).
enum class Between : std::uint8_t { people, runs };

enum class Shape : std::uint8_t { constant, normal, lognormal, gamma, uniform, bernoulli };

/// A value or a distribution. Meaning of (a, b): constant (value, -), normal (mean, sd),
/// lognormal (median, sd_log), gamma (mean, shape), uniform (from, to), bernoulli (probability, -).
/// Draws are clamped to [low, high].
struct Value {
    Shape shape = Shape::constant;
    double a = 0.0;
    double b = 0.0;
    double low = -1e300;
    double high = 1e300;
    Between between = Between::people;
    friend bool operator==(Value const&, Value const&) = default;
};

/// Where a number comes from: read in a paper, fitted by calibration, a definition (cut-offs), or assumed.
enum class Evidence : std::uint8_t { measured, fitted, definition, assumed };

struct ParameterSpec {
    std::string path;     ///< "nmj_instability.repair_rate_per_year"
    std::string unit;     ///< UDUNITS text
    std::string meaning;  ///< one line
    double low = 0.0;     ///< hard bounds: outside is refused
    double high = 0.0;
    double plausible_low = 0.0;  ///< the range calibration may search
    double plausible_high = 0.0;
    Evidence evidence = Evidence::assumed;
    std::string source;                 ///< citation key and DOI, or the reason of an assumption
    std::string applies_to;             ///< the population the number was measured in
    std::vector<std::string> error_of;  ///< columns whose reading it is the error of: relative where its unit is 1
    bool by_muscle = false;
    bool by_sex = false;
    /// Default values: [muscle name or ""][sex]; both sexes hold the same value unless `by_sex`.
    std::map<std::string, std::array<Value, 2>> values;
};

/// A tabulated function of age by sex (a life table): log-linear interpolation between knots.
struct AgeTable {
    std::string path;
    std::string unit;
    std::string meaning;
    std::string source;
    std::vector<double> ages_years;
    std::array<std::vector<double>, 2> values;  ///< by sex
};

struct ParameterId {
    std::uint16_t index = 0;
};

/// Draws between people of two parameters that go together (Gaussian copula).
struct Correlation {
    std::string a;
    std::string b;
    double rho = 0.0;
    std::string source;
};

/// The model's numbers, in the order of their files. Immutable after loading.
class ParameterTable {
public:
    std::vector<ParameterSpec> parameters;
    std::vector<AgeTable> age_tables;
    std::vector<Correlation> correlations;

    /// Index of a parameter. A missing path is a fault of the model, found at start-up: throws
    /// std::logic_error naming it.
    [[nodiscard]] ParameterId id(std::string_view path) const;
    [[nodiscard]] std::optional<ParameterId> find(std::string_view path) const;
    [[nodiscard]] AgeTable const& age_table(std::string_view path) const;
};

}  // namespace sarx
