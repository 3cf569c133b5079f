#include "sim/text/words.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace sarx {

std::string shortened(std::string_view text) {
    constexpr std::size_t most = 60;
    return text.size() <= most ? std::string(text) : std::string(text.substr(0, most)) + "...";
}

std::string quoted(std::string_view text) { return "'" + shortened(text) + "'"; }

std::string listed(std::vector<std::string> const& names) {
    constexpr std::size_t most = 12;
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) out += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most) out += ", ...";
    return out;
}

std::string number_text(double value) {
    char text[40];
    auto const [end, error] = std::to_chars(text, text + sizeof text, value);
    return error == std::errc{} ? std::string(text, end) : std::string("?");
}

std::string rounded_text(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.3g", value);
    return std::abs(value) >= 1000.0 && std::abs(value) < 1e15 ? number_text(std::round(value)) : text;
}

std::string duration_text(double years) {
    struct Unit {
        double per_year;
        char const* one;
        char const* many;
    };
    // The Gregorian day of 1/365.2425 year, as UDUNITS has it to within a minute a year.
    constexpr Unit units[] = {{1.0, "year", "years"},
                              {12.0, "month", "months"},
                              {52.1775, "week", "weeks"},
                              {365.2425, "day", "days"},
                              {8765.82, "hour", "hours"}};
    for (auto const& unit : units) {
        double const count = years * unit.per_year;
        if (count >= 1.0 - 1e-4 && std::abs(count - std::round(count)) < 1e-3 * count && std::round(count) <= 200.0) {
            double const whole = std::round(count);
            return number_text(whole) + " " + (whole == 1.0 ? unit.one : unit.many);
        }
    }
    for (auto const& unit : units)
        if (years * unit.per_year >= 1.0) return rounded_text(years * unit.per_year) + " " + unit.many;
    return rounded_text(years * 8765.82 * 60.0) + " minutes";
}

}  // namespace sarx
