#pragma once
// Quantities with units, read by UDUNITS: "12 weeks", "0.2 /year", "1.2 g/kg/day".

#include <optional>
#include <string>
#include <string_view>

namespace sarx {

struct Quantity {
    double value = 0.0;
    std::string unit;  ///< as written; empty for a bare number
};

/// Splits "12 weeks" into number and unit; empty optional where there is no leading number.
std::optional<Quantity> parse_quantity(std::string_view text);
/// Converts to another unit; empty optional where a unit is unknown or of another dimension. Stricter than UDUNITS: no
/// reciprocals (a time is no rate), no angles for plain numbers, no logarithms. Throws InputError where the file of
/// units cannot be read.
std::optional<double> convert(double value, std::string_view from_unit, std::string_view to_unit);
/// Whether UDUNITS knows the unit.
bool known_unit(std::string_view unit);
/// "a time", "a rate", "an angle", ...; empty for what has no short word.
std::string kind_of_unit(std::string_view unit);
/// Why a known unit cannot stand where another is needed: "needs a time that converts to year, /year is a rate".
std::string wrong_kind_of_unit(std::string_view written, std::string_view needed);

}  // namespace sarx
